#include "matter/changeover.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include "matter/course.hpp"
#include "matter/way_so_far.hpp"

namespace lianxin::matter {
namespace {

template <class Rule, class Index>
std::string name_at(const std::vector<Rule>& rules, const std::optional<Index>& index) {
    return index ? rule_at(rules, *index).name : std::string();
}

std::string pieces_in(const Workflow& workflow, const StateRule& state) {
    return state.parts ? workflow.machine(*state.parts).name : std::string();
}

std::optional<MachineIndex> same_machine(const Workflow& from, MachineIndex machine, const Workflow& next) {
    if (machine == MachineIndex{}) return machine;
    return next.find_machine(from.machine(machine).name);
}

std::string chosen_name(std::span<const StateChoice> choices, const std::string& machine,
                        const std::string& state) {
    for (const StateChoice& choice : choices)
        if (choice.machine == machine && choice.from == state) return choice.to;
    return state;
}

// The lowest rung of the new ladder is below every post; a rung that is gone counts as the one below it.
std::optional<RungIndex> same_rung(const Workflow& from, std::optional<RungIndex> rung,
                                   const Workflow& next) {
    if (!rung) return {};
    for (std::size_t at = rung->value + std::size_t{1}; at > 0; --at) {
        if (at > from.ladder.size()) continue;
        const OwnerSelector& stood = from.ladder[at - 1];
        for (std::size_t to = next.ladder.size(); to > 0; --to)
            if (next.ladder[to - 1].post_kind == stood.post_kind && next.ladder[to - 1].level == stood.level)
                return RungIndex{static_cast<std::uint16_t>(to - 1)};
    }
    return {};
}

void move_clocks(const Workflow& from, const Workflow& next, Instant now, Translated& moved) {
    std::vector<ClockState> kept;
    for (ClockState& clock : moved.matter.clocks) {
        const ClockRule& rule = rule_at(from.clocks, clock.clock);
        const auto same = next.find_clock(rule.name);
        const auto machine = same_machine(from, rule.machine, next);
        if (same && machine && rule_at(next.clocks, *same).machine == *machine) {
            clock.clock = *same;
            kept.push_back(std::move(clock));
        } else if (clock.live()) {
            const bool late = clock.paused_since.value_or(now) > clock.due;
            clock.stage = late ? ClockState::Stage::stopped_late : ClockState::Stage::stopped_in_time;
            clock.stopped_at = now;
            clock.wakes.reset();
            clock.paused_since.reset();
            moved.left.push_back(std::move(clock));
        }
    }
    moved.matter.clocks = std::move(kept);
}

void move_counts(const Workflow& from, const MatterState& before, const Workflow& next, MatterState& matter) {
    matter.tallies.clear();
    for (const Tally& tally : before.tallies)
        if (const auto same = next.find_tally(rule_at(from.tallies, tally.name)))
            matter.tallies.push_back({tally.part, *same, tally.count});
    matter.done.clear();
    for (const DoneBy& done : before.done) {
        const PartState* was = before.part(done.part);
        const PartState* is = matter.part(done.part);
        if (was == nullptr || is == nullptr) continue;
        const std::string& name = from.machine(was->machine).action(done.action).name;
        if (const auto same = next.machine(is->machine).find_action(name))
            matter.done.push_back({done.part, *same, done.party});
    }
}

// What the new state counts and the old one did not.
std::vector<ClockIndex> unknown_clocks(const Workflow& from, const StateRule& state, const Workflow& next,
                                       const StateRule& next_state) {
    std::vector<ClockIndex> unknown;
    std::copy_if(next_state.clocks.begin(), next_state.clocks.end(), std::back_inserter(unknown),
                 [&](ClockIndex index) {
                     const std::string& name = rule_at(next.clocks, index).name;
                     return std::none_of(state.clocks.begin(), state.clocks.end(), [&](ClockIndex known) {
                         return rule_at(from.clocks, known).name == name;
                     });
                 });
    return unknown;
}

// Whether the clock, when it runs out in that state, does what it is for.
bool leads_on(const Workflow& workflow, ClockIndex index, MachineIndex machine, StateIndex state) {
    const auto due = workflow.machine(machine).find_action(rule_at(workflow.clocks, index).due);
    if (!due) return false;
    const auto& from = workflow.machine(machine).action(*due).from;
    return std::find(from.begin(), from.end(), state) != from.end();
}

// Some clock runs, and every one that does leads on.
bool is_timed(const Workflow& workflow, const MatterState& matter, const PartState& part) {
    bool timed = false;
    for (const ClockState& clock : matter.clocks) {
        if (clock.part != part.no || clock.stage != ClockState::Stage::running) continue;
        if (!leads_on(workflow, clock.clock, part.machine, part.state)) return false;
        timed = true;
    }
    return timed;
}

// Why what stands in one state of a version cannot stand in one of another.
class Fit {
 public:
    Fit(const Workflow& from, const Workflow& next) : from_(from), next_(next) {}

