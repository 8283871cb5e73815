#include "main/live_events.hpp"

#include <algorithm>

#include "access/policy.hpp"
#include "journal/journal.hpp"

namespace lianxin {
namespace {
constexpr int batch = 500;
}

LiveEvents::LiveEvents(store::Database& database, http::EventHub& hub)
    : database_(database),
      hub_(hub),
      pos_(database.read([](store::Transaction& tx) { return journal::last_position(tx); })) {}

bool LiveEvents::publish_new() {
    std::vector<http::Event> events;
    database_.read([&](store::Transaction& tx) {
        events.clear();
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
    return events.size() == static_cast<std::size_t>(batch);
}

bool may_know_of(store::Database& database, const access::ActingPerson& who, MatterId matter) {
    const auto places = access::places_for(access::PlacePermission::list_matters, who);
    return database.read([&](store::Transaction& tx) {
        for (store::Row row : tx.query(
                 "select m.sealed_line is not null, p.owner_post, p.l1, p.l2, p.l3, p.l4, p.l5, p.l6, p.l7"
                 " from part p join matter m on m.id = p.matter where p.matter = $1",
                 matter)) {
            const auto owner = row.get<std::optional<PostId>>(1);
            if (owner && who.holds(*owner)) return true;
            if (row.get<bool>(0)) continue;
            for (int level = 1; level <= 7; ++level) {
                const auto ancestor = row.get<std::optional<PlaceId>>(level + 1);
                if (ancestor && std::find(places.begin(), places.end(), *ancestor) != places.end())
                    return true;
            }
        }
        return false;
    });
}

void add_event_route(http::Api& api, http::EventHub& hub, store::Database& database) {
    api.raw(http::Method::get, "/api/v1/events",
            {.id = "events",
             .summary = "What changes, as it changes: kind, id, version and position only",
             .tag = "events",
             .gives = "text/event-stream",
             .refusals = {401}},
            [&hub, &database](http::Request& request) -> http::Response {
                const auto who = http::context<access::ActingPerson>(request);
                if (who.kind != access::ActingPerson::Kind::staff) {
                    return http::respond(http::problem(401, "not_signed_in"));
                }
                return hub.listen(request, [who, &database](const http::Event& event) {
                    return event.kind == "matter" && may_know_of(database, who, MatterId(event.id));
                });
            });
}

}  // namespace lianxin
