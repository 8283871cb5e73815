#include "main/live_events.hpp"

#include <memory>

#include "journal/journal.hpp"
#include "matter/readership_service.hpp"

namespace lianxin {
namespace {

using NoteId = Id<matter::NoteNoun>;

constexpr int batch = 500;
// Two notes may become visible in another order than their ids were made, but not by more than this. A
// second's worth of notes is far below the limit.
constexpr std::int64_t overlap = std::int64_t{1000} << 22;  // milliseconds, as ids count them
constexpr int most_notes = 20'000;

}  // namespace

LiveEvents::LiveEvents(store::Database& database, http::EventHub& hub) : database_(database), hub_(hub) {
    database.read([&](store::Transaction& tx) {
        pos_ = journal::last_position(tx);
        heard_ = {matter::newest_note(tx)};
    });
}

// Who got several at once hears of it once.
void LiveEvents::publish_notes(const std::vector<matter::Note>& notes) {
    std::set<std::int64_t> whom;
    for (const auto& note : notes) {
        if (!heard_.insert(note.id).second) continue;
        if (note.post) whom.insert(note.post->value());
        if (note.party) whom.insert(note.party->value());
    }
    for (const auto id : whom) hub_.publish({note_kind, id, 0, pos_});
    heard_.erase(heard_.begin(), heard_.lower_bound(NoteId(heard_.rbegin()->value() - overlap)));
}

bool LiveEvents::publish_new() {
    std::vector<http::Event> events;
    std::vector<matter::Note> notes;
    database_.read([&](store::Transaction& tx) {
        events.clear();
        notes = matter::notes_since(tx, NoteId(heard_.rbegin()->value() - overlap), most_notes);
        for (store::Row row :
             tx.query("select chain_kind, chain_id, seq, pos from entry where pos > $1 order by pos limit $2",
                      pos_, batch)) {
            events.push_back({row.get<std::string>(0), row.get<std::int64_t>(1), row.get<std::int64_t>(2),
                              row.get<std::int64_t>(3)});
        }
    });
    for (const auto& event : events) {
        hub_.publish(event);
        pos_ = event.pos;
    }
    publish_notes(notes);
    return events.size() == static_cast<std::size_t>(batch);
}

void add_event_route(http::Api& api, http::EventHub& hub, County& county,
                     const matter::Surroundings& around) {
    const auto readership = std::make_shared<matter::Readership>(county, around);
    api.raw(http::Method::get, "/api/v1/events",
            {.id = "events",
             .summary = "What changes, as it changes: kind, id, version and position only",
             .tag = "events",
             .gives = "text/event-stream",
             .refusals = {401}},
            [&hub, readership](http::Request& request) -> http::Response {
                const auto who = http::context<access::ActingPerson>(request);
                if (who.kind != access::ActingPerson::Kind::staff) {
                    return http::respond(http::problem(401, "not_signed_in"));
                }
                return hub.listen(request, [who, readership](const http::Event& event) {
                    if (event.kind == LiveEvents::note_kind)
                        return who.holds(PostId(event.id)) || who.party == PartyId(event.id);
                    return event.kind == "matter" &&
                           readership->may_read(who, MatterId(event.id), event.version);
                });
            });
}

}  // namespace lianxin
