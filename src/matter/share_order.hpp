// matter/share_order.hpp — which of two shares is asked for more easily.
#pragma once

#include "matter/ballot.hpp"

namespace lianxin::matter {

// A share of all who may vote is more than the same of those who came, and that more than the same of the
// votes for and against; "more than" is more than "at least".
[[nodiscard]] bool is_lower(const Share& share, const Share& bound);

}  // namespace lianxin::matter
