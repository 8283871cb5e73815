// matter/search_api.hpp — the routes of finding: GET /api/v1/search, GET /api/v1/matters/{id}/similar. For
// staff.
#pragma once

#include "matter/matter_api.hpp"
#include "matter/search_service.hpp"

namespace lianxin::matter {

void add_search_routes(http::Api& api, County& county, SearchService& search, place::Titles titles);

}  // namespace lianxin::matter
