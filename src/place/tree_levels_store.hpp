// place/tree_levels_store.hpp — which levels of this county's tree a place may be hung past.
#pragma once

#include <set>

#include "base/time.hpp"
#include "store/transaction.hpp"

namespace lianxin::place {

// The levels whose places bear division codes: the state's own, which no tree leaves out.
[[nodiscard]] std::set<int> numbered_levels(store::Transaction& tx, Day day);
// Whether a place of the one level ever hung directly below one of the other.
[[nodiscard]] bool has_hung_below(store::Transaction& tx, int level, int parent_level);

}  // namespace lianxin::place
