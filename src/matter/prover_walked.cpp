#include "matter/prover_walked.hpp"

namespace lianxin::matter {
namespace {

void report_state(const ProofOf& proof, const Walked& walked, StateIndex index, bool stuck) {
    const auto& state = proof.machine.state(index);
    if (stuck)
        proof.error(state.at, "no_end_in_reach",
                    "from state \"" + state.name + "\" no end can be reached on some way there",
                    "add an action that leads on to an end");
    if (state.end) return;
    const auto acts = [&](access::Relation relation) {
        return walked.hands.contains({index, relation}) ||
               walked.hands.contains({index, access::Relation::anyone});
    };
    if (state.counts_as != CountsAs::closed && !acts(access::Relation::owner))
        proof.error(state.at, "owner_can_do_nothing",
                    "in state \"" + state.name + "\" its owner can do nothing",
                    "add an action from here with who = [\"owner\"]");
    if (state.waits_for && !acts(*state.waits_for))
        proof.error(state.at, "waited_for_cannot_act",
                    std::string("state \"") + state.name + "\" waits for " + name_of(*state.waits_for) +
                        " who can do nothing here",
                    "add an action from here for them");
}

void never_taken(const ProofOf& proof, const ActionRule& action) {
    const bool by_engine = !action.who.empty() &&
                           std::all_of(action.who.begin(), action.who.end(),
                                       [](const WhoRule& who) { return who.kind == WhoRule::Kind::engine; });
    if (by_engine)
        proof.error(action.at, "action_nobody_takes",
                    "only the engine may do \"" + action.name + "\", and nothing makes it",
                    "name it in a limit or a then, or let somebody else do it");
    else
        proof.error(action.at, "action_never_possible",
                    "\"" + action.name + "\" can never be taken: " +
                        (action.who.empty() ? "nobody may" : "what it asks for is never true there"),
                    "name who may, from where it is possible, or remove it");
}

}  // namespace

void report_walked(const ProofOf& proof, const Walked& walked) {
    std::vector<bool> ending(walked.seen.size());
    for (const auto& [standing, at] : walked.seen) ending[at] = proof.machine.state(standing.state).end;
    reach_back(walked.edges, ending);
    if (proof.is_matter()) report_outsiders(proof, walked.seen, walked.edges, walked.inner_edges, ending);
    std::set<StateIndex> reached, stuck;
    for (const auto& [standing, at] : walked.seen) {
        reached.insert(standing.state);
        if (!ending[at]) stuck.insert(standing.state);
    }
    for (std::uint16_t at = 0; at < proof.machine.states.size(); ++at) {
        const auto& state = proof.machine.state(StateIndex{at});
        if (reached.contains(StateIndex{at}))
            report_state(proof, walked, StateIndex{at}, stuck.contains(StateIndex{at}));
        else
            proof.error(state.at, "state_not_reached", "no action leads to state \"" + state.name + "\"",
                        "let an action lead here, or remove the state");
    }
    // What starts where nothing leads is said of where it starts.
    const auto starts_nowhere = [&](const ActionRule& action) {
        return !action.from.empty() && std::none_of(action.from.begin(), action.from.end(),
                                                    [&](StateIndex from) { return reached.contains(from); });
    };
    for (const auto& action : proof.machine.actions)
        if (!walked.taken.contains(&action) && !starts_nowhere(action)) never_taken(proof, action);
}

}  // namespace lianxin::matter
