#include <algorithm>

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
    const auto seek = seeking(root, start.to);
    auto owner = allowed(facts_.overseer, seek);
    if (!owner && start.owner) owner = resolve(*start.owner, seek);
    for (const auto& selector : state.owner)
        if (!owner) owner = resolve(selector, seek);
    if (!owner) owner = outside(seek);
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

// The clocks it brought along go on as they were told; what it lacks starts now, not when it was received:
// nobody is late by a rule that was not there.
void Course::settle_in(PartNo no, bool renamed, const std::vector<ClockIndex>& unknown) {
    auto& here = part(no);
    moved(no, renamed);
    if (here.ended) return;
    if (renamed) here.entered = facts_.now;
    const auto& state = facts_.workflow.machine(here.machine).state(here.state);
    const auto listed = [](const std::vector<ClockIndex>& clocks, ClockIndex clock) {
        return std::find(clocks.begin(), clocks.end(), clock) != clocks.end();
    };
    for (std::size_t at = 0; at < facts_.workflow.clocks.size(); ++at) {
        const ClockIndex index{static_cast<std::uint16_t>(at)};
        const auto& rule = facts_.workflow.clocks[at];
        if (rule.machine != here.machine) continue;
        const auto* clock = clocks_.find(index, no);
        const bool live = clock != nullptr && clock->live();
        const bool of_this_state = rule.start == ClockStart::state && listed(state.clocks, index);
        const bool through_all = rule.start == ClockStart::receipt || rule.start == ClockStart::opening;
        if (rule.start == ClockStart::state && live && !of_this_state) clocks_.stop(index, no, false);
        const bool never_counted = through_all && clock == nullptr && state.counts_as == CountsAs::open;
        if (never_counted || (rule.start == ClockStart::state && !live && listed(unknown, index)))
            clocks_.restart(index, no, {});
        if (listed(state.pauses, index))
            clocks_.pause(index, no);
        else
            clocks_.resume(index, no, {});
    }
}

}  // namespace lianxin::matter
