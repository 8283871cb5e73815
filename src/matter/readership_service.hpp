// matter/readership_service.hpp — who may read a matter, asked of many people about the same one: whoever
// listens to what changes hears of what they may read and of nothing else. What was loaded for one listener
// serves the next; the rule itself is the one by which a matter is shown.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "matter/planner_service.hpp"
#include "matter/worklist_store.hpp"

namespace lianxin::matter {

// One reader on one snapshot.
class ReaderView {
 public:
    ReaderView(store::Transaction& tx, County& county, const Surroundings& around,
               const access::ActingPerson& who)
        : tx_(tx), around_(around), who_(who), planner_(tx, county, around, county.clock.now()) {}

    struct Seen {
        WorkRow row;
        std::vector<PlaceId> path;  // from the root down to its place
    };
    // Nothing where there is no such matter, or none for this reader.
    [[nodiscard]] std::optional<Seen> seen(MatterId id);
    [[nodiscard]] std::vector<PlaceId> path_of(PlaceId place);
    [[nodiscard]] Planner& planner() { return planner_; }

 private:
    [[nodiscard]] bool may_read(const Seen& seen);

    store::Transaction& tx_;
    const Surroundings& around_;
    const access::ActingPerson& who_;
    Planner planner_;
};

class Readership {
 public:
    Readership(County& county, const Surroundings& around) : county_(county), around_(around) {}
    // Of the matter as it stands at this version or later.
    [[nodiscard]] bool may_read(const access::ActingPerson& who, MatterId matter, std::int64_t version);

 private:
    [[nodiscard]] std::shared_ptr<const Standing> known(MatterId matter, std::int64_t version);

    County& county_;
    const Surroundings& around_;
    std::mutex mutex_;
    std::shared_ptr<const Standing> last_;
};

}  // namespace lianxin::matter
