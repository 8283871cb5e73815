// matter/prover_breaker_test.hpp — a sound workflow broken in systematic ways: 93 operators, each at the
// places where it fits. Whether a break does harm is not said here (explore_test.hpp finds out).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "matter/workflow.hpp"

namespace lianxin::matter::testing {

struct BrokenFlow {
    std::string what;
    Workflow flow;
    std::vector<Workflow> beside = {};  // other kinds of matter that are broken with it
};
using Kinds = std::function<const Workflow*(std::string_view name)>;

// At most so many of each operator, spread over the places where it fits.
[[nodiscard]] std::vector<BrokenFlow> broken_in_every_way(const Workflow& sound, std::size_t per_operator,
                                                          const Kinds& kinds);

// Somebody's step to an end at which nothing came about.
[[nodiscard]] std::optional<ActionIndex> step_that_says_no(const Workflow& sound);

// Of these, what breaks single steps: in whose hand, whom they tell, what they wait for.
[[nodiscard]] std::vector<BrokenFlow> steps_broken(const Workflow& sound, std::size_t per_operator);

// Of these, what breaks what hangs in public (prover_breaker_notices_test.cpp).
[[nodiscard]] std::vector<BrokenFlow> notices_broken(const Workflow& sound, std::size_t per_operator);

// Of these, what breaks votes, conferrals, ratings and what is opened (prover_breaker_grants_test.cpp).
[[nodiscard]] std::vector<BrokenFlow> grants_broken(const Workflow& sound, std::size_t per_operator,
                                                    const Kinds& kinds);

// Of these, what breaks waiting for somebody outside (prover_breaker_waiting_test.cpp).
[[nodiscard]] std::vector<BrokenFlow> waiting_broken(const Workflow& sound, std::size_t per_operator);

// Of these, what breaks deadlines and what was promised (prover_breaker_clocks_test.cpp).
[[nodiscard]] std::vector<BrokenFlow> clocks_broken(const Workflow& sound, std::size_t per_operator);

// So many of them, spread over all.
[[nodiscard]] std::vector<BrokenFlow> thinned(std::vector<BrokenFlow> breaks, std::size_t at_most);

// The first of the matter's own actions where it fits, at most so many, each broken by itself.
using Fits = std::function<bool(const ActionRule&)>;
using Change = std::function<void(ActionRule&)>;
void each_step(std::vector<BrokenFlow>& breaks, const Workflow& sound, std::size_t at_most,
               const std::string& what, const Fits& fits, const Change& change);

}  // namespace lianxin::matter::testing
