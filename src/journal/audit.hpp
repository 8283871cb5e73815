// journal/audit.hpp — recomputes what the record claims: links, hashes, commitments, order, and the log over
// all of it.
#pragma once

#include <cstdint>
#include <vector>

#include "journal/entry.hpp"
#include "journal/journal.hpp"

namespace lianxin::journal {

enum class Flaw {
    header_unreadable,  // not the canonical bytes of a header
    header_misplaced,   // the header says another chain, seq or time than the row
    hash_differs,       // the stored hash is not the header's
    link_broken,        // previous is not the hash of the entry before, or a seq is missing
    recorded_earlier,   // than the entry before
    commitments_unreadable,
    commitments_differ,  // their root is not the header's
    field_unreadable,    // stored bytes that are not fields, or do not open with a key that is there
    field_differs,       // value and salt do not make the commitment
    field_unknown,       // a value without a commitment
    position_gap,        // pos is not gapless
    log_differs,         // the county log holds another hash at this position, or a head is not its root
};
struct Finding {
    Chain chain;
    std::int64_t seq = 0;
    Flaw flaw{};
    bool operator==(const Finding&) const = default;
};

// Walks one chain from its first entry; empty: it holds. Erased fields are no flaw.
[[nodiscard]] std::vector<Finding> verify_chain(store::Database& database, const Chain& chain, KeyRing& keys);
struct AuditCount {
    std::int64_t chains = 0, entries = 0, fields = 0, erased_fields = 0;
};
// Every chain, every position, and the log's leaves, nodes and signed heads; reads in slices.
[[nodiscard]] std::vector<Finding> verify_record(store::Database& database, KeyRing& keys,
                                                 AuditCount* count = nullptr);

}  // namespace lianxin::journal
