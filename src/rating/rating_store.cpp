#include "rating/rating_store.hpp"

#include <array>

namespace lianxin::rating {
namespace {

// A column's name cannot be a bound parameter; it is chosen from a constant table.
constexpr std::array<std::string_view, 8> column_of_level{"", "l1", "l2", "l3", "l4", "l5", "l6", "l7"};

}  // namespace

std::string pieces_in(const Scope& scope, std::string_view further_joins) {
    require(scope.level >= 1 && scope.level <= 7, "a place stands on one of seven levels");
    return " from part p join matter m on m.id = p.matter " + std::string(further_joins) + " where p." +
           std::string(column_of_level[static_cast<std::size_t>(scope.level)]) + " = $1" +
           (scope.level > 1 ? " and m.sealed_line is null" : "");
}

std::string matters_in(const Scope& scope, std::string_view further_joins) {
    return pieces_in(scope, further_joins) + " and p.no = 0";
}

std::string asked_in(const Scope& scope, std::string_view further_joins) {
    return matters_in(scope, further_joins) + " and m.about_kind is null";
}

RatingCounts count_ratings(store::Transaction& tx, const Scope& scope, Instant from, Instant until) {
    const std::string sql =
        "select count(*), count(*) filter (where r.rated_at is not null),"
        " count(*) filter (where r.rated_at is not null and r.solved = 2),"
        " count(*) filter (where r.rated_at is not null and r.solved = 1),"
        " count(*) filter (where r.rated_at is not null and r.grade is not null),"
        " count(*) filter (where r.rated_at is not null and r.grade >= 4)" +
        asked_in(scope, "join rating r on r.matter = m.id") + " and r.asked_at >= $2 and r.asked_at < $3";
    RatingCounts counts;
    for (store::Row row : tx.query(sql, scope.place, from, until)) {
        counts = {row.get<std::int64_t>(0), row.get<std::int64_t>(1), row.get<std::int64_t>(2),
                  row.get<std::int64_t>(3), row.get<std::int64_t>(4), row.get<std::int64_t>(5)};
    }
    return counts;
}

}  // namespace lianxin::rating
