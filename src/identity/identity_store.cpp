#include "identity/identity_store.hpp"

namespace lianxin::identity {
namespace {

constexpr std::string_view account_columns =
    "id, login, party, password, totp, totp_confirmed, totp_last_step, password_must_change, disabled_at";

std::optional<Account> read_account(store::Rows rows) {
    for (const store::Row row : rows) {
        Account account;
        account.id = row.get<AccountId>(0);
        account.login = row.get<std::string>(1);
        account.party = row.get<PartyId>(2);
        account.password = row.get<std::string>(3);
        account.totp = row.get<std::optional<Bytes>>(4);
        account.totp_confirmed = row.get<bool>(5);
        account.totp_last_step = row.get<std::int64_t>(6);
        account.password_must_change = row.get<bool>(7);
        account.disabled_at = row.get<std::optional<Instant>>(8);
        return account;
    }
    return {};
}

Session read_session(const store::Row& row) {
    return {row.get<SessionId>(0), row.get<AccountId>(1), row.get<Instant>(2), row.get<Instant>(3),
            row.get<Digest>(4)};
}

std::string select_account(std::string_view where) {
    return "select " + std::string(account_columns) + " from account where " + std::string(where);
}

}  // namespace

void insert_account(store::Transaction& tx, const Account& account, Instant now) {
    tx.send(
        "insert into account (id, login, party, password, password_must_change, created_at) "
        "values ($1, $2, $3, $4, $5, $6)",
        account.id, account.login, account.party, account.password, account.password_must_change, now);
}

std::optional<Account> account_by_login(store::Transaction& tx, std::string_view login) {
    return read_account(tx.query(select_account("login = $1"), login));
}

std::optional<Account> load_account(store::Transaction& tx, AccountId id) {
    return read_account(tx.query(select_account("id = $1"), id));
}

void set_password(store::Transaction& tx, AccountId id, std::string_view hash, bool must_change) {
    tx.send("update account set password = $2, password_must_change = $3 where id = $1", id, hash,
            must_change);
}

void set_disabled(store::Transaction& tx, AccountId id, Instant now) {
    tx.send("update account set disabled_at = $2 where id = $1", id, now);
}

void set_totp(store::Transaction& tx, AccountId id, const std::optional<Bytes>& sealed, bool confirmed) {
    tx.send("update account set totp = $2, totp_confirmed = $3 where id = $1", id, sealed, confirmed);
}

bool use_totp_step(store::Transaction& tx, AccountId id, std::int64_t step) {
    return tx.execute("update account set totp_last_step = $2 where id = $1 and totp_last_step < $2", id,
                      step) == 1;
}

void insert_session(store::Transaction& tx, const Session& session) {
    tx.send(
        "insert into session (id, token_hash, account, created_at, last_used_at) values ($1, $2, $3, $4, $5)",
        session.id, session.token_hash, session.account, session.created_at, session.last_used_at);
}

std::optional<Session> session_by_hash(store::Transaction& tx, const Digest& token_hash) {
    store::Rows rows = tx.query(
        "select id, account, created_at, last_used_at, token_hash from session where token_hash = $1",
        token_hash);
    for (const store::Row row : rows) return read_session(row);
    return {};
}

std::vector<Session> sessions_of(store::Transaction& tx, AccountId account) {
    std::vector<Session> sessions;
    for (const store::Row row : tx.query("select id, account, created_at, last_used_at, token_hash from "
                                         "session where account = $1 order by id",
                                         account))
        sessions.push_back(read_session(row));
    return sessions;
}

void touch_session(store::Transaction& tx, SessionId id, Instant now) {
    tx.send("update session set last_used_at = $2 where id = $1 and last_used_at < $2", id, now);
}

void end_session(store::Transaction& tx, const Digest& token_hash) {
    tx.send("delete from session where token_hash = $1", token_hash);
}

void end_session_of(store::Transaction& tx, AccountId account, SessionId id) {
    tx.send("delete from session where account = $1 and id = $2", account, id);
}

void end_other_sessions(store::Transaction& tx, AccountId account, const std::optional<Digest>& kept) {
    if (kept)
        tx.send("delete from session where account = $1 and token_hash <> $2", account, *kept);
    else
        tx.send("delete from session where account = $1", account);
}

std::int64_t forget_sessions(store::Transaction& tx, Instant unused_since) {
    return tx.execute("delete from session where last_used_at < $1", unused_since);
}

Failures load_failures(store::Transaction& tx, const Digest& name) {
    store::Rows rows = tx.query("select failures, last_at from sign_in_failure where name = $1", name);
    for (const store::Row row : rows) return {row.get<int>(0), row.get<Instant>(1)};
    return {};
}

void save_failures(store::Transaction& tx, const Digest& name, const Failures& failures) {
    tx.send(
        "insert into sign_in_failure (name, failures, last_at) values ($1, $2, $3) "
        "on conflict (name) do update set failures = excluded.failures, last_at = excluded.last_at",
        name, failures.count, failures.last);
}

void clear_failures(store::Transaction& tx, const Digest& name) {
    tx.send("delete from sign_in_failure where name = $1", name);
}

std::int64_t forget_failures(store::Transaction& tx, Instant before) {
    return tx.execute("delete from sign_in_failure where last_at < $1", before);
}

void save_code(store::Transaction& tx, const Subject& subject, const StoredCode& code) {
    tx.send(
        "insert into one_time_code (subject_kind, subject_id, code_hash, sent_at, tries, unproved) "
        "values ($1, $2, $3, $4, $5, $6) on conflict (subject_kind, subject_id) do update set "
        "code_hash = excluded.code_hash, sent_at = excluded.sent_at, tries = excluded.tries, "
        "unproved = excluded.unproved",
        subject.kind, subject.id, code.hash, code.sent_at, code.tries, code.unproved);
}

std::optional<StoredCode> load_code(store::Transaction& tx, const Subject& subject) {
    store::Rows rows = tx.query(
        "select code_hash, sent_at, tries, unproved from one_time_code where subject_kind = $1 and "
        "subject_id = $2",
        subject.kind, subject.id);
    for (const store::Row row : rows)
        return StoredCode{row.get<Digest>(0), row.get<Instant>(1), row.get<int>(2), row.get<int>(3)};
    return {};
}

void remove_code(store::Transaction& tx, const Subject& subject) {
    tx.send("delete from one_time_code where subject_kind = $1 and subject_id = $2", subject.kind,
            subject.id);
}

std::int64_t forget_codes(store::Transaction& tx, Instant before) {
    return tx.execute("delete from one_time_code where sent_at < $1", before);
}

}  // namespace lianxin::identity
