// party/opening_service.hpp — opens an empty county from its pack: kinds, places, stations, units, desks and
// posts, the categories; and, where the pack asks for made-up filling, sectors, groups, doors, people and
// their liaison. Once only.
#pragma once

#include <vector>

#include "county/county.hpp"
#include "party/party_pack.hpp"
#include "place/place_pack.hpp"

namespace lianxin::party {

struct CountyPlan {
    place::PlacesPlan places;
    PostsPlan posts;
    std::vector<place::PlannedCategory> categories;
};
[[nodiscard]] CountyPlan read_county_plan(const pack::Pack& pack, const pack::Words& words,
                                          pack::Findings& findings);

struct Opened {
    std::size_t places = 0, households = 0, stations = 0, units = 0, posts = 0, people = 0, links = 0,
                categories = 0;
};
enum class OpeningRefusal { county_already_open, bounds_cannot_be_met };
// `from`: the first day of everything that is opened.
[[nodiscard]] Result<Opened, OpeningRefusal> open_county(County& county, const CountyPlan& plan, Day from);
// Whether a county has been opened already.
[[nodiscard]] bool is_open(County& county);

}  // namespace lianxin::party
