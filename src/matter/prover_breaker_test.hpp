// matter/prover_breaker_test.hpp — a sound workflow broken in systematic ways: 62 operators, each at the
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

// Of these, what breaks single steps: in whose hand, whom they tell, what they wait for.
[[nodiscard]] std::vector<BrokenFlow> steps_broken(const Workflow& sound, std::size_t per_operator);

// Of these, what breaks what hangs in public (prover_breaker_notices_test.cpp).
[[nodiscard]] std::vector<BrokenFlow> notices_broken(const Workflow& sound, std::size_t per_operator);

}  // namespace lianxin::matter::testing
