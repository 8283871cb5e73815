// place/station.hpp — a work station, service hall or point that stands at a place: when it is open, whom to
// call, and whether it has what the standard asks for (each item looked at again every half year, with a
// photo).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "place/place.hpp"

namespace lianxin::place {

struct Station {
    StationId id;
    std::string kind;
    PlaceId place;
    std::string name;
    std::string hours;    // as on the plate: "周一至周五 8:30–17:30"
    std::string contact;  // the public contact card: office phone, window; never a resident's
    std::string short_code;
    Day from;
    Day until;
    std::int64_t version = 1;
};

// One item of the checklist as it was found on a day.
struct StandardCheck {
    StationId station;
    std::string item;
    Day day;
    bool met = false;
    std::string evidence;  // a blob's name; empty: none
    PartyId checked_by;
};

// Items of the kind that were not found met within half a year before `day`, in the pack's order.
[[nodiscard]] std::vector<std::string> standards_due(const StationKind& kind,
                                                     const std::vector<StandardCheck>& checks, Day day);

}  // namespace lianxin::place
