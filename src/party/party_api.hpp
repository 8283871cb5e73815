// party/party_api.hpp — the routes of posts, those who keep in touch, and the repair of liaison.
#pragma once

#include "county/county.hpp"
#include "http/api.hpp"
#include "party/party_service.hpp"
#include "place/place_api.hpp"

namespace lianxin::party {

// GET /api/v1/places/{id}/representatives, /places/{id}/posts (?below=&kind=&vacant=&after=), /vacancies; and
// the two below.
void add_party_routes(http::Api& api, County& county, PartyService& parties, place::Titles titles);
// GET /api/v1/posts/{id}; POST /posts/{id}/holdings, /posts/{id}/close, /holdings/{id}/end
void add_staffing_routes(http::Api& api, County& county, PartyService& parties, const place::Titles& titles);
// GET /api/v1/liaison/breaches, /liaison/proposals/{id}, /liaison/proposals/{id}/changes; POST
// /liaison/proposals, /liaison/proposals/{id}/confirm
void add_liaison_routes(http::Api& api, County& county, PartyService& parties, const place::Titles& titles);

}  // namespace lianxin::party
