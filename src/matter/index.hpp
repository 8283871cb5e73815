// matter/index.hpp — the names of a workflow, as small numbers. A workflow's text speaks of states, actions
// and clocks by name; reading it turns each name into the place of its rule in a vector, so a decision
// compares numbers and looks up nothing. Every noun has its own type: a state is never taken for an action.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lianxin::matter {

template <class Noun>
struct Index {
    std::uint16_t value = 0;
    constexpr auto operator<=>(const Index&) const = default;
};

using MachineIndex = Index<struct MachineTag>;  // 0 is the matter itself, the others are kinds of parts
using StateIndex = Index<struct StateTag>;      // within its machine
using ActionIndex = Index<struct ActionTag>;    // within its machine
using ClockIndex = Index<struct ClockTag>;      // the workflow's, shared by its machines
using FieldIndex = Index<struct FieldTag>;
using BallotIndex = Index<struct BallotTag>;
using NoticeIndex = Index<struct NoticeTag>;
using TallyIndex = Index<struct TallyTag>;  // what limits count: returns, transfers, reopenings
using ListIndex = Index<struct ListTag>;    // closed lists of criteria
using RungIndex = Index<struct RungTag>;    // of the ladder, lowest first

// Where something stands in the text it was read from; lines and columns count from 1.
struct Mark {
    std::shared_ptr<const std::string> file;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
};

// The rule with that name, or nothing. Names are looked up at the door only.
template <class Noun, class Rule>
[[nodiscard]] std::optional<Index<Noun>> find_by_name(const std::vector<Rule>& rules, std::string_view name) {
    for (std::size_t at = 0; at < rules.size(); ++at)
        if (rules[at].name == name) return Index<Noun>{static_cast<std::uint16_t>(at)};
    return {};
}

template <class Noun, class Rule>
[[nodiscard]] const Rule& rule_at(const std::vector<Rule>& rules, Index<Noun> index) {
    return rules.at(index.value);
}

}  // namespace lianxin::matter
