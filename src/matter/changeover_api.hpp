// matter/changeover_api.hpp — GET POST /api/v1/workflows/{name}/moves: matters of an older version of a kind,
// state by state, and moving them to the workflow of today. For whoever administers the place.
#pragma once

#include "county/county.hpp"
#include "http/api.hpp"
#include "matter/matter_service.hpp"
#include "place/place_api.hpp"

namespace lianxin::matter {

void add_changeover_routes(http::Api& api, County& county, MatterService& matters, place::Titles titles);

}  // namespace lianxin::matter
