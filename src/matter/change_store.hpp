// matter/change_store.hpp — a Change as the text an entry keeps, and as rows. Version 1 of the text stays
// readable for ever: members may be added, never renamed.
#pragma once

#include <string>
#include <string_view>

#include "matter/matter_rows.hpp"
#include "store/transaction.hpp"

namespace lianxin::matter {

[[nodiscard]] std::string encode(const Change& change);
// Throws Fault when it is not a Change's text.
[[nodiscard]] Change decode_change(std::string_view text);

// Brings the tables to what the change says; `version` is the seq of its entry and `at` when it was recorded.
// Answers false when the matter's version was not the one before, in which case the caller must roll back.
[[nodiscard]] bool save_change(store::Transaction& tx, MatterId matter, std::int64_t version, Instant at,
                               const Change& change);

// Empties the projection of one matter and plays it again from its entries' changes; the test of the
// projection.
void forget_projection(store::Transaction& tx, MatterId matter);

}  // namespace lianxin::matter
