// main/site_api.hpp — GET /api/v1/site: what this county is and which matters it takes; /healthz and /metrics
// for whoever runs it.
#pragma once

#include "county/county.hpp"
#include "http/api.hpp"
#include "http/server.hpp"
#include "matter/search_index_service.hpp"
#include "matter/workflows.hpp"
#include "pack/complaint_rules.hpp"
#include "pack/post_lists.hpp"
#include "pack/ways_in.hpp"
#include "pack/words.hpp"
#include "place/place_service.hpp"
#include "report/counters_service.hpp"

namespace lianxin {

struct SiteFacts {
    std::string pack;
    std::string title_key;  // of words
    std::vector<std::string> languages;
    pack::ComplaintRules complaints;
    std::vector<std::string> code_channels;
    std::vector<pack::PostLists> post_lists;
    pack::WaysIn ways_in;
};
void add_site_routes(http::Api& api, County& county, place::PlaceService& places,
                     const matter::Workflows& workflows, const pack::Words& words, const SiteFacts& facts);

// Whose figures whoever runs the server sees. `server` is asked at each request: it is made after its routes.
struct Watched {
    const matter::SearchIndex& index;
    const report::Counters* counters;  // null: none are kept
    std::function<const http::ServerCounts*()> server;
};
// Prometheus text format 0.0.4; no figure about any person.
void add_operator_routes(http::Api& api, County& county, const Watched& watched);

}  // namespace lianxin
