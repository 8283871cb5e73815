#include "matter/course.hpp"

namespace lianxin::matter {

// The first step of a matter: somebody owns it before anything else is true.
std::optional<Refusal> Course::start() {
    require(now_.parts.empty(), "a matter begins once");
    const auto& machine = facts_.workflow.matter();
    const auto& start = machine.start;
    const auto& state = machine.state(start.to);
    PartState root;
    root.state = start.to;
    std::optional<Destination> owner;
    if (start.owner) owner = resolve(*start.owner, root);
    for (const auto& selector : state.owner)
        if (!owner) owner = resolve(selector, root);
    if (!owner) return Refusal{ActRefusal::nobody_to_own_it, {}, {}};
    root.owner = owner->owner;
    root.rung = owner->rung;
    now_.parts.push_back(root);
    for (std::size_t at = 0; at < facts_.workflow.clocks.size(); ++at) {
        const auto& clock = facts_.workflow.clocks[at];
        if (clock.machine == MachineIndex{} && clock.start == ClockStart::receipt)
            clocks_.start(ClockIndex{static_cast<std::uint16_t>(at)}, 0, {});
    }
    enter(part(0), state);
    bring_about(0, ActionIndex{}, start.effects);
    return {};
}

}  // namespace lianxin::matter
