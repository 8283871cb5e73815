// Nobody passes a matter on for ever: what whoever has it may hand on, or send back, and what may then be
// handed on again, is counted, so that in the end it is assigned from above.
#include "matter/prover_report.hpp"

namespace lianxin::matter {
namespace {

using Kind = OwnerSelector::Kind;

// Whoever has it may be among them. A superior never is; whoever else may act may hold that post as well.
bool by_whoever_has_it(const ActionRule& action) {
    return !action.apart_from_owner &&
           std::any_of(action.who.begin(), action.who.end(), [](const WhoRule& who) {
               return who.kind == WhoRule::Kind::post ||
                      (who.kind == WhoRule::Kind::relation && !is_outsider(who) &&
                       who.relation != access::Relation::superior_of_owner);
           });
}

// To somebody chosen, or back to whoever had it before. Up the ladder there is an end.
bool hands_on(const ActionRule& action) {
    return action.owner && (action.owner->kind == Kind::field || action.owner->kind == Kind::previous);
}

// Whoever got it merely takes it, and stands where it was handed on.
bool is_taken_back_there(const Machine& machine, StateIndex here, const ActionRule& handed_on) {
    return std::any_of(machine.actions.begin(), machine.actions.end(), [&](const ActionRule& taking) {
        if (!among(taking.from, here) || !taking.needs.empty() || !done_by(taking, access::Relation::owner))
            return false;
        const auto there = leads_to(taking, here);
        return std::any_of(there.begin(), there.end(),
                           [&](StateIndex state) { return among(handed_on.from, state); });
    });
}

bool comes_round(const Machine& machine, const ActionRule& action) {
    for (const auto from : action.from)
        for (const auto to : leads_to(action, from))
            if (among(action.from, to) || is_taken_back_there(machine, to, action)) return true;
    return false;
}

}  // namespace

void prove_transfers(const ProofOf& proof) {
    for (const auto& action : proof.machine.actions)
        if (hands_on(action) && !action.limit && by_whoever_has_it(action) &&
            comes_round(proof.machine, action))
            proof.error(
                action.at, "handed_on_without_end",
                "whoever has it may pass it on by \"" + action.name + "\" again and again",
                "count it, limit = { per = \"transfers\", max = 3, then = \"ACTION\" }, or leave it to "
                "those above: apart_from_owner = true");
}

}  // namespace lianxin::matter
