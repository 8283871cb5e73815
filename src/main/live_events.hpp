// main/live_events.hpp — every entry of the journal as an event {kind, id, version, pos} for those who may
// know of it. Each server reads the journal for its own listeners, from where it stood when it started.
#pragma once

#include <cstdint>

#include "access/access.hpp"
#include "http/api.hpp"
#include "http/event_hub.hpp"
#include "store/transaction.hpp"

namespace lianxin {

class LiveEvents {
 public:
    LiveEvents(store::Database& database, http::EventHub& hub);
    // Publishes what is new; answers whether there may be more.
    [[nodiscard]] bool publish_new();

 private:
    store::Database& database_;
    http::EventHub& hub_;
    std::int64_t pos_;
};

// Whether a person may know that this matter changed: it lies in a place whose matters they may list and is
// not sealed, or a post of theirs owns it. A look at the database, on the publisher's thread.
[[nodiscard]] bool may_know_of(store::Database& database, const access::ActingPerson& who, MatterId matter);
// GET /api/v1/events, for staff.
void add_event_route(http::Api& api, http::EventHub& hub, store::Database& database);

}  // namespace lianxin