    std::optional<Misfit> misfit(MachineIndex machine, StateIndex state, MachineIndex next_machine,
                                 StateIndex next_state) {
        const StateRule& stands = from_.machine(machine).state(state);
        const StateRule& to = next_.machine(next_machine).state(next_state);
        if (stands.end != to.end || stands.counts_as != to.counts_as) return Misfit::counts_otherwise;
        const bool waits_alike = name_at(from_.ballots, stands.ballot) == name_at(next_.ballots, to.ballot) &&
                                 name_at(from_.notices, stands.notice) == name_at(next_.notices, to.notice) &&
                                 pieces_in(from_, stands) == pieces_in(next_, to);
        if (!waits_alike) return Misfit::waits_otherwise;
        if (to.end) return {};
        if (asks_for_a_day(stands, to)) return Misfit::asks_for_a_day;
        const WaySoFar& behind = way(from_, behind_, machine, state);
        if (!counts_there(stands, behind, next_machine, next_state)) return Misfit::no_deadline;
        // What kept its name is the same step, though the new version asks for more on the way.
        if (stands.name == to.name) return {};
        if (runs_out_in_vain(behind, next_machine, next_state)) return Misfit::no_deadline;
        if (skips_a_step(behind, way(next_, ahead_, next_machine, next_state))) return Misfit::skips_a_step;
        return {};
    }

 private:
    using Ways = std::map<MachineIndex, std::vector<WaySoFar>>;

    static const WaySoFar& way(const Workflow& workflow, Ways& ways, MachineIndex machine, StateIndex state) {
        const auto [found, fresh] = ways.try_emplace(machine);
        if (fresh) found->second = ways_so_far(workflow, machine);
        return found->second.at(state.value);
    }

    bool asks_for_a_day(const StateRule& stands, const StateRule& to) const {
        const auto unknown = unknown_clocks(from_, stands, next_, to);
        return std::any_of(unknown.begin(), unknown.end(), [&](ClockIndex index) {
            const ClockRule& clock = rule_at(next_.clocks, index);
            return clock.limit == ClockLimit::field && clock.start == ClockStart::state;
        });
    }

    // Some clock starts with the move, or may run already, and leads on from there when it runs out.
    bool counts_there(const StateRule& stands, const WaySoFar& behind, MachineIndex machine,
                      StateIndex state) const {
        for (std::size_t at = 0; at < next_.clocks.size(); ++at) {
            const ClockIndex index{static_cast<std::uint16_t>(at)};
            if (next_.clocks[at].machine == machine && leads_on(next_, index, machine, state) &&
                may_count(index, stands, behind, next_.machine(machine).state(state)))
                return true;
        }
        return false;
    }
    // What may run already would run out there and do nothing.
    bool runs_out_in_vain(const WaySoFar& behind, MachineIndex machine, StateIndex state) const {
        const StateRule& to = next_.machine(machine).state(state);
        return std::any_of(behind.may_run.begin(), behind.may_run.end(), [&](ClockIndex known) {
            const auto index = next_.find_clock(rule_at(from_.clocks, known).name);
            return index && rule_at(next_.clocks, *index).machine == machine &&
                   std::find(to.pauses.begin(), to.pauses.end(), *index) == to.pauses.end() &&
                   !leads_on(next_, *index, machine, state);
        });
    }
    bool may_count(ClockIndex index, const StateRule& stands, const WaySoFar& behind,
                   const StateRule& to) const {
        const auto listed = [](const std::vector<ClockIndex>& clocks, ClockIndex clock) {
            return std::find(clocks.begin(), clocks.end(), clock) != clocks.end();
        };
        const ClockRule& clock = rule_at(next_.clocks, index);
        const bool ends_itself = clock.limit == ClockLimit::schedule && clock.every.ends();
        if (listed(to.pauses, index) || ends_itself) return false;
        if (clock.start == ClockStart::state) return listed(to.clocks, index);
        const auto known = from_.find_clock(clock.name);
        if (known) return behind.may_run.contains(*known) || listed(stands.clocks, *known);
        return clock.start != ClockStart::action && to.counts_as == CountsAs::open;
    }

    bool skips_a_step(const WaySoFar& behind, const WaySoFar& ahead) const {
        const bool asks = std::any_of(ahead.filled.begin(), ahead.filled.end(), [&](FieldIndex field) {
            const auto known = from_.find_field(rule_at(next_.fields, field).name);
            return !known || !behind.filled.contains(*known);
        });
        return asks || std::any_of(ahead.started.begin(), ahead.started.end(), [&](ClockIndex clock) {
                   const auto known = from_.find_clock(rule_at(next_.clocks, clock).name);
                   return !known || !behind.started.contains(*known);
               });
    }

