#include "report/flow_store.hpp"

namespace lianxin::report {
std::vector<Standing> standing_in(store::Transaction& tx, const rating::Scope& scope, const Digest& hash,
                                  Instant now) {
    std::vector<Standing> found;
    for (store::Row row : tx.query(
             "select p.machine, p.state, count(*), count(*) filter (where p.due < $3), min(p.entered_at)" +
                 rating::pieces_in(scope) +
                 " and m.workflow_hash = $2 and p.ended = 0 and m.merged_into is null group by p.machine, "
                 "p.state order by p.machine, p.state",
             scope.place, hash, now)) {
        found.push_back({row.get<std::string>(0), row.get<std::string>(1), row.get<std::int64_t>(2),
                         row.get<std::int64_t>(3), row.get<Instant>(4)});
    }
    return found;
}

std::vector<Stay> stays_in(store::Transaction& tx, const rating::Scope& scope, const Digest& hash,
                           const Span& span) {
    std::vector<Stay> found;
    for (store::Row row :
         tx.query("select s.matter, s.part, s.machine, s.state, s.entered_at, s.left_at, s.late" +
                      rating::pieces_in(scope, "join stay s on s.matter = p.matter and s.part = p.no") +
                      " and m.workflow_hash = $2 and s.left_at >= $3 and s.left_at < $4 order by s.left_at",
                  scope.place, hash, span.from, span.until)) {
        found.push_back({row.get<std::int64_t>(0), row.get<std::int64_t>(1), row.get<std::string>(2),
                         row.get<std::string>(3), row.get<Instant>(4), row.get<Instant>(5),
                         row.get<std::int64_t>(6) != 0});
    }
    return found;
}

std::vector<VersionCount> versions_of(store::Transaction& tx, const rating::Scope& scope,
                                      const std::string& workflow) {
    std::vector<VersionCount> found;
    for (store::Row row :
         tx.query("select m.workflow_hash, count(*) filter (where p.ended = 0)" + rating::matters_in(scope) +
                      " and m.workflow = $2 and m.merged_into is null group by m.workflow_hash order by "
                      "max(m.id) desc",
                  scope.place, workflow)) {
        found.push_back({row.get<Digest>(0), row.get<std::int64_t>(1)});
    }
    return found;
}

}  // namespace lianxin::report
