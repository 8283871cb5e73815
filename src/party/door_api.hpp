// party/door_api.hpp — GET /api/v1/places/{id}/door?house=12: who keeps in touch with that door, for
// everyone. It names posts and their holders, never who lives behind the door.
#pragma once

#include "http/api.hpp"
#include "party/party_service.hpp"
#include "place/place_api.hpp"
#include "place/place_service.hpp"

namespace lianxin::party {

void add_door_routes(http::Api& api, County& county, PartyService& parties, place::PlaceService& places,
                     place::Titles titles);

}  // namespace lianxin::party
