// store/stored_answer.hpp — every write takes a client's key; a repeat returns the first answer, kept 90
// days. The answer is stored in the transaction whose answer it is, so both are there or neither. The scope
// (account, or the secret's hash) keeps one client's keys apart from another's.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "store/transaction.hpp"

namespace lianxin::store {

struct AnswerKey {
    std::string scope;
    std::string key;
    Digest request_hash{};  // SHA-256 of method, path and body
};
struct StoredAnswer {
    int status = 200;
    Bytes body;  // as sent; sealed by the caller where it carries a secret
};
enum class AnswerRefusal { same_key_with_other_content };

inline constexpr std::chrono::hours answers_kept{90 * 24};

// The first answer, nothing when the key is new, or the refusal.
void announce_answer(Transaction& tx, const AnswerKey& key);  // a hint to the engine: it is asked next
[[nodiscard]] Result<std::optional<StoredAnswer>, AnswerRefusal> find_answer(Transaction& tx,
                                                                             const AnswerKey& key);
// Call once per key, after find_answer said nothing, in the same transaction.
void keep_answer(Transaction& tx, const AnswerKey& key, const StoredAnswer& answer, Instant now);
// Removes what is older than answers_kept; answers how many.
std::int64_t forget_old_answers(Transaction& tx, Instant now);

}  // namespace lianxin::store
