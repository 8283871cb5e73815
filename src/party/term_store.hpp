// party/term_store.hpp — who holds a post over a span of days: a term may begin before a post is on record
// here and end before today.
#pragma once

#include <vector>

#include "party/party_store.hpp"

namespace lianxin::party {

// By anybody, on any day of from <= day < until.
[[nodiscard]] std::vector<Holding> holdings_between(store::Transaction& tx, PostId post, Day from, Day until);

// Everything that was there when the county began was there before: what it begins with has no earlier day on
// record, and a term of it may have begun at any time.
[[nodiscard]] Day first_day_of_county(store::Transaction& tx);

}  // namespace lianxin::party
