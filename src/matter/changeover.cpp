#include "matter/changeover.hpp"

#include <algorithm>
#include <iterator>

#include "matter/course.hpp"

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

std::optional<CannotMove> move_part(const Workflow& from, const Workflow& next,
                                    std::span<const StateChoice> choices, PartState& part) {
    const Machine& machine = from.machine(part.machine);
    const StateRule& state = machine.state(part.state);
    const auto to_machine = same_machine(from, part.machine, next);
    if (!to_machine) return CannotMove{Misfit::part_kind_is_gone, machine.name, state.name};
    const Machine& next_machine = next.machine(*to_machine);
    const auto to = next_machine.find_state(chosen_name(choices, machine.name, state.name));
    if (!to) return CannotMove{Misfit::state_is_gone, machine.name, state.name};
    const auto misfit = misfit_of(from, machine, state, next, next_machine, next_machine.state(*to));
    // What is over only has to be told.
    if (misfit && !(part.ended && *misfit != Misfit::counts_otherwise))
        return CannotMove{*misfit, machine.name, state.name};
    part.machine = *to_machine;
    part.state = *to;
    part.rung = same_rung(from, part.rung, next);
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

bool asks_for_a_day(const Workflow& from, const StateRule& state, const Workflow& next,
                    const StateRule& next_state) {
    const auto unknown = unknown_clocks(from, state, next, next_state);
    return std::any_of(unknown.begin(), unknown.end(), [&](ClockIndex index) {
        const ClockRule& clock = rule_at(next.clocks, index);
        return clock.limit == ClockLimit::field && clock.start == ClockStart::state;
    });
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
        case Misfit::owned_above:
            return "owned_above";
    }
    return "";
}

std::optional<Misfit> misfit_of(const Workflow& from, const Machine& machine, const StateRule& state,
                                const Workflow& next, const Machine& next_machine,
                                const StateRule& next_state) {
    if (machine.name != next_machine.name) return Misfit::part_kind_is_gone;
    if (state.end != next_state.end || state.counts_as != next_state.counts_as)
        return Misfit::counts_otherwise;
    const bool waits_alike =
        name_at(from.ballots, state.ballot) == name_at(next.ballots, next_state.ballot) &&
        name_at(from.notices, state.notice) == name_at(next.notices, next_state.notice) &&
        pieces_in(from, state) == pieces_in(next, next_state);
    if (!waits_alike) return Misfit::waits_otherwise;
    if (asks_for_a_day(from, state, next, next_state)) return Misfit::asks_for_a_day;
    return {};
}

std::vector<StateMove> state_moves(const Workflow& from, const Workflow& next) {
    std::vector<StateMove> moves;
    for (std::size_t at = 0; at < from.machines.size(); ++at) {
        const Machine& machine = from.machines[at];
        const auto to = same_machine(from, MachineIndex{static_cast<std::uint16_t>(at)}, next);
        for (const StateRule& state : machine.states) {
            if (state.end) continue;
            StateMove move{machine.name, state.name, Misfit::part_kind_is_gone, {}};
            if (to) {
                move.misfit = Misfit::state_is_gone;
                for (const StateRule& target : next.machine(*to).states) {
                    const auto misfit = misfit_of(from, machine, state, next, next.machine(*to), target);
                    if (!misfit) move.choices.push_back(target.name);
                    if (target.name == state.name) move.misfit = misfit;
                }
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
    for (PartState& part : moved.matter.parts)
        if (auto cannot = move_part(from, next, choices, part)) return fail(*std::move(cannot));
    move_clocks(from, next, now, moved);
    move_counts(from, matter, next, moved.matter);
    return moved;
}

Decision change_over(const Facts& facts, const Workflow& from, const MatterState& before) {
    Course course(facts);
    for (const PartState& part : facts.matter.parts) {
        const PartState* was = before.part(part.no);
        require(was != nullptr, "a move opens no part");
        const StateRule& stood = from.machine(was->machine).state(was->state);
        const StateRule& stands = facts.workflow.machine(part.machine).state(part.state);
        course.settle_in(part.no, stands.name != stood.name,
                         unknown_clocks(from, stood, facts.workflow, stands));
    }
    return course.finish();
}

}  // namespace lianxin::matter
