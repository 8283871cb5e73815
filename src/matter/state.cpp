#include "matter/state.hpp"

#include <algorithm>

namespace lianxin::matter {

const PartState* MatterState::part(PartNo no) const {
    const auto found =
        std::find_if(parts.begin(), parts.end(), [&](const auto& part) { return part.no == no; });
    return found == parts.end() ? nullptr : &*found;
}

const ClockState* MatterState::clock(ClockIndex clock, PartNo part) const {
    const auto found = std::find_if(clocks.begin(), clocks.end(), [&](const auto& each) {
        return each.clock == clock && each.part == part;
    });
    return found == clocks.end() ? nullptr : &*found;
}

std::int64_t MatterState::tally(TallyIndex name, PartNo part) const {
    for (const auto& each : tallies)
        if (each.name == name && each.part == part) return each.count;
    return 0;
}

bool MatterState::held_by(const std::string& name) const {
    return std::any_of(holds.begin(), holds.end(), [&](const auto& hold) { return hold.name == name; });
}

const PartState* MatterState::leading() const {
    const auto found = std::find_if(parts.begin(), parts.end(),
                                    [](const auto& part) { return part.no > 0 && part.lead && !part.ended; });
    if (found != parts.end()) return &*found;
    // The lead answers for all even when its own piece is done: the latest that led.
    const auto ended =
        std::find_if(parts.rbegin(), parts.rend(), [](const auto& part) { return part.no > 0 && part.lead; });
    return ended == parts.rend() ? nullptr : &*ended;
}

std::optional<Instant> due_of(const Workflow& workflow, const MatterState& matter, PartNo part,
                              bool told_only) {
    std::optional<Instant> due;
    for (const auto& clock : matter.clocks) {
        if (!clock.live() || clock.part != part || (told_only && !workflow.is_told(clock.clock))) continue;
        if (!due || clock.due < *due) due = clock.due;
    }
    return due;
}

}  // namespace lianxin::matter
