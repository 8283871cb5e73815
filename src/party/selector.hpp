// party/selector.hpp — the closed grammar of owner selectors: POST@SEAT, where POST is a kind of post (or
// leader, superior) and SEAT a kind of place, unit, team or station of the pack, or rung, owner, host. Known
// before anything runs: a pack whose selectors name a kind that does not exist is refused with file and line.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "party/liaison.hpp"
#include "party/post.hpp"
#include "place/place.hpp"

namespace lianxin::party {

struct Selector {
    enum class Shape {
        post_at_place,     // head@group
        post_by_liaison,   // representative@household
        post_at_unit,      // secretary@branch, unit_desk@department
        post_at_station,   // staff@work_station
        station_at_place,  // station@village: the first post of a station that stands there
        leader_of,         // leader@rung, leader@owner, leader@host
        superior_of,       // superior@owner, superior@host
        all_posts_under,   // representatives@village
    };
    Shape shape = Shape::post_at_place;
    std::string post;  // kind; empty for leader, superior
    std::string seat;  // kind of place, unit or station; rung, owner, host
    std::string rule;  // of post_by_liaison: the liaison rule
    int level = 0;     // of a place kind
    [[nodiscard]] std::string text() const;
    bool operator==(const Selector&) const = default;
};

// What selectors can name.
struct Offices {
    place::Kinds places;
    PostKinds posts;
    std::vector<LiaisonRule> rules;
};

enum class SelectorFault { malformed, post_unknown, seat_unknown, post_never_sits_there };
[[nodiscard]] std::string_view code_of(SelectorFault fault);
[[nodiscard]] Result<Selector, SelectorFault> parse_selector(std::string_view text, const Offices& offices);
// Everything a selector could be here, for "did you mean".
[[nodiscard]] std::vector<std::string> known_selectors(const Offices& offices);

}  // namespace lianxin::party
