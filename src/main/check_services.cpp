#include "main/check_services.hpp"

#include <algorithm>
#include <set>

#include "main/check_pack.hpp"
#include "matter/surroundings_service.hpp"

namespace lianxin {
namespace {

constexpr std::size_t named_at_most = 5;

using Places = std::vector<place::PlannedPlace>;

const place::PlannedPlace* with_key(const Places& places, const std::string& key) {
    const auto found = std::find_if(places.begin(), places.end(),
                                    [&](const place::PlannedPlace& place) { return place.key == key; });
    return found == places.end() ? nullptr : &*found;
}

bool lies_below(const Places& places, const place::PlannedPlace& place, const std::string& above) {
    for (const auto* at = &place; at != nullptr; at = with_key(places, at->parent))
        if (at->key == above) return true;
    return false;
}

// Places that are neither above the unit's nor below it: whoever applies there finds another desk.
std::vector<std::string> out_of_reach(const Places& places, const std::string& unit_place) {
    std::vector<std::string> names;
    const auto* seat = with_key(places, unit_place);
    if (seat == nullptr) return names;
    for (const auto& place : places)
        if (!lies_below(places, place, unit_place) && !lies_below(places, *seat, place.key))
            names.push_back(place.name);
    return names;
}

std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), named_at_most); ++i)
        text += (text.empty() ? "" : ", ") + names[i];
    if (names.size() > named_at_most)
        text += " and " + std::to_string(names.size() - named_at_most) + " more";
    return text;
}

void check_unit(const pack::ServiceItem& service, const party::PlannedUnit& unit,
                const place::PlacesPlan& places, const party::PostsPlan& posts, pack::Findings& findings) {
    if (posts.kinds.desk_at({party::Seat::Of::unit, unit.kind}) == nullptr)
        findings.error(service.at, "unit_without_desk",
                       "`" + service.name + "` is promised by `" + unit.key + "`, which has no desk to go to",
                       "name a unit that is no team, or seat a desk there");
    if (const auto far = out_of_reach(places.places, unit.place); !far.empty())
        findings.warning(
            service.at, "service_out_of_reach",
            "`" + service.name + "` is promised by `" + unit.key + "`, which does not serve " + listed(far),
            "promise it by a unit that stands above them");
}

}  // namespace

void check_service_categories(const std::vector<pack::ServiceItem>& services,
                              const std::vector<place::PlannedCategory>& categories,
                              pack::Findings& findings) {
    std::set<std::string> codes;
    for (const auto& category : categories) codes.insert(category.code);
    for (const auto& service : services)
        if (!service.category.empty() && !codes.contains(service.category))
            findings.error(service.at, "category_unknown",
                           "`" + service.name + "` serves `" + service.category + "`, which is no category",
                           guess(service.category, codes, "name a code of categories.toml"));
}

void check_service_units(const std::vector<pack::ServiceItem>& services, const place::PlacesPlan& places,
                         const party::PostsPlan& posts, pack::Findings& findings) {
    std::set<std::string> keys;
    for (const auto& unit : posts.units) keys.insert(unit.key);
    for (const auto& service : services) {
        const auto unit = std::find_if(posts.units.begin(), posts.units.end(),
                                       [&](const auto& each) { return each.key == service.unit; });
        if (unit != posts.units.end())
            check_unit(service, *unit, places, posts, findings);
        else if (!service.unit.empty())
            findings.error(service.at, "unit_unknown",
                           "`" + service.name + "` is promised by `" + service.unit + "`, which is no unit",
                           guess(service.unit, keys, "name a key of [units] in posts.toml"));
    }
}

void check_service_papers(const std::vector<pack::ServiceItem>& services,
                          const std::vector<std::shared_ptr<const matter::Workflow>>& workflows,
                          pack::Findings& findings) {
    const auto asks_for_papers = [](const std::shared_ptr<const matter::Workflow>& workflow) {
        return workflow->matter().start.service_item &&
               std::any_of(workflow->fields.begin(), workflow->fields.end(),
                           [](const auto& field) { return field.list_source == "service_item.materials"; });
    };
    const auto asking = std::find_if(workflows.begin(), workflows.end(), asks_for_papers);
    if (asking == workflows.end()) return;
    for (const auto& service : services)
        if (service.materials.empty())
            findings.error(service.at, "service_without_papers",
                           "`" + (*asking)->name + "` holds an application against the papers of `" +
                               service.name + "`, and it names none",
                           "list them: materials = [\"identity_card\", …]");
}

void check_service_lists(const std::vector<pack::ServiceItem>& services,
                         const std::vector<std::shared_ptr<const matter::Workflow>>& workflows,
                         pack::Findings& findings) {
    const auto short_of = [&](const matter::Workflow& workflow, const matter::FieldRule& field,
                              const pack::ServiceItem& service, const std::vector<std::string>& list) {
        if (field.min.value_or(0) > static_cast<std::int64_t>(list.size()))
            findings.error({field.at.file, field.at.line, field.at.column}, "never_filled_in",
                           "`" + field.name + "` of `" + workflow.name + "` wants " +
                               std::to_string(*field.min) + " at least, and `" + service.name + "` lists " +
                               std::to_string(list.size()),
                           "let min be at most as many as every service lists");
    };
    for (const auto& workflow : workflows) {
        if (!workflow->matter().start.service_item) continue;
        for (const auto& field : workflow->fields)
            for (const auto& service : services) {
                if (!field.list_source.empty())
                    short_of(*workflow, field, service, matter::listed_for(field, &service));
            }
    }
}

void check_metric_kinds(const pack::MetricDefinitions& metrics,
                        const std::vector<std::shared_ptr<const matter::Workflow>>& workflows,
                        const matter::DeclaredKinds& kinds, const place::Kinds& places,
                        pack::Findings& findings) {
    std::set<std::string> settling;
    for (const auto& workflow : workflows) {
        const auto& states = workflow->matter().states;
        const bool settles = std::any_of(states.begin(), states.end(), [](const matter::StateRule& state) {
            return state.ends_as == matter::EndsAs::settled;
        });
        if (settles) settling.insert(workflow->name);
    }
    for (const auto& metric : metrics.metrics) {
        for (const auto& kind : metric.of) {
            if (kinds.lack(kind.text))
                findings.error(kind.at, "kind_unknown", "`" + kind.text + "` is no kind of matter",
                               guess(kind.text, kinds.proved, "name one as WORKFLOW or WORKFLOW/SUBKIND"));
            else if (metric.name == "settlement_rate" && kinds.proved.contains(kind.text) &&
                     !settling.contains(kind.text.substr(0, kind.text.find('/'))))
                findings.error(kind.at, "kind_never_settled",
                               "no end of `" + kind.text + "` counts as settled",
                               "give one of its ends counts_as = \"settled\", or take it out");
        }
        if (!metric.places.empty() && places.find(metric.places) == nullptr)
            findings.error(
                metric.at, "kind_unknown",
                "`" + metric.name + "` counts places of the kind `" + metric.places + "`, which there is not",
                "name a kind of places.toml");
    }
}

}  // namespace lianxin
