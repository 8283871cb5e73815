// party/party_pack.hpp — reads posts.toml: kinds of unit and post, units, liaison rules. Its shape:
//
//   [unit_kinds.department]               # words party.unit.department
//   [unit_kinds.branch]
//   team = true                           # a team: responsibility group, mediation team, branch …
//
//   [posts.head]                          # one table per kind of post; words post.kind.head
//   at = ["group", "sector", "village"]   # kinds of place, unit (team) or station it sits at
//   desk = false                          # true: the desk of those seats. Exactly one per seat; every kind
//                                         #   of place but the household needs one, and of unit but a team
//   leader = true                         # whom leader@rung means at these seats; otherwise the desk
//   per_seat = 1                          # made at each seat when the county is opened; desks: always 1
//   superior = ["desk@sector"]            # selectors tried in order; default: the desk of the seat; of a
//                                         #   place's desk whoever leads it, of them the next desk above
//   rights = ["take_in", "read_place", "lead"]
//   channel = "visit"                     # optional: by which way in what its holders begin has come (words
//                                         #   channel.NAME); default: over the window where it is for
//                                         #   somebody else, else from the office itself
//   term_months = 36                      # optional
//
//   [units.water]                         # keyed; a unit or team that exists from the first day
//   kind = "department"
//   name = "水利服务站"
//   place = "town"                        # key of [places]
//   parent = "…"                          # optional: key of the unit it belongs to, which stands before it
//   [units_everywhere.branch]             # optional: a unit or team at every place of a kind, as each
//   kind = "branch"                       #   village's branch; its name is the place's followed by `name`
//   at = "village"
//   name = "党支部"
//
//   [liaison.representative_household]    # words liaison.representative_household
//   from = "post:representative"          # post:KIND, place:KIND or station:KIND; a list: all of one sort
//   to = "place:household"
//   per_from = "5..15"                    # counterparts of each `from`: "5..15", "3..", "2..2"
//   per_to = "1..1"                       # optional
//   near = "group"                        # optional: pairs within one such place first; makes repairs
//                                         #   proposable
//   [liaison.station_staff]
//   from = "station:work_station"
//   to = "post:staff"
//   per_from = "3.."
//   by = "seat"                           # the posts seated there; default "link"
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pack/pack.hpp"
#include "pack/words.hpp"
#include "party/liaison.hpp"
#include "party/post.hpp"
#include "party/selector.hpp"
#include "place/place_pack.hpp"

namespace lianxin::party {

struct PlannedUnit {
    std::string key;
    std::string kind;
    std::string name;
    std::string place;   // key; or, of units_everywhere, a kind of place
    std::string parent;  // key; empty: none
    pack::Position at;
};

struct PostsPlan {
    PostKinds kinds;
    std::vector<PlannedUnit> units;
    std::vector<PlannedUnit> units_everywhere;
    std::vector<LiaisonRule> rules;
    [[nodiscard]] Offices offices(const place::PlacesPlan& places) const {
        return {places.kinds, kinds, rules};
    }
};

// Where the pack declares a kind of post, or one key of it; line 0: nowhere.
[[nodiscard]] pack::Position position_of_post(const pack::Pack& pack, std::string_view kind,
                                              std::string_view key = {});

[[nodiscard]] PostsPlan read_posts(const pack::Pack& pack, const place::PlacesPlan& places,
                                   const pack::Words& words, pack::Findings& findings);

}  // namespace lianxin::party
