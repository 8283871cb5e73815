#include "place/place_store.hpp"

#include "base/crypto.hpp"
#include "store/batch_insert.hpp"

namespace lianxin::place {
namespace {

using store::Row;
using store::Transaction;

constexpr std::string_view place_columns =
    "select p.id, p.kind, p.short_code, p.latitude_e7, p.longitude_e7, s.parent, s.level, s.household, "
    "s.name, s.code, "
    "s.from_day, s.until_day, s.l1, s.l2, s.l3, s.l4, s.l5, s.l6, s.l7 from place_span s join place p on "
    "p.id = s.place ";

Day day_at(const Row& row, int column) {
    const auto day = Day::parse(row.get<std::string_view>(column));
    require(day.has_value(), "a stored day is ISO text");
    return *day;
}

std::optional<DivisionCode> code_at(const Row& row, int column) {
    const auto text = row.get<std::optional<std::string>>(column);
    return text ? DivisionCode::parse(*text) : std::nullopt;
}

Lineage lineage_at(const Row& row, int first_column) {
    Lineage lineage;
    for (int level = 1; level <= max_level; ++level) {
        lineage.by_level[static_cast<std::size_t>(level)] = row.get<PlaceId>(first_column + level - 1);
    }
    return lineage;
}

Place place_of(const Row& row) {
    Place place;
    place.id = row.get<PlaceId>(0);
    place.kind = row.get<std::string>(1);
    place.short_code = row.get<std::string>(2);
    const auto latitude = row.get<std::optional<std::int32_t>>(3);
    const auto longitude = row.get<std::optional<std::int32_t>>(4);
    if (latitude && longitude) place.point = Point{*latitude, *longitude};
    place.parent = row.get<std::optional<PlaceId>>(5);
    place.level = row.get<int>(6);
    place.household = row.get<bool>(7);
    place.name = row.get<std::string>(8);
    place.code = code_at(row, 9);
    place.from = day_at(row, 10);
    place.until = day_at(row, 11);
    place.lineage = lineage_at(row, 12);
    return place;
}

std::optional<Place> first_place(store::Rows rows) {
    for (const Row row : rows) return place_of(row);
    return {};
}

std::vector<Place> all_places(store::Rows rows) {
    std::vector<Place> places;
    for (const Row row : rows) places.push_back(place_of(row));
    return places;
}

// Columns cannot be parameters; the level chooses among constants.
std::string_view level_column(int level) {
    constexpr std::array<std::string_view, max_level + 1> columns = {"",   "l1", "l2", "l3",
                                                                     "l4", "l5", "l6", "l7"};
    require(level >= 1 && level <= max_level, "a place's level is 1 to 7");
    return columns[static_cast<std::size_t>(level)];
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        if (end > 0) words.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

}  // namespace

void save_kinds(Transaction& tx, const Kinds& kinds) {
    for (const auto& kind : kinds.all()) {
        tx.send("insert into place_kind (name, level, household, suffixes) values ($1, $2, $3, $4)",
                kind.name, kind.level, kind.household, joined(kind.suffixes));
    }
    for (const auto& kind : kinds.stations()) {
        tx.send("insert into station_kind (name, standards) values ($1, $2)", kind.name,
                joined(kind.standards));
    }
}

Kinds load_kinds(Transaction& tx) {
    std::vector<Kind> kinds;
    for (const Row row : tx.query("select name, level, household, suffixes from place_kind order by level")) {
        kinds.push_back({row.get<std::string>(0), row.get<int>(1), row.get<bool>(2),
                         split(row.get<std::string_view>(3))});
    }
    std::vector<StationKind> stations;
    for (const Row row : tx.query("select name, standards from station_kind order by name")) {
        stations.push_back({row.get<std::string>(0), split(row.get<std::string_view>(1))});
    }
    return {std::move(kinds), std::move(stations)};
}

std::int64_t tree_version(Transaction& tx) {
    return tx.value<std::int64_t>("select version from territory_version where name = 'tree'").value_or(0);
}

void turn_version(Transaction& tx, std::string_view name) {
    std::int64_t version = 0;
    for (const auto byte : random_bytes(6)) version = version << 8 | byte;
    tx.send("update territory_version set version = $2 where name = $1", name, version);
}

void bump_tree_version(Transaction& tx) {
    turn_version(tx, "tree");
}

std::optional<Place> load_place(Transaction& tx, PlaceId id, Day day) {
    static const std::string sql =
        std::string(place_columns) + "where s.place = $1 and s.from_day <= $2 and $2 < s.until_day";
    const auto text = day.text();
    return first_place(tx.query(sql, id, text));
}

std::optional<Place> load_root(Transaction& tx, Day day) {
    static const std::string sql = std::string(place_columns) +
                                   "where s.level = 1 and s.household = 0 and s.parent is null and "
                                   "s.from_day <= $1 and $1 < s.until_day";
    const auto text = day.text();
    return first_place(tx.query(sql, text));
}

std::optional<Lineage> load_lineage(Transaction& tx, PlaceId id, Day day) {
    const auto text = day.text();
    for (const Row row : tx.query("select l1, l2, l3, l4, l5, l6, l7 from place_span where place = $1 and "
                                  "from_day <= $2 and $2 < until_day",
                                  id, text)) {
        return lineage_at(row, 0);
    }
    return {};
}

std::optional<PlaceId> place_by_division_code(Transaction& tx, const DivisionCode& code, Day day) {
    const auto text = day.text();
    return tx.value<PlaceId>(
        "select place from place_span where code = $1 and from_day <= $2 and $2 < until_day", code.text(),
        text);
}

std::optional<PlaceId> child_named(Transaction& tx, PlaceId parent, std::string_view name, Day day) {
    const auto text = day.text();
    return tx.value<PlaceId>(
        "select place from place_span where parent = $1 and name = $2 and from_day <= $3 and $3 < until_day",
        parent, name, text);
}

bool has_children(Transaction& tx, PlaceId parent, Day day, bool with_households) {
    const auto text = day.text();
    return tx
        .value<std::int64_t>(
            "select 1 from place_span where parent = $1 and household <= $2 and from_day <= $3 and "
            "$3 < until_day limit 1",
            parent, with_households, text)
        .has_value();
}

std::vector<Place> load_children(Transaction& tx, const ChildrenQuery& query) {
    static const std::string sql =
        std::string(place_columns) +
        "where s.parent = $1 and s.household <= $2 and s.place > $3 and s.from_day <= $4 and "
        "$4 < s.until_day order by s.place limit $5";
    const auto text = query.day.text();
    return all_places(tx.query(sql, query.parent, query.with_households, query.after, text, query.limit));
}

std::vector<PathStep> load_path(Transaction& tx, const Lineage& lineage, Day day) {
    std::vector<PathStep> path;
    const auto text = day.text();
    const auto& l = lineage;
    for (const Row row : tx.query(
             "select s.place, s.name, p.kind from place_span s join place p on p.id = s.place where "
             "s.place in ($1, $2, $3, $4, $5, $6, $7) and s.from_day <= $8 and $8 < s.until_day order by "
             "s.level, s.household",
             l.at(1), l.at(2), l.at(3), l.at(4), l.at(5), l.at(6), l.at(7), text)) {
        path.push_back({row.get<PlaceId>(0), row.get<std::string>(1), row.get<std::string>(2)});
    }
    return path;
}

std::string name_among_others(Transaction& tx, const Place& place, Day day) {
    if (!place.household || !place.parent) return place.name;
    const auto above = load_place(tx, *place.parent, day);
    return above ? above->name + " " + place.name : place.name;
}

std::vector<Place> load_all_but_households(Transaction& tx, Day day) {
    static const std::string sql =
        std::string(place_columns) +
        "where s.household = 0 and s.from_day <= $1 and $1 < s.until_day order by s.level, "
        "s.place";
    const auto text = day.text();
    return all_places(tx.query(sql, text));
}

std::vector<PlaceId> places_under(Transaction& tx, PlaceId top, int level, Day day) {
    std::vector<PlaceId> places;
    const auto lineage = load_lineage(tx, top, day);
    if (!lineage) return places;
    int top_level = max_level;
    while (top_level > 1 && lineage->at(top_level) != top) --top_level;
    const auto text = day.text();
    const std::string sql = "select place from place_span where " + std::string(level_column(top_level)) +
                            " = $1 and level = $2 and from_day <= $3 and $3 < until_day order by place";
    for (const Row row : tx.query(sql, top, level, text)) places.push_back(row.get<PlaceId>(0));
    return places;
}

void insert_places(Transaction& tx, const std::vector<NewPlace>& places) {
    store::BatchInsert batch(
        tx, "insert into place (id, kind, level, household, short_code, latitude_e7, longitude_e7)", 7);
    std::vector<Span> spans;
    for (const auto& place : places) {
        std::optional<std::int32_t> latitude, longitude;
        if (place.point) latitude = place.point->latitude_e7, longitude = place.point->longitude_e7;
        batch.add({place.span.place, place.kind, place.span.level, place.span.household, place.short_code,
                   latitude, longitude});
        spans.push_back(place.span);
    }
    batch.flush();
    insert_spans(tx, spans);
}

void insert_spans(Transaction& tx, const std::vector<Span>& spans) {
    store::BatchInsert batch(
        tx,
        "insert into place_span (place, from_day, until_day, parent, level, household, name, code, "
        "l1, l2, l3, l4, l5, l6, l7)",
        15);
    for (const auto& span : spans) {
        const auto& l = span.lineage;
        std::optional<std::string_view> code;
        if (span.code) code = span.code->text();
        batch.add({span.place, batch.keep(span.from.text()), batch.keep(span.until.text()), span.parent,
                   span.level, span.household, span.name, code, l.at(1), l.at(2), l.at(3), l.at(4), l.at(5),
                   l.at(6), l.at(7)});
    }
    batch.flush();
}

void end_spans(Transaction& tx, const std::vector<PlaceId>& places, Day day) {
    const auto text = day.text();
    for (const auto place : places) {
        // A span that would be empty was never true.
        tx.send("delete from place_span where place = $1 and until_day = $2 and from_day >= $3", place,
                open_end_text, text);
        tx.send("update place_span set until_day = $1 where place = $2 and until_day = $3", text, place,
                open_end_text);
    }
}

namespace {

constexpr std::string_view span_columns =
    "select place, level, household, name, parent, code, from_day, until_day, l1, l2, l3, l4, l5, l6, l7 "
    "from place_span ";

Span span_of(const Row& row) {
    Span span;
    span.place = row.get<PlaceId>(0);
    span.level = row.get<int>(1);
    span.household = row.get<bool>(2);
    span.name = row.get<std::string>(3);
    span.parent = row.get<std::optional<PlaceId>>(4);
    span.code = code_at(row, 5);
    span.from = day_at(row, 6);
    span.until = day_at(row, 7);
    span.lineage = lineage_at(row, 8);
    return span;
}

}  // namespace

std::vector<Span> load_open_subtree(Transaction& tx, PlaceId top, int level) {
    const std::string sql = std::string(span_columns) + "where " + std::string(level_column(level)) +
                            " = $1 and until_day = $2 order by level, place";
    std::vector<Span> spans;
    for (const Row row : tx.query(sql, top, open_end_text)) spans.push_back(span_of(row));
    return spans;
}

std::vector<Span> load_spans(Transaction& tx, PlaceId place) {
    static const std::string sql = std::string(span_columns) + "where place = $1 order by from_day";
    std::vector<Span> spans;
    for (const Row row : tx.query(sql, place)) spans.push_back(span_of(row));
    return spans;
}

void insert_change(Transaction& tx, const Change& change) {
    const auto day = change.day.text();
    tx.send(
        "insert into place_change (id, kind, source, target, day, reason, recorded_at, decided_by) values "
        "($1, $2, $3, $4, $5, $6, $7, $8)",
        change.id, change.kind, change.source, change.target, day, change.reason, change.recorded_at,
        change.by);
}

std::vector<Change> load_changes(Transaction& tx, PlaceId place) {
    std::vector<Change> changes;
    for (const Row row :
         tx.query("select id, kind, source, target, day, reason, decided_by, recorded_at from place_change "
                  "where source = $1 or target = $1 order by id",
                  place)) {
        changes.push_back({row.get<std::int64_t>(0), row.get<std::string>(1), row.get<PlaceId>(2),
                           row.get<std::optional<PlaceId>>(3), day_at(row, 4), row.get<std::string>(5),
                           row.get<std::optional<PartyId>>(6), row.get<Instant>(7)});
    }
    return changes;
}

PlaceId standing_place(Transaction& tx, PlaceId place, Day day) {
    PlaceId at = place;
    // As many steps as there can have been mergers; a place never becomes part of itself.
    while (!load_lineage(tx, at, day)) {
        const auto next = tx.value<PlaceId>(
            "select coalesce(c.target, s.parent) from place_change c join place_span s on s.place = c.source "
            "and "
            "s.until_day = c.day where c.source = $1 and c.kind in ('merged', 'ended') order by c.id desc "
            "limit 1",
            at);
        if (!next || *next == at) return place;
        at = *next;
    }
    return at;
}

}  // namespace lianxin::place
