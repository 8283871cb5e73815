// party/guide_api.hpp — GET /api/v1/services, /services/{id}: the guide to the promised services, for
// everybody.
#pragma once

#include "party/guide_service.hpp"
#include "place/place_api.hpp"

namespace lianxin::party {

void add_guide_routes(http::Api& api, County& county, const GuideService& guide, place::Titles titles);

}  // namespace lianxin::party
