// report/figures_service.hpp — the figures of report_store and flow_store once more, read from the counters.
// A test holds both against each other.
#pragma once

#include "calendar/working_calendar.hpp"
#include "matter/workflow.hpp"
#include "report/counters_service.hpp"
#include "report/flow.hpp"
#include "report/report_store.hpp"

namespace lianxin::report {

// Complaints about a post show in the figures of the whole county only.
[[nodiscard]] inline Below below_of(const Scope& scope) {
    return {scope.place, scope.level == 1};
}
[[nodiscard]] Counted count(const Figures& figures, const Scope& scope, const Span& span, Zone zone,
                            const MetricWords& words);
// `metric`: closed, or contacted.
[[nodiscard]] std::vector<DaysTaken> days_taken(const Figures& figures, const Below& below, Metric metric,
                                                const Span& span, Zone zone,
                                                const calendar::WorkingCalendar& calendar);

[[nodiscard]] Flow flow_of(const Figures& figures, const Below& below, const matter::Workflow& workflow,
                           const Span& span, Zone zone, Instant now);
// Matters of that workflow, merged ones left out.
struct MattersOf {
    std::int64_t all = 0, open = 0;
};
[[nodiscard]] MattersOf matters_of(const Figures& figures, const Below& below, const Digest& workflow);

}  // namespace lianxin::report
