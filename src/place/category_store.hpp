// place/category_store.hpp — the category table.
#pragma once

#include <vector>

#include "place/category.hpp"
#include "store/transaction.hpp"

namespace lianxin::place {

// In force on that day.
[[nodiscard]] std::vector<Category> load_categories(store::Transaction& tx, Day day);
void insert_categories(store::Transaction& tx, const std::vector<Category>& categories);
[[nodiscard]] std::int64_t category_version(store::Transaction& tx);
void bump_category_version(store::Transaction& tx);

}  // namespace lianxin::place
