// store/bigram_tokenizer.hpp — SQLite's full-text index with our own tokens (base/tokens.hpp), so that both
// engines index the same. The texts must be folded before.
#pragma once

#include <filesystem>

struct sqlite3;

namespace lianxin::store {

// For SqliteOptions::on_connect: tokenize='bigrams', and what is deleted is overwritten.
void add_bigram_tokenizer(sqlite3* connection);

// What was deleted stays readable in the write-ahead log until that is written over: empties it. Waits for
// readers of older snapshots to end, at most as long as a busy lock.
void empty_write_ahead_log(const std::filesystem::path& file);

}  // namespace lianxin::store
