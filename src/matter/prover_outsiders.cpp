#include "matter/prover_outsiders.hpp"

namespace lianxin::matter {
namespace {

using access::Relation;

// Whom a state waits for outside: whoever is inside finds it in their worklist.
std::optional<Relation> awaited_in(const StateRule& state) {
    const auto whom = state.waits_for;
    return whom && is_outside(*whom) ? whom : std::nullopt;
}

bool is_told(Relation whom, const std::vector<EffectRule>& effects) {
    return std::any_of(effects.begin(), effects.end(), [&](const EffectRule& effect) {
        return effect.kind == EffectRule::Kind::tell && effect.whom == whom && !effect.when;
    });
}

bool is_theirs_alone(Relation whom, const std::vector<WhoRule>& who) {
    return !who.empty() && std::all_of(who.begin(), who.end(), [&](const WhoRule& each) {
        return each.kind == WhoRule::Kind::relation && each.relation == whom;
    });
}

bool follows(const Machine& machine, const ActionRule& first, const ActionRule& action) {
    return std::any_of(first.then.begin(), first.then.end(),
                       [&](const FollowUp& next) { return &machine.action(next.action) == &action; });
}

void untold(const ProofOf& proof, const Mark& at, const std::string& what, const StateRule& to) {
    const std::string whom = name_of(*to.waits_for);
    proof.error(
        at, "waits_for_untold",
        what + " leads to state \"" + to.name + "\", which waits for " + whom + ", and does not tell them",
        "give it the effect \"tell " + whom + "\"");
}

}  // namespace

void Awaited::begun() {
    const auto& start = proof_.machine.start;
    const auto& to = proof_.machine.state(start.to);
    const auto whom = awaited_in(to);
    if (whom && !is_told(*whom, start.effects) && !is_theirs_alone(*whom, start.who))
        untold(proof_, start.at, "the start", to);
}

// Who was waited for already knows that it is their turn.
void Awaited::came(const StateRule& left, const StateRule& to, const ActionRule& action,
                   const Branch* branch) {
    const auto whom = awaited_in(to);
    if (!whom || left.waits_for == whom) return;
    const bool told = is_told(*whom, action.effects) ||
                      (branch != nullptr && is_told(*whom, branch->effects)) ||
                      (follows(proof_.machine, *first_, action) && is_told(*whom, first_->effects));
    if (!told && !is_theirs_alone(*whom, first_->who) && said_.insert(&action).second)
        untold(proof_, action.at, "\"" + action.name + "\"", to);
}

void report_outsiders(const ProofOf& proof, const std::map<Standing, std::size_t>& seen, const Edges& all,
                      const Edges& inner, const std::vector<bool>& ending) {
    std::vector<bool> inside(seen.size());
    std::vector<StateIndex> state_of(seen.size());
    for (const auto& [standing, at] : seen) {
        inside[at] = proof.machine.state(standing.state).end;
        state_of[at] = standing.state;
    }
    reach_back(inner, inside);
    std::set<StateIndex> waiting;
    for (const auto& [from, to] : all)
        if (ending[from] && !inside[from] && inside[to]) waiting.insert(state_of[from]);
    for (const auto index : waiting) {
        const auto& state = proof.machine.state(index);
        proof.error(state.at, "only_outsiders_go_on",
                    "from state \"" + state.name + "\" only whoever asks can bring it to an end",
                    "let its owner go on too, or give the state a clock that leads on");
    }
}

}  // namespace lianxin::matter
