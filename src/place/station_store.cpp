#include "place/place_store.hpp"

namespace lianxin::place {
namespace {

using store::Row;
using store::Transaction;

Day day_at(const Row& row, int column) {
    const auto day = Day::parse(row.get<std::string_view>(column));
    require(day.has_value(), "a stored day is ISO text");
    return *day;
}

constexpr std::string_view station_columns =
    "select id, kind, place, name, hours, contact, short_code, from_day, until_day, version from station ";

Station station_of(const Row& row) {
    Station station;
    station.id = row.get<StationId>(0);
    station.kind = row.get<std::string>(1);
    station.place = row.get<PlaceId>(2);
    station.name = row.get<std::string>(3);
    station.hours = row.get<std::string>(4);
    station.contact = row.get<std::string>(5);
    station.short_code = row.get<std::string>(6);
    station.from = day_at(row, 7);
    station.until = day_at(row, 8);
    station.version = row.get<std::int64_t>(9);
    return station;
}

}  // namespace

std::optional<CodeTarget> find_short_code(Transaction& tx, std::string_view canonical_code) {
    if (const auto place = tx.value<PlaceId>("select id from place where short_code = $1", canonical_code)) {
        return CodeTarget{*place, {}};
    }
    for (const Row row : tx.query("select place, id from station where short_code = $1", canonical_code)) {
        return CodeTarget{row.get<PlaceId>(0), row.get<StationId>(1)};
    }
    return {};
}

void insert_station(Transaction& tx, const Station& station, std::string_view short_code) {
    const auto from = station.from.text(), until = station.until.text();
    tx.send(
        "insert into station (id, kind, place, name, hours, contact, short_code, from_day, until_day, "
        "version) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)",
        station.id, station.kind, station.place, station.name, station.hours, station.contact, short_code,
        from, until);
}

void update_station(Transaction& tx, const Station& station) {
    const auto until = station.until.text();
    tx.send(
        "update station set name = $2, hours = $3, contact = $4, until_day = $5, version = version + 1 "
        "where id = $1",
        station.id, station.name, station.hours, station.contact, until);
}

void move_stations(Transaction& tx, PlaceId from, PlaceId to) {
    tx.send("update station set place = $2, version = version + 1 where place = $1", from, to);
}

std::optional<Station> load_station(Transaction& tx, StationId id) {
    static const std::string sql = std::string(station_columns) + "where id = $1";
    for (const Row row : tx.query(sql, id)) return station_of(row);
    return {};
}

std::vector<Station> load_stations(Transaction& tx, PlaceId place, Day day) {
    static const std::string sql =
        std::string(station_columns) + "where place = $1 and from_day <= $2 and $2 < until_day order by id";
    const auto text = day.text();
    std::vector<Station> stations;
    for (const Row row : tx.query(sql, place, text)) stations.push_back(station_of(row));
    return stations;
}

void save_standard_check(Transaction& tx, const StandardCheck& check) {
    const auto day = check.day.text();
    tx.send(
        "insert into station_standard (station, item, day, met, evidence, checked_by) values "
        "($1, $2, $3, $4, $5, $6) on conflict (station, item, day) do update set met = excluded.met, "
        "evidence = excluded.evidence, checked_by = excluded.checked_by",
        check.station, check.item, day, check.met, check.evidence, check.checked_by);
}

std::vector<StandardCheck> load_standard_checks(Transaction& tx, StationId station) {
    std::vector<StandardCheck> checks;
    for (const Row row :
         tx.query("select item, day, met, evidence, checked_by from station_standard where station = $1 "
                  "order by item, day",
                  station)) {
        checks.push_back({station, row.get<std::string>(0), day_at(row, 1), row.get<bool>(2),
                          row.get<std::string>(3), row.get<PartyId>(4)});
    }
    return checks;
}

}  // namespace lianxin::place
