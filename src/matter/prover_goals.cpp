// What was promised in public stays what it is: whoever owes it moves neither its day nor how much it is, and
// an end counts as done only when it was.
#include <cstdint>

#include "matter/prover_report.hpp"
#include "matter/publication.hpp"

namespace lianxin::matter {
namespace {

// What is to be reached, what may be spent at most, and the day until which.
std::set<FieldIndex> goals_of(const Workflow& workflow) {
    std::set<FieldIndex> goals;
    const auto held_against = [&](FieldIndex field) {
        if (const auto& bound = rule_at(workflow.fields, field).bound) goals.insert(bound->field);
    };
    for (const auto& action : workflow.matter().actions)
        for (const auto field : action.reaches) held_against(field);
    for (const auto& field : workflow.fields)
        if (field.bound && field.bound->kind == BoundKind::at_most && field.bound->together)
            goals.insert(field.bound->field);
    for (const auto& clock : workflow.clocks)
        if (clock.machine == MachineIndex{} && clock.limit == ClockLimit::field) goals.insert(clock.field);
    return goals;
}

// For each state: whether it is so whichever way one came; nothing: no way leads there.
class OnEveryWay {
 public:
    using After = std::function<bool(bool before, const ActionRule&, StateIndex to)>;
    OnEveryWay(const Machine& machine, bool at_first, const After& after) : so_(machine.states.size()) {
        so_[machine.start.to.value] = at_first;
        for (bool grown = true; grown;) {
            grown = false;
            for (const auto& action : machine.actions)
                for (const auto from : action.from)
                    for (const auto to : leads_to(action, from)) {
                        const auto before = so_[from.value];
                        if (!before) continue;
                        auto& now = so_[to.value];
                        const bool is = after(*before, action, to) && now.value_or(true);
                        grown = grown || now != is;
                        now = is;
                    }
        }
    }
    [[nodiscard]] bool at(StateIndex state) const { return so_[state.value].value_or(false); }

 private:
    std::vector<std::optional<bool>> so_;
};

bool has(const std::vector<EffectRule>& effects, EffectRule::Kind kind) {
    return std::any_of(effects.begin(), effects.end(),
                       [&](const EffectRule& effect) { return effect.kind == kind; });
}

OnEveryWay published(const Machine& machine) {
    const auto& first = machine.state(machine.start.to);
    return {machine, first.published || publishes(machine.start.effects),
            [&](bool before, const ActionRule& action, StateIndex to) {
                if (has(action.effects, EffectRule::Kind::unpublish)) return false;
                return before || machine.state(to).published || publishes(action.effects);
            }};
}

// What hangs anew can be objected to anew.
void goals_stay(const ProofOf& proof) {
    const auto goals = goals_of(proof.workflow);
    if (goals.empty()) return;
    const auto ways = ways_so_far(proof.workflow, proof.index);
    const auto is_public = published(proof.machine);
    for (const auto& action : proof.machine.actions) {
        if (!by_whoever_owes_it(action) || action.opens_notice || action.restarts_notice) continue;
        for (const auto goal : goals) {
            if (!among(action.needs, goal) && !among(action.accepts, goal)) continue;
            const auto stands = [&](StateIndex from) {
                return ways[from.value].comes && ways[from.value].asked.contains(goal) && is_public.at(from);
            };
            if (std::none_of(action.from.begin(), action.from.end(), stands)) continue;
            const auto& name = rule_at(proof.workflow.fields, goal).name;
            proof.error(action.at, "owner_moves_the_goal",
                        "whoever owes it may change \"" + name + "\" by \"" + action.name +
                            "\" after it was published",
                        "take \"" + name +
                            "\" out of its form, or leave it to those above: who = "
                            "[\"superior@owner\", \"leader\"], apart_from_owner = true");
        }
    }
}

// Something comes of the step itself: a goal is reached, somebody gets what they asked for.
bool brings_it_about(const ActionRule& action) {
    return !action.reaches.empty() || std::any_of(action.effects.begin(), action.effects.end(), confers);
}

bool fills_a_vacancy(const Machine& machine) {
    return std::any_of(machine.start.guards.begin(), machine.start.guards.end(),
                       [](const GuardRule& guard) { return guard.kind == GuardRule::Kind::post_vacant; });
}

// Where a kind says what is to come about, no end counts as done without it. What was answered before it is
// over counts by its answer, and a vacancy is looked at by itself (prover_grants.cpp).
void done_is_done(const ProofOf& proof) {
    const auto& machine = proof.machine;
    if (std::none_of(machine.actions.begin(), machine.actions.end(), brings_it_about) ||
        fills_a_vacancy(machine))
        return;
    const auto is_still_open = [&](StateIndex state) {
        return std::any_of(machine.actions.begin(), machine.actions.end(), [&](const ActionRule& action) {
            return brings_it_about(action) && among(action.from, state);
        });
    };
    const OnEveryWay came_about(machine, false, [&](bool before, const ActionRule& action, StateIndex to) {
        return (before || brings_it_about(action)) && !is_still_open(to);
    });
    std::set<StateIndex> said;
    for (const auto& action : machine.actions)
        for (const auto from : action.from)
            for (const auto to : leads_to(action, from)) {
                const auto& end = machine.state(to);
                if (!end.end || !is_good(end) || machine.state(from).counts_as == CountsAs::closed ||
                    brings_it_about(action) || came_about.at(from) || !said.insert(to).second)
                    continue;
                proof.error(end.at, "counts_as_done",
                            "\"" + action.name + "\" ends it as \"" + end.name +
                                "\", which counts as done, though nothing may have come of it",
                            "let it end as counts_as = \"not_done\" or \"refused\"");
            }
}

}  // namespace

void prove_goals(const ProofOf& proof) {
    goals_stay(proof);
    done_is_done(proof);
}

}  // namespace lianxin::matter
