// place/place.hpp — the territory: a tree of places whose ids never change, dated so that last year's report
// uses last year's tree. What a place is called, where it hangs and which division code it bears stand in
// spans, each true from one day until another; a move, merge or split closes spans and opens new ones and
// deletes nothing. Kinds and their levels (1 the root … 7 at most) come from the pack; a household is the
// leaf kind, a door.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/access.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "place/division_code.hpp"

namespace lianxin {
using StationId = Id<struct StationNoun>;
}

namespace lianxin::place {

inline constexpr int max_level = 7;
// Spans that are still open end on this day.
inline constexpr std::string_view open_end_text = "9999-12-31";
[[nodiscard]] Day open_end();

struct Kind {
    std::string name;                   // the pack's key; its words are place.kind.NAME
    int level = 1;                      // 1 is the root; unique within a pack
    bool household = false;             // the leaf kind; seen by staff only
    std::vector<std::string> suffixes;  // what a spoken name may leave off: 镇, 村, 组
    bool operator==(const Kind&) const = default;
};

struct StationKind {
    std::string name;                    // words: place.station.NAME
    std::vector<std::string> standards;  // the checklist ("seven haves"); words: place.standard.ITEM
    bool operator==(const StationKind&) const = default;
};

// All kinds of a county, by level.
class Kinds {
 public:
    Kinds() = default;
    Kinds(std::vector<Kind> kinds, std::vector<StationKind> stations);
    [[nodiscard]] const Kind* find(std::string_view name) const;
    [[nodiscard]] const Kind* at_level(int level) const;
    [[nodiscard]] const StationKind* station(std::string_view name) const;
    [[nodiscard]] const std::vector<Kind>& all() const { return kinds_; }
    [[nodiscard]] const std::vector<StationKind>& stations() const { return stations_; }
    [[nodiscard]] const Kind* household() const;

 private:
    std::vector<Kind> kinds_;  // by level
    std::vector<StationKind> stations_;
};

// The place itself and what stands above it, by the level of their kinds; a level the tree leaves out is
// empty.
struct Lineage {
    std::array<PlaceId, max_level + 1> by_level{};  // [0] unused
    [[nodiscard]] PlaceId at(int level) const { return by_level[static_cast<std::size_t>(level)]; }
    [[nodiscard]] bool has(int level) const { return at(level).value() != 0; }
    [[nodiscard]] bool within(PlaceId place) const;
    [[nodiscard]] std::vector<PlaceId> path() const;  // from the top down to the place itself
    bool operator==(const Lineage&) const = default;
};

struct Point {  // WGS 84, in 1e-7 degrees
    std::int32_t latitude_e7 = 0;
    std::int32_t longitude_e7 = 0;
    bool operator==(const Point&) const = default;
};

// A place on one day.
struct Place {
    PlaceId id;
    std::string kind;
    int level = 1;
    bool household = false;
    std::string name;
    std::optional<PlaceId> parent;
    std::optional<DivisionCode> code;
    Lineage lineage;
    Day from;   // of the span in force
    Day until;  // exclusive
    std::string short_code;
    std::optional<Point> point;
};

// The rules a change to the tree can break, in the order they are checked.
enum class PlaceRefusal {
    not_allowed,
    place_not_found,
    kind_unknown,
    name_empty,
    name_too_long,
    parent_not_found,
    parent_missing,
    root_exists,
    kind_not_below_parent,
    place_below_itself,
    division_code_malformed,
    division_code_disagrees_with_parent,
    division_code_taken,
    name_taken_among_siblings,
    day_before_span,
    place_already_ended,
    place_has_children,
    nothing_to_merge,
    not_siblings_in_kind,
    station_kind_unknown,
    standard_unknown,
    station_not_found,
    day_in_the_future,
    reason_missing,
    reason_too_long,
    nothing_changes,
    place_has_holders,
};
[[nodiscard]] std::string_view code_of(PlaceRefusal refusal);

inline constexpr std::size_t max_name_characters = 80;
inline constexpr std::size_t max_reason_characters = 400;

// What a change says about a place; checked without looking anything up.
struct Draft {
    std::string kind;
    std::string name;
    std::optional<DivisionCode> code;
};
// Whether `draft` may hang below `parent` (nothing: it is to be the root).
[[nodiscard]] std::optional<PlaceRefusal> refuse(const Draft& draft, const Place* parent, const Kinds& kinds);
// The lineage of a child of `parent` at its own level.
[[nodiscard]] Lineage lineage_below(const Lineage* parent, PlaceId self, int level);

}  // namespace lianxin::place
