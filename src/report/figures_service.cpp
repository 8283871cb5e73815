#include "report/figures_service.hpp"

namespace lianxin::report {
namespace {

// Sums of one period, by day: `until` and `due_until` are the days after the last.
struct Period {
    const Figures& figures;
    const Below& below;
    std::int64_t from, until, due_until;

    Period(const Figures& figures_in, const Below& below_in, const Span& span, Zone zone)
        : figures(figures_in),
          below(below_in),
          from(zone.day_of(span.from).number),
          until(zone.day_of(span.until).number),
          // A span cut at now ends within a day; what is due later on that day is not in the figures.
          due_until(span.due_until <= span.from    ? from
                    : span.due_until == span.until ? until
                                                   : zone.day_of(span.due_until).number + 1) {}

    [[nodiscard]] std::int64_t operator[](Metric metric) const {
        return figures.sum(below, number_of(metric), from, until);
    }
    // Those that were so by the period's end.
    [[nodiscard]] std::int64_t by_the_end(Metric metric) const {
        return figures.sum(below, number_of(metric), from, until, until);
    }
    [[nodiscard]] DueCounts due(Metric first) const {
        const auto sum = [&](Metric metric, std::int64_t detail_below = Figures::never) {
            const std::int64_t which = number_of(metric) - number_of(Metric::finish_due);
            return figures.sum(below, number_of(first) + which, from, due_until, detail_below);
        };
        DueCounts counts;
        counts.counted = sum(Metric::finish_due);
        counts.met = sum(Metric::finish_met);
        counts.closed = counts.met + sum(Metric::finish_closed_late, until);
        counts.extended = sum(Metric::finish_extended);
        counts.extended_met = sum(Metric::finish_extended_met);
        counts.waiting = sum(Metric::finish_waiting);
        counts.withdrawn = sum(Metric::finish_withdrawn);
        counts.merged = sum(Metric::finish_merged);
        counts.refused = sum(Metric::finish_refused);
        return counts;
    }
};

void read_stays(const Figures& figures, const Below& below, const Span& span, Zone zone,
                const std::function<std::int64_t(FlowMetric)>& metric, StateFlow& state) {
    const std::int64_t from = zone.day_of(span.from).number;
    const std::int64_t until = zone.day_of(span.until).number;
    const Histogram lengths = figures.by_detail(below, metric(FlowMetric::left), from, until);
    for (const auto& [length, n] : lengths) state.left += n;
    state.median_s = nearest_rank(lengths, 50);
    state.p90_s = nearest_rank(lengths, 90);
    state.late = figures.sum(below, metric(FlowMetric::late), from, until);
    state.returns = figures.sum(below, metric(FlowMetric::again), from, until);
}

void read_standing(const Figures& figures, const Below& below, Instant now, std::int64_t metric,
                   StateFlow& state) {
    state.standing = figures.sum(below, metric);
    if (state.standing == 0) return;
    state.overdue = figures.sum(below, metric, Figures::ever, Figures::never, now.micros);
    const auto first = figures.cells(below, metric, Figures::ever, Figures::never, 1);
    state.longest_s = seconds_between({first.begin()->first.first}, now);
}

}  // namespace

Counted count(const Figures& figures, const Scope& scope, const Span& span, Zone zone,
              const MetricWords& words) {
    const Below below = below_of(scope);
    const Period period(figures, below, span, zone);
    Counted counted;
    counted.contact = period.due(Metric::contact_due);
    counted.finish = period.due(Metric::finish_due);
    counted.received = {.received = period[Metric::received],
                        .closed = period.by_the_end(Metric::received_closed),
                        .solved_at_first_contact = period[Metric::solved_at_first_contact],
                        .withdrawn = period.by_the_end(Metric::received_withdrawn),
                        .refused = period.by_the_end(Metric::received_refused),
                        .merged = period[Metric::received_merged],
                        .transfers = period[Metric::transfers],
                        .returns = period[Metric::returns],
                        .asked = period[Metric::asked],
                        .asked_again = period[Metric::asked_again]};
    counted.closed = {.closed = period[Metric::closed],
                      .asked = period[Metric::closed_asked],
                      .reworked = period[Metric::closed_reworked],
                      .rereported = period[Metric::closed_rereported],
                      .merged = period[Metric::closed_merged]};
    counted.said = {.asked = period[Metric::said_asked],
                    .answered = period[Metric::said_answered],
                    .solved = period[Metric::said_solved],
                    .partly = period[Metric::said_partly],
                    .graded = period[Metric::said_graded],
                    .satisfied = period[Metric::said_satisfied]};
    counted.disputes = {.found = period[Metric::dispute_found],
                        .settled = period.by_the_end(Metric::dispute_settled),
                        .merged = period[Metric::dispute_merged]};
    std::set<std::int64_t> carried;
    for (const auto& [from, n] :
         figures.by_detail(below, number_of(Metric::petition_carried), period.from, period.until))
        carried.insert(from);
    counted.petitions =
        without_petition(places_in(figures.county(), scope, words.petition_level, span.last), carried);
    return counted;
}

std::vector<DaysTaken> days_taken(const Figures& figures, const Below& below, Metric metric, const Span& span,
                                  Zone zone, const calendar::WorkingCalendar& calendar) {
    std::vector<DaysTaken> taken;
    for (const auto& [days, n] : figures.cells(below, number_of(metric), zone.day_of(span.from).number,
                                               zone.day_of(span.until).number)) {
        const Day at{static_cast<std::int32_t>(days.first)};
        const Day received{static_cast<std::int32_t>(days.second)};
        taken.push_back({calendar.working_days(received, at), at - received, n});
    }
    return taken;
}

Flow flow_of(const Figures& figures, const Below& below, const matter::Workflow& workflow, const Span& span,
             Zone zone, Instant now) {
    Flow flow;
    for (std::size_t machine = 0; machine < workflow.machines.size(); ++machine) {
        const auto& states = workflow.machines[machine].states;
        for (std::size_t at = 0; at < states.size(); ++at) {
            const auto metric = [&](FlowMetric which) {
                return number_of(which, workflow.hash, machine, at);
            };
            StateFlow state;
            read_standing(figures, below, now, metric(FlowMetric::standing), state);
            read_stays(figures, below, span, zone, metric, state);
            if (!(state == StateFlow{})) flow[{workflow.machines[machine].name, states[at].name}] = state;
        }
    }
    return flow;
}

MattersOf matters_of(const Figures& figures, const Below& below, const Digest& workflow) {
    const std::int64_t metric = number_of(FlowMetric::matters, workflow);
    return {figures.sum(below, metric), figures.sum(below, metric, Figures::ever, Figures::never, 1)};
}

}  // namespace lianxin::report
