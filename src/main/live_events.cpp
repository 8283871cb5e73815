#include "main/live_events.hpp"

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

void add_event_route(http::Api& api, http::EventHub& hub, MayKnow may_know) {
    api.raw(http::Method::get, "/api/v1/events",
            {.id = "events",
             .summary = "What changes, as it changes: kind, id, version and position only",
             .tag = "events",
             .gives = "text/event-stream",
             .refusals = {401}},
            [&hub, may_know = std::move(may_know)](http::Request& request) -> http::Response {
                const auto who = http::context<access::ActingPerson>(request);
                if (who.kind != access::ActingPerson::Kind::staff) {
                    return http::respond(http::problem(401, "not_signed_in"));
                }
                return hub.listen(request, [who, may_know](const http::Event& event) {
                    return event.kind == "matter" && may_know(who, MatterId(event.id));
                });
            });
}

}  // namespace lianxin
