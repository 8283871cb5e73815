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

}  // namespace lianxin::matter::testing
