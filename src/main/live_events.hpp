// main/live_events.hpp — every entry of the journal as an event {kind, id, version, pos} for those who may
// read the matter it is about, and for whoever got a note one that names the post or person it came to. Each
// server reads journal and notes for its own listeners, from where they stood when it started.
#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "access/access.hpp"
#include "http/api.hpp"
#include "http/event_hub.hpp"
#include "matter/note_store.hpp"
#include "matter/surroundings_service.hpp"
#include "store/transaction.hpp"

namespace lianxin {

class LiveEvents {
 public:
    LiveEvents(store::Database& database, http::EventHub& hub);
    // Publishes what is new; answers whether there may be more.
    [[nodiscard]] bool publish_new();

    static constexpr const char* note_kind = "note";

 private:
    void publish_notes(const std::vector<matter::Note>& notes);

    store::Database& database_;
    http::EventHub& hub_;
    std::int64_t pos_ = 0;
    std::set<Id<matter::NoteNoun>> heard_;  // the latest, for two may come in another order than their ids
};

// GET /api/v1/events, for staff: of matters they may read.
void add_event_route(http::Api& api, http::EventHub& hub, County& county, const matter::Surroundings& around);

}  // namespace lianxin
