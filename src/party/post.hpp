// party/post.hpp — an office is a post, not a person: it stands at a place, a station, a unit or a team, has
// a superior post, and somebody holds it for a term, or stands in, or nobody does (a vacancy, shown as such).
// Every place above the households and every unit has a desk post; a vacant desk is covered by whoever holds
// the next staffed post above it, so that no owner is ever nobody.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/access.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "party/party.hpp"
#include "place/place.hpp"

namespace lianxin {
using HoldingId = Id<struct HoldingNoun>;
}

namespace lianxin::party {

// What a kind of post stands at: a place kind, a unit or team kind, or a station kind, by name.
struct Seat {
    enum class Of { place, unit, station };
    Of of = Of::place;
    std::string kind;
    bool operator==(const Seat&) const = default;
};

struct PostKind {
    std::string name;  // words post.kind.NAME
    std::vector<Seat> at;
    bool desk = false;    // made wherever its seats are; exactly one kind of desk per seat
    bool leader = false;  // leads its seat: who `leader@…` means
    int per_seat = 0;     // posts made at every seat when a county is opened
    std::vector<std::string>
        rights;  // "dispatch", "lead", "oversee", "audit", "administer", "take_in", "read_place", …
    std::vector<std::string> superior;  // selectors, tried in order from the post's seat; then the desk above
    int term_months = 0;                // 0: without term
    [[nodiscard]] bool has_right(std::string_view right) const;
    [[nodiscard]] bool sits_at(const Seat& seat) const;
    bool operator==(const PostKind&) const = default;
};

struct UnitKind {
    std::string name;  // words party.unit.NAME
    bool team = false;
    bool operator==(const UnitKind&) const = default;
};

// All kinds of a county.
class PostKinds {
 public:
    PostKinds() = default;
    PostKinds(std::vector<PostKind> posts, std::vector<UnitKind> units)
        : posts_(std::move(posts)), units_(std::move(units)) {}
    [[nodiscard]] const PostKind* find(std::string_view name) const;
    [[nodiscard]] const UnitKind* unit(std::string_view name) const;
    [[nodiscard]] const PostKind* desk_at(const Seat& seat) const;
    [[nodiscard]] const std::vector<PostKind>& all() const { return posts_; }
    [[nodiscard]] const std::vector<UnitKind>& units() const { return units_; }

 private:
    std::vector<PostKind> posts_;
    std::vector<UnitKind> units_;
};

struct Post {
    PostId id;
    std::string kind;
    PlaceId place;  // where it serves; of a unit's or station's post, the unit's or station's place
    std::optional<PartyId> unit;  // unit or team
    std::optional<StationId> station;
    std::optional<PostId> superior;
    bool desk = false;
    int rank = 0;  // first, second, third responsible of a team; 0: no order
    Day from;
    Day until;
};

// Somebody in a post for a while. Days are half open: the holder of [from, until) no longer holds it on
// `until`.
struct Holding {
    HoldingId id;
    PostId post;
    PartyId party;
    Day from;
    Day until;
    std::optional<PartyId> acting_for;  // a stand-in, and for whom
};

// The first day after a term of so many months.
[[nodiscard]] Day end_of_term(Day from, int months);

struct PostView {
    Post post;
    struct Holder {
        HoldingId holding;
        PartyId party;
        std::string name;
        bool stand_in = false;
        Day from;
        Day until;
    };
    std::vector<Holder> holders;
    std::string place_name;
    std::string unit_name;
    // Since when nobody holds it who ought to. Nothing while somebody does, and nothing for a desk that a
    // leader's office covers or that never had anybody of its own: that is how desks are meant.
    std::optional<Day> vacant_since;
};

}  // namespace lianxin::party
