// matter/prover_breaker_test.hpp — a sound workflow broken in systematic ways: 48 operators, each at the
// places where it fits. Whether a break does harm is not said here (explore_test.hpp finds out).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "matter/workflow.hpp"

namespace lianxin::matter::testing {

struct BrokenFlow {
    std::string what;
    Workflow flow;
};

// At most so many of each operator, spread over the places where it fits.
[[nodiscard]] std::vector<BrokenFlow> broken_in_every_way(const Workflow& sound, std::size_t per_operator);

// Somebody's step to an end at which nothing came about.
[[nodiscard]] std::optional<ActionIndex> step_that_says_no(const Workflow& sound);

}  // namespace lianxin::matter::testing
