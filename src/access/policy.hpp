// access/policy.hpp — the one table of who may what. A permission on a matter is decided by what the person
// is to that matter (relations), a permission over territory by the rights of the posts held there. Pure;
// everything asked was loaded before. Two rules stand above the table: nobody complained of, nor anyone below
// them, has any permission on the complaint, whatever else they are to it; and who handles a matter does not
// audit it.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

#include "access/access.hpp"

namespace lianxin::access {

// What posts.toml may grant to a kind of post.
namespace right {
inline constexpr std::string_view take_in =
    "take_in";  // receive requests of others, at the window or by phone
inline constexpr std::string_view read_place =
    "read_place";                                         // read the matters and households of the subtree
inline constexpr std::string_view dispatch = "dispatch";  // assign the matters of the subtree to units
inline constexpr std::string_view lead = "lead";          // decide for the place: assign, urge, bind
inline constexpr std::string_view oversee = "oversee";    // supervise: urge, own complaints about posts
inline constexpr std::string_view audit = "audit";        // read everything of the subtree, handle nothing
inline constexpr std::string_view administer = "administer";  // posts, accounts, places
}  // namespace right

// The relations of one person to one matter.
class RelationSet {
 public:
    constexpr RelationSet() = default;
    constexpr RelationSet(std::initializer_list<Relation> relations) {
        for (const Relation relation : relations) add(relation);
    }
    explicit constexpr RelationSet(std::span<const Relation> relations) {
        for (const Relation relation : relations) add(relation);
    }
    constexpr void add(Relation relation) { bits_ |= bit(relation); }
    [[nodiscard]] constexpr bool has(Relation relation) const { return (bits_ & bit(relation)) != 0; }
    [[nodiscard]] constexpr bool any_of(RelationSet others) const { return (bits_ & others.bits_) != 0; }
    constexpr bool operator==(const RelationSet&) const = default;

 private:
    static constexpr std::uint32_t bit(Relation relation) { return 1U << static_cast<unsigned>(relation); }
    std::uint32_t bits_ = 0;
};

// What can be permitted on one matter.
enum class MatterPermission {
    read_matter,    // subject, text, timeline, attachments
    read_personal,  // name, phone, e-mail, address of a resident: the handling posts only, and each read is
                    // logged
    handle,         // take any action at all; which ones, the workflow's `who` says
    supervise,      // cards
    correct,        // what was recorded wrongly, by an entry of its own
    rearrange,      // merge it into another, split it, move it to the workflow of today
    link,           // to another matter
    speak,          // add to what was asked, at any time while it is open
    audit           // read for auditing
};
// What can be permitted over a place and everything below it.
enum class PlacePermission {
    list_matters,     // worklists of the subtree
    read_households,  // doors and who lives behind them
    take_in,          // on behalf of somebody
    dispatch,
    read_rates,     // the inner view with causes; the plain numbers are public
    read_breaches,  // of liaison
    propose_liaison,
    confirm_liaison,
    administer
};

// `sealed`: the matter is a complaint about a post; being of the place is then not enough to read it.
[[nodiscard]] bool allows(MatterPermission permission, RelationSet relations, bool sealed);
[[nodiscard]] inline bool may_read_matter(RelationSet relations, bool sealed) {
    return allows(MatterPermission::read_matter, relations, sealed);
}
[[nodiscard]] inline bool may_read_personal(RelationSet relations, bool sealed) {
    return allows(MatterPermission::read_personal, relations, sealed);
}
[[nodiscard]] inline bool may_handle(RelationSet relations, bool sealed) {
    return allows(MatterPermission::handle, relations, sealed);
}

// The rights any one of which permits it. Scope of SQL lists: ActingPerson::places_with() of each.
[[nodiscard]] std::span<const std::string_view> rights_for(PlacePermission permission);
// `path`: the place and all its ancestors. A right held at any of them reaches down to the place.
[[nodiscard]] bool allows(PlacePermission permission, const ActingPerson& who, std::span<const PlaceId> path);
// The roots of the subtrees in which it is permitted, each once, in order of id.
[[nodiscard]] std::vector<PlaceId> places_for(PlacePermission permission, const ActingPerson& who);

[[nodiscard]] inline bool may_list_place(const ActingPerson& who, std::span<const PlaceId> path) {
    return allows(PlacePermission::list_matters, who, path);
}
// Anybody may ask for themselves where the workflow is open to residents; on behalf of others only with the
// right.
[[nodiscard]] bool may_take_in(const ActingPerson& who, bool open_to_residents, bool on_behalf,
                               std::span<const PlaceId> path);
[[nodiscard]] inline bool may_administer(const ActingPerson& who, std::span<const PlaceId> path) {
    return allows(PlacePermission::administer, who, path);
}

[[nodiscard]] std::string_view name_of(Relation relation);
[[nodiscard]] std::optional<Relation> relation_named(std::string_view name);

}  // namespace lianxin::access
