// party/liaison.hpp — who keeps in touch with whom, and within which bounds. A rule has two sides; each
// element of one side has between min and max counterparts on the other. Counterparts are links (liaison
// rows), or, for rules such as "station → staff 3..", the posts seated there. A breach names the element,
// what was found and what is allowed.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/access.hpp"
#include "base/time.hpp"

namespace lianxin {
using LiaisonId = Id<struct LiaisonNoun>;
}

namespace lianxin::party {

struct Bounds {
    int min = 0;
    std::optional<int> max;  // nothing: no upper bound
    bool operator==(const Bounds&) const = default;
    // "5..15", "3..", "5..5", "5"; nothing else.
    [[nodiscard]] static std::optional<Bounds> parse(std::string_view text);
    [[nodiscard]] std::string text() const;
};

// One side of a rule: any of the kinds listed.
struct LiaisonSide {
    enum class Of { post, place, station };
    Of of = Of::post;
    std::vector<std::string> kinds;
    std::string at;  // of posts: only those that sit at this kind of place; empty: all
    bool operator==(const LiaisonSide&) const = default;
};

[[nodiscard]] std::string_view name_of(LiaisonSide::Of of);
[[nodiscard]] std::optional<LiaisonSide::Of> liaison_side(std::string_view name);

struct LiaisonRule {
    std::string name;  // words liaison.NAME
    LiaisonSide from;
    LiaisonSide to;
    Bounds per_from;               // how many counterparts each `from` has
    std::optional<Bounds> per_to;  // how many each `to` has; nothing: not bounded
    bool by_seat = false;          // counterparts are the posts seated at the place or station, not links
    std::string near;  // place kind within which pairs are preferred (group); empty: no preference
    // Between two kinds of place the tree itself is the tie.
    [[nodiscard]] bool by_tree() const {
        return from.of == LiaisonSide::Of::place && to.of == LiaisonSide::Of::place;
    }
    bool operator==(const LiaisonRule&) const = default;
};

struct LiaisonEnd {
    LiaisonSide::Of of = LiaisonSide::Of::post;
    std::int64_t id = 0;
    auto operator<=>(const LiaisonEnd&) const = default;
};

struct LiaisonLink {
    LiaisonId id;
    std::string rule;
    LiaisonEnd from;
    LiaisonEnd to;
    Day from_day;
    Day until_day;
};

enum class BreachKind { nobody, too_few, too_many, held_by_nobody, counterpart_gone };
[[nodiscard]] std::string_view name_of(BreachKind kind);

struct Breach {
    std::string rule;
    BreachKind kind = BreachKind::nobody;
    bool on_from_side = true;  // whose bounds are broken
    LiaisonEnd end;
    PlaceId place;
    int found = 0;
    Bounds allowed;
    bool operator==(const Breach&) const = default;
};

// What the pass over one rule needs to know, each list sorted by id.
struct LiaisonElement {
    std::int64_t id = 0;
    PlaceId place;
    bool held = true;  // of a post: somebody holds it today
};
struct LiaisonPair {
    std::int64_t from = 0;
    std::int64_t to = 0;
    auto operator<=>(const LiaisonPair&) const = default;
};
// One pass, O(n log n) in elements and pairs. Pairs whose end is not among the elements count as gone.
[[nodiscard]] std::vector<Breach> find_breaches(const LiaisonRule& rule,
                                                std::span<const LiaisonElement> froms,
                                                std::span<const LiaisonElement> tos,
                                                std::span<const LiaisonPair> pairs);

}  // namespace lianxin::party
