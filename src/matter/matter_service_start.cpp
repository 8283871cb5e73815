#include "base/bytes.hpp"
#include "matter/form_service.hpp"
#include "matter/matter_service.hpp"
#include "place/place_service.hpp"

namespace lianxin::matter {

std::optional<StartView> MatterService::start_form(County& county, const std::string& workflow,
                                                   std::optional<CategoryId> category) {
    const WorkflowPtr found = around_.workflows.current(workflow);
    if (!found) return {};
    std::vector<std::string> materials;
    if (category) {
        const Day today = county.zone.day_of(county.clock.now());
        const auto categories = county.database.read(
            [&](store::Transaction& tx) { return around_.places.categories(tx, today); });
        const auto* known = categories->find(*category);
        if (known == nullptr) return {};
        materials = around_.tables.materials(known->code);
    }
    FormHints hints;
    hints.listed = [&](FieldIndex) { return materials; };
    const Machine::Start& start = found->matter().start;
    return StartView{found->name,     hex(found->hash),
                     found->about,    found->open_to_residents,
                     start.anonymous, form_schema(*found, start.needs, start.accepts, {}, hints)};
}

}  // namespace lianxin::matter
