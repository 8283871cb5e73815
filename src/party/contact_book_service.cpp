#include "party/contact_book_service.hpp"

#include <algorithm>
#include <utility>

#include "party/contact_service.hpp"

namespace lianxin::party {

using store::Transaction;

std::vector<ContactBook::Resident> ContactBook::find(Transaction& snapshot, journal::KeyRing& keys,
                                                     ContactField field, std::string_view value) {
    const auto blind = contact_blind(keys, field, value);
    if (!blind) return {};
    auto parties = parties_by_blind(snapshot, field, *blind);
    if (const auto there = fresh_span(snapshot)) add_fresh(snapshot, *there, {{}, field, *blind}, parties);
    std::vector<Resident> residents;
    for (const PartyId party : parties) {
        const auto key = key_of_contact(snapshot, {party, field, *blind});
        if (key && keys.exists(journal::KeyId(*key))) residents.push_back({party, journal::KeyId(*key)});
    }
    return residents;
}

void ContactBook::add_fresh(Transaction& snapshot, const FreshSpan& there, const BlindContact& sought,
                            std::vector<PartyId>& parties) {
    {
        // Whoever comes meanwhile would read the same rows.
        const std::scoped_lock lock(mutex_);
        catch_up(snapshot, there);
        for (const Remembered* part : {&older_, &newer_}) {
            const auto [from, to] = part->equal_range(sought.blind);
            for (auto it = from; it != to; ++it)
                if (it->second.field == sought.field) parties.push_back(it->second.party);
        }
    }
    // What was settled since the book read it stands in both places.
    std::sort(parties.begin(), parties.end());
    parties.erase(std::unique(parties.begin(), parties.end()), parties.end());
}

void ContactBook::catch_up(Transaction& snapshot, const FreshSpan& there) {
    const bool meet = there.first <= known_.last + 1 && known_.first <= there.last + 1;
    if (!meet) {
        newer_.clear();
        older_.clear();
        known_ = {there.first, there.first - 1};
    }
    if (there.first < known_.first) {
        read(snapshot, {there.first, known_.first - 1});
        known_.first = there.first;
    }
    if (known_.last < there.last) {
        read(snapshot, {known_.last + 1, there.last});
        known_.last = there.last;
    }
}

void ContactBook::read(Transaction& snapshot, const FreshSpan& span) {
    for (const FreshContact& fresh : fresh_contacts(snapshot, span))
        newer_.emplace(fresh.contact.blind, fresh.contact);
}

bool ContactBook::settle(County& county, std::int64_t at_once) {
    heed_erasures(county.database);
    const auto there = county.database.read([](Transaction& tx) { return fresh_span(tx); });
    if (!there) return false;
    const std::int64_t last = std::min(there->last, there->first + at_once - 1);
    county.database.write([&](Transaction& tx) { settle_contacts(tx, last); });
    turn();
    return last < there->last;
}

// Forgets what was read before the last turn: it is settled by now, and read again where a snapshot still has
// it among what is fresh.
void ContactBook::turn() {
    Remembered forgotten;  // goes when others may look again: this thread may be one that gives way to all
    const std::scoped_lock lock(mutex_);
    forgotten = std::exchange(older_, std::exchange(newer_, {}));
    known_.first = std::max(known_.first, turned_ + 1);
    known_.last = std::max(known_.last, turned_);
    turned_ = known_.last;
}

void ContactBook::heed_erasures(store::Database& database) {
    std::vector<BlindContact> erased;
    const std::int64_t listed = database.read([&](Transaction& tx) {
        const std::int64_t so_far = erased_keys(tx);
        erased = so_far == heeded_ ? std::vector<BlindContact>() : contacts_of_erased(tx);
        return so_far;
    });
    if (listed == heeded_) return;
    if (!erased.empty()) {
        database.write([&](Transaction& tx) {
            for (const BlindContact& contact : erased) forget_blind(tx, contact);
        });
    }
    const std::scoped_lock lock(mutex_);
    newer_.clear();
    older_.clear();
    known_ = {};
    heeded_ = listed;
}

}  // namespace lianxin::party
