// Where somebody outside is waited for, nobody else goes on as if they had answered: they answer, or a clock
// runs out. It may go back to where it was asked, be taken back, given up from above or in their favour, or
// take another way that was open before it waited.
#include "matter/prover_report.hpp"
#include "matter/prover_ways.hpp"

namespace lianxin::matter {
namespace {

using access::Relation;

// Whoever takes in for them may write down what they say.
bool speaks_for(const WhoRule& who, Relation whom) {
    return who.kind == WhoRule::Kind::relation &&
           (who.relation == whom || who.relation == Relation::anyone || who.relation == Relation::host);
}

bool has_it_in_hand(const WhoRule& who) {
    return who.kind == WhoRule::Kind::relation &&
           (who.relation == Relation::owner || who.relation == Relation::lead ||
            who.relation == Relation::co_handler);
}

bool by_somebody(const WhoRule& who) {
    return who.kind == WhoRule::Kind::relation || who.kind == WhoRule::Kind::post;
}

// The same could be done where it was before it waited.
bool was_open_before(const Machine& machine, const ActionRule& action, StateIndex waits, StateIndex to) {
    return std::any_of(machine.actions.begin(), machine.actions.end(), [&](const ActionRule& asking) {
        return std::any_of(asking.from.begin(), asking.from.end(), [&](StateIndex before) {
            return before != waits && among(leads_to(asking, before), waits) && among(action.from, before) &&
                   among(leads_to(action, before), to);
        });
    });
}

bool says_no_to_them(const ProofOf& proof, const WhoRule& who, Relation whom) {
    const auto& begun_by = proof.machine.start.who;
    return has_it_in_hand(who) && std::any_of(begun_by.begin(), begun_by.end(), [&](const WhoRule& each) {
               return each.kind == WhoRule::Kind::relation && each.relation == whom;
           });
}

bool goes_on(const ProofOf& proof, const ActionRule& action, const WhoRule& who, StateIndex waits,
             StateIndex to) {
    const auto& state = proof.machine.state(to);
    if (to == waits || (state.end && state.ends_as == EndsAs::withdrawn)) return false;
    if (state.end && proof.is_matter() && !is_good(state))
        return says_no_to_them(proof, who, *proof.machine.state(waits).waits_for);
    if (state.end || is_answer(state)) return true;
    if (lies_behind(proof.machine, waits, to)) return false;
    return lies_behind(proof.machine, to, waits) || !was_open_before(proof.machine, action, waits, to);
}

void nobody_answers_for_them(const ProofOf& proof, const ActionRule& action) {
    for (const auto from : action.from) {
        const auto whom = proof.machine.state(from).waits_for;
        if (!whom || !is_outside(*whom)) continue;
        for (const auto& who : action.who)
            for (const auto to : leads_to(action, from)) {
                if (!by_somebody(who) || speaks_for(who, *whom) || !goes_on(proof, action, who, from, to))
                    continue;
                return proof.error(
                    who.at, "answered_for_them",
                    "\"" + action.name + "\" goes on from \"" + proof.machine.state(from).name + "\" to \"" +
                        proof.machine.state(to).name + "\" without " + name_of(*whom) + ", who is waited for",
                    "leave it to them or to the clock, or let it go back to where they were asked");
            }
    }
}

}  // namespace

void prove_waiting(const ProofOf& proof) {
    for (const auto& action : proof.machine.actions) nobody_answers_for_them(proof, action);
}

}  // namespace lianxin::matter
