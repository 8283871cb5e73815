// What is granted is granted rightly: not by a vote that was lost, nor to whoever was refused; what is begun
// because a post is vacant ends well when somebody has it.
#include "matter/prover_report.hpp"
#include "matter/prover_ways.hpp"

namespace lianxin::matter {
namespace {

bool is_lost(const Branch& branch) {
    return branch.when.subject == ConditionSubject::ballot_failed ||
           branch.when.subject == ConditionSubject::ballot_no_quorum;
}

bool is_won(const Branch& branch) {
    return branch.when.subject == ConditionSubject::ballot_passed;
}

// Where one comes without any vote that was lost, and without one that was won unless with_won.
std::set<StateIndex> reached_by_votes(const Machine& machine, bool with_won) {
    return reached(machine, [with_won](const ActionRule& action, StateIndex from) {
        if (!action.closes_ballot) return leads_to(action, from);
        std::vector<StateIndex> ways;
        for (const auto& branch : action.to_when)
            if (!is_lost(branch) && (with_won || !is_won(branch))) ways.push_back(branch.to);
        return ways;
    });
}

// A vote that was lost, or that too few came to, decides nothing: it leads neither where a won one leads nor
// past that.
void a_lost_vote_decides_nothing(const ProofOf& proof, const ActionRule& action) {
    if (!action.closes_ballot) return;
    const auto ever = reached_by_votes(proof.machine, true), unasked = reached_by_votes(proof.machine, false);
    for (const auto& lost : action.to_when) {
        const auto& to = proof.machine.state(lost.to);
        if (!is_lost(lost) || (to.end && !is_good(to))) continue;
        const bool as_won = std::any_of(action.to_when.begin(), action.to_when.end(),
                                        [&](const Branch& won) { return is_won(won) && won.to == lost.to; });
        if (as_won || (ever.contains(lost.to) && !unasked.contains(lost.to)))
            proof.error(lost.when.at, "lost_vote_passes",
                        "where the vote is lost or invalid, \"" + action.name + "\" leads to \"" + to.name +
                            "\" as if it had passed",
                        "let it lead back to before the vote, or to an end that counts as refused");
    }
}

// Whoever was refused gets nothing by it.
void nothing_for_the_refused(const ProofOf& proof, const ActionRule& action) {
    const auto look_at = [&](const std::vector<EffectRule>& effects, StateIndex to) {
        const auto& end = proof.machine.state(to);
        const auto conferral = std::find_if(effects.begin(), effects.end(), confers);
        if (conferral == effects.end() || !end.end || !end.ends_as || is_good(end)) return false;
        proof.error(conferral->at, "conferred_on_the_refused",
                    "\"" + action.name + "\" confers or takes away, and ends it as \"" + end.name +
                        "\", where nothing came of it",
                    "give the effect to the step that grants it");
        return true;
    };
    for (const auto& branch : action.to_when) look_at(branch.effects, branch.to);
    for (const auto from : action.from)
        for (const auto to : leads_to(action, from))
            if (look_at(action.effects, to)) return;
}

bool appoints(const std::vector<EffectRule>& effects) {
    return std::any_of(effects.begin(), effects.end(),
                       [](const EffectRule& effect) { return effect.kind == EffectRule::Kind::appoint; });
}

// The good ends that are come to though nobody was appointed.
bool ends_well_unfilled(const Machine& machine) {
    const auto seen = reached(machine, [](const ActionRule& action, StateIndex from) {
        if (appoints(action.effects)) return std::vector<StateIndex>{};
        if (action.to_when.empty()) return leads_to(action, from);
        std::vector<StateIndex> ways;
        for (const auto& branch : action.to_when)
            if (!appoints(branch.effects)) ways.push_back(branch.to);
        return ways;
    });
    return std::any_of(seen.begin(), seen.end(), [&](StateIndex index) {
        return machine.state(index).end && is_good(machine.state(index));
    });
}

// What is begun of a vacant post fills it.
void vacancy_is_filled(const ProofOf& proof) {
    for (const auto& guard : proof.machine.start.guards)
        if (guard.kind == GuardRule::Kind::post_vacant && ends_well_unfilled(proof.machine))
            proof.error(guard.at, "vacancy_never_filled",
                        "it is begun of a vacant post, and may end well with nobody appointed to it",
                        "let the step that decides it have the effect \"appoint applicant\", or whoever is "
                        "chosen");
}

}  // namespace

void prove_grants(const ProofOf& proof) {
    if (proof.is_matter()) vacancy_is_filled(proof);
    for (const auto& action : proof.machine.actions) {
        a_lost_vote_decides_nothing(proof, action);
        nothing_for_the_refused(proof, action);
    }
}

}  // namespace lianxin::matter
