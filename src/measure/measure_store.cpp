#include "measure/measure_store.hpp"

namespace lianxin::measure {

void insert_measure(store::Transaction& tx, const Measure& m) {
    tx.send(
        "insert into measure (id, about_kind, about_id, kind, unit, quantity, entry, at) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8)",
        m.id, m.about.kind, m.about.id, m.kind, m.unit, m.quantity, m.entry, m.at);
}

std::vector<Measure> measures_about(store::Transaction& tx, const Subject& about) {
    std::vector<Measure> found;
    store::Rows rows = tx.query(
        "select id, kind, unit, quantity, entry, at from measure where about_kind = $1 and about_id = $2 "
        "order by id",
        about.kind, about.id);
    for (const store::Row row : rows) {
        found.push_back({row.get<Id<MeasureNoun>>(0), about, row.get<std::string>(1), row.get<std::string>(2),
                         row.get<std::int64_t>(3), row.get<EntryId>(4), row.get<Instant>(5)});
    }
    return found;
}

std::vector<Total> totals_about(store::Transaction& tx, const Subject& about) {
    std::vector<Total> found;
    // PostgreSQL sums bigints as numeric; the cast keeps both engines at 64 bits.
    store::Rows rows = tx.query(
        "select kind, unit, cast(sum(quantity) as bigint) from measure where about_kind = $1 and about_id = "
        "$2 "
        "group by kind, unit order by kind, unit",
        about.kind, about.id);
    for (const store::Row row : rows)
        found.push_back({row.get<std::string>(0), row.get<std::string>(1), row.get<std::int64_t>(2)});
    return found;
}

}  // namespace lianxin::measure
