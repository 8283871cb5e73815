#include <set>

#include "matter/prover_report.hpp"

namespace lianxin::matter {
namespace {

using Kind = OwnerSelector::Kind;

void known_post(const ProofOf& proof, const OwnerSelector& selector) {
    if (proof.basis.owners == nullptr || selector.kind != Kind::kind_at) return;
    if (proof.basis.owners->known(selector)) return;
    proof.error(selector.at, "post_never_found", "no place has \"" + selector_text(selector, "") + "\"",
                "name a kind of post that posts.toml seats there");
}

// Some place has somebody who may vote.
void known_voters(const ProofOf& proof, const OwnerSelector& electorate) {
    known_post(proof, electorate);
    const auto* owners = proof.basis.owners;
    if (owners == nullptr || !owners->known(electorate)) return;
    for (std::size_t group = 0; group < owners->groups(); ++group)
        if (!owners->hand(electorate, group).empty()) return;
    proof.error(electorate.at, "post_never_found",
                "nobody ever votes: no place has \"" + selector_text(electorate, "") + "\"",
                "name a kind of post that posts.toml seats there or below");
}

void known_posts(const ProofOf& proof) {
    for (const auto& state : proof.machine.states)
        for (const auto& selector : state.owner) known_post(proof, selector);
    for (const auto& action : proof.machine.actions) {
        if (action.owner) known_post(proof, *action.owner);
        for (const auto& who : action.who)
            if (who.kind == WhoRule::Kind::post) known_post(proof, who.post);
    }
    if (!proof.is_matter()) return;
    for (const auto& rung : proof.workflow.ladder) known_post(proof, rung);
    for (const auto& ballot : proof.workflow.ballots) known_voters(proof, ballot.electorate);
    if (proof.machine.start.owner) known_post(proof, *proof.machine.start.owner);
    for (const auto& who : proof.machine.start.who)
        if (who.kind == WhoRule::Kind::post) known_post(proof, who.post);
}

// People are chosen from places that there are.
void known_levels(const ProofOf& proof) {
    if (proof.basis.owners == nullptr || !proof.is_matter()) return;
    for (const auto& field : proof.workflow.fields)
        if (!field.lives_at.empty() && !proof.basis.owners->has_level(field.lives_at))
            proof.error(field.lives_at_at, "level_unknown",
                        "nobody lives at \"" + field.lives_at + "\": there are no such places",
                        "name a kind of place of places.toml");
}

void start(const ProofOf& proof) {
    if (proof.is_matter() && proof.machine.start.who.empty())
        proof.error(proof.machine.start.at, "nobody_begins", "nobody may begin such a matter",
                    "say who: who = [\"reporter\"]");
}

// The clock alone must not send a matter round: a way back to where it was, without going up, is a circle.
void escalation(const ProofOf& proof) {
    struct Edge {
        StateIndex from, to;
        bool up;
        const ActionRule* action;
    };
    std::vector<Edge> edges;
    for (const auto& action : proof.machine.actions) {
        const bool moves = action.to || !action.to_when.empty();
        if (!moves || !done_by(action, WhoRule::Kind::clock)) continue;
        const bool up = action.owner &&
                        (action.owner->kind == Kind::next_rung ||
                         (action.owner->kind == Kind::superior_of && action.owner->anchor == Anchor::owner));
        for (const auto from : action.from)
            for (const auto to : leads_to(action, from)) edges.push_back({from, to, up, &action});
    }
    const auto reaches = [&](StateIndex from, StateIndex goal) {
        std::set<StateIndex> seen{from};
        for (bool grown = true; grown;) {
            grown = false;
            for (const auto& edge : edges)
                if (seen.contains(edge.from) && seen.insert(edge.to).second) grown = true;
        }
        return seen.contains(goal);
    };
    std::set<const ActionRule*> reported;
    for (const auto& edge : edges)
        if (!edge.up && reaches(edge.to, edge.from) && reported.insert(edge.action).second)
            proof.error(
                edge.action->at, "escalation_in_a_circle",
                "left to the clocks, \"" + edge.action->name + "\" leads round to where it came from",
                "let it go up (owner = \"next_rung\") or lead to a state that no clock leads back from");
}

void who_may(const ProofOf& proof) {
    for (const auto& action : proof.machine.actions)
        for (const auto& who : action.who) {
            if (who.kind == WhoRule::Kind::clock) {
                const auto& clock = proof.clock(who.clock);
                if (clock.due != action.name || clock.machine != proof.index)
                    proof.error(who.at, "clock_is_not_due_here",
                                "clock \"" + clock.name + "\" does not lead to \"" + action.name + "\"",
                                "set due = \"" + action.name + "\" on the clock, or take it away here");
            }
            if (who.kind != WhoRule::Kind::child || !proof.basis.workflow) continue;
            const auto* child = proof.basis.workflow(who.child_kind);
            if (proof.no_such_kind(who.child_kind))
                proof.error(who.at, "unknown_workflow",
                            "there is no kind of matter \"" + who.child_kind + "\"",
                            "name a workflow of the pack");
            if (child == nullptr) continue;
            const auto outcome = child->matter().find_state(who.outcome);
            if (!outcome || !child->matter().state(*outcome).end)
                proof.error(who.at, "unknown_outcome",
                            "\"" + who.child_kind + "\" never ends as \"" + who.outcome + "\"",
                            "name one of its end states");
        }
}

}  // namespace

void prove_owners(const ProofOf& proof) {
    if (proof.machine.states.empty()) return;
    known_posts(proof);
    known_levels(proof);
    start(proof);
    escalation(proof);
    who_may(proof);
}

}  // namespace lianxin::matter
