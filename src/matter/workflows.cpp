#include "matter/workflows.hpp"

#include <set>

namespace lianxin::matter {

void Workflows::publish(WorkflowPtr workflow) {
    const std::scoped_lock lock(mutex_);
    all_[workflow->hash] = workflow;
    current_[workflow->name] = std::move(workflow);
}

void Workflows::remember(WorkflowPtr workflow) {
    const std::scoped_lock lock(mutex_);
    const Digest hash = workflow->hash;
    all_.emplace(hash, std::move(workflow));
}

WorkflowPtr Workflows::current(std::string_view name) const {
    const std::scoped_lock lock(mutex_);
    const auto found = current_.find(name);
    return found == current_.end() ? nullptr : found->second;
}

WorkflowPtr Workflows::by_hash(const Digest& hash) const {
    const std::scoped_lock lock(mutex_);
    const auto found = all_.find(hash);
    return found == all_.end() ? nullptr : found->second;
}

std::vector<WorkflowPtr> Workflows::all_current() const {
    const std::scoped_lock lock(mutex_);
    std::vector<WorkflowPtr> all;
    for (const auto& [name, workflow] : current_) all.push_back(workflow);
    return all;
}

std::vector<std::string> Workflows::states_counting_as(CountsAs phase) const {
    const std::scoped_lock lock(mutex_);
    std::set<std::string> names;
    for (const auto& [hash, workflow] : all_) {
        for (const Machine& machine : workflow->machines)
            for (const StateRule& state : machine.states)
                if (state.counts_as == phase) names.insert(state.name);
    }
    return {names.begin(), names.end()};
}

}  // namespace lianxin::matter
