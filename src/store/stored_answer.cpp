#include "store/stored_answer.hpp"

namespace lianxin::store {

namespace {

constexpr std::string_view stored =
    "select request_hash, status, body from stored_answer where scope = $1 and request_key = $2";

}  // namespace

void announce_answer(Transaction& tx, const AnswerKey& key) {
    tx.ahead(stored, key.scope, key.key);
}

Result<std::optional<StoredAnswer>, AnswerRefusal> find_answer(Transaction& tx, const AnswerKey& key) {
    for (const Row row : tx.query(stored, key.scope, key.key)) {
        if (row.get<Digest>(0) != key.request_hash) return fail(AnswerRefusal::same_key_with_other_content);
        return StoredAnswer{row.get<int>(1), row.get<Bytes>(2)};
    }
    return std::nullopt;
}

void keep_answer(Transaction& tx, const AnswerKey& key, const StoredAnswer& answer, Instant now) {
    tx.send(
        "insert into stored_answer (scope, request_key, request_hash, status, body, created) "
        "values ($1, $2, $3, $4, $5, $6)",
        key.scope, key.key, key.request_hash, answer.status, answer.body, now);
}

std::int64_t forget_old_answers(Transaction& tx, Instant now) {
    return tx.execute("delete from stored_answer where created < $1", now - answers_kept);
}

}  // namespace lianxin::store
