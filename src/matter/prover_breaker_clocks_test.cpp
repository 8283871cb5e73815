// Deadlines that residents depend on are put off, stopped, made to stand still or cut short; what was
// promised is moved by whoever owes it, or counts as done when it was not.
#include <algorithm>
#include <utility>

#include "matter/prover_breaker_test.hpp"

namespace lianxin::matter::testing {
namespace {

using access::Relation;

constexpr std::size_t breaks_per_site = 14;  // of ten operators, each at many places

bool is_long(const ClockRule& clock) {
    return clock.machine == MachineIndex{} && clock.start != ClockStart::state &&
           clock.limit != ClockLimit::schedule;
}

WhoRule owner() {
    WhoRule who;
    who.relation = Relation::owner;
    return who;
}

bool by_owner(const ActionRule& action) {
    return std::any_of(action.who.begin(), action.who.end(), [](const WhoRule& who) {
        return who.kind == WhoRule::Kind::relation && who.relation == Relation::owner;
    });
}

class ClockBreaker {
 public:
    ClockBreaker(const Workflow& sound, std::size_t at_most) : sound_(sound), at_most_(at_most) {}

    std::vector<BrokenFlow> all() {
        for (std::uint16_t at = 0; at < sound_.clocks.size(); ++at)
            if (is_long(sound_.clocks[at])) turned(ClockIndex{at});
        pauses();
        short_times();
        goals();
        ends();
        return std::move(breaks_);
    }

 private:
    const Machine& machine() const { return sound_.matter(); }
    BrokenFlow& broken(std::string what) { return breaks_.emplace_back(BrokenFlow{std::move(what), sound_}); }
    [[nodiscard]] bool runs_in(ClockIndex clock, const ActionRule& action) const {
        return std::all_of(action.from.begin(), action.from.end(), [&](StateIndex from) {
            const auto& clocks = machine().state(from).clocks;
            return std::find(clocks.begin(), clocks.end(), clock) != clocks.end();
        });
    }

    void turned(ClockIndex clock) {
        const auto& name = rule_at(sound_.clocks, clock).name;
        const auto stops = [&](const ActionRule& action) {
            return std::find(action.stops.begin(), action.stops.end(), clock) != action.stops.end();
        };
        each_step(
            breaks_, sound_, 2 * at_most_, "clock " + name + " begun anew by whoever has it by",
            [&](const ActionRule& action) { return by_owner(action) && runs_in(clock, action); },
            [&](ActionRule& action) { action.restarts.push_back(clock); });
        each_step(
            breaks_, sound_, at_most_, "clock " + name + " begun anew from above by",
            [&](const ActionRule& action) { return action.apart_from_owner && runs_in(clock, action); },
            [&](ActionRule& action) { action.restarts.push_back(clock); });
        each_step(
            breaks_, sound_, 2 * at_most_, "clock " + name + " stopped too soon by",
            [&](const ActionRule& action) {
                return by_owner(action) && runs_in(clock, action) && !stops(action);
            },
            [&](ActionRule& action) { action.stops.push_back(clock); });
    }

    void pauses() {
        for (std::size_t at = 0; at < machine().states.size(); ++at) {
            const auto& state = machine().states[at];
            if (!state.pause_cap) continue;
            constexpr calendar::Period ten_years{3650, calendar::Unit::day};
            broken("ten years of pause in state " + state.name).flow.machines[0].states[at].pause_cap =
                ten_years;
            auto& waits =
                broken("ten years of pause, and nobody's time runs out, in state " + state.name).flow;
            waits.machines[0].states[at].pause_cap = ten_years;
            for (const auto clock : state.clocks) waits.clocks[clock.value].period = ten_years;
        }
    }

    void short_times() {
        for (std::size_t at = 0; at < sound_.clocks.size(); ++at) {
            const auto& clock = sound_.clocks[at];
            if (clock.machine != MachineIndex{} || clock.limit != ClockLimit::fixed) continue;
            for (const auto& [what, period] :
                 {std::pair{"an hour", calendar::Period{1, calendar::Unit::hour}},
                  {"a day", calendar::Period{1, calendar::Unit::day}},
                  {"two days", calendar::Period{2, calendar::Unit::day}}})
                broken("clock " + clock.name + " runs for " + what).flow.clocks[at].period = period;
        }
    }

    // What is held against something, or until when a clock runs, changed by what may be done anyway.
    void goals() {
        std::vector<FieldIndex> goals;
        for (const auto& field : sound_.fields)
            if (field.bound && field.bound->kind != BoundKind::apart_from)
                goals.push_back(field.bound->field);
        for (const auto& clock : sound_.clocks)
            if (clock.machine == MachineIndex{} && clock.limit == ClockLimit::field)
                goals.push_back(clock.field);
        std::sort(goals.begin(), goals.end());
        goals.erase(std::unique(goals.begin(), goals.end()), goals.end());
        for (const auto goal : goals) {
            const auto takes = [goal](const ActionRule& action) {
                return std::find(action.needs.begin(), action.needs.end(), goal) != action.needs.end() ||
                       std::find(action.accepts.begin(), action.accepts.end(), goal) != action.accepts.end();
            };
            const auto& name = rule_at(sound_.fields, goal).name;
            each_step(
                breaks_, sound_, 4 * at_most_, name + " changed by whoever owes it by",
                [&](const ActionRule& action) {
                    return by_owner(action) && !takes(action) &&
                           (action.reaches.empty() || !rule_at(sound_.fields, goal).bound);
                },
                [&](ActionRule& action) { action.accepts.push_back(goal); });
            each_step(
                breaks_, sound_, at_most_, name + " changed from above by whoever owes it by",
                [&](const ActionRule& action) { return action.apart_from_owner && takes(action); },
                [&](ActionRule& action) {
                    action.apart_from_owner = false;
                    action.who = {owner()};
                });
        }
    }

    void ends() {
        for (std::size_t at = 0; at < machine().states.size(); ++at)
            if (machine().states[at].counts_as == CountsAs::open_explained)
                broken(machine().states[at].name + " counts as answered")
                    .flow.machines[0]
                    .states[at]
                    .counts_as = CountsAs::closed;
        for (std::size_t at = 0; at < machine().states.size(); ++at) {
            const auto& state = machine().states[at];
            if (!state.end || state.ends_as == EndsAs::closed || state.ends_as == EndsAs::settled) continue;
            broken(state.name + " counts as done").flow.machines[0].states[at].ends_as = EndsAs::closed;
            broken(state.name + " counts as settled").flow.machines[0].states[at].ends_as = EndsAs::settled;
        }
    }

    const Workflow& sound_;
    std::size_t at_most_;
    std::vector<BrokenFlow> breaks_;
};

}  // namespace

std::vector<BrokenFlow> clocks_broken(const Workflow& sound, std::size_t per_operator) {
    return thinned(ClockBreaker(sound, per_operator).all(), per_operator * breaks_per_site);
}

}  // namespace lianxin::matter::testing
