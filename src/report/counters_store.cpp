#include "report/counters_store.hpp"

#include "report/facts_store.hpp"
#include "store/batch_insert.hpp"

namespace lianxin::report {
namespace {

std::vector<std::int64_t> ids_of(store::Rows rows) {
    std::vector<std::int64_t> ids;
    for (const store::Row row : rows) ids.push_back(row.get<std::int64_t>(0));
    return ids;
}

std::optional<std::int64_t> level(const Contribution& c, std::size_t n) {
    if (c.ancestors[n] == 0) return {};
    return c.ancestors[n];
}

// Beyond any day there is, `at` is an instant. What stands now has no day: an instant, or 0.
constexpr std::int64_t no_month = 0;
constexpr std::int64_t last_day = 3'000'000;

std::int64_t month_of(std::int64_t at) {
    if (at <= 0 || at > last_day) return no_month;
    const Day day{static_cast<std::int32_t>(at)};
    return std::int64_t{day.year()} * 12 + day.month();
}

struct Months {
    std::int64_t first, last;
};

// Of the days [from, until). Who asks from ever asks for what stands now.
Months months_of(std::int64_t from, std::int64_t until) {
    if (from <= 0) return {no_month, no_month};
    return {month_of(from),
            until > last_day ? std::numeric_limits<std::int64_t>::max() : month_of(until - 1)};
}

// The key begins with the month, so the months that hold something ($1 to $2) are skipped through one by one;
// in the same statement, since an engine across a wire counts questions.
constexpr std::string_view held_months =
    "with recursive held (month) as (select min(month) from counter where month >= $1 and month <= $2 "
    "union all select (select min(c.month) from counter c where c.month > h.month and c.month <= $2) "
    "from held h where h.month is not null) ";
constexpr std::string_view in_held_months =
    "from held h join counter c on c.month = h.month where c.place = $3 and c.metric = $4 and c.at >= $5 and "
    "c.at < $6";

std::string over_months(std::string_view select, std::string_view tail) {
    return std::string(held_months) + std::string(select) + std::string(in_held_months) + std::string(tail);
}

std::string_view name_of(Made what) {
    return what == Made::definitions ? "definitions" : "record";
}

}  // namespace

std::map<std::int64_t, std::int64_t> counted_versions(store::Transaction& tx,
                                                      const std::vector<std::int64_t>& matters) {
    std::map<std::int64_t, std::int64_t> versions;
    for_ids(tx, "select matter, version from contribution where matter in " + id_list(), matters,
            [&](const store::Row& row) { versions[row.get<std::int64_t>(0)] = row.get<std::int64_t>(1); });
    return versions;
}

std::vector<Contribution> load_contributions(store::Transaction& tx,
                                             const std::vector<std::int64_t>& matters) {
    std::vector<Contribution> found;
    for_ids(tx,
            "select matter, version, resident, place, category, received_at, closed_at, contact_due, "
            "finish_due, sealed, l1, l2, l3, l4, l5, l6, l7, marks from contribution where matter in " +
                id_list(),
            matters, [&](const store::Row& row) {
                Contribution one;
                one.matter = row.get<std::int64_t>(0);
                one.version = row.get<std::int64_t>(1);
                one.resident = row.get<std::int64_t>(2);
                one.place = row.get<std::int64_t>(3);
                one.category = row.get<std::optional<std::int64_t>>(4);
                one.received_at = row.get<std::optional<Instant>>(5);
                one.closed_at = row.get<std::optional<Instant>>(6);
                one.contact_due = row.get<std::optional<Instant>>(7);
                one.finish_due = row.get<std::optional<Instant>>(8);
                one.sealed = row.get<bool>(9);
                for (std::size_t n = 1; n < one.ancestors.size(); ++n)
                    one.ancestors[n] =
                        row.get<std::optional<std::int64_t>>(static_cast<int>(9 + n)).value_or(0);
                one.marks = unpacked(row.get<Bytes>(17));
                found.push_back(std::move(one));
            });
    return found;
}

void save_contribution(store::Transaction& tx, const Contribution& c) {
    const Bytes marks = packed(c.marks);
    tx.send(
        "insert into contribution (matter, version, resident, place, category, received_at, closed_at, "
        "contact_due, finish_due, sealed, l1, l2, l3, l4, l5, l6, l7, marks) values ($1, $2, $3, $4, $5, $6, "
        "$7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) on conflict (matter) do update set version "
        "= excluded.version, resident = excluded.resident, place = excluded.place, category = "
        "excluded.category, received_at = excluded.received_at, closed_at = excluded.closed_at, contact_due "
        "= excluded.contact_due, finish_due = excluded.finish_due, sealed = excluded.sealed, l1 = "
        "excluded.l1, l2 = excluded.l2, l3 = excluded.l3, l4 = excluded.l4, l5 = excluded.l5, l6 = "
        "excluded.l6, l7 = excluded.l7, marks = excluded.marks",
        c.matter, c.version, c.resident, c.place, c.category, c.received_at, c.closed_at, c.contact_due,
        c.finish_due, c.sealed, level(c, 1), level(c, 2), level(c, 3), level(c, 4), level(c, 5), level(c, 6),
        level(c, 7), marks);
}

void forget_contribution(store::Transaction& tx, std::int64_t matter) {
    tx.send("delete from contribution where matter = $1", matter);
}

void add_to_counters(store::Transaction& tx, const Cells& cells) {
    store::BatchInsert insert(tx, "insert into counter (month, place, metric, at, detail, n)", 6,
                              "on conflict (month, place, metric, at, detail) do update set n = counter.n + "
                              "excluded.n");
    for (const auto& [cell, n] : cells)
        if (n != 0) insert.add({month_of(cell.at), cell.place, cell.metric, cell.at, cell.detail, n});
    insert.flush();
    tx.send("delete from counter where n = 0");
}

namespace {

constexpr std::string_view asked =
    "select matter, sealed, l1, l2, l3, l4, l5, l6, l7 from contribution where ";

void each_asked(store::Rows rows, const EachAsked& each) {
    for (const store::Row row : rows) {
        Asked one{row.get<std::int64_t>(0), row.get<bool>(1), {}};
        for (std::size_t n = 1; n < one.ancestors.size(); ++n)
            one.ancestors[n] = row.get<std::optional<std::int64_t>>(static_cast<int>(1 + n)).value_or(0);
        if (!each(one)) return;
    }
}

}  // namespace

void each_asked_by(store::Transaction& tx, std::int64_t resident, Instant after, Instant through,
                   const EachAsked& each) {
    const std::string sql =
        std::string(asked) + "resident = $1 and received_at > $2 and received_at <= $3 order by received_at";
    each_asked(tx.query(sql, resident, after, through), each);
}

void each_asked_at(store::Transaction& tx, std::int64_t place, std::int64_t category, Instant after,
                   Instant through, const EachAsked& each) {
    const std::string sql =
        std::string(asked) +
        "place = $1 and category = $2 and received_at > $3 and received_at <= $4 order by received_at";
    each_asked(tx.query(sql, place, category, after, through), each);
}

std::vector<std::int64_t> closed_for(store::Transaction& tx, std::int64_t resident, Instant from,
                                     Instant before) {
    return ids_of(
        tx.query("select matter from contribution where resident = $1 and closed_at >= $2 and closed_at < $3",
                 resident, from, before));
}

std::vector<std::int64_t> closed_at(store::Transaction& tx, std::int64_t place, std::int64_t category,
                                    Instant from, Instant before) {
    return ids_of(
        tx.query("select matter from contribution where place = $1 and category = $2 and closed_at >= $3 and "
                 "closed_at < $4",
                 place, category, from, before));
}

std::vector<std::int64_t> due_between(store::Transaction& tx, Instant from, Instant until) {
    return ids_of(tx.query(
        "select matter from contribution where contact_due >= $1 and contact_due < $2 union select matter "
        "from contribution where finish_due >= $1 and finish_due < $2",
        from, until));
}

std::int64_t sum_of(store::Transaction& tx, std::int64_t place, std::int64_t metric, std::int64_t from,
                    std::int64_t until, std::int64_t below) {
    static const std::string sql =
        over_months("select cast(coalesce(sum(c.n), 0) as bigint) ", " and c.detail < $7");
    const Months months = months_of(from, until);
    return tx.value<std::int64_t>(sql, months.first, months.last, place, metric, from, until, below)
        .value_or(0);
}

std::map<std::int64_t, std::int64_t> sums_by_detail(store::Transaction& tx, std::int64_t place,
                                                    std::int64_t metric, std::int64_t from,
                                                    std::int64_t until) {
    static const std::string sql =
        over_months("select c.detail, cast(sum(c.n) as bigint) ", " group by c.detail");
    const Months months = months_of(from, until);
    std::map<std::int64_t, std::int64_t> sums;
    for (const store::Row row : tx.query(sql, months.first, months.last, place, metric, from, until))
        sums[row.get<std::int64_t>(0)] = row.get<std::int64_t>(1);
    return sums;
}

std::map<AtAndDetail, std::int64_t> cells_of(store::Transaction& tx, std::int64_t place, std::int64_t metric,
                                             std::int64_t from, std::int64_t until, std::int64_t limit) {
    static const std::string sql =
        over_months("select c.at, c.detail, c.n ", " order by c.at, c.detail limit $7");
    const Months months = months_of(from, until);
    std::map<AtAndDetail, std::int64_t> cells;
    for (const store::Row row : tx.query(sql, months.first, months.last, place, metric, from, until, limit))
        cells.emplace(AtAndDetail{row.get<std::int64_t>(0), row.get<std::int64_t>(1)},
                      row.get<std::int64_t>(2));
    return cells;
}

std::string made_with(store::Transaction& tx, Made what) {
    return tx.value<std::string>("select value from made_with where name = $1", name_of(what)).value_or("");
}

void save_made_with(store::Transaction& tx, Made what, std::string_view value) {
    tx.send(
        "insert into made_with (name, value) values ($1, $2) on conflict (name) do update set value = "
        "excluded.value",
        name_of(what), value);
}

void empty_counters(store::Transaction& tx) {
    for (const char* sql :
         {"delete from counter", "delete from contribution", "delete from follower", "delete from made_with"})
        tx.execute(sql);
}

}  // namespace lianxin::report
