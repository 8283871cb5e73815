// What residents depend on runs: nobody who owes it starts a deadline anew or stops it before the answer, no
// pause outlasts it, and whoever outside may still act has more than a day to.
#include "matter/prover_report.hpp"
#include "notice/notice_period.hpp"

namespace lianxin::matter {
namespace {

constexpr calendar::Period a_day_and_more{2, calendar::Unit::day};

bool is_counted(const ClockRule& clock) {
    return clock.limit == ClockLimit::fixed || clock.limit == ClockLimit::table ||
           clock.limit == ClockLimit::item;
}

bool by_somebody_inside(const ActionRule& action) {
    return std::any_of(action.who.begin(), action.who.end(), [](const WhoRule& who) {
        return who.kind == WhoRule::Kind::post ||
               (who.kind == WhoRule::Kind::relation && !is_outside(who.relation));
    });
}

bool law_ends_it(const ProofOf& proof, const ClockRule& clock) {
    const auto bound = proof.law_of(clock);
    return bound && bound->at_most;
}

// What still runs is not begun anew: that is to put it off.
void nothing_is_put_off(const ProofOf& proof, const std::vector<WaySoFar>& ways, const ActionRule& action) {
    for (const auto index : action.restarts) {
        const auto& clock = proof.clock(index);
        if (!is_counted(clock) || !proof.workflow.is_told(index)) continue;
        const auto runs_on = [&](StateIndex to) {
            const auto& state = proof.machine.state(to);
            return !state.end && (state.counts_as != CountsAs::closed || among(state.clocks, index));
        };
        const bool may_run = std::any_of(action.from.begin(), action.from.end(), [&](StateIndex from) {
            const auto to = leads_to(action, from);
            return ways[from.value].comes && ways[from.value].may_run.contains(index) &&
                   std::any_of(to.begin(), to.end(), runs_on);
        });
        const bool past_the_law = by_somebody_inside(action) && law_ends_it(proof, clock);
        if (!may_run || (!past_the_law && !by_whoever_owes_it(action))) continue;
        proof.error(action.at, "deadline_begun_anew",
                    "\"" + action.name + "\" begins clock \"" + clock.name +
                        "\" anew while it runs, which is to put it off without end",
                    "take it out of its restarts, or let it be put off by somebody else: extends = \"" +
                        clock.name + "\"");
    }
}

// Whom it answers hears of it, and another deadline runs from receipt to the answer; or it was answered, and
// goes on to the next step.
bool is_told_all_the_same(const Workflow& workflow, const ActionRule& action, ClockIndex stopped,
                          const StateRule& to, bool goes_on) {
    if (!tells(workflow, action.effects)) return false;
    return (goes_on && to.counts_as == CountsAs::closed) ||
           std::any_of(to.clocks.begin(), to.clocks.end(), [&](ClockIndex other) {
               return other != stopped && rule_at(workflow.clocks, other).start == ClockStart::receipt;
           });
}

bool asks_how_it_went(const ActionRule& action) {
    return std::any_of(action.effects.begin(), action.effects.end(),
                       [](const EffectRule& effect) { return effect.kind == EffectRule::Kind::ask_rating; });
}

// What a state counts by counts until the answer.
void nothing_ends_too_soon(const ProofOf& proof, const ActionRule& action) {
    for (const auto index : action.stops)
        for (const auto from : action.from) {
            const auto to = stops_too_soon(proof.workflow, action, index, from);
            if (!to) continue;
            const auto& clock = proof.clock(index);
            proof.error(clock.at, "stopped_before_the_answer",
                        "clock \"" + clock.name + "\" stops at \"" + action.name + "\", which goes on in \"" +
                            proof.machine.state(*to).name + "\", where it should run",
                        "take \"" + action.name + "\" out of its stops, or \"" + clock.name +
                            "\" out of the clocks of that state");
            break;
        }
}

// The state is left when its own clock runs out.
bool leaves_by(const Machine& machine, StateIndex state, const ClockRule& clock) {
    const auto due = machine.find_action(clock.due);
    if (!due) return false;
    const auto to = leads_to(machine.action(*due), state);
    return among(machine.action(*due).from, state) && !among(to, state);
}

void no_pause_outlasts_it(const ProofOf& proof, StateIndex index) {
    const auto& state = proof.machine.state(index);
    if (!state.pause_cap) return;
    const auto ends_by = [&](const calendar::Period& period) {
        return notice::surely_at_most(*state.pause_cap, period) ||
               std::any_of(state.clocks.begin(), state.clocks.end(), [&](ClockIndex own) {
                   const auto& clock = proof.clock(own);
                   return clock.limit == ClockLimit::fixed && clock.start == ClockStart::state &&
                          leaves_by(proof.machine, index, clock) &&
                          notice::surely_at_most(clock.period, period);
               });
    };
    for (const auto paused : state.pauses) {
        const auto& clock = proof.clock(paused);
        if (clock.limit == ClockLimit::fixed && !ends_by(clock.period))
            proof.error(state.at, "pause_outlasts_the_deadline",
                        "in state \"" + state.name + "\" clock \"" + clock.name +
                            "\" may stand still for longer than it runs",
                        "let no more than " + clock.period.text() +
                            " of a stay count (pause_cap), or let a clock of the state lead on by then");
    }
}

// Somebody outside is waited for here, or may say that what was answered is none.
bool is_theirs(const ProofOf& proof, StateIndex index) {
    const auto& state = proof.machine.state(index);
    if (state.waits_for && is_outside(*state.waits_for)) return true;
    return state.counts_as == CountsAs::closed &&
           std::any_of(proof.machine.actions.begin(), proof.machine.actions.end(),
                       [&](const ActionRule& action) {
                           return among(action.from, index) &&
                                  std::any_of(action.who.begin(), action.who.end(), is_outsider);
                       });
}

void what_is_answered_stays_so(const ProofOf& proof, StateIndex index) {
    const auto& state = proof.machine.state(index);
    if (!goes_on_by_itself(proof.workflow, proof.machine, index)) return;
    proof.error(state.at, "answered_for_a_time",
                "\"" + state.name + "\" counts as answered, and a clock takes it up again",
                "say counts_as = \"open_explained\" of it, or let the clock lead to an end");
}

void they_have_time(const ProofOf& proof, ClockIndex index) {
    const auto& clock = proof.clock(index);
    if (clock.limit != ClockLimit::fixed || notice::surely_at_least(clock.period, a_day_and_more)) return;
    const auto bound = proof.law_of(clock);
    if (bound && bound->at_least && !notice::surely_at_least(clock.period, *bound->at_least)) return;
    for (std::uint16_t at = 0; at < proof.machine.states.size(); ++at) {
        const auto& state = proof.machine.state(StateIndex{at});
        if (state.end || !among(state.clocks, index) || !is_theirs(proof, StateIndex{at}) ||
            !leaves_by(proof.machine, StateIndex{at}, clock))
            continue;
        return proof.error(clock.at, "no_time_to_answer",
                           "clock \"" + clock.name + "\" leaves whoever is outside " + clock.period.text() +
                               " in state \"" + state.name + "\", a day or less",
                           "give them several days");
    }
}

}  // namespace

bool goes_on_by_itself(const Workflow& workflow, const Machine& machine, StateIndex index) {
    const auto& state = machine.state(index);
    if (state.end || state.counts_as != CountsAs::closed) return false;
    return std::any_of(state.clocks.begin(), state.clocks.end(), [&](ClockIndex clock) {
        const auto due = machine.find_action(rule_at(workflow.clocks, clock).due);
        if (!due || !among(machine.action(*due).from, index)) return false;
        const auto to = leads_to(machine.action(*due), index);
        return std::any_of(to.begin(), to.end(), [&](StateIndex next) {
            return !machine.state(next).end && machine.state(next).counts_as != CountsAs::closed;
        });
    });
}

std::optional<StateIndex> stops_too_soon(const Workflow& workflow, const ActionRule& action, ClockIndex clock,
                                         StateIndex from) {
    const auto& rule = rule_at(workflow.clocks, clock);
    if (rule.start == ClockStart::state || rule.limit == ClockLimit::schedule ||
        among(action.restarts, clock) || among(action.starts, clock) || asks_how_it_went(action))
        return {};
    for (const auto to : leads_to(action, from)) {
        const auto& state = workflow.machine(rule.machine).state(to);
        if (!state.end && among(state.clocks, clock) &&
            !is_told_all_the_same(workflow, action, clock, state, to != from))
            return to;
    }
    return {};
}

void prove_deadlines(const ProofOf& proof) {
    const auto ways = ways_so_far(proof.workflow, proof.index);
    for (const auto& action : proof.machine.actions) {
        nothing_is_put_off(proof, ways, action);
        nothing_ends_too_soon(proof, action);
    }
    for (std::uint16_t at = 0; at < proof.machine.states.size(); ++at) {
        no_pause_outlasts_it(proof, StateIndex{at});
        what_is_answered_stays_so(proof, StateIndex{at});
    }
    for (std::uint16_t at = 0; at < proof.workflow.clocks.size(); ++at)
        if (proof.workflow.clocks[at].machine == proof.index) they_have_time(proof, ClockIndex{at});
}

}  // namespace lianxin::matter
