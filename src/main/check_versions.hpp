// main/check_versions.hpp — a pack about to replace the one a county runs: which matters under way could go
// over to its workflows, state by state, and which could not.
#pragma once

#include <string>
#include <vector>

#include "matter/workflows.hpp"
#include "store/database.hpp"

namespace lianxin {

// A line per version under way that differs from `next`, below it one per state that matters stand in.
[[nodiscard]] std::string describe_versions(store::Database& database,
                                            const std::vector<matter::WorkflowPtr>& next);

}  // namespace lianxin
