#include "matter/search_store.hpp"

#include <algorithm>

namespace lianxin::matter {

namespace {

using store::Dialect;
using store::Transaction;

// FTS5's and tsquery's own signs never stand in a token: it has letters, digits and Han characters only.
std::string in_quotes(std::string_view token, char quote) {
    return quote + std::string(token) + quote;
}

// scope : ("p12" OR "o3") AND body : "路灯" AND body : "a" *
std::string fts_question(const std::vector<AskedToken>& tokens, const std::vector<std::string>& scopes) {
    std::string question;
    for (const AskedToken& token : tokens) {
        if (!question.empty()) question += " AND ";
        question += "body : " + in_quotes(token.text, '"') + (token.beginning ? " *" : "");
    }
    if (scopes.empty()) return question;
    std::string any;
    for (const std::string& scope : scopes) any += (any.empty() ? "" : " OR ") + in_quotes(scope, '"');
    return "scope : (" + any + ") AND " + question;
}

// Scopes begin with @, which no token of a text does.
std::string ts_question(const std::vector<AskedToken>& tokens, const std::vector<std::string>& scopes) {
    std::string question;
    for (const AskedToken& token : tokens) {
        if (!question.empty()) question += " & ";
        question += in_quotes(token.text, '\'') + (token.beginning ? ":*" : "");
    }
    if (scopes.empty()) return question;
    std::string any;
    for (const std::string& scope : scopes) any += (any.empty() ? "" : " | ") + in_quotes("@" + scope, '\'');
    return question + " & (" + any + ")";
}

// Distinct, separated by spaces.
std::string ts_tokens(const SearchText& text) {
    std::vector<std::string> tokens;
    each_token(text.body, [&](const Token& token) {
        tokens.emplace_back(token.text);
        return true;
    });
    each_token(text.scope, [&](const Token& token) {
        tokens.push_back("@" + std::string(token.text));
        return true;
    });
    std::sort(tokens.begin(), tokens.end());
    tokens.erase(std::unique(tokens.begin(), tokens.end()), tokens.end());
    std::string all;
    for (const std::string& token : tokens) all += (all.empty() ? "" : " ") + token;
    return all;
}

}  // namespace

std::optional<IndexedDocument> load_document(Transaction& tx, MatterId matter) {
    for (const store::Row row :
         tx.query("select scope, body, first_category, learned from document where matter = $1", matter)) {
        return IndexedDocument{matter, row.get<std::string>(0), row.get<Bytes>(1),
                               row.get<std::optional<CategoryId>>(2), row.get<std::optional<CategoryId>>(3)};
    }
    return {};
}

void save_document(Transaction& tx, const IndexedDocument& document) {
    tx.execute(
        "insert into document (matter, scope, body, first_category, learned) values ($1, $2, $3, $4, $5) on "
        "conflict (matter) do update set scope = excluded.scope, body = excluded.body, first_category = "
        "excluded.first_category, learned = excluded.learned",
        document.matter, document.scope, document.body, document.first_category, document.learned);
}

std::vector<MatterId> documents_after(Transaction& tx, MatterId after, int limit) {
    std::vector<MatterId> matters;
    for (const store::Row row :
         tx.query("select matter from document where matter > $1 order by matter limit $2", after, limit))
        matters.push_back(row.get<MatterId>(0));
    return matters;
}

void add_words(Transaction& tx, const SearchText& text) {
    if (tx.dialect() == Dialect::sqlite) {
        tx.execute("insert into words (rowid, scope, body) values ($1, $2, $3)", text.matter, text.scope,
                   text.body);
        return;
    }
    tx.execute(
        "insert into words (matter, tokens) values ($1, array_to_tsvector(string_to_array($2, ' '))) on "
        "conflict "
        "(matter) do update set tokens = excluded.tokens",
        text.matter, ts_tokens(text));
}

void remove_words(Transaction& tx, const SearchText& text) {
    if (tx.dialect() == Dialect::sqlite) {
        tx.execute("insert into words (words, rowid, scope, body) values ('delete', $1, $2, $3)", text.matter,
                   text.scope, text.body);
        return;
    }
    tx.execute("delete from words where matter = $1", text.matter);
}

void empty_index(Transaction& tx, std::string_view follower) {
    if (tx.dialect() == Dialect::sqlite) {
        tx.execute("insert into words (words) values ('delete-all')");
    } else {
        tx.execute("truncate words");
    }
    tx.execute("delete from document");
    tx.execute("delete from token_frequencies");
    tx.execute("delete from follower where name = $1", follower);
}

std::vector<MatterId> find_words(Transaction& tx, const std::vector<AskedToken>& tokens,
                                 const std::vector<std::string>& scopes, std::optional<MatterId> before,
                                 int limit) {
    std::vector<MatterId> found;
    if (tokens.empty()) return found;
    const MatterId below = before.value_or(MatterId(INT64_MAX));
    const bool sqlite = tx.dialect() == Dialect::sqlite;
    const std::string question = sqlite ? fts_question(tokens, scopes) : ts_question(tokens, scopes);
    store::Rows rows =
        sqlite
            ? tx.query(
                  "select rowid from words where words match $1 and rowid < $2 order by rowid desc limit $3",
                  question, below, limit)
            : tx.query(
                  "select matter from words where tokens @@ cast(cast($1 as text) as tsquery) and matter < "
                  "$2 order by "
                  "matter desc limit $3",
                  question, below, limit);
    for (const store::Row row : rows) found.push_back(row.get<MatterId>(0));
    return found;
}

TokenFrequencies load_frequencies(Transaction& tx) {
    const auto bytes = tx.value<Bytes>("select counts from token_frequencies where name = 'matters'");
    if (!bytes) return {};
    return TokenFrequencies::unpack({reinterpret_cast<const char*>(bytes->data()), bytes->size()});
}

void save_frequencies(Transaction& tx, const TokenFrequencies& frequencies) {
    const std::string packed = frequencies.packed();
    tx.execute(
        "insert into token_frequencies (name, counts) values ('matters', $1) on conflict (name) do update "
        "set "
        "counts = excluded.counts",
        as_bytes(packed));
}

std::int64_t search_state(Transaction& tx, std::string_view name) {
    return tx.value<std::int64_t>("select value from search_state where name = $1", name).value_or(0);
}

void save_search_state(Transaction& tx, std::string_view name, std::int64_t value) {
    tx.execute(
        "insert into search_state (name, value) values ($1, $2) on conflict (name) do update set value = "
        "excluded.value",
        name, value);
}

bool move_cursor(Transaction& tx, std::string_view follower, std::int64_t from, std::int64_t to) {
    if (from == 0)
        return tx.execute("insert into follower (name, pos) values ($1, $2) on conflict do nothing", follower,
                          to) == 1;
    return tx.execute("update follower set pos = $3 where name = $1 and pos = $2", follower, from, to) == 1;
}

ChangedMatters changed_matters(Transaction& tx, std::int64_t after, int limit) {
    ChangedMatters changed;
    changed.until = after;
    for (const store::Row row :
         tx.query("select chain_kind, chain_id, pos from entry where pos > $1 order by pos limit $2", after,
                  limit)) {
        changed.until = row.get<std::int64_t>(2);
        if (row.get<std::string_view>(0) == "matter") changed.matters.push_back(row.get<MatterId>(1));
    }
    std::sort(changed.matters.begin(), changed.matters.end());
    changed.matters.erase(std::unique(changed.matters.begin(), changed.matters.end()), changed.matters.end());
    return changed;
}

std::optional<MatterId> about_which(Transaction& tx, MatterId matter) {
    return tx
        .value<std::optional<MatterId>>("select parent from matter where id = $1 and about_kind = 'matter'",
                                        matter)
        .value_or(std::nullopt);
}

std::int64_t erasures_so_far(Transaction& tx) {
    return tx.value<std::int64_t>("select count(*) from erasure").value_or(0);
}

}  // namespace lianxin::matter
