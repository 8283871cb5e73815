#include "report/matter_facts.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "report/flow.hpp"

namespace lianxin::report {
namespace {

class Marker {
 public:
    Marker(const MatterFacts& facts, Zone zone) : facts_(facts), zone_(zone), where_(levels_of(facts)) {}

    [[nodiscard]] std::vector<Mark> take() { return std::move(marks_); }

    void received() {
        const std::int64_t day = day_of(facts_.received_at);
        if (facts_.asked_times > 0) mark(Metric::asked, day, 0, facts_.asked_times);
        if (facts_.asked_late > 0) mark(Metric::asked_again, day, 0, facts_.asked_late);
        if (facts_.merged) return mark(Metric::received_merged, day);
        mark(Metric::received, day);
        if (facts_.closed_at) mark(Metric::received_closed, day, day_of(*facts_.closed_at));
        if (withdrawn()) mark(Metric::received_withdrawn, day, day_of(*facts_.ended_at));
        if (refused()) mark(Metric::received_refused, day, day_of(*facts_.ended_at));
        if (solved_at_first_contact()) mark(Metric::solved_at_first_contact, day);
        if (facts_.transfers > 0) mark(Metric::transfers, day, 0, facts_.transfers);
        if (facts_.returns > 0) mark(Metric::returns, day, 0, facts_.returns);
    }

    void of_its_kind(const MetricWords& words) {
        const std::int64_t day = day_of(facts_.received_at);
        if (is_one_of(words.disputes, facts_.kind, facts_.subkind)) {
            mark(facts_.merged ? Metric::dispute_merged : Metric::dispute_found, day);
            if (!facts_.merged && facts_.ended_at && facts_.ended_as == name_of(matter::EndsAs::settled))
                mark(Metric::dispute_settled, day, day_of(*facts_.ended_at));
        }
        if (words.petition_level == 0 || facts_.merged) return;
        const std::int64_t from = facts_.ancestors.at(static_cast<std::size_t>(words.petition_level));
        if (from != 0 && is_one_of(words.petitions, facts_.kind, facts_.subkind))
            mark(Metric::petition_carried, day, from);
    }

    // `first`: the first metric of that clock's row of nine.
    void due(const std::optional<ClockFact>& clock, Metric first, const std::optional<Instant>& met_at) {
        if (!clock) return;
        enum {
            fell_due,
            met,
            extended,
            extended_met,
            closed_late,
            waiting,
            withdrawn_in_time,
            merged,
            refused_in_time
        };
        const auto leave = [&](int which, std::int64_t detail = 0) {
            mark(static_cast<Metric>(number_of(first) + which), day_of(clock->due), detail);
        };
        const bool in_time = met_at && *met_at <= clock->due;
        if (facts_.merged) return leave(merged);
        // Taken back or refused before the deadline and not met: nobody was late.
        if (withdrawn() && *facts_.ended_at <= clock->due && !in_time) return leave(withdrawn_in_time);
        if (refused() && *facts_.ended_at <= clock->due && !in_time) return leave(refused_in_time);
        if (clock->waiting) return leave(waiting);
        leave(fell_due);
        if (in_time) leave(met);
        if (clock->extensions > 0) leave(extended);
        if (clock->extensions > 0 && in_time) leave(extended_met);
        // Of the finish clock alone: contact is not closing.
        if (first == Metric::finish_due && facts_.closed_at && !in_time)
            leave(closed_late, day_of(*facts_.closed_at));
    }

    void closed() {
        if (facts_.contacted_at && !facts_.merged)
            mark(Metric::contacted, day_of(*facts_.contacted_at), day_of(facts_.received_at));
        if (!facts_.closed_at) return;
        const std::int64_t day = day_of(*facts_.closed_at);
        const auto any = [&](auto&& holds) { return std::ranges::any_of(facts_.ratings, holds); };
        if (any([](const RatingFact& one) { return one.solved == 2; })) mark(Metric::closed_solved, day);
        if (facts_.merged) return mark(Metric::closed_merged, day);
        mark(Metric::closed, day, day_of(facts_.received_at));
        if (any([&](const RatingFact& one) { return one.asked_at >= *facts_.closed_at; }))
            mark(Metric::closed_asked, day);
        if (facts_.returns > 0 || facts_.reopenings > 0 ||
            any([](const RatingFact& one) { return one.round > 1; }))
            mark(Metric::closed_reworked, day);
    }

