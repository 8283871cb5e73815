// county/county.hpp — one county = one database. What every use case needs of it, as a parameter: never a
// global.
#pragma once

#include <filesystem>
#include <string>

#include "base/id.hpp"
#include "base/time.hpp"
#include "calendar/working_calendar.hpp"
#include "journal/key_ring.hpp"
#include "store/blob_store.hpp"
#include "store/transaction.hpp"

namespace lianxin {

struct County {
    store::Database& database;
    journal::KeyRing& keys;  // per-resident keys, blind index, signing key
    store::BlobStore& blobs;
    const calendar::WorkingCalendar& calendar;
    const Clock& clock;
    IdSource& ids;
    Zone zone;

    template <class Noun>
    [[nodiscard]] Id<Noun> new_id() const {
        return ids.next<Noun>(clock.now().millis());
    }
};

}  // namespace lianxin
