// matter/prover_standing.hpp — where a matter can stand, for the prover's walk: the little of it that decides
// what can happen next.
#pragma once

#include <cstdint>
#include <deque>
#include <set>
#include <utility>
#include <vector>

#include "matter/workflow.hpp"

namespace lianxin::matter {

inline constexpr std::size_t bits_at_most = 24;

// Where a matter can stand, as far as it decides what can happen next.
struct Standing {
    StateIndex state;
    std::uint32_t live = 0;     // which long clocks run
    std::uint32_t ever = 0;     // which were ever started
    std::uint32_t notices = 0;  // which notices are up, or over and not withdrawn
    std::uint32_t over = 0;     // which of these are surely over: nobody can object any more
    std::uint32_t ballots = 0;  // which ballots are open
    std::uint32_t counted = 0;  // which were counted at least once
    bool held = false;          // an objection is open
    bool parts = false;         // some part was opened
    bool told = false;          // whom it answers was told since it was last open
    auto operator<=>(const Standing&) const = default;
};

template <class Index>
std::uint32_t bit_of(Index index) {
    return index.value < bits_at_most ? std::uint32_t{1} << index.value : 0;
}

// Always: a schedule that ends leaves none behind.
inline bool sets_a_deadline(const ClockRule& clock) {
    return clock.limit != ClockLimit::schedule || !clock.every.ends();
}

// Everything from which something true can be reached becomes true.
inline void reach_back(const std::set<std::pair<std::size_t, std::size_t>>& edges,
                       std::vector<bool>& reaching) {
    std::vector<std::vector<std::size_t>> back(reaching.size());
    for (const auto& [from, to] : edges) back[to].push_back(from);
    std::deque<std::size_t> open;
    for (std::size_t at = 0; at < reaching.size(); ++at)
        if (reaching[at]) open.push_back(at);
    for (; !open.empty(); open.pop_front())
        for (const auto from : back[open.front()])
            if (!reaching[from]) {
                reaching[from] = true;
                open.push_back(from);
            }
}

}  // namespace lianxin::matter
