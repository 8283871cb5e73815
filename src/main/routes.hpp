// main/routes.hpp — every route of the program in one list.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "http/api.hpp"
#include "http/event_hub.hpp"
#include "http/server.hpp"
#include "main/finding.hpp"
#include "main/town.hpp"

namespace lianxin {

struct RouteNeeds {
    Town& town;
    County& county;
    const Clock& clock;
    http::EventHub& events;
    Finding& finding;
    std::string pack_name;
    std::string title_key;  // of words
    std::vector<std::string> languages;
    std::function<const http::ServerCounts*()> counts;
    // Of one address whom nobody vouches for, and of one receipt: plenty for a village behind one router,
    // little for a script. 0: no limit.
    double writes_per_minute = 60;
    const report::Counters* counters = nullptr;   // /metrics says how far they are behind
    std::vector<std::string> code_channels = {};  // that carry a one-time code: those with a sender
};
// Filters first: who asks, the limit on writes, replay of stored answers. Then the routes.
void add_routes(http::Api& api, const RouteNeeds& needs);

}  // namespace lianxin
