// party/party_store.hpp — SQL of parties, posts and holdings; nothing is decided here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "party/contact_store.hpp"
#include "party/liaison.hpp"
#include "party/party.hpp"
#include "party/post.hpp"
#include "party/selector.hpp"
#include "store/transaction.hpp"

namespace lianxin::party {

void save_offices(store::Transaction& tx, const PostKinds& kinds, const std::vector<LiaisonRule>& rules);
[[nodiscard]] Offices load_offices(store::Transaction& tx);
void bump_staffing_version(store::Transaction& tx);

void insert_parties(store::Transaction& tx, const std::vector<Party>& parties);
// Hints to the engine: these are asked next.
void announce_party(store::Transaction& tx, PartyId id);
void announce_post_view(store::Transaction& tx, PostId post, Day day);
[[nodiscard]] std::optional<Party> load_party(store::Transaction& tx, PartyId id);
[[nodiscard]] std::optional<PartyId> party_by_key(store::Transaction& tx, std::string_view key);
[[nodiscard]] std::vector<Party> load_units(store::Transaction& tx, Day day);  // units and teams
// People who live or work at a place itself.
[[nodiscard]] std::vector<Party> people_at(store::Transaction& tx, PlaceId place, Day day);
// A name that was sealed and is public from now on; one that is public already stays.
void publish_name(store::Transaction& tx, PartyId id, std::string_view name);
void end_party(store::Transaction& tx, PartyId id, Day day);

// People of a place and everywhere below it, in the order of their ids.
struct NamedPerson {
    PartyId id;
    std::string name;  // public; empty: sealed
    PlaceId place;
    std::optional<SealedContact> sealed_name;
};
[[nodiscard]] std::vector<NamedPerson> people_below(store::Transaction& tx, PlaceId place, int level, Day day,
                                                    int limit);

void insert_posts(store::Transaction& tx, const std::vector<Post>& posts);
void set_superior(store::Transaction& tx, PostId post, std::optional<PostId> superior);
void end_post(store::Transaction& tx, PostId post, Day day);
[[nodiscard]] std::optional<Post> load_post(store::Transaction& tx, PostId id);
[[nodiscard]] std::vector<Post> posts_at(store::Transaction& tx, PlaceId place, Day day);
// Of the units and teams somebody holds a post in: all their posts, held or not.
[[nodiscard]] std::vector<PostId> posts_of_units(store::Transaction& tx,
                                                 const std::vector<access::HeldPost>& held);
// Of a place and everything below it, those not closed before that day.
[[nodiscard]] std::vector<Post> posts_below(store::Transaction& tx, PlaceId top, int level, Day day);
// Posts, units and people of one place belong to another from now on.
void reseat(store::Transaction& tx, PlaceId from, PlaceId to, Day day);
// Whether any post of the place itself is held on that day or later.
[[nodiscard]] bool has_holders_at(store::Transaction& tx, PlaceId place, Day day);

void insert_holdings(store::Transaction& tx, const std::vector<Holding>& holdings);
void end_holding(store::Transaction& tx, HoldingId holding, Day day);
[[nodiscard]] std::optional<Holding> load_holding(store::Transaction& tx, HoldingId id);
[[nodiscard]] std::vector<Holding> holdings_of_post(store::Transaction& tx, PostId post, Day day);

// The posts somebody holds or stands in for on a day, and the vacant desks they cover, with their rights.
[[nodiscard]] std::vector<access::HeldPost> held_posts(store::Transaction& tx, PartyId party, Day day);
// The leader posts that sit where this post sits, held or not.
[[nodiscard]] std::vector<PostId> leaders_beside(store::Transaction& tx, const Post& post, Day day);
// Who holds a post today (themselves or as stand-in); of a vacant desk, whoever covers it.
[[nodiscard]] std::vector<PartyId> holders(store::Transaction& tx, PostId post, Day day);

// Whose terms are over, latest first.
[[nodiscard]] std::vector<PostView::Holder> past_holders(store::Transaction& tx, PostId post, Day day);

// Posts at a place (and, when asked, everywhere below it) with holders; kinds empty: all.
struct PostsQuery {
    PlaceId place;
    Day day;
    bool below = false;
    std::string kind;
    bool vacant_only = false;
    PostId after{};
    int limit = 200;
};
[[nodiscard]] std::vector<PostView> load_post_views(store::Transaction& tx, const PostsQuery& query);
// Those right below a post.
[[nodiscard]] std::vector<PostView> load_post_views_under(store::Transaction& tx, PostId superior, Day day,
                                                          int limit);
[[nodiscard]] std::optional<PostView> load_post_view(store::Transaction& tx, PostId post, Day day);

}  // namespace lianxin::party
