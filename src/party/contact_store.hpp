// party/contact_store.hpp — SQL of what may be known of a person, and of finding them by it. PostgreSQL has
// an index for that. On SQLite an index would be written at a random leaf for every resident who is taken in;
// so there it is a table (contact_lookup) to which many rows are added at once, and what came last waits in
// another (contact_fresh), in the order it came. Who looks somebody up asks the ContactBook, which knows
// both.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.hpp"
#include "party/party.hpp"
#include "store/transaction.hpp"

namespace lianxin::party {

struct SealedContact {
    PartyId party;
    ContactField field = ContactField::phone;
    std::int64_t key = 0;  // the person's key (journal::KeyId)
    Bytes sealed;
    std::optional<Digest> blind;
};
// Where they are found by from now on: at once in its place, for what comes rarely or in bulk, or behind what
// came last.
enum class Filing { in_place, as_it_came };
// Of people who had none of these yet: what stands there is never written over.
void save_contacts(store::Transaction& tx, const std::vector<SealedContact>& contacts, Filing filing);
[[nodiscard]] std::vector<SealedContact> load_contacts(store::Transaction& tx, PartyId party);

struct BlindContact {
    PartyId party;
    ContactField field = ContactField::phone;
    Digest blind{};
};
// By id. On SQLite without those in contact_fresh.
[[nodiscard]] std::vector<PartyId> parties_by_blind(store::Transaction& tx, ContactField field,
                                                    const Digest& blind);
// The key it is sealed with; nothing when there is no such contact.
[[nodiscard]] std::optional<std::int64_t> key_of_contact(store::Transaction& tx, const BlindContact& contact);

// Ids of contact_fresh, both ends included.
struct FreshSpan {
    std::int64_t first = 1;
    std::int64_t last = 0;
};
// Nothing when it is empty, and always on PostgreSQL.
[[nodiscard]] std::optional<FreshSpan> fresh_span(store::Transaction& tx);
struct FreshContact {
    std::int64_t id = 0;
    BlindContact contact;
};
[[nodiscard]] std::vector<FreshContact> fresh_contacts(store::Transaction& tx, const FreshSpan& span);
// Moves what came first, as far as `last`, into contact_lookup.
void settle_contacts(store::Transaction& tx, std::int64_t last);

// Residents whose key is erased: how many, and by what some of them could still be found. The second reads
// all contacts.
[[nodiscard]] std::int64_t erased_keys(store::Transaction& tx);
[[nodiscard]] std::vector<BlindContact> contacts_of_erased(store::Transaction& tx);
// Nobody is found by it any more; what is sealed stays as it is.
void forget_blind(store::Transaction& tx, const BlindContact& contact);

}  // namespace lianxin::party
