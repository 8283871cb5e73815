// report/flow_service.hpp — how matters of each kind flow, for whoever may see the inner view of a place: the
// kinds with what is under way, and one kind state by state, each version of its workflow apart. A matter
// keeps the version it was begun under, so an older one empties until nothing of it is left.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "county/county.hpp"
#include "matter/workflows.hpp"
#include "pack/words.hpp"
#include "place/place_service.hpp"
#include "report/counters_service.hpp"
#include "report/flow_store.hpp"

namespace lianxin::report {

enum class FlowRefusal { place_not_found, not_allowed, workflow_unknown, period_reversed, period_too_long };
[[nodiscard]] std::string_view code_of(FlowRefusal refusal);

struct FlowAsked {
    std::optional<PlaceId> place;    // nothing: the highest place whose inner view this person has
    std::optional<Day> first, last;  // both count; nothing: the last 90 days
};
struct VersionFlow {
    matter::WorkflowPtr workflow;
    bool current = false;
    std::int64_t open = 0;
};
struct KindFlow {
    std::string workflow;
    std::int64_t open = 0;
    std::vector<VersionFlow> versions;  // the current one first
};
struct KindsReport {
    place::PathStep place;
    std::vector<KindFlow> kinds;
};
struct FlowReport {
    place::PathStep place;
    Day first, last;
    VersionFlow version;
    std::vector<VersionFlow> versions;
    Flow flow;
};

// The workflow on one sheet, each state with what the report says of it.
[[nodiscard]] std::string draw_flow(const FlowReport& report, const pack::Words& words,
                                    const std::string& language);

class FlowService {
 public:
    static constexpr int longest_period_days = 366 * 2;
    static constexpr int usual_period_days = 90;

    FlowService(place::PlaceService& places, const matter::Workflows& workflows)
        : places_(places), workflows_(workflows) {}

    // As ReportService has it.
    void read_from(const Counters& counters) { counters_ = &counters; }

    [[nodiscard]] Result<KindsReport, FlowRefusal> kinds(County& county, const access::ActingPerson& who,
                                                         std::optional<PlaceId> place);
    // `version`: a workflow's hash in hex; empty: the current one.
    [[nodiscard]] Result<FlowReport, FlowRefusal> flow(County& county, const access::ActingPerson& who,
                                                       const std::string& workflow,
                                                       const std::string& version, const FlowAsked& asked);

 private:
    [[nodiscard]] Result<place::PlaceView, FlowRefusal> place_of(County& county,
                                                                 const access::ActingPerson& who,
                                                                 std::optional<PlaceId> place);
    // Calls `reader` on one snapshot with the counters, or with nothing when there are none to be read.
    void look(County& county, const std::function<void(store::Transaction&, const Figures*)>& reader) const;
    [[nodiscard]] std::vector<VersionFlow> versions(store::Transaction& tx, const Figures* figures,
                                                    const rating::Scope& scope,
                                                    const matter::WorkflowPtr& current) const;

    place::PlaceService& places_;
    const matter::Workflows& workflows_;
    const Counters* counters_ = nullptr;
};

}  // namespace lianxin::report
