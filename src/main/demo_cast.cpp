#include "main/demo_cast.hpp"

#include <algorithm>
#include <utility>

#include "party/party_service.hpp"
#include "party/party_store.hpp"
#include "place/place_store.hpp"

namespace lianxin::demo {

namespace {

Day today(const County& county) {
    return county.zone.day_of(county.clock.now());
}

}  // namespace

Cast::Cast(County& county, party::OwnerCache& owners, const Story& story)
    : county_(county), owners_(owners), story_(story) {
    county_.database.read([&](store::Transaction& tx) {
        kinds_ = place::load_kinds(tx);
        const auto root = place::load_root(tx, today(county_));
        require(root.has_value(), "an open county has a root");
        root_ = *root;
        if (const auto* household = kinds_.household(); household != nullptr && household->level > 1)
            groups_ = place::places_under(tx, root_.id, household->level - 1, today(county_));
    });
    std::sort(groups_.begin(), groups_.end());
}

Cast::Spot Cast::spot(Chance& chance) {
    require(!groups_.empty(), "a story is told in a county with doors");
    return spot_below(chance.one_of(groups_), chance);
}

Cast::Spot Cast::spot_below(PlaceId group, Chance& chance) {
    return county_.database.read([&](store::Transaction& tx) {
        const auto doors = place::load_children(tx, {group, today(county_), true, {}, 200});
        Spot spot;
        const PlaceId door = doors.empty() ? group : doors[chance.below(doors.size())].id;
        spot.lineage = place::load_lineage(tx, door, today(county_)).value_or(place::Lineage{});
        spot.names.resize(place::max_level + 1);
        for (int level = 1; level <= place::max_level; ++level) {
            if (!spot.lineage.has(level)) continue;
            const auto place = place::load_place(tx, spot.lineage.at(level), today(county_));
            if (place) spot.names[static_cast<std::size_t>(level)] = place->name;
        }
        return spot;
    });
}

std::optional<PlaceId> Cast::above(const Spot& spot, std::string_view kind) const {
    const auto* found = kinds_.find(kind);
    if (found == nullptr || !spot.lineage.has(found->level)) return {};
    return spot.lineage.at(found->level);
}

std::string Cast::name_above(const Spot& spot, std::string_view kind) const {
    const auto* found = kinds_.find(kind);
    return found == nullptr ? std::string() : spot.names[static_cast<std::size_t>(found->level)];
}

std::optional<PostId> Cast::post(std::string_view selector, PlaceId place) {
    return county_.database.read([&](store::Transaction& tx) -> std::optional<PostId> {
        party::OwnerResolver resolver(tx, owners_);
        const auto found = resolver.resolve_exactly(selector, {place, today(county_), {}, {}, {}});
        if (!found) return {};
        return found->post;
    });
}

std::optional<PostId> Cast::superior(PostId post) {
    return county_.database.read([&](store::Transaction& tx) {
        return party::OwnerResolver(tx, owners_).answers_to(post, today(county_));
    });
}

std::optional<access::ActingPerson> Cast::holder(PostId post) {
    return county_.database.read([&](store::Transaction& tx) {
        // Whoever was appointed or dismissed meanwhile is, and is not, who they were.
        const auto staffing = party::staffing_version(tx);
        if (std::exchange(staffing_, staffing) != staffing) holders_.clear();
        const auto [known, fresh] = holders_.try_emplace(post);
        const auto parties = fresh ? party::holders(tx, post, today(county_)) : std::vector<PartyId>();
        if (!parties.empty()) {
            access::ActingPerson& who = known->second.emplace();
            who.kind = access::ActingPerson::Kind::staff;
            who.party = parties.front();
            who.posts = party::held_posts(tx, parties.front(), today(county_));
        }
        return known->second;
    });
}

std::string Cast::kind_of(PostId post) {
    const auto [known, fresh] = kinds_of_posts_.try_emplace(post);
    if (!fresh) return known->second;
    known->second = county_.database.read([&](store::Transaction& tx) {
        const auto found = party::load_post(tx, post);
        return found ? found->kind : std::string();
    });
    return known->second;
}

std::vector<PostId> Cast::unit_desks(std::string_view category, std::size_t count) {
    const auto top = category.substr(0, category.find('.'));
    const auto keys = story_.units.find(top);
    if (keys == story_.units.end()) return {};
    std::vector<PostId> desks;
    for (const auto& key : keys->second) {
        if (desks.size() == count) break;
        if (const auto desk = unit_desk(key)) desks.push_back(*desk);
    }
    return desks;
}

std::optional<PostId> Cast::unit_desk(const std::string& key) {
    if (const auto known = unit_desks_.find(key); known != unit_desks_.end()) return known->second;
    const auto desk = county_.database.read([&](store::Transaction& tx) -> std::optional<PostId> {
        const auto unit = party::party_by_key(tx, key);
        const auto party = unit ? party::load_party(tx, *unit) : std::nullopt;
        if (!party) return {};
        for (const auto& post : party::posts_at(tx, party->place, today(county_)))
            if (post.desk && post.unit == unit) return post.id;
        return {};
    });
    if (desk) unit_desks_.emplace(key, *desk);
    return desk;
}

std::optional<std::pair<PostId, PlaceId>> Cast::vacancy(const std::string& post_kind) {
    const auto vacant = county_.database.read([&](store::Transaction& tx) {
        return party::load_post_views(tx, {root_.id, today(county_), true, post_kind, true, {}, 200});
    });
    const party::PostView* last = nullptr;
    for (const auto& view : vacant) {
        if (stood_for_.contains(view.post.id)) continue;
        if (last == nullptr || last->vacant_since < view.vacant_since) last = &view;
    }
    if (last == nullptr) return {};
    stood_for_.insert(last->post.id);
    return std::pair{last->post.id, last->post.place};
}

std::vector<PartyId> Cast::neighbours(const Spot& spot, std::size_t count) {
    const PlaceId group = spot.lineage.at(kinds_.household()->level - 1);
    return county_.database.read([&](store::Transaction& tx) {
        std::vector<PartyId> found;
        for (const auto& door : place::load_children(tx, {group, today(county_), true, {}, 200})) {
            for (const auto& person : party::people_at(tx, door.id, today(county_))) {
                if (found.size() == count) return found;
                found.push_back(person.id);
            }
        }
        return found;
    });
}

std::string Cast::person_name(Chance& chance) const {
    return chance.one_of(story_.family_names) + chance.one_of(story_.given_names);
}

std::optional<Cast::Seat> Cast::seat_of(store::Transaction& tx, const party::PostView& view) const {
    const auto parties = party::holders(tx, view.post.id, today(county_));
    if (parties.empty()) return {};
    const auto party = party::load_party(tx, parties.front());
    return Seat{view.post.id,   parties.front(),      party ? party->name : "", view.place_name,
                view.unit_name, view.holders.empty(), view.post.place};
}

std::vector<Cast::Seat> Cast::seats(const std::string& post_kind, std::string_view seat_kind) {
    return county_.database.read([&](store::Transaction& tx) {
        const auto views =
            party::load_post_views(tx, {root_.id, today(county_), true, post_kind, false, {}, 5000});
        const auto sits_there = [&](const party::Post& post) {
            if (seat_kind.empty()) return true;
            const auto place = place::load_place(tx, post.place, today(county_));
            if (place && place->kind == seat_kind) return true;
            const auto unit = post.unit ? party::load_party(tx, *post.unit) : std::nullopt;
            if (unit && unit->unit_kind == seat_kind) return true;
            const auto station = post.station ? place::load_station(tx, *post.station) : std::nullopt;
            return station && station->kind == seat_kind;
        };
        std::vector<Seat> seats;
        for (const auto& view : views)
            if (sits_there(view.post))
                if (auto seat = seat_of(tx, view)) seats.push_back(std::move(*seat));
        return seats;
    });
}

std::vector<Cast::Seat> Cast::electorate(std::string_view selector, PlaceId place) {
    return county_.database.read([&](store::Transaction& tx) {
        std::vector<Seat> seats;
        party::OwnerResolver resolver(tx, owners_);
        for (const PostId post : resolver.all_of(selector, {place, today(county_), {}, {}, {}}))
            if (const auto view = party::load_post_view(tx, post, today(county_)))
                if (auto seat = seat_of(tx, *view)) seats.push_back(std::move(*seat));
        return seats;
    });
}

void Cast::staff(const Login& post, Chance& chance) {
    party::PartyService parties;
    const auto engine = access::ActingPerson::engine();
    for (const auto& seat : seats(post.post, post.at)) {
        if (!seat.covered) continue;
        const auto person =
            parties.add_person(county_, engine, {person_name(chance), "", "", "", seat.at, true});
        if (!person)
            throw Fault("The demo could not add a person: " + std::string(party::code_of(person.error())));
        const party::Holding holding{
            county_.new_id<HoldingNoun>(), seat.post, *person, today(county_), place::open_end(), {}};
        const auto held = parties.appoint(county_, engine, holding);
        if (!held)
            throw Fault("The demo could not fill a desk: " + std::string(party::code_of(held.error())));
    }
}

}  // namespace lianxin::demo
