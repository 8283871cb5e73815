// Pieces that several have in hand at once: one of them leads, and none is left open behind the answer.
#include "matter/prover_report.hpp"

namespace lianxin::matter {
namespace {

bool waits_for_pieces(const ActionRule& action) {
    return std::any_of(action.guards.begin(), action.guards.end(),
                       [](const GuardRule& guard) { return guard.kind == GuardRule::Kind::parts_done; });
}

// Here it was said that it cannot be done, or it can be given out anew.
bool begins_anew(const Machine& machine, StateIndex index) {
    const auto& state = machine.state(index);
    return state.parts || state.counts_as == CountsAs::open_explained ||
           std::any_of(machine.actions.begin(), machine.actions.end(),
                       [&](const ActionRule& action) { return action.opens && among(action.from, index); });
}

// The answer is in reach from here, and nothing on the way to it begins anew.
bool goes_on_to_an_answer(const Workflow& workflow, const Machine& machine, StateIndex first) {
    std::set<StateIndex> seen{first};
    std::vector<StateIndex> open{first};
    while (!open.empty()) {
        const auto from = open.back();
        open.pop_back();
        if (is_answer(machine.state(from))) return !goes_on_by_itself(workflow, machine, from);
        for (const auto& action : machine.actions)
            if (among(action.from, from))
                for (const auto to : leads_to(action, from))
                    if (!begins_anew(machine, to) && seen.insert(to).second) open.push_back(to);
    }
    return false;
}

void none_is_left_open(const ProofOf& proof, const ActionRule& action) {
    if (waits_for_pieces(action)) return;
    for (const auto from : action.from) {
        const auto& left = proof.machine.state(from);
        if (!left.parts) continue;
        for (const auto to : leads_to(action, from)) {
            const auto& state = proof.machine.state(to);
            if (state.parts == left.parts || !goes_on_to_an_answer(proof.workflow, proof.machine, to))
                continue;
            return proof.error(action.at, "pieces_left_open",
                               "\"" + action.name + "\" goes on from \"" + left.name + "\" to \"" +
                                   state.name + "\" while pieces may be open",
                               "add \"parts_done\" to its guards");
        }
    }
}

void one_of_them_leads(const ProofOf& proof, const ActionRule& action) {
    if (!action.opens) return;
    const auto& posts = rule_at(proof.workflow.fields, action.opens->for_each);
    if (!posts.lead)
        proof.error(posts.at, "nobody_leads_the_pieces",
                    "\"" + action.name + "\" opens a piece for each of \"" + posts.name +
                        "\", and none of them has to lead",
                    "write lead = 1");
}

}  // namespace

void prove_pieces(const ProofOf& proof) {
    for (const auto& action : proof.machine.actions) {
        none_is_left_open(proof, action);
        one_of_them_leads(proof, action);
    }
}

}  // namespace lianxin::matter
