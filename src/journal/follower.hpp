// journal/follower.hpp — everything countable follows the journal: a named cursor in pos, moved in the same
// transaction that writes what was made of the entries, so each entry counts exactly once whatever crashes.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "journal/entry.hpp"
#include "journal/journal.hpp"

namespace lianxin::journal {

struct FollowedEntry {
    EntryId id;
    std::int64_t pos = 0;
    Header header;
    Digest hash{};
};

class Follower {
 public:
    virtual ~Follower() = default;
    [[nodiscard]] virtual std::string_view name() const = 0;  // of the cursor; never changes
    // Entries in order of pos without gaps. May run again for the same entries when the transaction is
    // retried.
    virtual void follow(store::Transaction& tx, std::span<const FollowedEntry> entries) = 0;
};

// Takes the next entries (at most `batch`) to the follower; returns how many there were. Two servers
// advancing the same follower do not count anything twice: one of them finds the cursor moved and returns 0.
std::int64_t advance(store::Database& database, Follower& follower, int batch = 512);
// Moves the cursor; false when somebody else moved it meanwhile.
[[nodiscard]] bool move_cursor(store::Transaction& tx, std::string_view follower, std::int64_t from,
                               std::int64_t to);
[[nodiscard]] std::int64_t cursor_of(store::Transaction& tx, std::string_view follower);
// Back to 0: the next advance() starts over. The follower empties its own tables.
void rewind(store::Transaction& tx, std::string_view follower);

}  // namespace lianxin::journal
