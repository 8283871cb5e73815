#include <algorithm>

#include "base/bytes.hpp"
#include "matter/form_service.hpp"
#include "matter/matter_service.hpp"
#include "place/place_service.hpp"

namespace lianxin::matter {

namespace {

// A post that somebody holds is offered to choose from otherwise than a vacant one.
std::string about_of(const Workflow& workflow) {
    const auto& guards = workflow.matter().start.guards;
    const bool held = std::any_of(guards.begin(), guards.end(), [](const GuardRule& guard) {
        return guard.kind == GuardRule::Kind::post_held;
    });
    return held ? "held_post" : workflow.about;
}

}  // namespace

std::optional<StartView> MatterService::start_form(County& county, const StartQuestion& asked) {
    const WorkflowPtr found = around_.workflows.current(asked.workflow);
    if (!found) return {};
    const Machine::Start& start = found->matter().start;
    const pack::ServiceItem* service = nullptr;
    if (asked.category) {
        const Day today = county.zone.day_of(county.clock.now());
        const auto categories = county.database.read(
            [&](store::Transaction& tx) { return around_.places.categories(tx, today); });
        const auto* known = categories->find(*asked.category);
        if (known == nullptr) return {};
        service = around_.tables.service_of(known->code);
    }
    if (!asked.service_item.empty()) {
        service = start.service_item ? around_.tables.service(asked.service_item) : nullptr;
        if (service == nullptr) return {};
    }
    FormHints hints;
    hints.listed = [&](FieldIndex field) { return listed_for(rule_at(found->fields, field), service); };
    return StartView{found->name,
                     hex(found->hash),
                     about_of(*found),
                     found->open_to_residents,
                     start.anonymous,
                     start.service_item,
                     form_schema(*found, start.needs, start.accepts, {}, hints)};
}

}  // namespace lianxin::matter
