#include "party/reseating_service.hpp"

#include <set>

#include "party/liaison_store.hpp"
#include "party/party_service.hpp"
#include "party/superior_service.hpp"
#include "place/place_store.hpp"

namespace lianxin::party {
namespace {

using store::Transaction;

// Posts whose superior is outside of `seats` find the one that stands above them now.
void find_superiors(Transaction& tx, const std::vector<Post>& seats, Day day) {
    std::set<PostId> inside;
    for (const Post& post : seats) inside.insert(post.id);
    const auto offices = load_offices(tx);
    OwnerCache cache;
    for (const Post& post : seats) {
        if (post.superior && inside.contains(*post.superior)) continue;
        const PostKind* kind = offices.posts.find(post.kind);
        if (kind == nullptr) continue;
        const auto superior = superior_for(tx, cache, *kind, post, day);
        if (superior != post.superior) set_superior(tx, post.id, superior);
    }
    bump_staffing_version(tx);
}

void go_over(Transaction& tx, PlaceId from, PlaceId to, Day day) {
    auto seats = posts_at(tx, from, day);
    reseat(tx, from, to, day);
    end_links_of(tx, from, day);
    for (Post& post : seats) post.place = to;
    find_superiors(tx, seats, day);
}

}  // namespace

void Reseating::opened(Transaction& tx, County& county, PlaceId place, Day day) {
    PartyService::furnish_in(tx, county, place, day);
}

void Reseating::moved(Transaction& tx, PlaceId place, Day day) {
    const auto found = place::load_place(tx, place, day);
    require(found.has_value(), "a place that moved stands somewhere");
    if (!found->household) find_superiors(tx, posts_below(tx, place, found->level, day), day);
}

void Reseating::merged(Transaction& tx, PlaceId place, PlaceId into, Day day) {
    go_over(tx, place, into, day);
}

void Reseating::closed(Transaction& tx, PlaceId place, PlaceId above, Day day) {
    for (const Post& post : posts_at(tx, place, day))
        if (!post.desk) end_post(tx, post.id, day);
    go_over(tx, place, above, day);
}

bool Reseating::has_holders(Transaction& tx, PlaceId place, Day day) {
    return has_holders_at(tx, place, day);
}

}  // namespace lianxin::party
