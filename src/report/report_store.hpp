// report/report_store.hpp — counts matters for the metrics, on one snapshot.
#pragma once

#include <set>
#include <vector>

#include "rating/rating_store.hpp"
#include "report/metrics.hpp"

namespace lianxin::report {

using rating::Scope;

[[nodiscard]] Counted count(store::Transaction& tx, const Scope& scope, const Span& span,
                            const MetricWords& words);
// Places of that level below (or at) another, in force on the day; none of level 0.
[[nodiscard]] std::vector<std::int64_t> places_in(store::Transaction& tx, const Scope& scope, int level,
                                                  Day day);
[[nodiscard]] PlaceCounts without_petition(const std::vector<std::int64_t>& places,
                                           const std::set<std::int64_t>& carried);

struct Lifetime {
    Instant received_at, at;
};
// Of matters closed, or first contacted, in the period.
[[nodiscard]] std::vector<Lifetime> closings(store::Transaction& tx, const Scope& scope, const Span& span);
[[nodiscard]] std::vector<Lifetime> contacts(store::Transaction& tx, const Scope& scope, const Span& span);
// Of every closed matter of the county.
[[nodiscard]] std::vector<Lifetime> all_closings(store::Transaction& tx);

}  // namespace lianxin::report
