// report/recount_service.hpp — what changes in the counters when some matters changed: each is read as it
// stands and compared with what it has put in so far. Whether a closed matter was reported again depends on
// its neighbours, so those are looked at as well. Reads only: the follower saves it, a reader adds it to what
// it reads.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "county/county.hpp"
#include "matter/workflows.hpp"
#include "report/counters_store.hpp"
#include "report/metrics.hpp"

namespace lianxin::report {

class Recount {
 public:
    // `counters`: the counters' own store.
    Recount(store::Transaction& counters, store::Transaction& county, Zone zone,
            const matter::Workflows& workflows, const MetricWords& words)
        : counters_(counters), county_(county), zone_(zone), workflows_(workflows), words_(words) {}

    void run(const std::vector<std::int64_t>& matters);
    // What is to be added to the counters.
    [[nodiscard]] Cells difference() const;
    // As they were counted, as they count now; who is only in the first is gone.
    [[nodiscard]] const std::map<std::int64_t, Contribution>& before() const { return before_; }
    [[nodiscard]] const std::map<std::int64_t, Contribution>& after() const { return after_; }

 private:
    void find_neighbours();
    void find_neighbours_of(const Contribution& asked, std::set<std::int64_t>& found);
    void index_after();
    void mark_again(Contribution& closed);
    [[nodiscard]] Levels again(const Contribution& closed);

    store::Transaction& counters_;
    store::Transaction& county_;
    Zone zone_;
    const matter::Workflows& workflows_;
    const MetricWords& words_;
    std::map<std::int64_t, Contribution> before_, after_;
    std::multimap<std::int64_t, const Contribution*> by_resident_;
    std::multimap<std::pair<std::int64_t, std::int64_t>, const Contribution*> by_category_;
};

}  // namespace lianxin::report
