// place/place_store.hpp — SQL of places, spans, stations and their codes; nothing is decided here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "place/place.hpp"
#include "place/station.hpp"
#include "store/transaction.hpp"

namespace lianxin::place {

void save_kinds(store::Transaction& tx, const Kinds& kinds);
[[nodiscard]] Kinds load_kinds(store::Transaction& tx);

// A number that changes with the tree ("tree"), the categories or the offices ("staffing"): what was cached
// under another is stale. Random, so that a change that was rolled back never shares its number with one that
// was not.
void turn_version(store::Transaction& tx, std::string_view name);
[[nodiscard]] std::int64_t tree_version(store::Transaction& tx);
void bump_tree_version(store::Transaction& tx);

// As of a day; nothing when the place does not exist or did not then.
[[nodiscard]] std::optional<Place> load_place(store::Transaction& tx, PlaceId id, Day day);
[[nodiscard]] std::optional<Place> load_root(store::Transaction& tx, Day day);
[[nodiscard]] std::optional<Lineage> load_lineage(store::Transaction& tx, PlaceId id, Day day);
[[nodiscard]] std::optional<PlaceId> place_by_division_code(store::Transaction& tx, const DivisionCode& code,
                                                            Day day);
[[nodiscard]] std::optional<PlaceId> child_named(store::Transaction& tx, PlaceId parent,
                                                 std::string_view name, Day day);
[[nodiscard]] bool has_children(store::Transaction& tx, PlaceId parent, Day day, bool with_households);

struct ChildrenQuery {
    PlaceId parent;
    Day day;
    bool with_households = false;
    PlaceId after{};  // keyset: the last id of the page before
    int limit = 200;
};
[[nodiscard]] std::vector<Place> load_children(store::Transaction& tx, const ChildrenQuery& query);
// The places above and itself, root first: the path people read.
struct PathStep {
    PlaceId id;
    std::string name;
    std::string kind;
};
[[nodiscard]] std::vector<PathStep> load_path(store::Transaction& tx, const Lineage& lineage, Day day);
// What a place is called among others: a door with the group it belongs to, "枫林组 12号".
[[nodiscard]] std::string name_among_others(store::Transaction& tx, const Place& place, Day day);
// Every place but households, for the search index.
[[nodiscard]] std::vector<Place> load_all_but_households(store::Transaction& tx, Day day);
// All places of one level under a place (itself included when it is of that level), by id.
[[nodiscard]] std::vector<PlaceId> places_under(store::Transaction& tx, PlaceId top, int level, Day day);

// One span as it stands in the table.
struct Span {
    PlaceId place;
    int level = 1;
    bool household = false;
    std::string name;
    std::optional<PlaceId> parent;
    std::optional<DivisionCode> code;
    Lineage lineage;
    Day from;
    Day until;
};
struct NewPlace {
    Span span;
    std::string kind;
    std::string short_code;
    std::optional<Point> point;
};
// Many rows a statement, so that a county of 24,000 doors is in within seconds on both engines.
void insert_places(store::Transaction& tx, const std::vector<NewPlace>& places);
void insert_spans(store::Transaction& tx, const std::vector<Span>& spans);
void end_spans(store::Transaction& tx, const std::vector<PlaceId>& places, Day day);
// The open spans of a place and of everything below it, parents before children.
[[nodiscard]] std::vector<Span> load_open_subtree(store::Transaction& tx, PlaceId top, int level);
[[nodiscard]] std::vector<Span> load_spans(store::Transaction& tx, PlaceId place);

struct Change {  // why the tree is as it is
    std::int64_t id = 0;
    std::string kind;  // opened, renamed, recoded, moved, merged, split, ended
    PlaceId source;
    std::optional<PlaceId> target;
    Day day;
    std::string reason;
    std::optional<PartyId> by;  // nothing: the engine, or before it was noted
    Instant recorded_at;
};
void insert_change(store::Transaction& tx, const Change& change);
[[nodiscard]] std::vector<Change> load_changes(store::Transaction& tx, PlaceId place);
// The place itself while it stands; else what it became part of, or what it hung from when it was closed.
[[nodiscard]] PlaceId standing_place(store::Transaction& tx, PlaceId place, Day day);

// What a short code points to.
struct CodeTarget {
    PlaceId place;
    std::optional<StationId> station;
};
[[nodiscard]] std::optional<CodeTarget> find_short_code(store::Transaction& tx,
                                                        std::string_view canonical_code);

void insert_station(store::Transaction& tx, const Station& station, std::string_view short_code);
void update_station(store::Transaction& tx, const Station& station);
// Whatever stood at one place stands at another from now on.
void move_stations(store::Transaction& tx, PlaceId from, PlaceId to);
[[nodiscard]] std::optional<Station> load_station(store::Transaction& tx, StationId id);
[[nodiscard]] std::vector<Station> load_stations(store::Transaction& tx, PlaceId place, Day day);
void save_standard_check(store::Transaction& tx, const StandardCheck& check);
[[nodiscard]] std::vector<StandardCheck> load_standard_checks(store::Transaction& tx, StationId station);

}  // namespace lianxin::place
