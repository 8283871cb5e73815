#include <functional>

#include "matter/permission.hpp"
#include "matter/prover_breaker_test.hpp"

namespace lianxin::matter::testing {

std::optional<ActionIndex> step_that_says_no(const Workflow& sound) {
    const auto& machine = sound.matter();
    for (std::size_t i = 0; i < machine.actions.size(); ++i) {
        const auto& action = machine.actions[i];
        const auto* to = action.to ? &machine.state(*action.to) : nullptr;
        const bool drops =
            to != nullptr && to->end && to->ends_as != EndsAs::closed && to->ends_as != EndsAs::settled;
        if (drops && meant_for_people(action.who) && action.guards.empty())
            return ActionIndex{static_cast<std::uint16_t>(i)};
    }
    return {};
}

namespace {

using Fits = std::function<bool(const ActionRule&)>;
using Change = std::function<void(ActionRule&)>;

void each_step(std::vector<BrokenFlow>& breaks, const Workflow& sound, std::size_t at_most,
               const std::string& what, const Fits& fits, const Change& change) {
    std::size_t so_far = 0;
    const auto& actions = sound.matter().actions;
    for (std::size_t i = 0; i < actions.size() && so_far < at_most; ++i) {
        if (!fits(actions[i])) continue;
        ++so_far;
        breaks.push_back({what + " of action " + actions[i].name, sound});
        change(breaks.back().flow.machines[0].actions[i]);
    }
}

bool is_tell(const EffectRule& effect) {
    return effect.kind == EffectRule::Kind::tell;
}

}  // namespace

std::vector<BrokenFlow> steps_broken(const Workflow& sound, std::size_t per_operator) {
    std::vector<BrokenFlow> breaks;
    const auto& machine = sound.matter();
    each_step(
        breaks, sound, per_operator, "in nobody else's hand",
        [](const ActionRule& action) { return !action.apart_from.empty(); },
        [](ActionRule& action) { action.apart_from.clear(); });
    each_step(
        breaks, sound, per_operator, "whom it waits for is not told",
        [&](const ActionRule& action) {
            return action.to && machine.state(*action.to).waits_for &&
                   std::any_of(action.effects.begin(), action.effects.end(), is_tell);
        },
        [](ActionRule& action) { std::erase_if(action.effects, is_tell); });
    each_step(
        breaks, sound, per_operator, "waits for a notice at the beginning",
        [&](const ActionRule& action) {
            return std::find(action.from.begin(), action.from.end(), machine.start.to) == action.from.end() &&
                   std::any_of(action.guards.begin(), action.guards.end(), [](const GuardRule& guard) {
                       return guard.kind == GuardRule::Kind::notice_over;
                   });
        },
        [&](ActionRule& action) { action.from.push_back(machine.start.to); });
    return breaks;
}

}  // namespace lianxin::matter::testing
