#include "store/bigram_tokenizer.hpp"

#include "base/tokens.hpp"
#include "store/sqlite_connection.hpp"

namespace lianxin::store {
namespace {

using OnToken = int (*)(void*, int, const char*, int, int, int);

int create(void*, const char**, int, Fts5Tokenizer** made) {
    static char nothing_to_keep = 0;
    *made = reinterpret_cast<Fts5Tokenizer*>(&nothing_to_keep);
    return SQLITE_OK;
}
void destroy(Fts5Tokenizer*) {}

// A question has no last character of a run unless it is all there is of it.
int tokenize(Fts5Tokenizer*, void* context, int flags, const char* text, int bytes, OnToken on_token) {
    const std::string_view folded(text, static_cast<std::size_t>(bytes));
    const bool asked = (flags & FTS5_TOKENIZE_QUERY) != 0;
    bool in_run = false;
    int code = SQLITE_OK;
    each_token(folded, [&](const Token& token) {
        const bool left_out = asked && token.kind == Token::Kind::last && in_run;
        in_run = token.kind == Token::Kind::pair;
        if (left_out) return true;
        const auto begin = static_cast<int>(token.text.data() - text);
        const auto size = static_cast<int>(token.text.size());
        code = on_token(context, 0, token.text.data(), size, begin, begin + size);
        return code == SQLITE_OK;
    });
    return code;
}

fts5_api* api_of(sqlite3* connection) {
    fts5_api* api = nullptr;
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(connection, "select fts5(?1)", -1, &statement, nullptr) != SQLITE_OK)
        return nullptr;
    sqlite3_bind_pointer(statement, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
    sqlite3_step(statement);
    sqlite3_finalize(statement);
    return api;
}

}  // namespace

void add_bigram_tokenizer(sqlite3* connection) {
    fts5_api* api = api_of(connection);
    if (api == nullptr)
        throw StoreFault(FaultKind::statement, "SQLite: its full-text index (FTS5) is missing");
    fts5_tokenizer tokenizer{create, destroy, tokenize};
    if (api->xCreateTokenizer(api, "bigrams", nullptr, &tokenizer, nullptr) != SQLITE_OK)
        throw StoreFault(FaultKind::statement, "SQLite: the tokenizer could not be registered");
    sqlite3_exec(connection, "pragma secure_delete=on", nullptr, nullptr, nullptr);
}

void empty_write_ahead_log(const std::filesystem::path& file) {
    SqliteOptions options;
    options.on_connect = add_bigram_tokenizer;
    sqlite::Connection connection(file, options, sqlite::Access::write);
    sqlite::Statement& checkpoint = connection.prepared("pragma wal_checkpoint(truncate)");
    const bool answered = checkpoint.step();
    const bool busy = !answered || sqlite3_column_int(checkpoint.raw(), 0) != 0;
    checkpoint.reset();
    if (busy) throw StoreFault(FaultKind::busy, "SQLite: the write-ahead log of the search index is in use");
}

}  // namespace lianxin::store