    const Workflow& from_;
    const Workflow& next_;
    Ways behind_, ahead_;
};

std::optional<CannotMove> move_part(const Workflow& from, const Workflow& next,
                                    std::span<const StateChoice> choices, Fit& fit, PartState& part) {
    const Machine& machine = from.machine(part.machine);
    const StateRule& state = machine.state(part.state);
    const auto to_machine = same_machine(from, part.machine, next);
    if (!to_machine) return CannotMove{Misfit::part_kind_is_gone, machine.name, state.name};
    const auto to = next.machine(*to_machine).find_state(chosen_name(choices, machine.name, state.name));
    if (!to) return CannotMove{Misfit::state_is_gone, machine.name, state.name};
    const auto misfit = fit.misfit(part.machine, part.state, *to_machine, *to);
    // What is over only has to be told.
    if (misfit && !(part.ended && *misfit != Misfit::counts_otherwise))
        return CannotMove{*misfit, machine.name, state.name};
    part.machine = *to_machine;
    part.state = *to;
    part.rung = same_rung(from, part.rung, next);
    return {};
}

}  // namespace

const char* name_of(Misfit misfit) {
    switch (misfit) {
        case Misfit::part_kind_is_gone:
            return "part_kind_is_gone";
        case Misfit::state_is_gone:
            return "state_is_gone";
        case Misfit::counts_otherwise:
            return "counts_otherwise";
        case Misfit::waits_otherwise:
            return "waits_otherwise";
        case Misfit::asks_for_a_day:
            return "asks_for_a_day";
        case Misfit::no_deadline:
            return "no_deadline";
        case Misfit::skips_a_step:
            return "skips_a_step";
        case Misfit::owned_above:
            return "owned_above";
    }
    return "";
}

std::optional<Misfit> misfit_of(const Workflow& from, const Workflow& next, const StateChoice& choice) {
    const auto machine =
        choice.machine.empty() ? std::optional(MachineIndex{}) : from.find_machine(choice.machine);
    const auto to_machine = machine ? same_machine(from, *machine, next) : std::nullopt;
    if (!to_machine) return Misfit::part_kind_is_gone;
    const auto state = from.machine(*machine).find_state(choice.from);
    const auto to = next.machine(*to_machine).find_state(choice.to);
    if (!state || !to) return Misfit::state_is_gone;
    return Fit(from, next).misfit(*machine, *state, *to_machine, *to);
}

std::vector<StateMove> state_moves(const Workflow& from, const Workflow& next) {
    std::vector<StateMove> moves;
    Fit fit(from, next);
    for (std::uint16_t at = 0; at < from.machines.size(); ++at) {
        const Machine& machine = from.machines[at];
        const auto to = same_machine(from, MachineIndex{at}, next);
        for (std::uint16_t stands = 0; stands < machine.states.size(); ++stands) {
            const StateRule& state = machine.states[stands];
            if (state.end) continue;
            StateMove move{
                machine.name, state.name, to ? Misfit::state_is_gone : Misfit::part_kind_is_gone, {}};
            for (std::uint16_t there = 0; to && there < next.machine(*to).states.size(); ++there) {
                const std::string& name = next.machine(*to).states[there].name;
                const auto misfit = fit.misfit(MachineIndex{at}, StateIndex{stands}, *to, StateIndex{there});
                if (!misfit) move.choices.push_back(name);
                if (name == state.name) move.misfit = misfit;
            }
            moves.push_back(std::move(move));
        }
    }
    return moves;
}

Result<Translated, CannotMove> translate(const Workflow& from, const MatterState& matter,
                                         const Workflow& next, std::span<const StateChoice> choices,
                                         Instant now) {
    Translated moved{matter, {}};
    Fit fit(from, next);
    for (PartState& part : moved.matter.parts)
        if (auto cannot = move_part(from, next, choices, fit, part)) return fail(*std::move(cannot));
    move_clocks(from, next, now, moved);
    move_counts(from, matter, next, moved.matter);
    return moved;
}

Result<Decision, CannotMove> change_over(const Facts& facts, const Workflow& from,
                                         const MatterState& before) {
    Course course(facts);
    for (const PartState& part : facts.matter.parts) {
        const PartState* was = before.part(part.no);
        require(was != nullptr, "a move opens no part");
        const StateRule& stood = from.machine(was->machine).state(was->state);
        const StateRule& stands = facts.workflow.machine(part.machine).state(part.state);
        course.settle_in(part.no, stands.name != stood.name,
                         unknown_clocks(from, stood, facts.workflow, stands));
    }
    for (const PartState& part : course.matter().parts)
        if (!part.ended && !is_timed(facts.workflow, course.matter(), part)) {
            const Machine& machine = from.machine(before.part(part.no)->machine);
            return fail(CannotMove{Misfit::no_deadline, machine.name,
                                   machine.state(before.part(part.no)->state).name});
        }
    return course.finish();
}

}  // namespace lianxin::matter
