// party/term_store.hpp — who holds a post over a span of days: a term may begin before a post is on record
// here and end before today.
#pragma once

#include <optional>
#include <vector>

#include "party/party_store.hpp"

namespace lianxin::party {

// By anybody, on any day of from <= day < until.
[[nodiscard]] std::vector<Holding> holdings_between(store::Transaction& tx, PostId post, Day from, Day until);

// Of the term that a person began in a post on a day; nothing: there is none.
[[nodiscard]] std::optional<Day> term_ends(store::Transaction& tx, PostId post, PartyId person, Day from);

// Everything that was there when the county began was there before: what it begins with has no earlier day on
// record, and a term of it may have begun at any time.
[[nodiscard]] Day first_day_of_county(store::Transaction& tx);

}  // namespace lianxin::party
