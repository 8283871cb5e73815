// report/counters_service.hpp — figures without counting: a follower of the journal keeps, for every place
// and day, how many marks matters have left (report/mark.hpp), in a store of its own. Who looks reads the
// counters at their cursor and adds what the entries after it change, both on one snapshot, so a figure is
// exact however far the follower is behind; too far, and whoever asks counts afresh.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "county/county.hpp"
#include "matter/workflows.hpp"
#include "report/counters_store.hpp"
#include "report/metrics.hpp"

namespace lianxin::report {

// Below which place, and whether with what only the county counts.
struct Below {
    PlaceId place;
    bool with_sealed = false;
};

// The counters as of the last entry of a snapshot.
class Figures {
 public:
    static constexpr std::int64_t ever = std::numeric_limits<std::int64_t>::min();
    static constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

    // `counters` and `county` are read as long as this lives; `after_cursor` is added to what is read.
    Figures(store::Transaction& counters, store::Transaction& county, Cells after_cursor)
        : counters_(counters), county_(county), after_cursor_(std::move(after_cursor)) {}

    // Marks with from ≤ at < until and detail < below.
    [[nodiscard]] std::int64_t sum(const Below& below, std::int64_t metric, std::int64_t from = ever,
                                   std::int64_t until = never, std::int64_t detail_below = never) const;
    [[nodiscard]] std::map<std::int64_t, std::int64_t> by_detail(const Below& below, std::int64_t metric,
                                                                 std::int64_t from, std::int64_t until) const;
    // In order, at most `limit`.
    [[nodiscard]] std::map<AtAndDetail, std::int64_t> cells(const Below& below, std::int64_t metric,
                                                            std::int64_t from = ever,
                                                            std::int64_t until = never,
                                                            std::int64_t limit = never) const;
    // The county's own store, on the same snapshot.
    [[nodiscard]] store::Transaction& county() const { return county_; }

 private:
    template <class Each>
    void each_after_cursor(std::int64_t place, std::int64_t metric, std::int64_t from, std::int64_t until,
                           Each&& each) const;

    store::Transaction& counters_;
    store::Transaction& county_;
    Cells after_cursor_;
};

class Counters {
 public:
    // `store`: the counters' own, migrated.
    Counters(store::Database& store, const matter::Workflows& workflows, MetricWords words = {})
        : store_(store), workflows_(workflows), words_(std::move(words)) {}

    // Takes the next entries in; answers whether there may be more.
    bool advance(County& county, int batch = full_batch);
    // Entries not yet taken in.
    [[nodiscard]] std::int64_t behind(County& county) const;
    // False, and `reader` not called, when the counters are so far behind that counting afresh is wiser.
    [[nodiscard]] bool look(County& county, const std::function<void(const Figures&)>& reader) const;

    [[nodiscard]] const MetricWords& words() const { return words_; }

    static constexpr std::string_view follower = "counters";
    static constexpr int full_batch = 2048;
    static constexpr std::int64_t most_behind = 32'768;  // entries a reader adds by itself

 private:
    // What the counters depend on beside the entries.
    [[nodiscard]] std::string definitions(const County& county) const;
    // Whether they were made with these definitions of this record, which was not put back from a backup
    // since.
    [[nodiscard]] bool are_of(store::Transaction& counters, store::Transaction& tx,
                              const County& county) const;

    store::Database& store_;
    const matter::Workflows& workflows_;
    MetricWords words_;
};

}  // namespace lianxin::report
