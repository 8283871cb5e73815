#include "store/outbox.hpp"

namespace lianxin::store {

namespace {

// Both engines run the same statement, but on PostgreSQL two workers must not stand in line for the same
// rows.
constexpr std::string_view claim_sqlite =
    "update outbox set lease_until = $1, attempts = attempts + 1 where id in ("
    " select id from outbox where state = 'waiting' and not_before <= $2 and (lease_until is null or "
    "lease_until <= $2)"
    " and ($3 = '' or channel = $3) order by not_before, id limit $4)"
    " returning id, channel, sealed_for, recipient, template, payload, language, dedupe_key, not_before, "
    "attempts, created";
constexpr std::string_view claim_postgresql =
    "update outbox set lease_until = $1, attempts = attempts + 1 where id in ("
    " select id from outbox where state = 'waiting' and not_before <= $2 and (lease_until is null or "
    "lease_until <= $2)"
    " and ($3 = '' or channel = $3) order by not_before, id limit $4 for update skip locked)"
    " returning id, channel, sealed_for, recipient, template, payload, language, dedupe_key, not_before, "
    "attempts, created";

ClaimedMessage read_claimed(const Row& row, Instant lease_until) {
    ClaimedMessage message;
    message.id = row.get<Id<Outbox>>(0);
    message.channel = row.get<std::string>(1);
    message.sealed_for = row.get<std::int64_t>(2);
    message.recipient = row.get<Bytes>(3);
    message.template_name = row.get<std::string>(4);
    message.payload = row.get<Bytes>(5);
    message.language = row.get<std::string>(6);
    message.dedupe_key = row.get<std::optional<std::string>>(7).value_or("");
    message.not_before = row.get<Instant>(8);
    message.attempts = row.get<int>(9);
    message.created = row.get<Instant>(10);
    message.lease_until = lease_until;
    return message;
}

std::optional<std::string_view> unless_empty(std::string_view text) {
    if (text.empty()) return {};
    return text;
}

}  // namespace

bool enqueue(Transaction& tx, const OutgoingMessage& message, Instant now) {
    return tx.execute(
               "insert into outbox (id, channel, sealed_for, recipient, template, payload, language, "
               "dedupe_key, "
               "not_before, created) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) "
               "on conflict (dedupe_key) where dedupe_key is not null do nothing",
               message.id, message.channel, message.sealed_for, message.recipient, message.template_name,
               message.payload, message.language, unless_empty(message.dedupe_key), message.not_before,
               now) == 1;
}

std::vector<ClaimedMessage> claim_messages(Transaction& tx, std::string_view channel, int limit, Instant now,
                                           std::chrono::microseconds lease) {
    const Instant until = now + lease;
    const std::string_view sql = tx.dialect() == Dialect::sqlite ? claim_sqlite : claim_postgresql;
    std::vector<ClaimedMessage> claimed;
    for (const Row row : tx.query(sql, until, now, channel, limit))
        claimed.push_back(read_claimed(row, until));
    // RETURNING promises no order.
    std::sort(claimed.begin(), claimed.end(), [](const ClaimedMessage& a, const ClaimedMessage& b) {
        return std::pair(a.not_before, a.id) < std::pair(b.not_before, b.id);
    });
    return claimed;
}

bool settle_sent(Transaction& tx, const ClaimedMessage& message, Instant now) {
    return tx.execute(
               "update outbox set state = 'sent', settled = $3, lease_until = null, last_error = null "
               "where id = $1 and lease_until = $2 and state = 'waiting'",
               message.id, message.lease_until, now) == 1;
}

bool settle_retry(Transaction& tx, const ClaimedMessage& message, std::string_view reason, Instant next_try) {
    return tx.execute(
               "update outbox set last_error = $3, not_before = $4, lease_until = null "
               "where id = $1 and lease_until = $2 and state = 'waiting'",
               message.id, message.lease_until, reason, next_try) == 1;
}

bool settle_failed(Transaction& tx, const ClaimedMessage& message, std::string_view reason, Instant now) {
    return tx.execute(
               "update outbox set state = 'failed', last_error = $3, settled = $4, lease_until = null "
               "where id = $1 and lease_until = $2 and state = 'waiting'",
               message.id, message.lease_until, reason, now) == 1;
}

std::int64_t erase_messages_for(Transaction& tx, std::int64_t sealed_for, Instant now) {
    require(sealed_for != 0, "messages are erased for somebody");
    tx.send(
        "update outbox set state = 'failed', last_error = 'erased', settled = $2, lease_until = null "
        "where sealed_for = $1 and state = 'waiting'",
        sealed_for, now);
    return tx.execute("update outbox set recipient = $2, payload = $2 where sealed_for = $1", sealed_for,
                      Bytes{});
}

std::int64_t forget_settled_messages(Transaction& tx, Instant before) {
    return tx.execute("delete from outbox where state <> 'waiting' and settled < $1", before);
}

OutboxCounts count_messages(Transaction& tx) {
    OutboxCounts counts;
    for (const Row row :
         tx.query("select count(*) filter (where state = 'waiting'), count(*) filter (where state = "
                  "'sent'), count(*) filter (where state = 'failed'), min(not_before) filter (where "
                  "state = 'waiting') from outbox")) {
        counts.waiting = row.get<std::int64_t>(0);
        counts.sent = row.get<std::int64_t>(1);
        counts.failed = row.get<std::int64_t>(2);
        counts.oldest_waiting = row.get<std::optional<Instant>>(3);
    }
    return counts;
}

}  // namespace lianxin::store
