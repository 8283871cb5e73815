#include "board/board_store.hpp"

#include <array>

namespace lianxin::board {
namespace {

// The column that holds the ancestor of a level: a name cannot be a bound parameter, so it is chosen from a
// constant table.
constexpr std::array<std::string_view, 8> column_of_level{"", "l1", "l2", "l3", "l4", "l5", "l6", "l7"};

std::string_view column(int level) {
    require(level >= 1 && level <= 7, "a place stands on one of seven levels");
    return column_of_level[static_cast<std::size_t>(level)];
}

std::string matters_below(int level) {
    return " from part p join matter m on m.id = p.matter where p." + std::string(column(level)) +
           " = $1 and p.no = 0 and m.sealed_line is null and m.about_kind is null ";
}

}  // namespace

Counts count(store::Transaction& tx, PlaceId place, int level, Month month, Instant now) {
    const std::string sql =
        "select count(*) filter (where m.received_at >= $2 and m.received_at < $3),"
        " count(*) filter (where m.closed_at >= $2 and m.closed_at < $3),"
        " count(*) filter (where m.closed_at >= $2 and m.closed_at < $3 and exists"
        "   (select 1 from rating r where r.matter = m.id and r.solved = 2)),"
        " count(*) filter (where p.phase = 0),"
        " count(*) filter (where p.phase = 0 and p.due < $4),"
        " count(*) filter (where p.phase = 1)" +
        matters_below(level);
    Counts counts;
    for (store::Row row : tx.query(sql, place, month.from, month.until, now)) {
        counts = {row.get<std::int64_t>(0), row.get<std::int64_t>(1), row.get<std::int64_t>(2),
                  row.get<std::int64_t>(3), row.get<std::int64_t>(4), row.get<std::int64_t>(5)};
    }
    return counts;
}

namespace {

// A household's line is shown under its parent, so that no door can be told from the list.
std::vector<Line> lines(store::Transaction& tx, PlaceId place, int level, std::string_view which, int limit) {
    const std::string sql =
        "select m.workflow, m.subkind, c.name, p.state, p.phase,"
        " case when s.household = 1 then up.place else s.place end,"
        " case when s.household = 1 then up.name else s.name end, m.received_at, m.closed_at, p.due"
        " from part p join matter m on m.id = p.matter"
        " left join category c on c.id = m.category"
        " join place_span s on s.place = p.place and s.until_day = '9999-12-31'"
        " left join place_span up on up.place = s.parent and up.until_day = '9999-12-31'"
        " where p." +
        std::string(column(level)) + " = $1 and p.no = 0 and m.sealed_line is null and m.about_kind is null" +
        std::string(which) + " limit $2";
    std::vector<Line> found;
    for (store::Row row : tx.query(sql, place, limit)) {
        found.push_back({row.get<std::string>(0), row.get<std::string>(1),
                         row.get<std::optional<std::string>>(2), row.get<std::string>(3),
                         row.get<std::int64_t>(4), row.get<PlaceId>(5), row.get<std::string>(6),
                         row.get<Instant>(7), row.get<std::optional<Instant>>(8), row.get<Instant>(9)});
    }
    return found;
}

}  // namespace

std::vector<Line> lately(store::Transaction& tx, PlaceId place, int level, int limit) {
    return lines(tx, place, level, " order by m.id desc", limit);
}

std::vector<Line> explained(store::Transaction& tx, PlaceId place, int level, int limit) {
    return lines(tx, place, level, " and p.phase = 1 and m.published_at is not null order by p.due, m.id",
                 limit);
}

}  // namespace lianxin::board
