// place/category_counts_store.hpp — what was learned from decisions, in the search index's own store.
#pragma once

#include <map>

#include "place/category_suggestion.hpp"
#include "store/transaction.hpp"

namespace lianxin::place {

[[nodiscard]] std::map<CategoryId, CategoryCounts> load_counts(store::Transaction& tx);
[[nodiscard]] CategoryCounts load_counts(store::Transaction& tx, CategoryId category);
void save_counts(store::Transaction& tx, CategoryId category, const CategoryCounts& counts);
void forget_counts(store::Transaction& tx);

// Moves with every save: what was made of another is stale.
[[nodiscard]] std::int64_t counts_version(store::Transaction& tx);

}  // namespace lianxin::place
