#include "place/tree_levels_store.hpp"

namespace lianxin::place {

std::set<int> numbered_levels(store::Transaction& tx, Day day) {
    std::set<int> levels;
    const auto text = day.text();
    for (const store::Row row : tx.query("select distinct level from place_span where code is not null and "
                                         "from_day <= $1 and $1 < until_day",
                                         text))
        levels.insert(row.get<int>(0));
    return levels;
}

bool has_hung_below(store::Transaction& tx, int level, int parent_level) {
    return tx
        .value<std::int64_t>(
            "select s.place from place_span s join place_span a on a.place = s.parent where s.level = $1 and "
            "s.household = 0 and a.level = $2 limit 1",
            level, parent_level)
        .has_value();
}

}  // namespace lianxin::place
