// matter/workflows.hpp — the workflows a process knows: the pack's of today by name, and every older one that
// a running matter was begun under, by hash. Shared by all threads; a workflow never changes once it is here.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "matter/workflow.hpp"

namespace lianxin::matter {

using WorkflowPtr = std::shared_ptr<const Workflow>;

class Workflows {
 public:
    // Today's of its name from now on.
    void publish(WorkflowPtr workflow);
    // One of former days.
    void remember(WorkflowPtr workflow);
    [[nodiscard]] WorkflowPtr current(std::string_view name) const;
    [[nodiscard]] WorkflowPtr by_hash(const Digest& hash) const;
    [[nodiscard]] std::vector<WorkflowPtr> all_current() const;  // by name
    // The names of all states that count so, of all workflows known and of their parts, each once: what a
    // worklist is the union over.
    [[nodiscard]] std::vector<std::string> states_counting_as(CountsAs phase) const;

 private:
    mutable std::mutex mutex_;
    std::map<std::string, WorkflowPtr, std::less<>> current_;
    std::map<Digest, WorkflowPtr> all_;
};

}  // namespace lianxin::matter
