// rating/rating_store.hpp — what residents said, counted from the rows an asking makes: who was asked and
// kept silent is counted too, and never as satisfied.
#pragma once

#include <cstdint>

#include "access/access.hpp"
#include "base/time.hpp"
#include "store/transaction.hpp"

namespace lianxin::rating {

// Matters in a place's subtree. `level` is the place's own, 1 … 7.
struct Scope {
    PlaceId place;
    int level = 1;
    bool operator==(const Scope&) const = default;
};
// " from part p join matter m … where …" with $1 bound to the place: the matters that count there. Complaints
// about a post count in the whole county only: in a village's figures their existence could be read off by
// the very person complained of.
[[nodiscard]] std::string matters_in(const Scope& scope, std::string_view further_joins = {});
// Those somebody asked for: not what is about another matter, a notice or a post.
[[nodiscard]] std::string asked_in(const Scope& scope, std::string_view further_joins = {});
// The same, each of a matter's parts a row of its own.
[[nodiscard]] std::string pieces_in(const Scope& scope, std::string_view further_joins = {});

struct RatingCounts {
    std::int64_t asked = 0;
    std::int64_t answered = 0;
    std::int64_t solved = 0;
    std::int64_t partly = 0;
    std::int64_t graded = 0;     // answered with a grade
    std::int64_t satisfied = 0;  // 4 or 5 of five
    bool operator==(const RatingCounts&) const = default;
};
// Askings of [from, until): a resident is asked in the moment the matter is closed, and so is everybody whose
// matter was merged into it: one asking per answer and reporter.
[[nodiscard]] RatingCounts count_ratings(store::Transaction& tx, const Scope& scope, Instant from,
                                         Instant until);

}  // namespace lianxin::rating
