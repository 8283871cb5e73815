// journal/erasure.hpp — forgetting for good. Every erasure is written on a list in both stores, so that
// restoring either one from an older copy can be followed by apply_erasures(), which erases again what was
// erased since.
#pragma once

#include "journal/journal.hpp"
#include "journal/key_ring.hpp"

namespace lianxin::journal {

// Nobody can read again what was sealed with the key.
void erase_key(store::Database& database, KeyRing& keys, KeyId key, Instant now);
// Value and salt of these fields are gone from the store; no hash changes. Fields already gone are no error.
// A sealed part is sealed again without them; when its key is erased, the whole part is unreadable and goes.
void erase_fields(store::Database& database, KeyRing& keys, const Chain& chain, std::int64_t seq,
                  const std::vector<std::string>& names, Instant now);
// After a restore of either store; returns how many erasures had to be done again.
std::int64_t apply_erasures(store::Database& database, KeyRing& keys, Instant now);

}  // namespace lianxin::journal
