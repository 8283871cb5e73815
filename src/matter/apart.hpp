// matter/apart.hpp — who had a hand in a matter: whoever judges what is said against it (an objection to its
// notice) must be somebody else. A hand is had by the post that owns it, by whoever accepted it there, and by
// whoever published the notice or took a step that it blocks.
#pragma once

#include <optional>
#include <vector>

#include "matter/index.hpp"
#include "matter/state.hpp"
#include "matter/workflow.hpp"

namespace lianxin::matter {

struct Hands {
    std::vector<PostId> posts;
    std::vector<PartyId> people;
};

// Whom a field named last, where some step stands apart from them: those posts, whoever holds them, and what
// other posts a decision may come to are in the same people's hands. `above`: who stands outside over these,
// nearest first, for where everybody else is one of them.
struct NamedHands {
    FieldIndex field;
    Hands hands;
    std::vector<PostId> above;
};

// `notice`: what is objected to; nothing: the whole matter, every step of it that is remembered.
[[nodiscard]] Hands hands_in(const Workflow& workflow, const MatterState& matter,
                             std::optional<NoticeIndex> notice);

// Whether the matter's own action publishes the notice, or is blocked by it.
[[nodiscard]] bool belongs_to(const Workflow& workflow, ActionIndex action, NoticeIndex notice);
// The fields from whose named people the owner's own steps out of a state stand apart: they do not own it
// there.
[[nodiscard]] std::vector<FieldIndex> kept_from_owning(const Machine& machine, StateIndex state);
// Every such field, whoever's step it is.
[[nodiscard]] std::vector<FieldIndex> fields_apart(const Workflow& workflow);
// Whether it is remembered who took the step: another must stand apart from it, here or in an objection.
[[nodiscard]] bool is_remembered(const Workflow& workflow, MachineIndex machine, ActionIndex action);

}  // namespace lianxin::matter
