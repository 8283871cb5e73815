// party/assignment_network.hpp — a minimum-cost flow over plain arrays. Plain so that the one source which
// uses LEMON (whose headers stop at C++17) can be built as C++17; nothing of LEMON shows here.
#pragma once

#include <cstdint>
#include <vector>

namespace lianxin::party {

struct FlowArc {
    std::int32_t from = 0;
    std::int32_t to = 0;
    std::int64_t lower = 0;
    std::int64_t upper = 0;
    std::int64_t cost = 0;
};

struct FlowNetwork {
    std::vector<std::int64_t> supply;  // per node; they add up to zero
    std::vector<FlowArc> arcs;
};

struct Flow {
    bool feasible = false;
    std::vector<std::int64_t> amount;  // per arc
};

// Network simplex; exact in 64-bit integers as long as nodes × the largest cost stay below 2^62.
[[nodiscard]] Flow cheapest_flow(const FlowNetwork& network);

}  // namespace lianxin::party
