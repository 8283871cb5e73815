#include <algorithm>
#include <span>
#include <utility>

#include "party/opening_service_plan.hpp"

namespace lianxin::party {
namespace {

struct Stand {  // where posts can sit
    Seat seat;
    std::size_t place = 0;
    std::optional<PartyId> unit;
    std::optional<StationId> station;
};

// Answers "the first post of that kind there", which is what superiors ask.
struct SeatIndex {
    std::unordered_map<PlaceId, std::size_t> places;
    std::unordered_map<PlaceId, std::vector<std::size_t>> at_place;  // posts of the place itself
    std::unordered_map<PlaceId, std::vector<std::size_t>> at_units;  // posts of its units and teams
    std::unordered_map<PlaceId, std::vector<std::size_t>> at_stations;
    std::unordered_map<PartyId, std::string> unit_kinds;
    std::unordered_map<StationId, std::string> station_kinds;
};

void add_unit(Opening& opening, std::vector<Stand>& stands, const PlannedUnit& planned, std::size_t at,
              std::string key, std::string name, const std::unordered_map<std::string, PartyId>& by_key) {
    const UnitKind* kind = opening.plan.posts.kinds.unit(planned.kind);
    Party unit;
    unit.id = opening.id<PartyNoun>();
    unit.kind = kind != nullptr && kind->team ? PartyKind::team : PartyKind::unit;
    unit.unit_kind = planned.kind;
    unit.key = std::move(key);
    unit.name = std::move(name);
    unit.place = opening.day.places[at].span.place;
    if (const auto parent = by_key.find(planned.parent); parent != by_key.end()) unit.parent = parent->second;
    unit.from = opening.from;
    unit.until = place::open_end();
    stands.push_back({{Seat::Of::unit, unit.unit_kind}, at, unit.id, {}});
    opening.day.parties.push_back(std::move(unit));
}

std::vector<Stand> stands_of(Opening& opening, SeatIndex& index) {
    std::vector<Stand> stands;
    for (std::size_t i = 0; i < opening.day.places.size(); ++i) {
        const auto& place = opening.day.places[i];
        index.places.emplace(place.span.place, i);
        if (!place.span.household) stands.push_back({{Seat::Of::place, place.kind}, i, {}, {}});
    }
    for (const auto& station : opening.day.stations) {
        stands.push_back({{Seat::Of::station, station.kind}, index.places.at(station.place), {}, station.id});
        index.station_kinds.emplace(station.id, station.kind);
    }
    std::unordered_map<std::string, PartyId> by_key;
    for (const auto& unit : opening.plan.posts.units) {
        add_unit(opening, stands, unit, opening.by_key.at(unit.place), unit.key, unit.name, by_key);
        by_key.emplace(unit.key, opening.day.parties.back().id);
    }
    const auto place_count = opening.day.places.size();
    for (const auto& unit : opening.plan.posts.units_everywhere) {
        for (std::size_t i = 0; i < place_count; ++i) {
            if (opening.day.places[i].kind != unit.place) continue;
            add_unit(opening, stands, unit, i, {}, opening.day.places[i].span.name + unit.name, by_key);
        }
    }
    for (const auto& party : opening.day.parties) index.unit_kinds.emplace(party.id, party.unit_kind);
    return stands;
}

// How many posts of a kind the pack asks for at this seat; of a place's units the first that seats the kind
// has them all.
int take(Opening::PostCounts& posts, const Stand& stand, const std::string& kind) {
    const auto at = posts.find(stand.place);
    if (at == posts.end() || stand.seat.of == Seat::Of::station) return 0;
    const auto found = at->second.find(kind);
    return found == at->second.end() ? 0 : std::exchange(found->second, 0);
}

PostId add_post(Opening& opening, const Stand& stand, const PostKind& kind, SeatIndex& index) {
    const auto place = opening.day.places[stand.place].span.place;
    auto& seated = stand.unit      ? index.at_units[place]
                   : stand.station ? index.at_stations[place]
                                   : index.at_place[place];
    seated.push_back(opening.day.posts.size());
    opening.day.posts.push_back({opening.id<PostNoun>(),
                                 kind.name,
                                 place,
                                 stand.unit,
                                 stand.station,
                                 {},
                                 kind.desk,
                                 0,
                                 opening.from,
                                 place::open_end()});
    return opening.day.posts.back().id;
}

void add_posts(Opening& opening, const std::vector<Stand>& stands, SeatIndex& index) {
    for (const auto& stand : stands) {
        for (const auto& kind : opening.plan.posts.kinds.all()) {
            if (!kind.sits_at(stand.seat)) continue;
            const int own = kind.desk ? std::max(1, kind.per_seat) : kind.per_seat;
            const int held = own + take(opening.filled_posts, stand, kind.name);
            const int empty = take(opening.vacant_posts, stand, kind.name);
            for (int n = 0; n < held; ++n) (void)add_post(opening, stand, kind, index);
            for (int n = 0; n < empty; ++n) opening.vacancies.insert(add_post(opening, stand, kind, index));
        }
    }
}

// Of the posts listed there, the first that fits and is not the asking post itself.
template <class Fits>
std::optional<PostId> first_of(const Opening& opening,
                               const std::unordered_map<PlaceId, std::vector<std::size_t>>& seated,
                               PlaceId place, PostId asking, Fits fits) {
    const auto it = seated.find(place);
    if (it == seated.end()) return {};
    for (const auto i : it->second) {
        const Post& post = opening.day.posts[i];
        if (post.id != asking && fits(post)) return post.id;
    }
    return {};
}

std::optional<PostId> by_selector(const Opening& opening, const SeatIndex& index, const Selector& selector,
                                  const Post& asking) {
    const auto& lineage = opening.day.places[index.places.at(asking.place)].span.lineage;
    using Shape = Selector::Shape;
    if (selector.shape == Shape::post_at_place && lineage.has(selector.level)) {
        return first_of(opening, index.at_place, lineage.at(selector.level), asking.id,
                        [&](const Post& post) { return post.kind == selector.post; });
    }
    if (selector.shape == Shape::leader_of && selector.level > 0 && lineage.has(selector.level)) {
        return first_of(opening, index.at_place, lineage.at(selector.level), asking.id,
                        [&](const Post& post) { return opening.plan.posts.kinds.find(post.kind)->leader; });
    }
    const bool at_unit = selector.shape == Shape::post_at_unit;
    if (!at_unit && selector.shape != Shape::post_at_station) return {};
    for (int level = place::max_level; level >= 1; --level) {
        if (!lineage.has(level)) continue;
        const auto& seated = at_unit ? index.at_units : index.at_stations;
        auto found = first_of(opening, seated, lineage.at(level), asking.id, [&](const Post& post) {
            const auto& seat =
                at_unit ? index.unit_kinds.at(*post.unit) : index.station_kinds.at(*post.station);
            return post.kind == selector.post && seat == selector.seat;
        });
        if (found) return found;
    }
    return {};
}

bool leads(const Opening& opening, const Post& post) {
    return opening.plan.posts.kinds.find(post.kind)->leader;
}

// A desk answers to whoever leads its place, and so whoever leads it never to the desk.
std::optional<PostId> default_superior(const Opening& opening, const SeatIndex& index, const Post& asking) {
    if (asking.unit) {
        const auto desk = first_of(opening, index.at_units, asking.place, asking.id,
                                   [&](const Post& post) { return post.desk && post.unit == asking.unit; });
        if (desk) return desk;
    }
    const bool of_place = !asking.unit && !asking.station;
    const bool leads_place = of_place && leads(opening, asking);
    if (of_place && asking.desk && !leads_place) {
        const auto leader = first_of(opening, index.at_place, asking.place, asking.id,
                                     [&](const Post& post) { return leads(opening, post); });
        if (leader) return leader;
    }
    const auto& lineage = opening.day.places[index.places.at(asking.place)].span.lineage;
    const bool beside_none = leads_place || (of_place && asking.desk);
    for (int level = place::max_level; level >= 1; --level) {
        if (!lineage.has(level) || (beside_none && lineage.at(level) == asking.place)) continue;
        const auto desk = first_of(opening, index.at_place, lineage.at(level), asking.id,
                                   [](const Post& post) { return post.desk; });
        if (desk) return desk;
    }
    return {};
}

bool is_own_desk(const Opening& opening, const SeatIndex& index, PostId superior, const Post& asking) {
    if (asking.unit || asking.station || !leads(opening, asking)) return false;
    return first_of(opening, index.at_place, asking.place, asking.id,
                    [&](const Post& post) { return post.id == superior && post.desk; })
        .has_value();
}

void add_superiors(Opening& opening, const SeatIndex& index) {
    const Offices offices = opening.plan.posts.offices(opening.plan.places);
    std::unordered_map<std::string, std::vector<Selector>> selectors;
    for (const auto& kind : offices.posts.all()) {
        for (const auto& text : kind.superior) {
            if (const auto selector = parse_selector(text, offices))
                selectors[kind.name].push_back(*selector);
        }
    }
    for (auto& post : opening.day.posts) {
        for (const auto& selector : selectors[post.kind]) {
            const auto found = by_selector(opening, index, selector, post);
            if (!found || is_own_desk(opening, index, *found, post)) continue;
            post.superior = found;
            break;
        }
        if (!post.superior) post.superior = default_superior(opening, index, post);
    }
}

Party person_at(Opening& opening, PlaceId place, std::string public_name) {
    Party person;
    person.id = opening.id<PartyNoun>();
    person.name = std::move(public_name);
    person.place = place;
    person.from = opening.from;
    person.until = place::open_end();
    return person;
}

// Somebody in every post but the desks, which their leaders cover, and those that the pack leaves empty; one
// resident behind every door.
void add_people(Opening& opening) {
    if (!opening.people) return;
    for (const auto& post : opening.day.posts) {
        const PostKind* kind = opening.plan.posts.kinds.find(post.kind);
        if ((post.desk && !kind->leader) || opening.vacancies.contains(post.id)) continue;
        auto person = person_at(opening, post.place, opening.people->name());
        opening.day.contacts.push_back({person.id, {}, opening.people->phone()});
        opening.day.holdings.push_back(
            {opening.id<HoldingNoun>(), post.id, person.id, opening.from, place::open_end(), {}});
        opening.day.parties.push_back(std::move(person));
    }
    for (const auto& place : opening.day.places) {
        if (!place.span.household) continue;
        auto person = person_at(opening, place.span.place, {});
        opening.day.contacts.push_back({person.id, opening.people->name(), opening.people->phone()});
        opening.day.parties.push_back(std::move(person));
    }
}

// What there is of a rule's two sides within each place of its `near` kind, in order: posts of the place, of
// its units, teams and stations and of the places below; places below.
class Nearby {
 public:
    Nearby(const Opening& opening, const SeatIndex& index, int level) : opening_(opening) {
        const auto within = [&](std::size_t place) {
            return opening.day.places[place].span.lineage.at(level);
        };
        for (std::size_t i = 0; i < opening.day.places.size(); ++i) places_[within(i)].push_back(i);
        for (std::size_t i = 0; i < opening.day.posts.size(); ++i) {
            const Post& post = opening.day.posts[i];
            if (!opening.vacancies.contains(post.id))
                posts_[within(index.places.at(post.place))].push_back(i);
        }
        for (const auto& [place, at] : index.places) kinds_.emplace(place, opening.day.places[at].kind);
    }
    [[nodiscard]] std::vector<LiaisonEnd> ends(const LiaisonSide& side, PlaceId near) const {
        std::vector<LiaisonEnd> ends;
        const auto listed = [&](const std::string& kind) {
            return std::count(side.kinds.begin(), side.kinds.end(), kind) > 0;
        };
        if (side.of == LiaisonSide::Of::post) {
            for (const auto i : at(posts_, near)) {
                const Post& post = opening_.day.posts[i];
                const bool seated = side.at.empty() || kinds_.at(post.place) == side.at;
                if (listed(post.kind) && seated) ends.push_back({side.of, post.id.value()});
            }
        } else if (side.of == LiaisonSide::Of::place) {
            for (const auto i : at(places_, near)) {
                const auto& place = opening_.day.places[i];
                if (listed(place.kind)) ends.push_back({side.of, place.span.place.value()});
            }
        }
        return ends;
    }

