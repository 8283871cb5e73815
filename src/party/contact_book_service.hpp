// party/contact_book_service.hpp — which resident a phone or an e-mail is of. On SQLite what came last stands
// in the order it came (contact_fresh), and the book remembers it by its blind index; a round settles it.
// A snapshot's fresh contacts are a run of ids, and so is what the book remembers: it reads at both ends what
// the snapshot has beyond it, and starts over where the two runs do not meet. So nobody has to tell it
// anything: it may know nothing, as after a crash, or too little, as when another program wrote, or have
// forgotten what an old snapshot still has. What it remembers counts only where the snapshot has that very
// contact: nothing that was undone, erased or written later is ever answered.
#pragma once

#include <cstdint>
#include <cstring>
#include <mutex>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "county/county.hpp"
#include "party/contact_store.hpp"

namespace lianxin::party {

// Shared between threads; settle() is for one of them.
class ContactBook {
 public:
    struct Resident {
        PartyId party;
        journal::KeyId key;  // what their contact is sealed with
        bool operator==(const Resident&) const = default;
    };
    // By id; in whatever form it was typed. Nobody whose key is erased. Asked of a snapshot that is only
    // read: what a write has before its commit would be remembered, and may be undone.
    [[nodiscard]] std::vector<Resident> find(store::Transaction& snapshot, journal::KeyRing& keys,
                                             ContactField field, std::string_view value);

    // Puts what came first in its place, and takes away by what erased residents could be found. Answers
    // whether more than that is waiting.
    bool settle(County& county, std::int64_t at_once = full_batch);
    static constexpr std::int64_t full_batch = 20'000;

 private:
    void add_fresh(store::Transaction& snapshot, const FreshSpan& there, const BlindContact& sought,
                   std::vector<PartyId>& parties);
    void catch_up(store::Transaction& snapshot, const FreshSpan& there);
    void read(store::Transaction& snapshot, const FreshSpan& span);
    void heed_erasures(store::Database& database);
    void turn();

    // In two parts, so that forgetting keeps nobody waiting.
    struct BlindHash {
        // A blind index is a hash already, and keyed.
        std::size_t operator()(const Digest& blind) const noexcept {
            std::size_t first = 0;
            std::memcpy(&first, blind.data(), sizeof first);
            return first;
        }
    };
    using Remembered = std::unordered_multimap<Digest, BlindContact, BlindHash>;
    std::mutex mutex_;
    Remembered newer_, older_;  // read since the last turn; before it
    FreshSpan known_;           // of these ids, whatever any snapshot has is remembered
    std::int64_t turned_ = 0;   // the last id known at the last turn
    std::int64_t heeded_ = 0;   // keys erased
};

}  // namespace lianxin::party
