#include "matter/territory_pack.hpp"

#include <algorithm>

#include "matter/lines_pack.hpp"

namespace lianxin::matter {
namespace {

using party::Seat;
using Line = std::vector<const place::PlannedPlace*>;

constexpr std::size_t named_at_most = 5;

bool has(const std::vector<std::string>& items, const std::string& item) {
    return std::find(items.begin(), items.end(), item) != items.end();
}

std::string at_seat(const std::string& post, const std::string& seat) {
    return post + "@" + seat;
}

}  // namespace

Territory::Territory(const place::PlacesPlan& places, const party::PostsPlan& posts)
    : places_(places), posts_(posts), offices_(posts.offices(places)) {
    std::map<std::string, std::pair<Way, Line>> ways;
    for (const auto& planned : places_.places) {
        const auto above = ways.find(planned.parent);
        Way way = above == ways.end() ? Way{} : above->second.first;
        Line line = above == ways.end() ? Line{} : above->second.second;
        line.push_back(&planned);
        way.push_back(stop_at(planned.key, planned.kind, planned.stations, line));
        add(way, planned.name, 1);
        add_filled(planned, way, line);
        ways.emplace(planned.key, std::pair(std::move(way), std::move(line)));
    }
}

// The kinds made up below a place stand below one another by their level.
void Territory::add_filled(const place::PlannedPlace& below, const Way& way, const Line& line) {
    std::vector<std::pair<int, std::string>> kinds;
    for (const auto& [kind, count] : below.fill)
        if (const auto* found = places_.kinds.find(kind); found != nullptr && count > 0)
            kinds.emplace_back(found->level, kind);
    std::sort(kinds.begin(), kinds.end());
    Way down = way;
    for (const auto& [level, kind] : kinds) {
        const auto stations = places_.fill_stations.find(kind);
        down.push_back(stop_at(
            "", kind, stations == places_.fill_stations.end() ? std::vector<std::string>{} : stations->second,
            line));
        add(down, below.name + " (" + kind + ")", static_cast<std::size_t>(below.fill.at(kind)));
    }
}

void Territory::add(Way way, const std::string& name, std::size_t count) {
    const auto [found, fresh] = known_.emplace(way, groups_.size());
    if (fresh) groups_.push_back({std::move(way), {}, 0});
    auto& group = groups_[found->second];
    if (group.names.size() < named_at_most) group.names.push_back(name);
    group.places += count;
}

// None, one, or two for several.
int Territory::made(const party::PostKind& kind, const Seat& seat, const Line& line) {
    if (!kind.sits_at(seat)) return 0;
    int posts = std::max(kind.desk ? 1 : 0, kind.per_seat);
    for (const auto* place : line)
        if (const auto filled = place->fill_posts.find(kind.name); filled != place->fill_posts.end())
            posts += filled->second;
    return std::clamp(posts, 0, 2);
}

std::vector<std::string> Territory::posts_at(const Seat& seat, const Line& line) const {
    std::vector<std::string> posts;
    for (const auto& kind : posts_.kinds.all())
        posts.insert(posts.end(), static_cast<std::size_t>(made(kind, seat, line)), kind.name);
    return posts;
}

Territory::Stop Territory::stop_at(const std::string& key, const std::string& kind,
                                   const std::vector<std::string>& stations, const Line& line) const {
    Stop stop;
    stop.kind = kind;
    stop.posts = posts_at({Seat::Of::place, kind}, line);
    for (const auto& unit : posts_.units)
        if (!key.empty() && unit.place == key)
            for (auto& post : posts_at({Seat::Of::unit, unit.kind}, line))
                if (std::count(stop.units[unit.kind].begin(), stop.units[unit.kind].end(), post) < 2)
                    stop.units[unit.kind].push_back(std::move(post));
    for (const auto& unit : posts_.units_everywhere)
        if (unit.place == kind) stop.units[unit.kind] = posts_at({Seat::Of::unit, unit.kind}, line);
    for (const auto& station : stations)
        stop.stations[station] = posts_at({Seat::Of::station, station}, line);
    return stop;
}

const party::PostKind* Territory::leader_among(const std::vector<std::string>& posts) const {
    for (const auto& name : posts)
        if (const auto* kind = posts_.kinds.find(name); kind != nullptr && kind->leader) return kind;
    return nullptr;
}

bool Territory::known(const OwnerSelector& selector) const {
    return party::parse_selector(selector_text(selector, ""), offices_).has_value();
}

bool Territory::has_board(std::string_view level) const {
    const auto* kind = offices_.places.find(level);
    return kind != nullptr && !kind->household;
}

bool Territory::has_level(std::string_view level) const {
    return offices_.places.find(level) != nullptr;
}

bool Territory::is_held(std::string_view post_kind) const {
    const auto* kind = offices_.posts.find(post_kind);
    return kind != nullptr && !kind->desk;
}

// Where a kind of unit or station sits, the nearest to the place counts, as for its posts.
std::optional<std::size_t> Territory::depth(const OwnerSelector& asked, std::size_t group) const {
    const auto selector = party::parse_selector(selector_text(asked, ""), offices_);
    if (!selector || hand(asked, group).empty()) return {};
    const auto& way = groups_.at(group).way;
    for (std::size_t stop = way.size(); stop-- > 0;) {
        const auto& here = way[stop];
        if (here.kind == selector->seat || here.units.contains(selector->seat) ||
            here.stations.contains(selector->seat))
            return stop;
    }
    return {};
}

// At the place of the way, or at any place below it, in its units and stations too.
bool Territory::sits_below(const Way& way, Way::const_iterator place, const std::string& post) const {
    const auto sits_at = [&](const Stop& stop) {
        const auto among = [&](const auto& seat) { return has(seat.second, post); };
        return has(stop.posts, post) || std::any_of(stop.units.begin(), stop.units.end(), among) ||
               std::any_of(stop.stations.begin(), stop.stations.end(), among);
    };
    const auto depth = place - way.begin();
    return std::any_of(groups_.begin(), groups_.end(), [&](const Group& group) {
        const auto& other = group.way;
        return std::ssize(other) > depth && std::equal(way.begin(), std::next(place), other.begin()) &&
               std::any_of(other.begin() + depth, other.end(), sits_at);
    });
}

std::string Territory::hand(const OwnerSelector& asked, std::size_t group) const {
    using Shape = party::Selector::Shape;
    const auto selector = party::parse_selector(selector_text(asked, ""), offices_);
    if (!selector) return "";
    const auto& way = groups_.at(group).way;
    const auto level =
        std::find_if(way.begin(), way.end(), [&](const Stop& stop) { return stop.kind == selector->seat; });
    switch (selector->shape) {
        case Shape::post_at_place:
            return level != way.end() && has(level->posts, selector->post) ? selector->text() : "";
        case Shape::leader_of: {
            const auto* leader = level == way.end() ? nullptr : leader_among(level->posts);
            return leader == nullptr ? "" : at_seat(leader->name, selector->seat);
        }
        case Shape::station_at_place: {
            if (level == way.end()) return "";
            std::string first;
            for (const auto& [station, posts] : level->stations) {
                if (const auto* leader = leader_among(posts)) return at_seat(leader->name, station);
                if (first.empty() && !posts.empty()) first = at_seat(posts.front(), station);
            }
            return first;
        }
        case Shape::post_at_unit:
        case Shape::post_at_station:
            for (auto stop = way.rbegin(); stop != way.rend(); ++stop) {
                const auto& seats = selector->shape == Shape::post_at_unit ? stop->units : stop->stations;
                const auto seat = seats.find(selector->seat);
                if (seat != seats.end() && has(seat->second, selector->post)) return selector->text();
            }
            return "";
        case Shape::post_by_liaison:
            for (const auto& stop : way)
                if (level != way.end() && has(stop.posts, selector->post)) return selector->text();
            return "";
        case Shape::all_posts_under:
            return level != way.end() && sits_below(way, level, selector->post) ? selector->text() : "";
        case Shape::superior_of:
            break;
    }
    return "";
}

// From the root down: whoever leads or dispatches for a place does for everything below it.
bool Territory::led(const std::string& post_kind, std::size_t group) const {
    const auto leads = [&](const std::string& post) {
        const auto* kind = posts_.kinds.find(post);
        return kind != nullptr && (kind->has_right("lead") || kind->has_right("dispatch"));
    };
    for (const Stop& stop : groups_.at(group).way) {
        if (std::any_of(stop.posts.begin(), stop.posts.end(), leads)) return true;
        for (const auto* seats : {&stop.units, &stop.stations})
            for (const auto& [seat, posts] : *seats)
                if (has(posts, post_kind)) return false;
    }
    return true;
}

bool Territory::has_right(const std::string& right, std::size_t group) const {
    const auto has_it = [&](const std::string& post) {
        const auto* kind = posts_.kinds.find(post);
        return kind != nullptr && kind->has_right(right);
    };
    const auto one_has_it = [&](const std::vector<std::string>& posts) {
        return std::any_of(posts.begin(), posts.end(), has_it);
    };
    for (const Stop& stop : groups_.at(group).way) {
        if (one_has_it(stop.posts)) return true;
        for (const auto* seats : {&stop.units, &stop.stations})
            for (const auto& [seat, posts] : *seats)
                if (one_has_it(posts)) return true;
    }
    return false;
}

std::string Territory::top(std::size_t group) const {
    const auto top = Lines(groups_.at(group).way, offices_).top();
    return top ? top->text() : "";
}

// Those below the place are reached from there too: any way that goes on from it.
std::optional<bool> Territory::hands_on(const std::string& giver, const std::string& post_kind,
                                        std::size_t group) const {
    const auto& here = groups_.at(group).way;
    auto answer = Lines(here, offices_).hands_on(giver, post_kind);
    for (const auto& below : groups_) {
        if (answer.value_or(true)) return answer;
        const bool goes_on =
            below.way.size() > here.size() && std::equal(here.begin(), here.end(), below.way.begin());
        if (goes_on) answer = Lines(below.way, offices_).hands_on(giver, post_kind);
    }
    return answer;
}

std::vector<std::string> Territory::names_of(std::size_t group) const {
    return groups_.at(group).names;
}

std::size_t Territory::places_in(std::size_t group) const {
    return groups_.at(group).places;
}

std::size_t Territory::places() const {
    std::size_t all = 0;
    for (const auto& group : groups_) all += group.places;
    return all;
}

}  // namespace lianxin::matter
