// journal/journal.hpp — writing and reading chains. prepare() seals, salts and commits outside the
// transaction; append() only links and inserts; read() opens. State tables are what entries make them;
// entries are never altered.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "journal/entry.hpp"

namespace lianxin::store {
class Database;
class Transaction;
}  // namespace lianxin::store

namespace lianxin::journal {

class KeyRing;

struct NewField {
    std::string name;  // [a-z0-9_.-], at most 255 bytes, once per entry
    std::string value;
    std::optional<KeyId> sealed_with;  // personal: the resident's key
};
struct NewEntry {
    EntryId id;  // county.new_id<EntryNoun>()
    Chain chain;
    std::string kind;
    std::uint16_t version = 1;
    Digest workflow = no_digest;
    Instant happened_at;
    std::vector<NewField> fields;  // in any order
};

// Everything but the place in the chain; may be appended again when the write closure runs again.
struct PreparedEntry {
    EntryId id;
    Header header;  // without seq, previous, recorded_at
    Bytes commitments;
    struct Part {
        std::optional<KeyId> key;  // nothing: open fields
        Bytes content;
    };
    std::vector<Part> parts;
};
[[nodiscard]] PreparedEntry prepare(const NewEntry& entry, KeyRing& keys);

// The last entry of a chain, as far as the next one needs it.
struct Head {
    std::int64_t seq = 0;
    Digest hash = no_digest;
    Instant recorded_at{INT64_MIN};
    bool operator==(const Head&) const = default;
};
inline constexpr Head new_chain{};  // pass as `known` when the chain cannot have entries yet

struct Stored {
    EntryId id;
    Header header;
    Digest hash{};
    [[nodiscard]] Head head() const { return {header.seq, hash, header.recorded_at}; }
};
// The hash that append() will give it as the first of its chain at that instant.
[[nodiscard]] Digest opening_hash(const PreparedEntry& entry, Instant now);
// Links behind the chain's head and inserts. recorded_at is `now`, or the previous entry's when the clock
// jumped back. Pass `known` to save the lookup; a head that is not the last one fails with
// StoreFault{unique}.
Stored append(store::Transaction& tx, const PreparedEntry& entry, Instant now,
              const std::optional<Head>& known = {});
// Hints to the engine: this is asked next.
void announce_head(store::Transaction& tx, const Chain& chain);
void announce_chain(store::Transaction& tx, const Chain& chain, std::int64_t after, int limit);
[[nodiscard]] std::optional<Head> head_of(store::Transaction& tx, const Chain& chain);

// An entry as it stands in the store, still sealed: take it out of the transaction, then unseal it.
struct SealedEntry {
    EntryId id;
    std::optional<std::int64_t> pos;
    Digest hash{};
    Bytes header;
    Bytes commitments;
    std::vector<PreparedEntry::Part> parts;
};
// Entries of the chain with seq > after, ascending, at most `limit`.
[[nodiscard]] std::vector<SealedEntry> load_chain(store::Transaction& tx, const Chain& chain,
                                                  std::int64_t after = 0, int limit = 1000);
// One entry, and the hint that it is asked next; nothing when there is none.
[[nodiscard]] std::optional<SealedEntry> load_entry(store::Transaction& tx, EntryId id);
void announce_entry(store::Transaction& tx, EntryId id);
// Fields of erased keys come back as key_erased. Throws Fault when the stored bytes cannot be an entry.
[[nodiscard]] Entry unseal(const SealedEntry& sealed, KeyRing& keys);
// load_chain and unseal in one read transaction of its own: the timeline.
[[nodiscard]] std::vector<Entry> read_chain(store::Database& database, const Chain& chain, KeyRing& keys,
                                            std::int64_t after = 0, int limit = 1000);

// Gives every entry without one its gapless position, in an order that keeps each chain's; PostgreSQL only
// (on SQLite positions are given by the insert, and this does nothing). Under an advisory lock, so any number
// of servers may call it. Returns how many were given.
std::int64_t sequence(store::Database& database, int batch = 5000);
[[nodiscard]] std::int64_t last_position(store::Transaction& tx);  // 0: none yet

}  // namespace lianxin::journal
