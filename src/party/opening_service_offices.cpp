#include <algorithm>
#include <set>

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

void add_posts(Opening& opening, const std::vector<Stand>& stands, SeatIndex& index) {
    for (const auto& stand : stands) {
        const auto filled = opening.filled_posts.find(stand.place);
        for (const auto& kind : opening.plan.posts.kinds.all()) {
            if (!kind.sits_at(stand.seat)) continue;
            int count = kind.desk ? std::max(1, kind.per_seat) : kind.per_seat;
            if (stand.seat.of == Seat::Of::place && filled != opening.filled_posts.end()) {
                if (const auto more = filled->second.find(kind.name); more != filled->second.end())
                    count += more->second;
            }
            for (int n = 0; n < count; ++n) {
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
            }
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

std::optional<PostId> default_superior(const Opening& opening, const SeatIndex& index, const Post& asking) {
    if (asking.unit) {
        const auto desk = first_of(opening, index.at_units, asking.place, asking.id,
                                   [&](const Post& post) { return post.desk && post.unit == asking.unit; });
        if (desk) return desk;
    }
    const auto& lineage = opening.day.places[index.places.at(asking.place)].span.lineage;
    const bool own_desk = asking.desk && !asking.unit && !asking.station;
    for (int level = place::max_level; level >= 1; --level) {
        if (!lineage.has(level) || (own_desk && lineage.at(level) == asking.place)) continue;
        const auto desk = first_of(opening, index.at_place, lineage.at(level), asking.id,
                                   [](const Post& post) { return post.desk; });
        if (desk) return desk;
    }
    return {};
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
            if ((post.superior = by_selector(opening, index, selector, post))) break;
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

// Somebody in every post but the desks, which their leaders cover; one resident behind every door.
void add_people(Opening& opening) {
    if (!opening.people) return;
    for (const auto& post : opening.day.posts) {
        const PostKind* kind = opening.plan.posts.kinds.find(post.kind);
        if (post.desk && !kind->leader) continue;
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

// What one side of a rule has at a place of the rule's `near` kind, in order.
std::vector<LiaisonEnd> ends_near(const Opening& opening, const SeatIndex& index, const LiaisonSide& side,
                                  PlaceId near,
                                  const std::unordered_map<PlaceId, std::vector<std::size_t>>& doors) {
    std::vector<LiaisonEnd> ends;
    const auto listed = [&](const std::string& kind) {
        return std::count(side.kinds.begin(), side.kinds.end(), kind) > 0;
    };
    if (side.of == LiaisonSide::Of::post) {
        const auto seated = index.at_place.find(near);
        if (seated == index.at_place.end()) return ends;
        for (const auto i : seated->second) {
            const Post& post = opening.day.posts[i];
            if (listed(post.kind)) ends.push_back({side.of, post.id.value()});
        }
    } else if (side.of == LiaisonSide::Of::place) {
        const auto below = doors.find(near);
        if (below == doors.end()) return ends;
        for (const auto i : below->second) {
            const auto& place = opening.day.places[i];
            if (listed(place.kind)) ends.push_back({side.of, place.span.place.value()});
        }
    }
    return ends;
}

// Within each place of the `near` kind, counterparts are dealt out in order and evenly: neighbours share a
// representative.
void add_links(Opening& opening, const SeatIndex& index) {
    if (!opening.people) return;
    for (const auto& rule : opening.plan.posts.rules) {
        const place::Kind* near = opening.plan.places.kinds.find(rule.near);
        if (near == nullptr || rule.by_seat || rule.by_tree()) continue;
        std::unordered_map<PlaceId, std::vector<std::size_t>> below;
        for (std::size_t i = 0; i < opening.day.places.size(); ++i) {
            const auto& lineage = opening.day.places[i].span.lineage;
            if (lineage.has(near->level)) below[lineage.at(near->level)].push_back(i);
        }
        for (const auto& place : opening.day.places) {
            if (place.kind != near->name) continue;
            const auto froms = ends_near(opening, index, rule.from, place.span.place, below);
            const auto tos = ends_near(opening, index, rule.to, place.span.place, below);
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
