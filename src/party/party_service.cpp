#include "party/party_service.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "party/people_service.hpp"
#include "party/superior_service.hpp"
#include "place/place_service.hpp"

namespace lianxin::party {
namespace {

using access::ActingPerson;
using access::PlacePermission;
using store::Transaction;

// Whether the person may administer at a place; which of the two refusals where not.
std::optional<PartyRefusal> refuse_at(Transaction& tx, const ActingPerson& who, PlaceId place, Day day) {
    const auto lineage = place::load_lineage(tx, place, day);
    if (!lineage) return PartyRefusal::place_not_found;
    if (!place::may(PlacePermission::administer, who, *lineage)) return PartyRefusal::not_allowed;
    return {};
}

Seat seat_of(const Post& post, const place::Place& place, const std::optional<Party>& unit,
             const std::optional<place::Station>& station) {
    if (unit) return {Seat::Of::unit, unit->unit_kind};
    if (station) return {Seat::Of::station, station->kind};
    require(!post.unit && !post.station, "a seat's unit and station were loaded");
    return {Seat::Of::place, place.kind};
}

}  // namespace

Result<PartyId, PartyRefusal> PartyService::add_person(County& county, const ActingPerson& who,
                                                       const PersonDraft& draft) {
    const auto made = new_person(county, draft);
    if (!made) return fail(made.error());
    const Day day = place::today(county);
    return county.database.write([&](Transaction& tx) -> Result<PartyId, PartyRefusal> {
        if (const auto refusal = refuse_at(tx, who, draft.place, day)) return fail(*refusal);
        insert_parties(tx, {made->person});
        save_contacts(tx, made->contacts, Filing::in_place);
        return made->person.id;
    });
}

Result<PartyId, PartyRefusal> PartyService::found_unit(County& county, const ActingPerson& who,
                                                       const Party& draft) {
    if (const auto refusal = refuse_name(draft.name)) return fail(*refusal);
    Party unit = draft;
    unit.id = county.new_id<PartyNoun>();
    unit.name = std::string(trim(unit.name));
    unit.until = place::open_end();
    return county.database.write([&](Transaction& tx) -> Result<PartyId, PartyRefusal> {
        if (const auto refusal = refuse_at(tx, who, unit.place, unit.from)) return fail(*refusal);
        const auto offices = load_offices(tx);
        const UnitKind* kind = offices.posts.unit(unit.unit_kind);
        if (kind == nullptr) return fail(PartyRefusal::unit_kind_unknown);
        if (!unit.key.empty() && party_by_key(tx, unit.key)) return fail(PartyRefusal::key_taken);
        if (unit.parent && !load_party(tx, *unit.parent)) return fail(PartyRefusal::party_not_found);
        unit.kind = kind->team ? PartyKind::team : PartyKind::unit;
        insert_parties(tx, {unit});
        // Its desk stands from the first day: selectors end there.
        if (const PostKind* desk = offices.posts.desk_at({Seat::Of::unit, unit.unit_kind})) {
            Post post{county.new_id<PostNoun>(),
                      desk->name,
                      unit.place,
                      unit.id,
                      {},
                      {},
                      true,
                      0,
                      unit.from,
                      unit.until};
            OwnerCache cache;
            post.superior = superior_for(tx, cache, *desk, post, unit.from);
            insert_posts(tx, {post});
        }
        bump_staffing_version(tx);
        return unit.id;
    });
}

Result<PostId, PartyRefusal> PartyService::open_post(County& county, const ActingPerson& who, Post draft) {
    draft.id = county.new_id<PostNoun>();
    draft.until = place::open_end();
    return county.database.write([&](Transaction& tx) -> Result<PostId, PartyRefusal> {
        Post post = draft;
        if (post.unit) {
            const auto unit = load_party(tx, *post.unit);
            if (!unit) return fail(PartyRefusal::party_not_found);
            post.place = unit->place;
        }
        if (post.station) {
            const auto station = place::load_station(tx, *post.station);
            if (!station) return fail(PartyRefusal::place_not_found);
            post.place = station->place;
        }
        if (const auto refusal = refuse_at(tx, who, post.place, post.from)) return fail(*refusal);
        return open_post_in(tx, std::move(post));
    });
}

Result<PostId, PartyRefusal> PartyService::open_post_in(Transaction& tx, Post post) {
    const auto place = place::load_place(tx, post.place, post.from);
    if (!place) return fail(PartyRefusal::place_not_found);
    std::optional<Party> unit;
    std::optional<place::Station> station;
    if (post.unit && !(unit = load_party(tx, *post.unit))) return fail(PartyRefusal::party_not_found);
    if (post.station && !(station = place::load_station(tx, *post.station)))
        return fail(PartyRefusal::place_not_found);
    const auto offices = load_offices(tx);
    const PostKind* kind = offices.posts.find(post.kind);
    if (kind == nullptr) return fail(PartyRefusal::post_kind_unknown);
    if (!kind->sits_at(seat_of(post, *place, unit, station)))
        return fail(PartyRefusal::post_never_sits_there);
    post.desk = kind->desk;
    OwnerCache cache;
    if (!post.superior) post.superior = superior_for(tx, cache, *kind, post, post.from);
    insert_posts(tx, {post});
    bump_staffing_version(tx);
    return post.id;
}

void PartyService::furnish_in(Transaction& tx, County& county, PlaceId id, Day from) {
    const auto place = place::load_place(tx, id, from);
    require(place.has_value(), "a place that is furnished exists");
    const auto open = [&](const PostKind& kind, int count) {
        for (int n = 0; n < count; ++n) {
            Post post;
            post.id = county.new_id<PostNoun>();
            post.kind = kind.name;
            post.place = id;
            post.from = from;
            post.until = place::open_end();
            const auto opened = open_post_in(tx, post);
            require(opened.has_value(), "a kind of post that sits at a place can be opened there");
        }
    };
    // The desk first: the other posts' superiors may end there. It answers to whoever leads the place.
    const auto offices = load_offices(tx);
    const Seat seat{Seat::Of::place, place->kind};
    if (const PostKind* desk = offices.posts.desk_at(seat)) open(*desk, std::max(1, desk->per_seat));
    for (const auto& kind : offices.posts.all()) {
        if (!kind.desk && kind.sits_at(seat)) open(kind, kind.per_seat);
    }
    OwnerCache cache;
    for (const Post& post : posts_at(tx, id, from))
        if (post.desk && !post.unit && !post.station)
            set_superior(tx, post.id, superior_for(tx, cache, *offices.posts.find(post.kind), post, from));
}

std::vector<PostView> PartyService::posts(County& county, const PostsQuery& query) {
    return county.database.read([&](Transaction& tx) { return load_post_views(tx, query); });
}

std::vector<PostView> PartyService::representatives(County& county, PlaceId place) {
    const Day day = place::today(county);
    return county.database.read([&](Transaction& tx) {
        std::vector<PostView> views;
        const auto found = place::load_place(tx, place, day);
        if (!found) return views;
        // Whoever keeps in touch with places of this kind by a rule; without a link, the posts of the same
        // kinds nearest above.
        for (const auto& rule : load_offices(tx).rules) {
            const auto& kinds = rule.to.kinds;
            const bool to_household = rule.from.of == LiaisonSide::Of::post &&
                                      rule.to.of == LiaisonSide::Of::place && !rule.by_seat && !kinds.empty();
            if (!to_household) continue;
            if (std::find(kinds.begin(), kinds.end(), found->kind) != kinds.end()) {
                for (const auto post : linked_posts(tx, rule.name, place, day)) {
                    if (auto view = load_post_view(tx, post, day)) views.push_back(std::move(*view));
                }
                if (!views.empty()) break;
            }
            PostsQuery query{found->household && found->parent ? *found->parent : place,
                             day,
                             true,
                             rule.from.kinds.front(),
                             false,
                             {},
                             200};
            views = load_post_views(tx, query);
            if (!views.empty()) break;
        }
        return views;
    });
}

}  // namespace lianxin::party
