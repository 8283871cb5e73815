// matter/permission.hpp — may this happen now, and by this hand? The checks of a decision before its form is
// read, each broken rule with its own code, always in the same order; listing what is possible and doing it
// ask the same question here.
#pragma once

#include <optional>

#include "matter/decide.hpp"

namespace lianxin::matter {

// The rules of an action against where the matter stands (which may be further than facts.matter within one
// decision).
[[nodiscard]] std::optional<Refusal> refusal_of(const Facts& facts, const MatterState& matter,
                                                const Action& action);
// Guards, ballots, cards and clocks only: for a step the engine takes by itself.
[[nodiscard]] std::optional<Refusal> broken_guard(const Facts& facts, const MatterState& matter,
                                                  const PartState& part, const ActionRule& rule);
[[nodiscard]] std::optional<Refusal> broken_start_guard(const Facts& facts);

[[nodiscard]] bool may(const Facts& facts, const MatterState& matter, const PartState* part,
                       const std::vector<WhoRule>& who, const Trigger& trigger);
// Somebody of flesh and blood is among them.
[[nodiscard]] bool meant_for_people(const std::vector<WhoRule>& who);
[[nodiscard]] bool is_relation(const Facts& facts, const MatterState& matter, const PartState* part,
                               access::Relation relation);

// The latest notice of that name that was not withdrawn.
[[nodiscard]] const NoticeFact* notice_of(const Facts& facts, NoticeIndex notice);
[[nodiscard]] const BallotFact* open_ballot(const Facts& facts, BallotIndex ballot);

}  // namespace lianxin::matter
