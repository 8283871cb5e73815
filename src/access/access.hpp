// access/access.hpp — who acts, what they are to a thing, and how far they may look. Pure: no store, no
// session. Roles come from posts, scope from place; nobody reads or handles a complaint about themselves or
// their line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"

namespace lianxin {

using PlaceId = Id<struct PlaceNoun>;
using PartyId = Id<struct PartyNoun>;
using PostId = Id<struct PostNoun>;
using MatterId = Id<struct MatterNoun>;
using AccountId = Id<struct AccountNoun>;
using NoticeId = Id<struct NoticeNoun>;
using EntryId = Id<struct EntryNoun>;
using CategoryId = Id<struct CategoryNoun>;

// What a thing of a lower floor is about, without knowing the noun above it.
struct Subject {
    std::string kind;  // "matter", "place", …
    std::int64_t id = 0;
    bool operator==(const Subject&) const = default;
};

namespace access {

// A post somebody holds today (themselves or as stand-in).
struct HeldPost {
    PostId post;
    std::string kind;                 // post kind of the pack, e.g. "desk", "head", "representative"
    PlaceId place;                    // the place it serves (a unit's post: the unit's place)
    std::optional<PartyId> unit;      // the unit or team it belongs to
    std::vector<std::string> rights;  // rights declared by the post kind in posts.toml: "dispatch", "lead",
                                      // "oversee", "audit", "administer", "take_in", "read_place", …
    bool operator==(const HeldPost&) const = default;
};

// Never ambient: every use case takes one.
struct ActingPerson {
    enum class Kind { anonymous, resident, staff, engine };
    Kind kind = Kind::anonymous;
    std::optional<PartyId> party;
    std::optional<AccountId> account;
    std::vector<HeldPost> posts;  // staff
    std::optional<MatterId>
        receipt_matter;  // a resident who proved a receipt's secret or a one-time code for this matter
    std::string idempotency_scope;  // account id or hash of the secret; empty: none
    std::string language = "zh-Hans";
    [[nodiscard]] bool holds(PostId post) const;
    [[nodiscard]] bool has_right(const std::string& right) const;
    // The places whose subtree the person may read or act in by this right.
    [[nodiscard]] std::vector<PlaceId> places_with(const std::string& right) const;
    [[nodiscard]] static ActingPerson engine();
};

// What the acting person is to a matter; workflows and read rules name relations only.
enum class Relation {
    reporter,
    applicant,
    party_to,
    host,
    owner,
    lead,
    co_handler,
    superior_of_owner,
    leader,
    dispatcher,
    oversight,
    auditor,
    complained_of,
    below_complained_of,
    engine,
    reader_of_place,
    has_handled,  // they or their unit have a piece of it, or had one
    anyone
};

}  // namespace access
}  // namespace lianxin
