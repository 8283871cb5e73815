#include "matter/workflow_store.hpp"

namespace lianxin::matter {

void save_workflow(store::Transaction& tx, const Workflow& workflow, Instant now) {
    tx.send(
        "insert into workflow (hash, name, body, stored_at) values ($1, $2, $3, $4) on conflict (hash) do "
        "nothing",
        workflow.hash, workflow.name, workflow.body, now);
}

std::vector<StoredWorkflow> load_workflows(store::Transaction& tx) {
    std::vector<StoredWorkflow> found;
    store::Rows rows = tx.query("select hash, name, body from workflow order by stored_at, name");
    for (const store::Row row : rows)
        found.push_back({row.get<Digest>(0), row.get<std::string>(1), row.get<std::string>(2)});
    return found;
}

}  // namespace lianxin::matter
