// matter/general.hpp — what may be done to a matter of whatever kind, beside what its workflow says: a remark
// by whoever asked, a card of supervision, a correction, merging it into another and taking that back,
// splitting pieces off, a link, moving it to the workflow of today. Their names begin with "any.", which no
// workflow's action can. Who may is one row of the access policy each; what follows is decided here, pure,
// like any other action.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "access/policy.hpp"
#include "matter/decide.hpp"

namespace lianxin::matter {

enum class General { card, correct, merge, unmerge, split, link, move, remark };
inline constexpr std::array every_general{General::remark,  General::card,  General::correct, General::merge,
                                          General::unmerge, General::split, General::link,    General::move};

[[nodiscard]] std::optional<General> general_named(std::string_view action);
[[nodiscard]] const char* name_of(General action);
[[nodiscard]] bool is_general(std::string_view entry_kind);
[[nodiscard]] access::MatterPermission permission_for(General action);

// Their forms are read, checked and drawn as a workflow's are, from fields that stand here.
struct GeneralForm {
    std::vector<FieldIndex> needs, accepts;
};
[[nodiscard]] const Workflow& general_fields();
[[nodiscard]] GeneralForm form_of(General action);
[[nodiscard]] FieldIndex general_field(std::string_view name);
[[nodiscard]] std::vector<FormFault> general_faults(General action, const Form& form, Day today);

// Nothing: possible as far as the matter itself goes; whether by this hand, the policy says.
[[nodiscard]] std::optional<Refusal> refusal_of(General action, const Facts& facts, PartNo part);

// The next card of a piece of work: yellow first, then red.
[[nodiscard]] Card next_card(const PartState& part);
// Whether red opens a matter of its own about it: the kind's own card says so.
[[nodiscard]] bool red_opens(const Machine& machine);
// The next card, put by hand. It brings what the kind's own card brings.
[[nodiscard]] Result<Decision, Refusal> put_card(const Facts& facts, PartNo part);
// It goes on as another matter: everything of its own stops where it stands, and nobody is told it was
// solved.
[[nodiscard]] Result<Decision, Refusal> merge_away(const Facts& facts);
// It was another thing after all: it goes on by itself, where it stood `before`. What runs from its receipt
// runs as if nothing had stopped it; what a state gives its owner, the owner gets anew.
[[nodiscard]] Result<Decision, Refusal> go_on_alone(const Facts& facts, const MatterState& before);
// What somebody whose matter was merged may do with the answer given to all: rate it, or say that it solved
// nothing. Never what ends the matter for the others.
[[nodiscard]] bool is_about_the_answer(const Workflow& workflow, StateIndex from, const ActionRule& rule);
// Answered, and nobody has taken it up again; or at its end.
[[nodiscard]] bool is_answered(const Workflow& workflow, const MatterState& matter);
// An entry that moves nothing.
[[nodiscard]] Decision unmoved(const MatterState& matter);

}  // namespace lianxin::matter
