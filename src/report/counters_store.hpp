// report/counters_store.hpp — the counters' own store: how many marks lie below each place, and what each
// matter has put in. Cells that come to nothing are taken away.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "report/mark.hpp"
#include "store/transaction.hpp"

namespace lianxin::report {

using Cells = std::map<Cell, std::int64_t>;

// What one matter has put into the counters, and by what others find it.
struct Contribution {
    std::int64_t matter = 0, version = 0, resident = 0, place = 0;
    std::optional<std::int64_t> category;
    std::optional<Instant> received_at;  // nothing: nobody asked with it
    std::optional<Instant> closed_at;
    std::optional<Instant> contact_due, finish_due;
    bool sealed = false;
    Ancestors ancestors{};
    std::vector<Mark> marks;
    bool operator==(const Contribution&) const = default;
};

[[nodiscard]] std::map<std::int64_t, std::int64_t> counted_versions(store::Transaction& tx,
                                                                    const std::vector<std::int64_t>& matters);
[[nodiscard]] std::vector<Contribution> load_contributions(store::Transaction& tx,
                                                           const std::vector<std::int64_t>& matters);
void save_contribution(store::Transaction& tx, const Contribution& contribution);
void forget_contribution(store::Transaction& tx, std::int64_t matter);
void add_to_counters(store::Transaction& tx, const Cells& cells);

// Who asked: enough to say whether it was the same thing again, and where that shows.
struct Asked {
    std::int64_t matter = 0;
    bool sealed = false;
    Ancestors ancestors{};
};
// Received in (after, through] from the same resident, or of the same place and category, soonest first;
// until `each` answers false.
using EachAsked = std::function<bool(const Asked&)>;
void each_asked_by(store::Transaction& tx, std::int64_t resident, Instant after, Instant through,
                   const EachAsked& each);
void each_asked_at(store::Transaction& tx, std::int64_t place, std::int64_t category, Instant after,
                   Instant through, const EachAsked& each);
// Matters closed in [from, before) for the same resident, or of the same place and category.
[[nodiscard]] std::vector<std::int64_t> closed_for(store::Transaction& tx, std::int64_t resident,
                                                   Instant from, Instant before);
[[nodiscard]] std::vector<std::int64_t> closed_at(store::Transaction& tx, std::int64_t place,
                                                  std::int64_t category, Instant from, Instant before);
// Matters with a deadline in [from, until).
[[nodiscard]] std::vector<std::int64_t> due_between(store::Transaction& tx, Instant from, Instant until);

// Marks of `metric` below `place` with from ≤ at < until and detail < below.
[[nodiscard]] std::int64_t sum_of(store::Transaction& tx, std::int64_t place, std::int64_t metric,
                                  std::int64_t from, std::int64_t until, std::int64_t below);
// The same by detail, and by at and detail.
[[nodiscard]] std::map<std::int64_t, std::int64_t> sums_by_detail(store::Transaction& tx, std::int64_t place,
                                                                  std::int64_t metric, std::int64_t from,
                                                                  std::int64_t until);
using AtAndDetail = std::pair<std::int64_t, std::int64_t>;
[[nodiscard]] std::map<AtAndDetail, std::int64_t> cells_of(store::Transaction& tx, std::int64_t place,
                                                           std::int64_t metric, std::int64_t from,
                                                           std::int64_t until, std::int64_t limit);

// With which definitions the counters were made, and of which record: its last entry then ("pos hash").
enum class Made { definitions, record };
[[nodiscard]] std::string made_with(store::Transaction& tx, Made what);
void save_made_with(store::Transaction& tx, Made what, std::string_view value);
// Empties everything; the next advance starts over.
void empty_counters(store::Transaction& tx);

}  // namespace lianxin::report
