#include "report/flow_store.hpp"

namespace lianxin::report {
namespace {

constexpr std::string_view been_there =
    "exists (select 1 from stay e where e.matter = s.matter and e.part = s.part and e.machine = s.machine "
    "and e.state = s.state and e.left_at < s.left_at)";

}  // namespace

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
         tx.query("select s.machine, s.state, s.entered_at, s.left_at, s.late, case when " +
                      std::string(been_there) + " then 1 else 0 end" +
                      rating::pieces_in(scope, "join stay s on s.matter = p.matter and s.part = p.no") +
                      " and m.workflow_hash = $2 and s.left_at >= $3 and s.left_at < $4 order by s.left_at",
                  scope.place, hash, span.from, span.until)) {
        found.push_back({row.get<std::string>(0), row.get<std::string>(1), row.get<Instant>(2),
                         row.get<Instant>(3), row.get<bool>(4), row.get<bool>(5)});
    }
    return found;
}

std::vector<Digest> hashes_of(store::Transaction& tx, const std::string& workflow) {
    std::vector<Digest> found;
    for (store::Row row :
         tx.query("select hash from workflow where name = $1 order by stored_at desc, hash", workflow))
        found.push_back(row.get<Digest>(0));
    return found;
}

std::vector<VersionCount> versions_of(store::Transaction& tx, const rating::Scope& scope,
                                      const std::string& workflow) {
    std::vector<VersionCount> found;
    for (store::Row row :
         tx.query("select m.workflow_hash, count(*) filter (where p.ended = 0)" + rating::matters_in(scope) +
                      " and m.workflow = $2 and m.merged_into is null group by m.workflow_hash order by "
                      "(select w.stored_at from workflow w where w.hash = m.workflow_hash) desc, "
                      "m.workflow_hash",
                  scope.place, workflow)) {
        found.push_back({row.get<Digest>(0), row.get<std::int64_t>(1)});
    }
    return found;
}

}  // namespace lianxin::report
