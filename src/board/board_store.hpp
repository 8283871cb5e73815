// board/board_store.hpp — what a board counts and lists, by the place's level.
#pragma once

#include <vector>

#include "board/board.hpp"
#include "store/transaction.hpp"

namespace lianxin::board {

// `level` is the place's own, 1 … 7; `apart` are kinds of matter that are left out.
[[nodiscard]] Counts count(store::Transaction& tx, PlaceId place, int level, Month month, Instant now,
                           const Kinds& apart);
// Lately received or closed, newest first. Households are named by the place above them. Those of a small
// place are sorted, of a large one the county's newest are looked through.
enum class Size { small, large };
[[nodiscard]] std::vector<Line> lately(store::Transaction& tx, PlaceId place, int level, int limit,
                                       const Kinds& apart, Size size = Size::small);

// Explained for now and published as such, the next to be looked at again first.
[[nodiscard]] std::vector<Line> explained(store::Transaction& tx, PlaceId place, int level, int limit,
                                          const Kinds& apart);
// Those of the kinds that have a page of their own, under way before done, the last published first.
[[nodiscard]] std::vector<MatterId> published(store::Transaction& tx, PlaceId place, int level, int limit,
                                              const Kinds& kinds, const Kinds& apart);
// The limits of the whole matter that run, by their clocks' names.
struct RunningClock {
    std::string name;
    Instant due;
};
[[nodiscard]] std::vector<RunningClock> running_clocks(store::Transaction& tx, MatterId matter);
// Of these matters, in their order.
[[nodiscard]] std::vector<Line> lines_of(store::Transaction& tx, const std::vector<MatterId>& matters,
                                         const Kinds& apart);

}  // namespace lianxin::board
