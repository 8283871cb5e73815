// main/site_api.hpp — GET /api/v1/site: what this county is and which matters it takes; /healthz and /metrics
// for whoever runs it.
#pragma once

#include "county/county.hpp"
#include "http/api.hpp"
#include "http/server.hpp"
#include "matter/search_index_service.hpp"
#include "matter/workflows.hpp"
#include "pack/complaint_rules.hpp"
#include "pack/words.hpp"
#include "place/place_service.hpp"

namespace lianxin {

struct SiteFacts {
    std::string pack;
    std::string title_key;  // of words
    std::vector<std::string> languages;
    pack::ComplaintRules complaints;
    std::vector<std::string> code_channels;
};
void add_site_routes(http::Api& api, County& county, place::PlaceService& places,
                     const matter::Workflows& workflows, const pack::Words& words, const SiteFacts& facts);

// Prometheus text format 0.0.4; no figure about any person. `counts` is asked at each request (the server is
// made after its routes).
void add_operator_routes(http::Api& api, County& county, const matter::SearchIndex& index,
                         std::function<const http::ServerCounts*()> counts);

}  // namespace lianxin
