#include <optional>
#include <set>

#include "matter/prover_report.hpp"

namespace lianxin::matter {
namespace {

using Kind = OwnerSelector::Kind;

// Whether a selector finds a post for certain, whatever happened before.
bool certain(const ProofOf& proof, const OwnerSelector& selector, std::size_t group, bool at_start) {
    switch (selector.kind) {
        case Kind::keep:
        case Kind::superior_of:
        case Kind::leader_of:
            return !at_start;
        case Kind::owner_of:
            return selector.anchor == Anchor::parent && !proof.is_matter();
        case Kind::field:
            return !at_start;  // the field is needed: prove_rules
        case Kind::next_rung:
            return at_start && proof.basis.owners != nullptr &&
                   std::any_of(
                       proof.workflow.ladder.begin(), proof.workflow.ladder.end(),
                       [&](const OwnerSelector& rung) { return proof.basis.owners->resolves(rung, group); });
        case Kind::kind_at:
            return proof.basis.owners == nullptr || proof.basis.owners->resolves(selector, group);
        case Kind::previous:
        case Kind::named:
            return false;
    }
    return false;
}

bool some_certain(const ProofOf& proof, const std::optional<OwnerSelector>& first,
                  const std::vector<OwnerSelector>& rest, std::size_t group, bool at_start) {
    if (first && certain(proof, *first, group, at_start)) return true;
    return std::any_of(rest.begin(), rest.end(), [&](const OwnerSelector& selector) {
        return certain(proof, selector, group, at_start);
    });
}

// A part that begins is owned by the post it was opened for: its list is asked only when an action leads
// there.
bool asks_for_owner(const ProofOf& proof, StateIndex index) {
    if (proof.is_matter()) return true;
    return std::any_of(proof.machine.actions.begin(), proof.machine.actions.end(),
                       [&](const ActionRule& action) {
                           return action.to == index ||
                                  std::any_of(action.to_when.begin(), action.to_when.end(),
                                              [&](const Branch& branch) { return branch.to == index; });
                       });
}

void known_post(const ProofOf& proof, const OwnerSelector& selector) {
    if (proof.basis.owners == nullptr || selector.kind != Kind::kind_at) return;
    for (std::size_t group = 0; group < proof.basis.owners->groups(); ++group)
        if (proof.basis.owners->resolves(selector, group)) return;
    proof.error(selector.at, "post_never_found", "no place has \"" + selector_text(selector, "") + "\"",
                "name a kind of post that posts.toml seats there");
}

void known_posts(const ProofOf& proof) {
    for (std::size_t at = 0; at < proof.machine.states.size(); ++at)
        if (asks_for_owner(proof, StateIndex{static_cast<std::uint16_t>(at)}))
            for (const auto& selector : proof.machine.states[at].owner) known_post(proof, selector);
    for (const auto& action : proof.machine.actions) {
        if (action.owner) known_post(proof, *action.owner);
        for (const auto& who : action.who)
            if (who.kind == WhoRule::Kind::post) known_post(proof, who.post);
    }
    if (!proof.is_matter()) return;
    for (const auto& rung : proof.workflow.ladder) known_post(proof, rung);
    for (const auto& ballot : proof.workflow.ballots) known_post(proof, ballot.electorate);
    if (proof.machine.start.owner) known_post(proof, *proof.machine.start.owner);
    for (const auto& who : proof.machine.start.who)
        if (who.kind == WhoRule::Kind::post) known_post(proof, who.post);
}

void owner_of_states(const ProofOf& proof) {
    const auto groups = proof.basis.owners == nullptr ? std::size_t{1} : proof.basis.owners->groups();
    const auto where = [&](std::size_t group) {
        return proof.basis.owners == nullptr ? std::string("some place") : proof.basis.owners->name_of(group);
    };
    const auto& start = proof.machine.start;
    const auto& first = proof.machine.state(start.to);
    for (std::size_t group = 0; group < groups; ++group) {
        // A part is opened for the post that was filled in.
        const bool owned = !proof.is_matter() || proof.basis.owners == nullptr ||
                           some_certain(proof, start.owner, first.owner, group, true);
        if (!owned)
            proof.error(start.at, "nobody_owns_the_start",
                        "at " + where(group) + " a new matter may find no owner",
                        "end the list of \"" + first.name + "\" with a desk, as KIND@LEVEL");
        std::set<StateIndex> reported;
        for (const auto& action : proof.machine.actions)
            for (const auto from : action.from)
                for (const auto to : leads_to(action, from)) {
                    const auto& state = proof.machine.state(to);
                    const bool moves = action.to || !action.to_when.empty();
                    if (!moves || state.end || some_certain(proof, action.owner, state.owner, group, false))
                        continue;
                    if (reported.insert(to).second)
                        proof.error(state.at, "owner_may_be_nobody",
                                    "coming by \"" + action.name + "\", state \"" + state.name +
                                        "\" may find no owner at " + where(group),
                                    "end its owner list with keep or a desk, as KIND@LEVEL");
                }
    }
}

void hands(const ProofOf& proof) {
    if (proof.is_matter() && proof.machine.start.who.empty())
        proof.error(proof.machine.start.at, "nobody_begins", "nobody may begin such a matter",
                    "say who: who = [\"reporter\"]");
    for (std::size_t at = 0; at < proof.machine.states.size(); ++at) {
        const auto& state = proof.machine.states[at];
        if (!state.end && state.owner.empty() &&
            asks_for_owner(proof, StateIndex{static_cast<std::uint16_t>(at)}))
            proof.error(state.at, "state_without_owner", "nobody owns state \"" + state.name + "\"",
                        "give it owner = [\"keep\"]");
    }
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
            if (child == nullptr) {
                proof.error(who.at, "unknown_workflow",
                            "there is no kind of matter \"" + who.child_kind + "\"",
                            "name a workflow of the pack");
                continue;
            }
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
    owner_of_states(proof);
    hands(proof);
    escalation(proof);
    who_may(proof);
}

}  // namespace lianxin::matter
