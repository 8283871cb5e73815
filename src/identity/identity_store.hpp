// identity/identity_store.hpp — SQL of accounts, sessions, failures and codes; nothing is decided here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "identity/account.hpp"
#include "store/transaction.hpp"

namespace lianxin {
using SessionId = Id<struct SessionNoun>;
}

namespace lianxin::identity {

void insert_account(store::Transaction& tx, const Account& account, Instant now);
[[nodiscard]] std::optional<Account> account_by_login(store::Transaction& tx, std::string_view login);
[[nodiscard]] std::optional<Account> load_account(store::Transaction& tx, AccountId id);
void set_password(store::Transaction& tx, AccountId id, std::string_view hash, bool must_change);
void set_disabled(store::Transaction& tx, AccountId id, Instant now);
void set_totp(store::Transaction& tx, AccountId id, const std::optional<Bytes>& sealed, bool confirmed);
// False when this step or a later one was used already.
[[nodiscard]] bool use_totp_step(store::Transaction& tx, AccountId id, std::int64_t step);

struct Session {
    SessionId id;
    AccountId account;
    Instant created_at, last_used_at;
    Digest token_hash{};
};
void insert_session(store::Transaction& tx, const Session& session);
[[nodiscard]] std::optional<Session> session_by_hash(store::Transaction& tx, const Digest& token_hash);
[[nodiscard]] std::vector<Session> sessions_of(store::Transaction& tx, AccountId account);
void touch_session(store::Transaction& tx, SessionId id, Instant now);
void end_session(store::Transaction& tx, const Digest& token_hash);
void end_session_of(store::Transaction& tx, AccountId account, SessionId id);
void end_other_sessions(store::Transaction& tx, AccountId account, const std::optional<Digest>& kept);
std::int64_t forget_sessions(store::Transaction& tx, Instant unused_since);

[[nodiscard]] Failures load_failures(store::Transaction& tx, const Digest& name);
void save_failures(store::Transaction& tx, const Digest& name, const Failures& failures);
void clear_failures(store::Transaction& tx, const Digest& name);
std::int64_t forget_failures(store::Transaction& tx, Instant before);

struct StoredCode {
    Digest hash{};
    Instant sent_at;
    int tries = 0;
    int unproved = 1;  // codes sent since one was last proved, this one included
};
void save_code(store::Transaction& tx, const Subject& subject, const StoredCode& code);
[[nodiscard]] std::optional<StoredCode> load_code(store::Transaction& tx, const Subject& subject);
void remove_code(store::Transaction& tx, const Subject& subject);
std::int64_t forget_codes(store::Transaction& tx, Instant before);

}  // namespace lianxin::identity
