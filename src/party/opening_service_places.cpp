#include <algorithm>

#include "party/opening_service_plan.hpp"

namespace lianxin::party {
namespace {

std::size_t add_place(Opening& opening, const place::Kind& kind, std::string name,
                      std::optional<std::size_t> parent) {
    auto& places = opening.day.places;
    const auto id = opening.id<PlaceNoun>();
    const place::Lineage* above = parent ? &places[*parent].span.lineage : nullptr;
    place::NewPlace place;
    place.kind = kind.name;
    place.span.place = id;
    place.span.level = kind.level;
    place.span.household = kind.household;
    place.span.name = std::move(name);
    if (parent) place.span.parent = places[*parent].span.place;
    place.span.lineage = place::lineage_below(above, id, kind.level);
    place.span.from = opening.from;
    place.span.until = place::open_end();
    places.push_back(std::move(place));
    return places.size() - 1;
}

std::string suffix_of(const place::Kind& kind) {
    return kind.suffixes.empty() ? std::string() : kind.suffixes.front();
}

// Doors are numbered within the place they hang from; everything else gets the name of a hamlet, each once
// below `top`.
std::vector<std::size_t> add_filled(Opening& opening, const place::Kind& kind,
                                    const std::vector<std::size_t>& parents, const std::vector<int>& counts) {
    std::size_t total = 0;
    for (const int count : counts) total += static_cast<std::size_t>(count);
    std::vector<std::string> hamlets;
    if (!kind.household && total <= MadeUpPeople::hamlets_at_most) hamlets = opening.people->hamlets(total);
    std::vector<std::size_t> added;
    for (std::size_t p = 0; p < parents.size(); ++p) {
        for (int n = 1; n <= counts[p]; ++n) {
            std::string name = std::to_string(n) + "号";
            if (!kind.household) {
                name = (hamlets.empty() ? "第" + std::to_string(added.size() + 1) : hamlets[added.size()]) +
                       suffix_of(kind);
            }
            added.push_back(add_place(opening, kind, std::move(name), parents[p]));
        }
    }
    return added;
}

// Whether a kind of post sits at places of a kind, or in a unit or team that every such place has.
bool seats(const Opening& opening, const PostKind& post, const std::string& place_kind) {
    if (post.sits_at({Seat::Of::place, place_kind})) return true;
    const auto& units = opening.plan.posts.units_everywhere;
    return std::any_of(units.begin(), units.end(), [&](const PlannedUnit& unit) {
        return unit.place == place_kind && post.sits_at({Seat::Of::unit, unit.kind});
    });
}

// Where a kind of post sits, below (or at) a filled place: on the places the fill made.
void spread_posts(const Opening& opening, const std::map<std::string, int>& wanted,
                  const std::map<int, std::vector<std::size_t>>& by_level, Opening::PostCounts& posts) {
    for (const auto& [name, count] : wanted) {
        const PostKind* post = opening.plan.posts.kinds.find(name);
        if (post == nullptr) continue;
        for (const auto& [level, places] : by_level) {
            if (!seats(opening, *post, opening.kind_of(places.front()).name)) continue;
            const auto counts = shares(count, std::vector<int>(places.size(), 1));
            for (std::size_t i = 0; i < places.size(); ++i) posts[places[i]][name] += counts[i];
            break;
        }
    }
}

const LiaisonRule* household_rule(const Opening& opening, const std::string& household) {
    for (const auto& rule : opening.plan.posts.rules) {
        const bool ties =
            !rule.by_seat && rule.from.of == LiaisonSide::Of::post && rule.to.of == LiaisonSide::Of::place;
        if (ties && std::count(rule.to.kinds.begin(), rule.to.kinds.end(), household) > 0) return &rule;
    }
    return nullptr;
}

int tied_posts(const Opening& opening, const LiaisonRule& rule, std::size_t at) {
    const auto it = opening.filled_posts.find(at);
    if (it == opening.filled_posts.end()) return 0;
    int count = 0;
    for (const auto& kind : rule.from.kinds) {
        if (const auto found = it->second.find(kind); found != it->second.end()) count += found->second;
    }
    return count;
}

// Households follow those who keep in touch with them, so that the bounds can hold.
bool fill_households(Opening& opening, const place::Kind& kind, const std::vector<std::size_t>& parents,
                     int total) {
    std::vector<int> weights(parents.size(), 1);
    const LiaisonRule* rule = household_rule(opening, kind.name);
    if (rule != nullptr) {
        for (std::size_t p = 0; p < parents.size(); ++p) weights[p] = tied_posts(opening, *rule, parents[p]);
        if (std::all_of(weights.begin(), weights.end(), [](int w) { return w == 0; })) {
            std::fill(weights.begin(), weights.end(), 1);
            rule = nullptr;
        }
    }
    const auto counts = shares(total, weights);
    for (std::size_t p = 0; rule != nullptr && p < parents.size(); ++p) {
        const int posts = weights[p];
        if (counts[p] < posts * rule->per_from.min) return false;
        if (rule->per_from.max && counts[p] > posts * *rule->per_from.max) return false;
    }
    (void)add_filled(opening, kind, parents, counts);
    return true;
}

bool fill(Opening& opening, const place::PlannedPlace& planned, std::size_t at) {
    std::map<int, std::vector<std::size_t>> by_level = {{opening.kind_of(at).level, {at}}};
    for (const auto& kind : opening.plan.places.kinds.all()) {
        const auto wanted = planned.fill.find(kind.name);
        if (kind.household || wanted == planned.fill.end() || wanted->second == 0) continue;
        const auto& parents = by_level.rbegin()->second;
        const auto counts = shares(wanted->second, std::vector<int>(parents.size(), 1));
        auto added = add_filled(opening, kind, parents, counts);
        by_level[kind.level] = std::move(added);
    }
    spread_posts(opening, planned.fill_posts, by_level, opening.filled_posts);
    spread_posts(opening, planned.fill_vacant, by_level, opening.vacant_posts);
    const place::Kind* household = opening.plan.places.kinds.household();
    const auto wanted = household == nullptr ? planned.fill.end() : planned.fill.find(household->name);
    if (wanted == planned.fill.end()) return true;
    return fill_households(opening, *household, by_level.rbegin()->second, wanted->second);
}

void add_station(Opening& opening, const std::string& kind, const place::NewPlace& place) {
    place::Station station;
    station.id = opening.id<StationNoun>();
    station.kind = kind;
    station.place = place.span.place;
    station.name = place.span.name;
    station.from = opening.from;
    station.until = place::open_end();
    opening.day.stations.push_back(std::move(station));
}

}  // namespace

bool plan_places(Opening& opening) {
    const auto& plan = opening.plan.places;
    if (plan.made_up) opening.people.emplace(plan.made_up->seed, plan.made_up->phone_prefix);
    for (const auto& planned : plan.places) {
        std::optional<std::size_t> parent;
        if (!planned.parent.empty()) parent = opening.by_key.at(planned.parent);
        const auto at = add_place(opening, *plan.kinds.find(planned.kind), planned.name, parent);
        opening.by_key.emplace(planned.key, at);
        opening.day.places[at].span.code = planned.code;
        opening.day.places[at].point = planned.point;
        for (const auto& station : planned.stations) add_station(opening, station, opening.day.places[at]);
        const auto first_filled = opening.day.places.size();
        if (opening.people && !fill(opening, planned, at)) return false;
        for (auto i = first_filled; i < opening.day.places.size(); ++i) {
            const auto stations = plan.fill_stations.find(opening.day.places[i].kind);
            if (stations == plan.fill_stations.end()) continue;
            for (const auto& station : stations->second) add_station(opening, station, opening.day.places[i]);
        }
    }
    return true;
}

}  // namespace lianxin::party
