// matter/search_store.hpp — the full-text index of matters: FTS5 with our own tokenizer on SQLite, a GIN
// index of the same tokens on PostgreSQL. It finds candidates, newest first; whether a text really has the
// words, and whether the reader may read it, is seen on the matter itself.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/access.hpp"
#include "base/bytes.hpp"
#include "base/tokens.hpp"
#include "matter/likeness.hpp"
#include "store/transaction.hpp"

namespace lianxin::matter {

// What one matter is found by.
struct SearchText {
    MatterId matter;
    std::string scope;  // "p12 p345 o678": who may find it, roughly
    std::string body;   // folded
};
struct IndexedDocument {
    MatterId matter;
    std::string scope;
    Bytes body;  // sealed
    std::optional<CategoryId> first_category;
    std::optional<CategoryId> learned;
};

[[nodiscard]] std::optional<IndexedDocument> load_document(store::Transaction& tx, MatterId matter);
void save_document(store::Transaction& tx, const IndexedDocument& document);
// Documents with id > after, by id.
[[nodiscard]] std::vector<MatterId> documents_after(store::Transaction& tx, MatterId after, int limit);

void add_words(store::Transaction& tx, const SearchText& text);
// `text` as it was added.
void remove_words(store::Transaction& tx, const SearchText& text);
// Everything, the cursor too: the next advance starts over.
void empty_index(store::Transaction& tx, std::string_view follower);

// Matters having all `tokens` and any of the `scopes` (empty: whatever scope), newest first, ids below
// `before`.
[[nodiscard]] std::vector<MatterId> find_words(store::Transaction& tx, const std::vector<AskedToken>& tokens,
                                               const std::vector<std::string>& scopes,
                                               std::optional<MatterId> before, int limit);

[[nodiscard]] TokenFrequencies load_frequencies(store::Transaction& tx);
void save_frequencies(store::Transaction& tx, const TokenFrequencies& frequencies);

[[nodiscard]] std::int64_t search_state(store::Transaction& tx, std::string_view name);  // 0: none
void save_search_state(store::Transaction& tx, std::string_view name, std::int64_t value);
// Moves the follower's cursor; false when somebody else moved it meanwhile.
[[nodiscard]] bool move_cursor(store::Transaction& tx, std::string_view follower, std::int64_t from,
                               std::int64_t to);

// Of the county's own store: which matters the entries behind `pos` are about, and where they end.
struct ChangedMatters {
    std::vector<MatterId> matters;  // each once
    std::int64_t until = 0;
};
[[nodiscard]] ChangedMatters changed_matters(store::Transaction& tx, std::int64_t after, int limit);
// The matter it is about, if it is about one.
[[nodiscard]] std::optional<MatterId> about_which(store::Transaction& tx, MatterId matter);
// How many erasures there are on the list.
[[nodiscard]] std::int64_t erasures_so_far(store::Transaction& tx);

}  // namespace lianxin::matter
