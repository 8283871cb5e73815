// place/place_pack.hpp — reads places.toml and categories.toml. places.toml fills an empty county once;
// afterwards places live in the database. Its shape:
//
//   [kinds.county]                        # one table per kind, 4 to 7; words place.kind.county
//   level = 1                             # 1 root … 7; unique; the deepest is the household
//   suffixes = ["市", "县"]               # what people leave off when they say the name
//   [kinds.household]
//   level = 6
//   household = true                      # exactly one kind, the deepest
//   [stations.work_station]               # kinds of station; words place.station.work_station
//   standards = ["office", "door_plate", "notice_board"]      # words place.standard.ITEM
//
//   [places.liuyang]                      # keyed; a place stands after its parent; exactly one has no parent
//   kind = "county"
//   name = "浏阳市"
//   code = "430181000000"                 # optional; must agree with the parent's
//   latitude = 28.16                      # optional, both or none
//   longitude = 113.64
//   [places.nanyang]
//   kind = "village"
//   parent = "town"
//   name = "南阳村"
//   code = "430181103201"
//   stations = ["work_station"]           # stations that stand here from the first day
//   [places.nanyang.fill]                 # optional: so many places of each kind below this one, made up
//   (see made_up): sector = 6                            # kind = how many in all under this place, spread as
//   evenly as can be; names are group = 24                            #   made up from the seed, doors are
//   numbered ("1号") household = 1600 [places.nanyang.fill_posts]           # optional: so many posts of a
//   kind, spread over the places of the post's `at` representative = 117                  #   below this one;
//   households follow the representatives, so that bounds hold [fill_stations]                       #
//   optional: every filled place of a kind gets such a station group = ["work_station"] [made_up] # optional;
//   only with it are fills allowed seed = 20230101                       # names, doors and phones are the
//   same every time phone_prefix = "000"                  # a range never in use
//
// categories.toml:
//   [categories.water]                    # level 1; key = code
//   name = "供水"
//   [categories.water.supply]             # level 2
//   name = "停水"
//   urgency = "urgent"                    # optional; inherited downwards
//   [categories.water.supply.burst]       # level 3
//   name = "水管爆裂"
//   also = ["漏水", "爆管"]               # other words people use
//   no_photo = true                       # optional
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pack/pack.hpp"
#include "pack/words.hpp"
#include "place/category.hpp"
#include "place/place.hpp"

namespace lianxin::place {

struct PlannedPlace {
    std::string key;
    std::string kind;
    std::string parent;  // key; empty for the root
    std::string name;
    std::optional<DivisionCode> code;
    std::optional<Point> point;
    std::vector<std::string> stations;
    std::map<std::string, int> fill;         // place kind → count
    std::map<std::string, int> fill_posts;   // post kind → count
    std::map<std::string, int> fill_vacant;  // post kind → how many more stand empty on the first day
    pack::Position at;
};

struct MadeUp {
    std::uint64_t seed = 0;
    std::string phone_prefix;
};

struct PlacesPlan {
    Kinds kinds;
    std::vector<PlannedPlace> places;  // parents first
    std::map<std::string, std::vector<std::string>> fill_stations;
    std::optional<MadeUp> made_up;
};

struct PlannedCategory {
    std::string code;    // dotted path of keys: "water.supply.burst"
    std::string parent;  // code; empty on the top level
    std::string name;
    std::vector<std::string> also;
    bool no_photo = false;
    std::string urgency;
    pack::Position at = {};
};

[[nodiscard]] PlacesPlan read_places(const pack::Pack& pack, const pack::Words& words,
                                     pack::Findings& findings);
[[nodiscard]] std::vector<PlannedCategory> read_categories(const pack::Pack& pack, pack::Findings& findings);

}  // namespace lianxin::place
