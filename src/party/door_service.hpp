// party/door_service.hpp — which door of a place a house number means, as an intake would take it.
#pragma once

#include <optional>
#include <string>

#include "county/county.hpp"
#include "place/place_service.hpp"

namespace lianxin::party {

// Nothing: no such place. The place itself: no single door of it is meant.
[[nodiscard]] std::optional<place::Place> door_meant(County& county, place::PlaceService& places,
                                                     PlaceId place, const std::string& house);

}  // namespace lianxin::party
