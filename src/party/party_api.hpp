// party/party_api.hpp — the routes of posts, those who keep in touch, and the repair of liaison.
#pragma once

#include "county/county.hpp"
#include "http/api.hpp"
#include "party/party_service.hpp"
#include "place/place_api.hpp"

namespace lianxin::party {

// GET /api/v1/places/{id}/representatives, /places/{id}/posts (?below=&kind=&vacant=&after=), /vacancies,
// /liaison/breaches; POST /liaison/proposals, /liaison/proposals/{id}/confirm
void add_party_routes(http::Api& api, County& county, PartyService& parties, place::Titles titles);

}  // namespace lianxin::party
