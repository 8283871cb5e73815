// matter/apart.hpp — who had a hand in a matter: whoever judges what is said against it (an objection to its
// notice) must be somebody else. A hand is had by the post that owns it, by whoever accepted it there, and by
// whoever published the notice or took a step that it blocks.
#pragma once

#include <optional>
#include <vector>

#include "matter/state.hpp"
#include "matter/workflow.hpp"

namespace lianxin::matter {

struct Hands {
    std::vector<PostId> posts;
    std::vector<PartyId> people;
};

// `notice`: what is objected to; nothing: the whole matter, every step of it that is remembered.
[[nodiscard]] Hands hands_in(const Workflow& workflow, const MatterState& matter,
                             std::optional<NoticeIndex> notice);

// Whether the matter's own action publishes the notice, or is blocked by it.
[[nodiscard]] bool belongs_to(const Workflow& workflow, ActionIndex action, NoticeIndex notice);
// Whether it is remembered who took the step: another must stand apart from it, here or in an objection.
[[nodiscard]] bool is_remembered(const Workflow& workflow, MachineIndex machine, ActionIndex action);

}  // namespace lianxin::matter
