// store/outbox.hpp — what must be told to somebody, written in the transaction that makes it true and sent
// afterwards. A worker claims rows under a lease, sends, and settles with the lease as its token: a worker
// that lost its lease settles nothing. A row is sent at least once; its id is the stable reference
// (Message-ID, idempotency key) by which a channel can recognise a repeat.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "base/time.hpp"
#include "store/transaction.hpp"

namespace lianxin::store {

struct Outbox;  // the noun of its ids

struct OutgoingMessage {
    Id<Outbox> id;
    std::string channel;  // "email", "sms", "webhook", "in_app": whoever binds senders knows it
    std::int64_t sealed_for =
        0;            // whose key seals recipient and payload (a party's id); 0: nobody's in particular
    Bytes recipient;  // sealed address
    std::string template_name;  // which words
    Bytes payload;              // what fills them, JSON, sealed where it is personal
    std::string language = "zh-Hans";
    std::string dedupe_key;  // the same key is enqueued once, ever; empty: always a message of its own
    Instant not_before;      // quiet hours, reminders
};

// False when its dedupe key was there already.
bool enqueue(Transaction& tx, const OutgoingMessage& message, Instant now);

struct ClaimedMessage : OutgoingMessage {
    int attempts = 0;  // this one included
    Instant created;
    Instant lease_until;  // the token for settling
};

// Up to `limit` due rows, oldest first, leased to the caller until now + lease; two workers never get the
// same row. An empty channel stands for all.
[[nodiscard]] std::vector<ClaimedMessage> claim_messages(Transaction& tx, std::string_view channel, int limit,
                                                         Instant now, std::chrono::microseconds lease);

// Each answers whether the lease was still the caller's; if not, nothing changes.
bool settle_sent(Transaction& tx, const ClaimedMessage& message, Instant now);
// `reason` is for the operator: never an address or a text.
bool settle_retry(Transaction& tx, const ClaimedMessage& message, std::string_view reason, Instant next_try);
bool settle_failed(Transaction& tx, const ClaimedMessage& message, std::string_view reason, Instant now);

// Erasure: recipient and payload of everything sealed for this party are blanked; what still waited is
// dropped.
std::int64_t erase_messages_for(Transaction& tx, std::int64_t sealed_for, Instant now);
// Settled rows older than `before` go; their dedupe keys with them.
std::int64_t forget_settled_messages(Transaction& tx, Instant before);

struct OutboxCounts {
    std::int64_t waiting = 0;
    std::int64_t sent = 0;
    std::int64_t failed = 0;
    std::optional<Instant> oldest_waiting;  // by not_before
};
[[nodiscard]] OutboxCounts count_messages(Transaction& tx);

}  // namespace lianxin::store
