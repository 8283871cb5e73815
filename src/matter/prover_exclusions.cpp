// Two steps that must be in different hands need different hands: where the owner who did the first is always
// still the owner at the second, and nobody else may, the second can never be done.
#include "matter/prover_report.hpp"

namespace lianxin::matter {
namespace {

bool by_owner_only(const ActionRule& action) {
    return !action.who.empty() && std::all_of(action.who.begin(), action.who.end(), [](const WhoRule& who) {
        return who.kind == WhoRule::Kind::relation && who.relation == access::Relation::owner;
    });
}

// Whether who owns it before owns it in `to` as well.
bool keeps_owner(const ActionRule& action, const StateRule& to) {
    return !action.owner && !to.owner.empty() && to.owner.front().kind == OwnerSelector::Kind::keep;
}

// The states where whoever did `first` last is surely the owner still: the largest set that every way into it
// agrees with.
std::vector<bool> still_theirs(const Machine& machine, const ActionRule& first) {
    std::vector<bool> theirs(machine.states.size(), true);
    theirs[machine.start.to.value] = false;
    for (bool shrunk = true; shrunk;) {
        shrunk = false;
        for (const auto& action : machine.actions) {
            if (!action.to && action.to_when.empty()) continue;
            for (const auto from : action.from)
                for (const auto to : leads_to(action, from)) {
                    const bool holds =
                        keeps_owner(action, machine.state(to)) && (&action == &first || theirs[from.value]);
                    if (holds || !theirs[to.value]) continue;
                    theirs[to.value] = false;
                    shrunk = true;
                }
        }
    }
    return theirs;
}

}  // namespace

void prove_exclusions(const ProofOf& proof) {
    for (const auto& second : proof.machine.actions) {
        if (!by_owner_only(second)) continue;
        for (const auto index : second.apart_from) {
            const auto& first = proof.machine.action(index);
            if (!by_owner_only(first)) continue;
            const auto theirs = still_theirs(proof.machine, first);
            if (second.from.empty() || !std::all_of(second.from.begin(), second.from.end(),
                                                    [&](StateIndex from) { return theirs[from.value]; }))
                continue;
            proof.error(second.at, "no_other_hand",
                        "\"" + second.name + "\" is not for whoever did \"" + first.name +
                            "\", but the same post owns it all the way",
                        "let another post own it in between, or let somebody else do it too");
        }
    }
}

}  // namespace lianxin::matter
