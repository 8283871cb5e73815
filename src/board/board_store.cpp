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

// Kinds as one parameter, of which both engines say alike whether it holds a name.
std::string listed(const Kinds& kinds) {
    std::string text = ",";
    for (const std::string& kind : kinds) text += kind + ",";
    return text;
}

std::string has(const std::string& parameter, const std::string& kind) {
    return "replace(" + parameter + ", ',' || " + kind + " || ',', '') <> " + parameter;
}

std::string not_among(const std::string& parameter) {
    return " and not (" + has(parameter, "m.workflow") + ") and not (" +
           has(parameter, "m.workflow || '/' || m.subkind") + ") and (m.published_at is not null or not (" +
           has(parameter, "m.workflow || '*'") + ")) ";
}

}  // namespace

Counts count(store::Transaction& tx, PlaceId place, int level, Month month, Instant now, const Kinds& apart) {
    const std::string sql =
        "select count(*) filter (where m.received_at >= $2 and m.received_at < $3),"
        " count(*) filter (where m.closed_at >= $2 and m.closed_at < $3),"
        " count(*) filter (where m.closed_at >= $2 and m.closed_at < $3 and exists"
        "   (select 1 from rating r where r.matter = m.id and r.solved = 2)),"
        " count(*) filter (where p.phase = 0),"
        " count(*) filter (where p.phase = 0 and p.due < $4),"
        " count(*) filter (where p.phase = 1)" +
        matters_below(level) + not_among("$5");
    Counts counts;
    for (store::Row row : tx.query(sql, place, month.from, month.until, now, listed(apart))) {
        counts = {row.get<std::int64_t>(0), row.get<std::int64_t>(1), row.get<std::int64_t>(2),
                  row.get<std::int64_t>(3), row.get<std::int64_t>(4), row.get<std::int64_t>(5)};
    }
    return counts;
}

namespace {

// A household's line is shown under its parent, so that no door can be told from the list.
constexpr std::string_view line =
    "select m.id, m.published_at, m.workflow, m.subkind, c.name, p.state, p.phase,"
    " case when s.household = 1 then up.place else s.place end,"
    " case when s.household = 1 then up.name else s.name end, m.received_at, m.closed_at, p.due, "
    "m.workflow_hash"
    " from part p join matter m on m.id = p.matter"
    " left join category c on c.id = m.category"
    " join place_span s on s.place = p.place and s.until_day = '9999-12-31'"
    " left join place_span up on up.place = s.parent and up.until_day = '9999-12-31'"
    " where p.no = 0 and m.sealed_line is null and m.about_kind is null";

std::vector<Line> lines(store::Rows rows) {
    std::vector<Line> found;
    for (store::Row row : rows) {
        found.push_back({row.get<MatterId>(0),
                         row.get<std::optional<Instant>>(1).has_value(),
                         row.get<std::string>(2),
                         row.get<std::string>(3),
                         row.get<std::optional<std::string>>(4),
                         row.get<std::string>(5),
                         row.get<std::int64_t>(6),
                         row.get<PlaceId>(7),
                         row.get<std::string>(8),
                         row.get<Instant>(9),
                         row.get<std::optional<Instant>>(10),
                         row.get<Instant>(11),
                         row.get<Digest>(12),
                         false,
                         {},
                         matter::Tone::neutral});
    }
    return found;
}

std::string lines_below(int level) {
    return std::string(line) + " and p." + std::string(column(level)) + " = $1";
}

}  // namespace

// A plus before a column keeps the planner from an index on it: either the place leads, or the order does.
std::vector<Line> lately(store::Transaction& tx, PlaceId place, int level, int limit, const Kinds& apart,
                         Size size) {
    const std::string sql = size == Size::small
                                ? lines_below(level) + not_among("$3") + " order by +m.id desc limit $2"
                                : std::string(line) + " and +p." + std::string(column(level)) + " = $1" +
                                      not_among("$3") + " order by m.id desc limit $2";
    return lines(tx.query(sql, place, limit, listed(apart)));
}

std::vector<Line> explained(store::Transaction& tx, PlaceId place, int level, int limit, const Kinds& apart) {
    const std::string sql = lines_below(level) + not_among("$3") +
                            " and p.phase = 1 and m.published_at is not null order by p.due, m.id limit $2";
    return lines(tx.query(sql, place, limit, listed(apart)));
}

std::vector<MatterId> published(store::Transaction& tx, PlaceId place, int level, int limit,
                                const Kinds& kinds, const Kinds& apart) {
    const std::string sql =
        "select m.id from publication b join matter m on m.id = b.matter join part p on p.matter = m.id"
        " where p.no = 0 and p." +
        std::string(column(level)) +
        " = $1 and m.published_at is not null and m.sealed_line is null and m.about_kind is null and " +
        has("$3", "m.workflow") + not_among("$4") +
        " order by p.phase, m.published_at desc, m.id desc limit $2";
    std::vector<MatterId> found;
    for (const store::Row row : tx.query(sql, place, limit, listed(kinds), listed(apart)))
        found.push_back(row.get<MatterId>(0));
    return found;
}

std::vector<RunningClock> running_clocks(store::Transaction& tx, MatterId matter) {
    constexpr std::string_view sql =
        "select name, due from clock where matter = $1 and part = 0 and stage in (0, 1)";  // running, paused
    std::vector<RunningClock> found;
    for (const store::Row row : tx.query(sql, matter))
        found.push_back({row.get<std::string>(0), row.get<Instant>(1)});
    return found;
}

std::vector<Line> lines_of(store::Transaction& tx, const std::vector<MatterId>& matters, const Kinds& apart) {
    const std::string sql = std::string(line) + " and m.id = $1" + not_among("$2");
    std::vector<Line> found;
    for (const MatterId matter : matters)
        for (Line& one : lines(tx.query(sql, matter, listed(apart)))) found.push_back(std::move(one));
    return found;
}

}  // namespace lianxin::board
