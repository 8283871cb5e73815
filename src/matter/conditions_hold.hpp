// matter/conditions_hold.hpp — whether a condition is true of what is known at one point of a decision.
#pragma once

#include <optional>

#include "matter/decide.hpp"

namespace lianxin::matter {

// What a condition may be asked about beside the facts: what came to pass in this very decision.
struct Circumstances {
    const MatterState* matter = nullptr;
    const PartState* part = nullptr;
    std::optional<BallotOutcome> ballot;  // of the ballot just counted
    Card card = Card::none;               // just given
    bool told_twice = false;
};

// Whether a field's minimum is waived by what is known of the matter from the first.
[[nodiscard]] bool is_waived(const FieldRule& field, const std::vector<std::string>& category_flags,
                             std::string_view subkind);

[[nodiscard]] bool holds(const Facts& facts, const Circumstances& circumstances, const Condition& condition);

}  // namespace lianxin::matter
