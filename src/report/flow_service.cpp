#include "report/flow_service.hpp"

#include <algorithm>

#include "access/policy.hpp"
#include "base/bytes.hpp"
#include "report/figures_service.hpp"

namespace lianxin::report {
namespace {

// What versions_of of the store counts, from the counters.
std::vector<VersionCount> versions_read(store::Transaction& tx, const Figures& figures,
                                        const rating::Scope& scope, const std::string& workflow) {
    std::vector<VersionCount> found;
    for (const Digest& hash : hashes_of(tx, workflow)) {
        const MattersOf matters = matters_of(figures, below_of(scope), hash);
        if (matters.all > 0) found.push_back({hash, matters.open});
    }
    return found;
}

}  // namespace

std::string_view code_of(FlowRefusal refusal) {
    switch (refusal) {
        case FlowRefusal::place_not_found:
        case FlowRefusal::workflow_unknown:
            return "not_found";
        case FlowRefusal::not_allowed:
            return "not_allowed";
        case FlowRefusal::period_reversed:
            return "period_reversed";
        case FlowRefusal::period_too_long:
            return "period_too_long";
    }
    throw Bug("every refusal of a flow has a code");
}

Result<place::PlaceView, FlowRefusal> FlowService::place_of(County& county, const access::ActingPerson& who,
                                                            std::optional<PlaceId> place) {
    using access::PlacePermission;
    if (!place) {
        // Ids say nothing about height: the place with the shortest path is the highest.
        std::optional<place::PlaceView> highest;
        for (const PlaceId id : access::places_for(PlacePermission::read_rates, who)) {
            auto view = places_.place(county, who, id);
            if (view && (!highest || view->place.level < highest->place.level)) highest = std::move(view);
        }
        if (!highest) return fail(FlowRefusal::not_allowed);
        return *std::move(highest);
    }
    auto view = places_.place(county, who, *place);
    if (!view || view->place.household) return fail(FlowRefusal::place_not_found);
    std::vector<PlaceId> path;
    for (const auto& step : view->path) path.push_back(step.id);
    if (!access::allows(PlacePermission::read_rates, who, path)) return fail(FlowRefusal::not_allowed);
    return *std::move(view);
}

void FlowService::look(County& county,
                       const std::function<void(store::Transaction&, const Figures*)>& reader) const {
    const bool counted = counters_ != nullptr && counters_->look(county, [&](const Figures& figures) {
        reader(figures.county(), &figures);
    });
    if (!counted) county.database.read([&](store::Transaction& tx) { reader(tx, nullptr); });
}

std::vector<VersionFlow> FlowService::versions(store::Transaction& tx, const Figures* figures,
                                               const rating::Scope& scope,
                                               const matter::WorkflowPtr& current) const {
    std::vector<VersionFlow> found{{current, true, 0}};
    const auto counts = figures != nullptr ? versions_read(tx, *figures, scope, current->name)
                                           : versions_of(tx, scope, current->name);
    for (const VersionCount& count : counts) {
        if (count.hash == current->hash) {
            found.front().open = count.open;
        } else if (auto older = workflows_.by_hash(count.hash)) {
            found.push_back({std::move(older), false, count.open});
        }
    }
    return found;
}

Result<KindsReport, FlowRefusal> FlowService::kinds(County& county, const access::ActingPerson& who,
                                                    std::optional<PlaceId> place) {
    const auto view = place_of(county, who, place);
    if (!view) return fail(view.error());
    KindsReport report{{view->place.id, view->place.name, view->place.kind}, {}};
    const rating::Scope scope{view->place.id, view->place.level};
    look(county, [&](store::Transaction& tx, const Figures* figures) {
        for (const auto& workflow : workflows_.all_current()) {
            KindFlow kind{workflow->name, 0, versions(tx, figures, scope, workflow)};
            for (const VersionFlow& version : kind.versions) kind.open += version.open;
            report.kinds.push_back(std::move(kind));
        }
    });
    return report;
}

Result<FlowReport, FlowRefusal> FlowService::flow(County& county, const access::ActingPerson& who,
                                                  const std::string& workflow, const std::string& version,
                                                  const FlowAsked& asked) {
    const auto view = place_of(county, who, asked.place);
    if (!view) return fail(view.error());
    const auto current = workflows_.current(workflow);
    if (!current) return fail(FlowRefusal::workflow_unknown);

    const Instant now = county.clock.now();
    const Day last = asked.last.value_or(county.zone.day_of(now));
    const Day first = asked.first.value_or(last + -(usual_period_days - 1));
    const auto span = span_of(county.zone, first, last, now);
    if (!span) return fail(FlowRefusal::period_reversed);
    if (last - first >= longest_period_days) return fail(FlowRefusal::period_too_long);

    FlowReport report{
        {view->place.id, view->place.name, view->place.kind}, first, last, {current, true, 0}, {}, {}};
    const rating::Scope scope{view->place.id, view->place.level};
    bool known = true;
    look(county, [&](store::Transaction& tx, const Figures* figures) {
        report.versions = versions(tx, figures, scope, current);
        const auto chosen =
            std::find_if(report.versions.begin(), report.versions.end(), [&](const VersionFlow& one) {
                return version.empty() ? one.current : hex(one.workflow->hash) == version;
            });
        known = chosen != report.versions.end();
        if (!known) return;
        report.version = *chosen;
        const Digest& hash = chosen->workflow->hash;
        report.flow = figures != nullptr
                          ? flow_of(*figures, below_of(scope), *chosen->workflow, *span, county.zone, now)
                          : flow_of(standing_in(tx, scope, hash, now), stays_in(tx, scope, hash, *span), now);
    });
    if (!known) return fail(FlowRefusal::workflow_unknown);
    return report;
}

}  // namespace lianxin::report
