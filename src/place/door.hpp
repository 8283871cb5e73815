// place/door.hpp — which door of a group somebody means by what they wrote: "12号", "枫林组12号",
// "十二号门口". A text that names two doors, or none, means none: a request then stays with the group and
// keeps its text.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "place/place.hpp"

namespace lianxin::place {

struct Door {
    PlaceId place;
    std::string name;
};
[[nodiscard]] std::optional<PlaceId> door_meant(std::string_view text, std::span<const Door> doors);

// The one house number in a text ("12", "12-3"); nothing when there is none or more than one.
[[nodiscard]] std::optional<std::string> house_number(std::string_view text);

}  // namespace lianxin::place
