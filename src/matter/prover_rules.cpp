#include <optional>
#include <set>

#include "matter/prover_report.hpp"

namespace lianxin::matter {
namespace {

bool asks_for(const ActionRule& action, FieldIndex field, bool needed) {
    return among(action.needs, field) || (!needed && among(action.accepts, field));
}

const std::string& field_name(const ProofOf& proof, FieldIndex field) {
    return rule_at(proof.workflow.fields, field).name;
}

bool is_about_a_field(const Condition& condition) {
    switch (condition.subject) {
        case ConditionSubject::rating_solved:
        case ConditionSubject::rating_grade:
        case ConditionSubject::field_filled:
        case ConditionSubject::field_number:
        case ConditionSubject::field_choice:
            return true;
        default:
            return false;
    }
}

void never_applies(const ProofOf& proof, const ActionRule& action, const Condition& condition,
                   const std::string& why, const std::string& remedy) {
    proof.error(condition.at, "rule_never_applies",
                "what \"" + action.name + "\" brings under this condition never comes about: " + why, remedy);
}

// Whether the engine can ever find it true of this action's form or card.
void condition_can_hold(const ProofOf& proof, const ActionRule& action, const Condition& condition) {
    if (condition.comparison == Comparison::is_not) return;
    if (condition.subject == ConditionSubject::told_twice) {
        const auto once = [&](FieldIndex field) { return rule_at(proof.workflow.fields, field).once; };
        if (std::none_of(action.needs.begin(), action.needs.end(), once) &&
            std::none_of(action.accepts.begin(), action.accepts.end(), once))
            never_applies(proof, action, condition, "it asks for no list that is to be told once",
                          "put a checklist with once = true into its needs");
    }
    const bool red = condition.subject == ConditionSubject::card_is_red;
    if ((red || condition.subject == ConditionSubject::card_is_yellow) &&
        !among(action.card, red ? Card::red : Card::yellow))
        never_applies(proof, action, condition, "it gives no such card",
                      std::string("add \"") + (red ? "red" : "yellow") + "\" to its card");
    if (condition.subject == ConditionSubject::field_choice &&
        !among(rule_at(proof.workflow.fields, condition.field).choices, condition.text))
        never_applies(proof, action, condition, "\"" + condition.text + "\" is none of the choices",
                      "name one of the field's choices");
    if (condition.subject == ConditionSubject::rating_grade && (condition.number < 1 || condition.number > 5))
        never_applies(proof, action, condition, "a grade goes from 1 to 5", "compare it with 1 to 5");
}

void condition_is_answered(const ProofOf& proof, const ActionRule& action, const Condition& condition) {
    condition_can_hold(proof, action, condition);
    if (!is_about_a_field(condition) || asks_for(action, condition.field, false)) return;
    proof.error(condition.at, "field_never_filled",
                "\"" + action.name + "\" asks about field \"" + field_name(proof, condition.field) +
                    "\" which it does not take",
                "put the field into its needs or accepts");
}

void fields(const ProofOf& proof) {
    for (const auto& action : proof.machine.actions) {
        if (action.owner && action.owner->kind == OwnerSelector::Kind::field &&
            !asks_for(action, action.owner->field, true))
            proof.error(action.owner->at, "field_never_filled",
                        "\"" + action.name + "\" gives it to field \"" +
                            field_name(proof, action.owner->field) + "\" which it does not ask for",
                        "put the field into its needs");
        if (action.opens && !asks_for(action, action.opens->for_each, true))
            proof.error(action.at, "field_never_filled",
                        "\"" + action.name + "\" opens parts for field \"" +
                            field_name(proof, action.opens->for_each) + "\" which it does not ask for",
                        "put the field into its needs");
        for (const auto& branch : action.to_when) condition_is_answered(proof, action, branch.when);
        for (const auto& next : action.then) condition_is_answered(proof, action, next.when);
        for (const auto& effect : action.effects) {
            if (effect.when) condition_is_answered(proof, action, *effect.when);
            if (effect.kind == EffectRule::Kind::involve && !asks_for(action, effect.field, false))
                proof.error(effect.at, "field_never_filled",
                            "\"" + action.name + "\" brings in whom field \"" +
                                field_name(proof, effect.field) + "\" names, which it does not take",
                            "put the field into its needs or accepts");
        }
        for (const auto field : action.needs)
            if (among(action.accepts, field))
                proof.warning(action.at, "field_asked_twice",
                              "field \"" + field_name(proof, field) + "\" is needed and accepted",
                              "leave it in needs alone");
        for (const auto clock : action.starts)
            if (proof.clock(clock).limit == ClockLimit::field &&
                !asks_for(action, proof.clock(clock).field, true))
                proof.error(action.at, "field_never_filled",
                            "clock \"" + proof.clock(clock).name + "\" runs until field \"" +
                                field_name(proof, proof.clock(clock).field) + "\" which \"" + action.name +
                                "\" does not ask for",
                            "put the field into its needs");
    }
    for (const auto& clock : proof.workflow.clocks)
        if (clock.machine == proof.index && clock.limit == ClockLimit::field &&
            clock.start != ClockStart::action)
            proof.error(clock.at, "day_not_yet_known",
                        "clock \"" + clock.name + "\" starts before its day is filled in",
                        "start it by the action that asks for the day: starts = \"action:NAME\"");
}

void fields_are_used(const ProofOf& proof) {
    std::set<FieldIndex> used(proof.machine.start.needs.begin(), proof.machine.start.needs.end());
    used.insert(proof.machine.start.accepts.begin(), proof.machine.start.accepts.end());
    for (const auto& machine : proof.workflow.machines)
        for (const auto& action : machine.actions) {
            used.insert(action.needs.begin(), action.needs.end());
            used.insert(action.accepts.begin(), action.accepts.end());
        }
    for (std::size_t at = 0; at < proof.workflow.fields.size(); ++at)
        if (!used.contains(FieldIndex{static_cast<std::uint16_t>(at)}))
            proof.warning(proof.workflow.fields[at].at, "field_never_asked",
                          "no action asks for field \"" + proof.workflow.fields[at].name + "\"",
                          "put it into an action's needs or accepts, or remove it");
}

void used_nowhere(const ProofOf& proof, const Mark& at, const std::string& what, const std::string& remedy) {
    proof.warning(at, "declared_for_nothing", what + " is declared and used nowhere", remedy);
}

void others_are_used(const ProofOf& proof) {
    const auto& workflow = proof.workflow;
    std::set<ListIndex> lists;
    std::set<ClockIndex> clocks;
    std::set<BallotIndex> ballots;
    std::set<MachineIndex> opened{MachineIndex{}};
    for (const auto& field : workflow.fields)
        if (field.list) lists.insert(*field.list);
    for (const auto& machine : workflow.machines) {
        for (const auto& state : machine.states) clocks.insert(state.clocks.begin(), state.clocks.end());
        for (const auto& action : machine.actions) {
            if (action.opens_ballot) ballots.insert(*action.opens_ballot);
            if (action.opens) opened.insert(action.opens->machine);
        }
    }
    const auto look = [&](const auto& rules, const auto& used, const std::string& sort, const char* remedy) {
        for (std::size_t at = 0; at < rules.size(); ++at)
            if (!used.contains({static_cast<std::uint16_t>(at)}))
                used_nowhere(proof, rules[at].at, sort + " \"" + rules[at].name + "\"", remedy);
    };
    look(workflow.lists, lists, "list", "let a field of type criteria ask for it, or remove it");
    look(workflow.ballots, ballots, "ballot", "let an action open it, or remove it");
    for (std::size_t at = 0; at < workflow.clocks.size(); ++at) {
        const auto& clock = workflow.clocks[at];
        if (clock.start == ClockStart::state && !clocks.contains(ClockIndex{static_cast<std::uint16_t>(at)}))
            used_nowhere(proof, clock.at, "clock \"" + clock.name + "\"",
                         "list it in the clocks of a state, or remove it");
    }
    for (std::size_t at = 1; at < workflow.machines.size(); ++at)
        if (!opened.contains(MachineIndex{static_cast<std::uint16_t>(at)}))
            used_nowhere(proof, workflow.machines[at].start.at, "part \"" + workflow.machines[at].name + "\"",
                         "let an action open it, or remove it");
}

// One is true only where the other is not: the same question, another answer.
bool exclude(const Condition& one, const Condition& other) {
    return one.subject == other.subject && one.field == other.field && one.text != other.text &&
           one.comparison == Comparison::is && other.comparison == Comparison::is;
}

// Each must be possible where the action leads, and where those before it may have led on to.
void follow_ups(const ProofOf& proof, const ActionRule& action) {
    for (std::size_t at = 0; at < action.then.size(); ++at) {
        const auto& then = proof.machine.action(action.then[at].action);
        std::set<StateIndex> here;
        for (const auto from : action.from)
            for (const auto to : leads_to(action, from)) here.insert(to);
        for (std::size_t before = 0; before < at; ++before) {
            if (exclude(action.then[before].when, action.then[at].when)) continue;
            const auto first = here;
            for (const auto from : first)
                for (const auto to : leads_to(proof.machine.action(action.then[before].action), from))
                    here.insert(to);
        }
        for (const auto state : here)
            if (!among(then.from, state))
                proof.error(
                    action.at, "follow_up_leads_nowhere",
                    "after \"" + action.name + "\" in \"" + proof.machine.state(state).name + "\", \"" +
                        then.name + "\" is not possible",
                    "add \"" + proof.machine.state(state).name + "\" to the from of \"" + then.name + "\"");
    }
}

// What follows by the engine must be possible where the first action leaves it.
void engine_steps(const ProofOf& proof) {
    for (const auto& action : proof.machine.actions) {
        if (action.limit) {
            const auto& then = proof.machine.action(action.limit->then);
            for (const auto from : action.from)
                if (!among(then.from, from))
                    proof.error(action.at, "limit_leads_nowhere",
                                "when \"" + action.name + "\" reaches its limit in \"" +
                                    proof.machine.state(from).name + "\", \"" + then.name +
                                    "\" is not possible",
                                "add \"" + proof.machine.state(from).name + "\" to the from of \"" +
                                    then.name + "\"");
            if (!done_by(then, WhoRule::Kind::engine))
                proof.error(then.at, "engine_may_not",
                            "\"" + then.name + "\" follows a limit but is not the engine's to do",
                            "add \"engine\" to its who");
            if (then.limit)
                proof.error(then.at, "limit_behind_limit",
                            "\"" + then.name + "\" follows a limit and has one itself",
                            "let it have no limit");
        }
        follow_ups(proof, action);
        for (const auto& next : action.then) {
            const auto& then = proof.machine.action(next.action);
            if (!done_by(then, WhoRule::Kind::engine))
                proof.error(then.at, "engine_may_not",
                            "\"" + then.name + "\" follows another action but is not the engine's to do",
                            "add \"engine\" to its who");
        }
    }
}

// A deadline stands still only while somebody outside is waited for, whom no deadline of this house holds,
// and not without an end. What a schedule wants is merely not owed in between.
void pauses(const ProofOf& proof, const StateRule& state) {
    for (const auto clock : state.pauses)
        if (proof.clock(clock).start == ClockStart::state)
            proof.error(state.at, "pause_of_a_short_clock",
                        "clock \"" + proof.clock(clock).name + "\" ends with its state and cannot be paused",
                        "let it start with receipt, opening or an action");
    if (std::all_of(state.pauses.begin(), state.pauses.end(),
                    [&](ClockIndex clock) { return proof.clock(clock).limit == ClockLimit::schedule; }))
        return;
    if (!state.waits_for || !is_outside(*state.waits_for) || *state.waits_for == access::Relation::anyone)
        proof.error(
            state.at, "pause_waits_for_nobody",
            "in state \"" + state.name + "\" a deadline stands still and nobody outside is waited for",
            "say whom it waits for, waits_for = \"" + std::string(name_of(proof.workflow.answer_to)) +
                "\", or let the clock run");
    if (!state.pause_cap)
        proof.error(state.at, "pause_without_cap",
                    "in state \"" + state.name + "\" a deadline may stand still for ever",
                    "say how much of a stay counts: pause_cap = \"30 days\"");
}

void parts_and_pauses(const ProofOf& proof) {
    for (const auto& action : proof.machine.actions) {
        if (!action.opens) continue;
        for (const auto from : action.from)
            for (const auto to : leads_to(action, from))
                if (proof.machine.state(to).parts != action.opens->machine)
                    proof.error(action.at, "parts_without_a_state",
                                "\"" + action.name + "\" opens parts but leads to a state without them",
                                "give \"" + proof.machine.state(to).name + "\" parts = \"" +
                                    proof.workflow.machine(action.opens->machine).name + "\"");
    }
    for (const auto& state : proof.machine.states) pauses(proof, state);
    for (const auto& action : proof.machine.actions)
        for (const auto& effect : action.effects)
            if (effect.kind == EffectRule::Kind::open && proof.no_such_kind(effect.workflow))
                proof.error(effect.at, "unknown_workflow",
                            "there is no kind of matter \"" + effect.workflow + "\" to open",
                            "name a workflow of the pack");
}

void ballots(const ProofOf& proof) {
    for (const auto& action : proof.machine.actions) {
        if (action.opens_ballot)
            for (const auto from : action.from)
                for (const auto to : leads_to(action, from))
                    if (proof.machine.state(to).ballot != action.opens_ballot)
                        proof.error(action.at, "ballot_without_a_state",
                                    "\"" + action.name + "\" opens a ballot but leads to a state without it",
                                    "give \"" + proof.machine.state(to).name + "\" the ballot");
        if (!action.closes_ballot) continue;
        for (const auto& [subject, word] : {std::pair{ConditionSubject::ballot_passed, "ballot.passed"},
                                            {ConditionSubject::ballot_failed, "ballot.failed"},
                                            {ConditionSubject::ballot_no_quorum, "ballot.no_quorum"}})
            if (std::none_of(
                    action.to_when.begin(), action.to_when.end(),
                    [&, wanted = subject](const Branch& branch) { return branch.when.subject == wanted; }))
                proof.error(action.at, "ballot_outcome_without_way",
                            std::string("nothing is said of ") + word,
                            std::string("add { when = \"") + word + "\", to = \"…\" } to to_when");
    }
}

// Ways that part by a choice must leave no choice without one.
void choices_have_ways(const ProofOf& proof) {
    for (const auto& action : proof.machine.actions) {
        const auto& ways = action.to_when;
        if (ways.empty() || !std::all_of(ways.begin(), ways.end(), [&](const Branch& way) {
                return way.when.subject == ConditionSubject::field_choice &&
                       way.when.field == ways.front().when.field;
            }))
            continue;
        for (const auto& choice : rule_at(proof.workflow.fields, ways.front().when.field).choices)
            if (std::none_of(ways.begin(), ways.end(), [&](const Branch& way) {
                    return (way.when.text == choice) == (way.when.comparison == Comparison::is);
                }))
                proof.error(action.at, "choice_without_way",
                            "nothing is said of the choice \"" + choice + "\" in \"" + action.name + "\"",
                            "add a way for it to to_when");
    }
}

}  // namespace

void prove_rules(const ProofOf& proof) {
    if (proof.machine.states.empty()) return;
    fields(proof);
    if (proof.is_matter()) {
        fields_are_used(proof);
        others_are_used(proof);
    }
    engine_steps(proof);
    parts_and_pauses(proof);
    prove_service_items(proof);
    ballots(proof);
    choices_have_ways(proof);
}

}  // namespace lianxin::matter
