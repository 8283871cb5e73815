// report/flow.hpp — where matters of one kind stand and where they stick: for each state of a workflow how
// many stand there now, and of those that left it in a period how long they had stayed, how often they came
// back and how often a deadline had passed. Counted from the record, never from what a workflow promises.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"

namespace lianxin::report {

// Never negative: a clock may have gone back.
[[nodiscard]] std::int64_t seconds_between(Instant from, Instant until);
// In seconds, counted in full minutes below two hours, in full hours below two days, in full days beyond:
// finer would say nothing about where work sticks.
[[nodiscard]] std::int64_t length_of_stay(Instant entered, Instant left);

// One piece of work that left a state.
struct Stay {
    std::string machine;
    std::string state;
    Instant entered_at;
    Instant left_at;
    bool late = false;
    bool again = false;  // it had been in this state before
};
// Those that stand in a state now.
struct Standing {
    std::string machine;
    std::string state;
    std::int64_t count = 0;
    std::int64_t overdue = 0;
    Instant longest_since;
};

struct StateFlow {
    std::int64_t standing = 0;
    std::int64_t overdue = 0;
    std::optional<std::int64_t> longest_s;  // seconds the one that stands longest has stood
    std::int64_t left = 0;
    std::optional<std::int64_t> median_s, p90_s;  // length_of_stay, nearest rank
    std::int64_t late = 0;
    std::int64_t returns = 0;  // stays of a piece of work that had been in this state before, whenever
    bool operator==(const StateFlow&) const = default;
};

// By machine ("" the matter itself) and state; states without anything are absent. `stays` in any order.
using Flow = std::map<std::pair<std::string, std::string>, StateFlow>;
[[nodiscard]] Flow flow_of(const std::vector<Standing>& standing, const std::vector<Stay>& stays,
                           Instant now);

}  // namespace lianxin::report
