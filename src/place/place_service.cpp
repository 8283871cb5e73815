#include "place/place_service.hpp"

#include <algorithm>
#include <set>

#include "base/crypto.hpp"
#include "base/text.hpp"
#include "place/category_store.hpp"
#include "place/door.hpp"
#include "place/short_code.hpp"

namespace lianxin::place {
namespace {

using access::ActingPerson;
using access::PlacePermission;
using store::Transaction;

bool may_see(const ActingPerson& who, const Place& place) {
    return !place.household || may(PlacePermission::read_households, who, place.lineage);
}

PlaceView view_of(Transaction& tx, const ActingPerson& who, Place place, Day day) {
    PlaceView view;
    view.path = load_path(tx, place.lineage, day);
    const bool inside = may(PlacePermission::read_households, who, place.lineage);
    view.has_children = !place.household && has_children(tx, place.id, day, inside);
    view.place = std::move(place);
    return view;
}

}  // namespace

bool may(PlacePermission permission, const ActingPerson& who, const Lineage& lineage) {
    return who.kind == ActingPerson::Kind::engine || access::allows(permission, who, lineage.by_level);
}

Day today(const County& county) {
    return county.zone.day_of(county.clock.now());
}

PlaceId root_of(County& county) {
    const auto root = county.database.read([&](Transaction& tx) { return load_root(tx, today(county)); });
    return root ? root->id : PlaceId();
}

std::shared_ptr<const Kinds> PlaceLookup::kinds(Transaction& tx) {
    const auto version = tree_version(tx);
    const std::lock_guard lock(mutex_);
    if (!kinds_.value || kinds_.version != version) {
        kinds_ = {std::make_shared<const Kinds>(load_kinds(tx)), version, {}};
    }
    return kinds_.value;
}

std::shared_ptr<const SearchIndex> PlaceLookup::places(Transaction& tx, Day day) {
    const auto version = tree_version(tx);
    {
        const std::lock_guard lock(mutex_);
        if (places_.value && places_.version == version && places_.day == day) return places_.value;
    }
    auto index = std::make_shared<const SearchIndex>(load_all_but_households(tx, day), load_kinds(tx));
    const std::lock_guard lock(mutex_);
    places_ = {index, version, day};
    return index;
}

std::shared_ptr<const CategoryIndex> PlaceLookup::categories(Transaction& tx, Day day) {
    const auto version = category_version(tx);
    {
        const std::lock_guard lock(mutex_);
        if (categories_.value && categories_.version == version && categories_.day == day)
            return categories_.value;
    }
    auto index = std::make_shared<const CategoryIndex>(load_categories(tx, day));
    const std::lock_guard lock(mutex_);
    categories_ = {index, version, day};
    return index;
}

std::optional<PlaceView> PlaceService::place(County& county, const ActingPerson& who, PlaceId id,
                                             std::optional<Day> on) {
    const Day day = on.value_or(today(county));
    return county.database.read([&](Transaction& tx) -> std::optional<PlaceView> {
        auto place = load_place(tx, id, day);
        if (!place || !may_see(who, *place)) return {};
        return view_of(tx, who, std::move(*place), day);
    });
}

std::optional<std::vector<PlaceView>> PlaceService::children(County& county, const ActingPerson& who,
                                                             std::optional<PlaceId> parent, PlaceId after,
                                                             int limit, std::optional<Day> on) {
    const Day day = on.value_or(today(county));
    return county.database.read([&](Transaction& tx) -> std::optional<std::vector<PlaceView>> {
        std::vector<PlaceView> views;
        if (!parent) {
            if (auto root = load_root(tx, day)) views.push_back(view_of(tx, who, std::move(*root), day));
            return views;
        }
        const auto above = load_place(tx, *parent, day);
        if (!above || !may_see(who, *above)) return {};
        const bool inside = may(PlacePermission::read_households, who, above->lineage);
        for (auto& child : load_children(tx, {*parent, day, inside, after, limit})) {
            views.push_back(view_of(tx, who, std::move(child), day));
        }
        return views;
    });
}

std::vector<PlaceView> PlaceService::search(County& county, const ActingPerson& who, std::string_view text) {
    const Day day = today(county);
    return county.database.read([&](Transaction& tx) {
        std::vector<PlaceView> views;
        const auto index = lookup_.places(tx, day);
        const std::string folded = fold(text);
        for (const auto& candidate : index->find(text)) {
            auto place = load_place(tx, candidate.place, day);
            if (!place) continue;
            // What stands behind the last name may be the door; only staff of the place are told which doors
            // there are.
            const auto door = trim(std::string_view(folded).substr(candidate.matched_until));
            if (!door.empty() && may(PlacePermission::read_households, who, place->lineage)) {
                if (const auto household = child_named(tx, place->id, door, day)) {
                    if (auto exact = load_place(tx, *household, day)) place = std::move(exact);
                }
            }
            views.push_back(view_of(tx, who, std::move(*place), day));
        }
        return views;
    });
}

std::optional<CodeView> PlaceService::by_code(County& county, const ActingPerson& who,
                                              std::string_view code) {
    const auto canonical = parse_short_code(code);
    if (!canonical) return {};
    const Day day = today(county);
    return county.database.read([&](Transaction& tx) -> std::optional<CodeView> {
        const auto target = find_short_code(tx, *canonical);
        if (!target) return {};
        // A plate outlasts the group it was made for: it leads to what the group became part of.
        auto place = load_place(tx, standing_place(tx, target->place, day), day);
        if (!place) return {};
        CodeView view;
        if (target->station) {
            view.station = load_station(tx, *target->station);
            if (!view.station || day < view.station->from || view.station->until <= day) return {};
        }
        // Whoever holds a door's plate in hand stands at the door: the code itself is the permission.
        view.place = view_of(tx, who, std::move(*place), day);
        return view;
    });
}

PlaceId PlaceService::locate(Transaction& tx, std::string_view address, Day day) {
    const auto found = lookup_.places(tx, day)->find(address, 1);
    if (!found.empty() && !found.front().whole_name) return found.front().place;
    const auto root = load_root(tx, day);
    require(root.has_value(), "an open county has a root");
    return root->id;
}

namespace {

// The doors that hang from a place.
std::vector<Door> doors_of(Transaction& tx, PlaceId place, Day day) {
    constexpr int most_doors = 1000;
    std::vector<Door> doors;
    for (const Place& child : load_children(tx, {place, day, true, {}, most_doors}))
        if (child.household) doors.push_back({child.id, child.name});
    return doors;
}

}  // namespace

PlaceId PlaceService::narrow(Transaction& tx, PlaceId place, std::string_view address, Day day) {
    constexpr std::size_t enough = 64;
    if (trim(address).empty()) return place;
    PlaceId within = place;
    std::vector<Candidate> below;
    for (const Candidate& candidate : lookup_.places(tx, day)->find(address, enough)) {
        // Only what the text names as well as the best does; a part of a name names nothing.
        if (candidate.whole_name ||
            (!below.empty() && candidate.matched_characters < below.front().matched_characters))
            break;
        const auto lineage = load_lineage(tx, candidate.place, day);
        if (candidate.place != place && lineage && lineage->within(place)) below.push_back(candidate);
    }
    if (below.size() == 1) within = below.front().place;
    return door_meant(address, doors_of(tx, within, day)).value_or(within);
}

Result<StationId, PlaceRefusal> PlaceService::open_station(County& county, const ActingPerson& who,
                                                           Station station) {
    station.id = county.new_id<StationNoun>();
    if (station.until == Day{}) station.until = open_end();
    return county.database.write([&](Transaction& tx) -> Result<StationId, PlaceRefusal> {
        const auto place = load_place(tx, station.place, station.from);
        if (!place) return fail(PlaceRefusal::place_not_found);
        if (!may(PlacePermission::administer, who, place->lineage)) return fail(PlaceRefusal::not_allowed);
        if (load_kinds(tx).station(station.kind) == nullptr) return fail(PlaceRefusal::station_kind_unknown);
        if (trim(station.name).empty()) return fail(PlaceRefusal::name_empty);
        if (code_points(station.name) > max_name_characters) return fail(PlaceRefusal::name_too_long);
        insert_station(tx, station, fresh_short_codes(tx, 1).front());
        return station.id;
    });
}

Result<void, PlaceRefusal> PlaceService::note_standard(County& county, const ActingPerson& who,
                                                       const StandardCheck& check) {
    return county.database.write([&](Transaction& tx) -> Result<void, PlaceRefusal> {
        const auto station = load_station(tx, check.station);
        if (!station) return fail(PlaceRefusal::station_not_found);
        const auto place = load_place(tx, station->place, check.day);
        if (!place) return fail(PlaceRefusal::place_not_found);
        if (!may(PlacePermission::list_matters, who, place->lineage)) return fail(PlaceRefusal::not_allowed);
        const auto kinds = load_kinds(tx);
        const StationKind* kind = kinds.station(station->kind);
        const bool known = kind != nullptr && std::find(kind->standards.begin(), kind->standards.end(),
                                                        check.item) != kind->standards.end();
        if (!known) return fail(PlaceRefusal::standard_unknown);
        save_standard_check(tx, check);
        return {};
    });
}

std::vector<Station> PlaceService::stations(County& county, PlaceId place) {
    return county.database.read([&](Transaction& tx) { return load_stations(tx, place, today(county)); });
}

std::vector<std::string> fresh_short_codes(Transaction& tx, std::size_t count) {
    // A handful is looked up one by one; for a whole county the codes in use are read once.
    constexpr std::size_t few = 32;
    std::set<std::string, std::less<>> taken;
    if (count > few) {
        for (const store::Row row :
             tx.query("select short_code from place union all select short_code from station")) {
            taken.insert(row.get<std::string>(0));
        }
    }
    std::vector<std::string> codes;
    codes.reserve(count);
    while (codes.size() < count) {
        auto code = short_code(random_bytes(5));
        if (count <= few && find_short_code(tx, code)) continue;
        if (taken.insert(code).second) codes.push_back(std::move(code));
    }
    return codes;
}

}  // namespace lianxin::place