 private:
    using Lists = std::unordered_map<PlaceId, std::vector<std::size_t>>;
    static std::span<const std::size_t> at(const Lists& lists, PlaceId near) {
        const auto found = lists.find(near);
        return found == lists.end() ? std::span<const std::size_t>() : found->second;
    }

    const Opening& opening_;
    Lists places_, posts_;
    std::unordered_map<PlaceId, std::string> kinds_;
};

// Within each place of the `near` kind, counterparts are dealt out in order and evenly: neighbours share a
// representative.
void add_links(Opening& opening, const SeatIndex& index) {
    if (!opening.people) return;
    for (const auto& rule : opening.plan.posts.rules) {
        const place::Kind* near = opening.plan.places.kinds.find(rule.near);
        if (near == nullptr || rule.by_seat || rule.by_tree()) continue;
        const Nearby nearby(opening, index, near->level);
        for (const auto& place : opening.day.places) {
            if (place.kind != near->name) continue;
            const auto froms = nearby.ends(rule.from, place.span.place);
            const auto tos = nearby.ends(rule.to, place.span.place);
            const auto counts = shares(static_cast<int>(tos.size()), std::vector<int>(froms.size(), 1));
            std::size_t next = 0;
            for (std::size_t f = 0; f < froms.size(); ++f) {
                for (int n = 0; n < counts[f]; ++n) {
                    opening.day.links.push_back({opening.id<LiaisonNoun>(), rule.name, froms[f], tos[next++],
                                                 opening.from, place::open_end()});
                }
            }
        }
    }
}

}  // namespace

void plan_offices(Opening& opening) {
    SeatIndex index;
    const auto stands = stands_of(opening, index);
    add_posts(opening, stands, index);
    add_superiors(opening, index);
    add_people(opening);
    add_links(opening, index);
}

}  // namespace lianxin::party
