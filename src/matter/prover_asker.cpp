// What is for whoever asks and what is not: they answer when they are waited for, rate, take back and come
// back to what was answered; whatever they ask for is decided by somebody else, and what counts as taken back
// is taken back by nobody else. Where they can rate an answer they are asked to, and nobody rates for them.
// Where they are waited for they can do more than give up.
#include "matter/prover_report.hpp"
#include "matter/prover_ways.hpp"

namespace lianxin::matter {
namespace {

using access::Relation;

bool settles(const ActionRule& action) {
    return action.opens_notice || action.restarts_notice || action.opens_ballot || action.closes_ballot ||
           std::any_of(action.effects.begin(), action.effects.end(), [](const EffectRule& effect) {
               return confers(effect) || effect.kind == EffectRule::Kind::publish;
           });
}

// A state that is entered again begins its own clocks again.
bool turns_clocks(const Workflow& workflow, const ActionRule& action, const StateRule& state) {
    const bool enters = action.to.has_value() || !action.to_when.empty();
    return action.extends || !action.restarts.empty() || !action.stops.empty() || !action.meets.empty() ||
           (enters && std::any_of(state.clocks.begin(), state.clocks.end(), [&](ClockIndex clock) {
                return rule_at(workflow.clocks, clock).start == ClockStart::state;
            }));
}

// What it decides where it is taken; empty: nothing.
std::string decides(const ProofOf& proof, const ActionRule& action, StateIndex from, Relation asker) {
    const auto& machine = proof.machine;
    const auto& left = machine.state(from);
    const bool is_waited_for = left.waits_for == asker;
    for (const auto index : leads_to(action, from)) {
        const auto& to = machine.state(index);
        const bool over = is_answer(to) || (!proof.is_matter() && to.end);
        if (over && left.counts_as != CountsAs::closed) return "brings it to \"" + to.name + "\"";
        const bool says_no = proof.is_matter() && to.end;
        if (left.counts_as != CountsAs::open || is_waited_for || says_no) continue;
        if (index != from && !lies_behind(machine, from, index))
            return "leads on from \"" + left.name + "\" to \"" + to.name + "\"";
        if (index == from && (turns_clocks(proof.workflow, action, left) || action.owner))
            return "changes what is owed to them, or who has it in hand";
    }
    return settles(action) ? "decides what comes of it" : "";
}

void nobody_grants_themselves(const ProofOf& proof, const ActionRule& action) {
    for (const auto& who : action.who) {
        if (!is_outsider(who)) continue;
        for (const auto from : action.from) {
            const auto what = decides(proof, action, from, who.relation);
            if (what.empty()) continue;
            proof.error(who.at, "asker_decides",
                        std::string(name_of(who.relation)) + " may do \"" + action.name + "\", which " + what,
                        "give it to whoever has it in hand, who = [\"owner\"], or let it be withdrawn, "
                        "rated or opened again");
            break;
        }
    }
}

bool is_only_the_engines(const ActionRule& action) {
    return !action.who.empty() && std::all_of(action.who.begin(), action.who.end(), [](const WhoRule& who) {
        return who.kind == WhoRule::Kind::engine;
    });
}

// What makes the engine take a step.
std::vector<const ActionRule*> makers_of(const Machine& machine, const ActionRule& step) {
    std::vector<const ActionRule*> makers;
    for (const auto& action : machine.actions) {
        const bool follows = std::any_of(action.then.begin(), action.then.end(), [&](const FollowUp& next) {
            return &machine.action(next.action) == &step;
        });
        if (follows || (action.limit && &machine.action(action.limit->then) == &step))
            makers.push_back(&action);
    }
    return makers;
}

// Whoever asked, or a clock that waited for them in vain.
bool takes_back(const Machine& machine, const ActionRule& action, const WhoRule& who) {
    const auto theirs = [&](const ActionRule* maker) {
        return std::all_of(maker->who.begin(), maker->who.end(), [&](const WhoRule& each) {
            return each.kind != WhoRule::Kind::engine && takes_back(machine, *maker, each);
        });
    };
    switch (who.kind) {
        case WhoRule::Kind::relation:
            return who.relation == Relation::reporter || who.relation == Relation::applicant;
        case WhoRule::Kind::clock:
            return std::all_of(action.from.begin(), action.from.end(),
                               [&](StateIndex from) { return machine.state(from).waits_for.has_value(); });
        case WhoRule::Kind::engine: {
            const auto makers = makers_of(machine, action);
            return std::all_of(makers.begin(), makers.end(), theirs);
        }
        default:
            return false;
    }
}

const StateRule* taken_back_in(const Machine& machine, const ActionRule& action) {
    for (const auto from : action.from)
        for (const auto to : leads_to(action, from))
            if (machine.state(to).end && machine.state(to).ends_as == EndsAs::withdrawn)
                return &machine.state(to);
    return nullptr;
}

void nobody_else_takes_back(const ProofOf& proof, const ActionRule& action) {
    const auto& begun_by = proof.machine.start.who;
    const auto* end = taken_back_in(proof.machine, action);
    if (end == nullptr || std::none_of(begun_by.begin(), begun_by.end(), is_outsider)) return;
    for (const auto& who : action.who)
        if (!takes_back(proof.machine, action, who))
            return proof.error(
                who.at, "taken_back_by_another",
                "\"" + action.name + "\" ends it as \"" + end->name +
                    "\", which counts as taken back, and is not for whoever asked alone",
                "leave it to whoever asks, or let it end as counts_as = \"refused\" or \"not_done\"");
}

bool asks_to_rate(const std::vector<EffectRule>& effects) {
    return std::any_of(effects.begin(), effects.end(), [](const EffectRule& effect) {
        return effect.kind == EffectRule::Kind::ask_rating && !effect.when;
    });
}

bool has_a_rating(const ProofOf& proof, const std::vector<FieldIndex>& fields) {
    return std::any_of(fields.begin(), fields.end(), [&](FieldIndex field) {
        return rule_at(proof.workflow.fields, field).type == FieldType::rating;
    });
}

bool is_rated_in(const ProofOf& proof, StateIndex state) {
    const auto& actions = proof.machine.actions;
    return std::any_of(actions.begin(), actions.end(), [&](const ActionRule& action) {
        return among(action.from, state) && has_a_rating(proof, action.needs);
    });
}

// Whether it asks on the way to that state, or what makes the engine take it does.
bool asks_on_the_way(const Machine& machine, const ActionRule& action, StateIndex to) {
    if (asks_to_rate(action.effects)) return true;
    for (const auto& branch : action.to_when)
        if (branch.to == to && asks_to_rate(branch.effects)) return true;
    const auto makers =
        is_only_the_engines(action) ? makers_of(machine, action) : std::vector<const ActionRule*>{};
    return !makers.empty() && std::all_of(makers.begin(), makers.end(), [](const ActionRule* maker) {
        return asks_to_rate(maker->effects);
    });
}

void whoever_rates_is_asked(const ProofOf& proof, const ActionRule& action) {
    for (const auto from : action.from) {
        if (proof.machine.state(from).counts_as == CountsAs::closed) continue;
        for (const auto to : leads_to(action, from)) {
            const auto& state = proof.machine.state(to);
            if (state.end || state.counts_as != CountsAs::closed || !is_rated_in(proof, to) ||
                asks_on_the_way(proof.machine, action, to))
                continue;
            return proof.error(action.at, "nobody_asked_to_rate",
                               "\"" + action.name + "\" answers it in \"" + state.name +
                                   "\", where it can be rated, and asks nobody to",
                               "add \"ask_rating\" to its effects");
        }
    }
}

// What is done and told stands where it can be rated and opened again before it is over.
void nothing_ends_unrated(const ProofOf& proof, const ActionRule& action) {
    const auto& actions = proof.machine.actions;
    if (std::none_of(actions.begin(), actions.end(),
                     [&](const ActionRule& other) { return has_a_rating(proof, other.needs); }))
        return;
    for (const auto from : action.from) {
        if (proof.machine.state(from).counts_as == CountsAs::closed) continue;
        for (const auto to : leads_to(action, from)) {
            const auto& end = proof.machine.state(to);
            if (end.end && is_good(end))
                return proof.error(action.at, "ends_unrated",
                                   "\"" + action.name + "\" ends it as \"" + end.name +
                                       "\" at once, past the state in which it is rated",
                                   "let it lead to the state in which it is answered");
        }
    }
}

void nobody_rates_for_them(const ProofOf& proof, const ActionRule& action) {
    if (!has_a_rating(proof, action.needs) && !has_a_rating(proof, action.accepts)) return;
    for (const auto& who : action.who)
        if (!is_outsider(who))
            proof.error(who.at, "office_rates_itself",
                        "\"" + action.name + "\" rates what was done, and is not for whoever asked alone",
                        "leave it to whoever asked");
}

// Something is said where it stands, or it leads on.
bool only_gives_up(const Machine& machine, const ActionRule& action, StateIndex from) {
    const bool says = !action.needs.empty() || !action.accepts.empty();
    const auto leads = leads_to(action, from);
    return std::all_of(leads.begin(), leads.end(), [&](StateIndex to) {
        return (to == from && !says) || machine.state(to).ends_as == EndsAs::withdrawn;
    });
}

void whoever_is_waited_for_can_answer(const ProofOf& proof, StateIndex index) {
    const auto& state = proof.machine.state(index);
    const auto whom = state.waits_for;
    if (!whom || !is_outside(*whom)) return;
    const auto& actions = proof.machine.actions;
    if (std::none_of(actions.begin(), actions.end(), [&](const ActionRule& action) {
            return among(action.from, index) && done_by(action, *whom) &&
                   !only_gives_up(proof.machine, action, index);
        }))
        proof.error(
            state.at, "nothing_to_answer_with",
            "\"" + state.name + "\" waits for " + name_of(*whom) + ", who can do nothing there but give up",
            "let an action from there be theirs, or do not let it wait for them");
}

}  // namespace

void prove_asker(const ProofOf& proof) {
    for (std::uint16_t at = 0; at < proof.machine.states.size(); ++at)
        whoever_is_waited_for_can_answer(proof, StateIndex{at});
    for (const auto& action : proof.machine.actions) {
        nobody_grants_themselves(proof, action);
        nobody_rates_for_them(proof, action);
        if (!proof.is_matter()) continue;
        nobody_else_takes_back(proof, action);
        whoever_rates_is_asked(proof, action);
        nothing_ends_unrated(proof, action);
    }
}

}  // namespace lianxin::matter
