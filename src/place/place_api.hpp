// place/place_api.hpp — the routes of places, plates and categories. Everyone may read them; households are
// shown to staff of their place only.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "county/county.hpp"
#include "http/api.hpp"
#include "place/place_service.hpp"

namespace lianxin::place {

// The word for a key ("place.kind.village") in a language; main binds it to the pack's words.
using Titles = std::function<std::string(std::string_view language, std::string_view key)>;

// Who asks, as the filter found out; nobody in particular where no filter ran.
[[nodiscard]] access::ActingPerson acting_person(const http::Request& request);

// Whether there is such a place today: a question about another is answered 404, not by an empty page.
[[nodiscard]] bool is_there(County& county, PlaceId id);

// A question in the script that names are kept in: whoever writes 路燈 finds 路灯. Main binds it to the
// conversion.
using Simplify = std::function<std::string(std::string_view)>;
// GET /api/v1/places, /places/search, /places/{id}, /places/{id}/stations, /codes/{code},
// /codes/{code}/qr.svg, /categories `address_of`: what a plate's QR says, e.g. https://host/p/CODE.
void add_place_routes(http::Api& api, County& county, PlaceService& places, Titles titles,
                      const Simplify& simplify,
                      std::function<std::string(const http::Request&, std::string_view code)> address_of);
// What a party is called; main binds it to the floor above.
using PartyNames = std::function<std::string(PartyId)>;
// GET /api/v1/places/{id}/history; POST /places/{id}/rename, /move, /merge, /split, /close
void add_tree_routes(http::Api& api, County& county, PlaceService& places, const Titles& titles,
                     const PartyNames& name_of);

}  // namespace lianxin::place
