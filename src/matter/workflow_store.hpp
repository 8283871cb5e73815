// matter/workflow_store.hpp — workflows by content: what running matters were begun under stays readable
// whatever the pack says later.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/time.hpp"
#include "matter/workflow.hpp"
#include "store/transaction.hpp"

namespace lianxin::matter {

// Once per hash; a workflow already there stays as it is.
void save_workflow(store::Transaction& tx, const Workflow& workflow, Instant now);
struct StoredWorkflow {
    Digest hash{};
    std::string name;
    std::string body;
};
[[nodiscard]] std::vector<StoredWorkflow> load_workflows(store::Transaction& tx);

}  // namespace lianxin::matter
