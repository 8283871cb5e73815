#include "party/party_service.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "party/contact_service.hpp"
#include "place/place_service.hpp"

namespace lianxin::party {
namespace {

using access::ActingPerson;
using access::PlacePermission;
using store::Transaction;

constexpr std::size_t max_name_characters = 80;

// Whether the person may administer at a place; which of the two refusals where not.
std::optional<PartyRefusal> refuse_at(Transaction& tx, const ActingPerson& who, PlaceId place, Day day) {
    const auto lineage = place::load_lineage(tx, place, day);
    if (!lineage) return PartyRefusal::place_not_found;
    if (!place::may(PlacePermission::administer, who, *lineage)) return PartyRefusal::not_allowed;
    return {};
}

std::optional<PartyRefusal> refuse_name(std::string_view name) {
    if (trim(name).empty()) return PartyRefusal::name_empty;
    if (code_points(name) > max_name_characters || has_control_characters(name))
        return PartyRefusal::name_too_long;
    return {};
}

Seat seat_of(const Post& post, const place::Place& place, const std::optional<Party>& unit,
             const std::optional<place::Station>& station) {
    if (unit) return {Seat::Of::unit, unit->unit_kind};
    if (station) return {Seat::Of::station, station->kind};
    require(!post.unit && !post.station, "a seat's unit and station were loaded");
    return {Seat::Of::place, place.kind};
}

// The first superior the pack names that exists for this seat, else the desk of the seat, else the desk
// above.
std::optional<PostId> superior_for(Transaction& tx, OwnerCache& cache, const PostKind& kind, const Post& post,
                                   Day day) {
    OwnerResolver resolver(tx, cache);
    for (const auto& text : kind.superior) {
        const auto selector = parse_selector(text, resolver.offices());
        if (!selector) continue;
        const auto found = resolver.resolve_exactly(*selector, {post.place, day, {}, {}, {}});
        if (found && found->post != post.id) return found->post;
    }
    const auto id_of = [](const std::optional<ResolvedOwner>& desk) {
        return desk ? std::optional<PostId>(desk->post) : std::nullopt;
    };
    if (!kind.desk || post.unit || post.station) return id_of(resolver.nearest_desk(post.place, day));
    const auto lineage = place::load_lineage(tx, post.place, day);
    for (int level = place::max_level; lineage && level >= 1; --level) {
        if (!lineage->has(level) || lineage->at(level) == post.place) continue;
        return id_of(resolver.nearest_desk(lineage->at(level), day));
    }
    return {};
}

}  // namespace

Result<PartyId, PartyRefusal> PartyService::add_person(County& county, const ActingPerson& who,
                                                       const PersonDraft& draft) {
    if (const auto refusal = refuse_name(draft.name)) return fail(*refusal);
    if (!draft.phone.empty() && !normal_phone(draft.phone)) return fail(PartyRefusal::phone_malformed);
    if (!draft.email.empty() && !normal_email(draft.email)) return fail(PartyRefusal::email_malformed);
    const Day day = place::today(county);
    Party person;
    person.id = county.new_id<PartyNoun>();
    person.name = draft.public_name ? std::string(trim(draft.name)) : std::string();
    person.place = draft.place;
    person.from = day;
    person.until = place::open_end();
    // The key is durable before anything is sealed with it; a refusal below leaves an unused key and nothing
    // else.
    const auto key = county.keys.create();
    std::vector<SealedContact> contacts;
    const auto add = [&](ContactField field, const std::string& value) {
        if (!value.empty()) contacts.push_back(sealed_contact(county.keys, key, person.id, field, value));
    };
    if (!draft.public_name) add(ContactField::name, draft.name);
    add(ContactField::phone, draft.phone);
    add(ContactField::email, draft.email);
    add(ContactField::address, draft.address);
    return county.database.write([&](Transaction& tx) -> Result<PartyId, PartyRefusal> {
        if (const auto refusal = refuse_at(tx, who, draft.place, day)) return fail(*refusal);
        insert_parties(tx, {person});
        save_contacts(tx, contacts);
        return person.id;
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
    // The desk first: the other posts' superiors may end there.
    const auto offices = load_offices(tx);
    const Seat seat{Seat::Of::place, place->kind};
    if (const PostKind* desk = offices.posts.desk_at(seat)) open(*desk, std::max(1, desk->per_seat));
    for (const auto& kind : offices.posts.all()) {
        if (!kind.desk && kind.sits_at(seat)) open(kind, kind.per_seat);
    }
}

Result<void, PartyRefusal> PartyService::close_post(County& county, const ActingPerson& who, PostId id,
                                                    Day day) {
    return county.database.write([&](Transaction& tx) -> Result<void, PartyRefusal> {
        const auto post = load_post(tx, id);
        if (!post) return fail(PartyRefusal::post_not_found);
        if (const auto refusal = refuse_at(tx, who, post->place, day)) return fail(*refusal);
        if (post->desk) return fail(PartyRefusal::desk_must_stay);
        if (day <= post->from || post->until <= day) return fail(PartyRefusal::day_out_of_range);
        end_post(tx, id, day);
        bump_staffing_version(tx);
        return {};
    });
}

Result<HoldingId, PartyRefusal> PartyService::appoint_in(Transaction& tx, const Holding& holding) {
    const auto post = load_post(tx, holding.post);
    if (!post) return fail(PartyRefusal::post_not_found);
    const auto person = load_party(tx, holding.party);
    if (!person || person->kind != PartyKind::person) return fail(PartyRefusal::party_not_found);
    if (holding.until <= holding.from || holding.from < post->from || post->until <= holding.from) {
        return fail(PartyRefusal::day_out_of_range);
    }
    const auto holding_now = holdings_of_post(tx, holding.post, holding.from);
    const auto holds = [&](PartyId party) {
        return std::any_of(holding_now.begin(), holding_now.end(),
                           [&](const Holding& h) { return h.party == party; });
    };
    if (holds(holding.party)) return fail(PartyRefusal::already_holds_post);
    if (holding.acting_for && !holds(*holding.acting_for)) return fail(PartyRefusal::nobody_to_stand_in_for);
    // A desk is shared; any other post has one holder beside stand-ins.
    const bool taken =
        std::any_of(holding_now.begin(), holding_now.end(), [](const Holding& h) { return !h.acting_for; });
    if (!holding.acting_for && taken && !post->desk) return fail(PartyRefusal::post_has_holder);
    insert_holdings(tx, {holding});
    bump_staffing_version(tx);
    return holding.id;
}

Result<HoldingId, PartyRefusal> PartyService::appoint(County& county, const ActingPerson& who,
                                                      const Holding& draft) {
    Holding holding = draft;
    holding.id = county.new_id<HoldingNoun>();
    if (holding.until == Day{}) holding.until = place::open_end();
    return county.database.write([&](Transaction& tx) -> Result<HoldingId, PartyRefusal> {
        const auto post = load_post(tx, holding.post);
        if (!post) return fail(PartyRefusal::post_not_found);
        if (const auto refusal = refuse_at(tx, who, post->place, holding.from)) return fail(*refusal);
        return appoint_in(tx, holding);
    });
}

Result<void, PartyRefusal> PartyService::leave(County& county, const ActingPerson& who, HoldingId id,
                                               Day day) {
    return county.database.write([&](Transaction& tx) -> Result<void, PartyRefusal> {
        const auto holding = load_holding(tx, id);
        if (!holding) return fail(PartyRefusal::holding_not_found);
        const auto post = load_post(tx, holding->post);
        if (!post) return fail(PartyRefusal::post_not_found);
        if (const auto refusal = refuse_at(tx, who, post->place, day)) return fail(*refusal);
        if (holding->until <= day) return fail(PartyRefusal::day_out_of_range);
        end_holding(tx, id, day);
        // Nobody stands above the highest desk to cover it.
        if (!post->superior && holders(tx, post->id, day).empty())
            return fail(PartyRefusal::root_desk_must_stay_held);
        bump_staffing_version(tx);
        return {};
    });
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
