// party/people_api.hpp — GET /api/v1/places/{id}/people: people to pick from, for whoever may read the
// households of the place.
#pragma once

#include "http/api.hpp"
#include "party/people_service.hpp"

namespace lianxin::party {

void add_people_routes(http::Api& api, County& county);

}  // namespace lianxin::party
