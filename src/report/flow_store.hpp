// report/flow_store.hpp — the states of one workflow in a place's subtree: who stands there, who left. A
// complaint about a post counts in the whole county only, as in every figure.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "rating/rating_store.hpp"
#include "report/flow.hpp"
#include "report/metrics.hpp"

namespace lianxin::report {

// Open pieces of work by state. Several versions of a workflow may be under way: `hash` picks one.
[[nodiscard]] std::vector<Standing> standing_in(store::Transaction& tx, const rating::Scope& scope,
                                                const Digest& hash, Instant now);
[[nodiscard]] std::vector<Stay> stays_in(store::Transaction& tx, const rating::Scope& scope,
                                         const Digest& hash, const Span& span);
struct VersionCount {
    Digest hash{};
    std::int64_t open = 0;  // matters under way
};
// Of the versions that ever were, the newest first.
[[nodiscard]] std::vector<Digest> hashes_of(store::Transaction& tx, const std::string& workflow);
// Of those that have matters here, in the same order.
[[nodiscard]] std::vector<VersionCount> versions_of(store::Transaction& tx, const rating::Scope& scope,
                                                    const std::string& workflow);

}  // namespace lianxin::report