    // Whoever asked is asked about the answer, also when their matter was merged into another.
    void said() {
        for (const RatingFact& one : facts_.ratings) {
            const std::int64_t day = day_of(one.asked_at);
            mark(Metric::said_asked, day);
            if (!one.answered) continue;
            mark(Metric::said_answered, day);
            if (one.solved == 2) mark(Metric::said_solved, day);
            if (one.solved == 1) mark(Metric::said_partly, day);
            if (one.grade) mark(Metric::said_graded, day);
            if (one.grade >= 4) mark(Metric::said_satisfied, day);
        }
    }

    void stands() {
        for (const PieceFact& piece : facts_.pieces) {
            if (piece.no != 0) continue;
            constexpr std::int64_t is_open = 0, is_explained = 1;
            if (piece.phase == is_open) mark(Metric::open, piece.due.micros);
            if (piece.phase != is_explained) continue;
            mark(Metric::explained, piece.due.micros);
            if (facts_.published) mark(Metric::explained_publicly, piece.due.micros, facts_.matter);
        }
    }

    void flows(const matter::Workflow& workflow) {
        const auto metric = [&](FlowMetric which, const std::string& machine_name,
                                const std::string& state_name) -> std::int64_t {
            for (std::size_t machine = 0; machine < workflow.machines.size(); ++machine) {
                if (workflow.machines[machine].name != machine_name) continue;
                if (const auto state = workflow.machines[machine].find_state(state_name))
                    return number_of(which, workflow.hash, machine, state->value);
            }
            return 0;  // a state of another version: nobody looks for it here
        };
        for (const PieceFact& piece : facts_.pieces) {
            if (facts_.merged) break;
            if (piece.no == 0) mark(number_of(FlowMetric::matters, workflow.hash), 0, piece.ended ? 1 : 0);
            if (!piece.ended)
                mark(metric(FlowMetric::standing, piece.machine, piece.state), piece.entered_at.micros,
                     piece.due.micros);
        }
        std::set<std::tuple<std::int64_t, std::string_view, std::string_view>> been;
        for (const StayFact& stay : facts_.stays) {
            const std::int64_t day = day_of(stay.left_at);
            mark(metric(FlowMetric::left, stay.machine, stay.state), day,
                 length_of_stay(stay.entered_at, stay.left_at));
            if (stay.late) mark(metric(FlowMetric::late, stay.machine, stay.state), day);
            if (!been.emplace(stay.part, stay.machine, stay.state).second)
                mark(metric(FlowMetric::again, stay.machine, stay.state), day);
        }
    }

 private:
    [[nodiscard]] std::int64_t day_of(Instant at) const { return zone_.day_of(at).number; }
    [[nodiscard]] bool ended_open() const { return facts_.ended_at && !facts_.closed_at && !facts_.merged; }
    [[nodiscard]] bool withdrawn() const {
        return ended_open() &&
               (facts_.ended_as.empty() || facts_.ended_as == name_of(matter::EndsAs::withdrawn));
    }
    [[nodiscard]] bool refused() const {
        return ended_open() && facts_.ended_as == name_of(matter::EndsAs::refused);
    }
    [[nodiscard]] bool solved_at_first_contact() const {
        return facts_.closed_at && facts_.contacted_at == facts_.closed_at &&
               std::ranges::any_of(facts_.ratings,
                                   [](const RatingFact& one) { return one.round == 1 && one.solved == 2; });
    }
    void mark(Metric metric, std::int64_t at, std::int64_t detail = 0, std::int64_t n = 1) {
        mark(number_of(metric), at, detail, n);
    }
    void mark(std::int64_t metric, std::int64_t at, std::int64_t detail = 0, std::int64_t n = 1) {
        if (metric != 0) marks_.push_back({metric, at, detail, n, where_});
    }

    const MatterFacts& facts_;
    Zone zone_;
    Levels where_;
    std::vector<Mark> marks_;
};

}  // namespace

Levels levels_of(const MatterFacts& facts) {
    return facts.sealed ? county_alone : every_level;
}

std::vector<Mark> marks_of(const MatterFacts& facts, Zone zone, const MetricWords& words,
                           const matter::Workflow* workflow) {
    Marker marker(facts, zone);
    if (!facts.about) {
        marker.received();
        marker.of_its_kind(words);
        marker.due(facts.contact, Metric::contact_due, facts.contacted_at);
        marker.due(facts.finish, Metric::finish_due, facts.closed_at);
        marker.closed();
        marker.said();
        marker.stands();
    }
    if (workflow != nullptr) marker.flows(*workflow);
    return marker.take();
}

}  // namespace lianxin::report
