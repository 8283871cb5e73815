#include "matter/readership_service.hpp"

#include "access/policy.hpp"
#include "place/place_store.hpp"

namespace lianxin::matter {

std::optional<ReaderView::Seen> ReaderView::seen(MatterId id) {
    auto rows = work_rows(tx_, {{{0}, id, 0}});
    if (rows.empty()) return {};
    auto path = path_of(rows.front().place);
    Seen seen{std::move(rows.front()), std::move(path)};
    if (!may_read(seen)) return {};
    return seen;
}

std::vector<PlaceId> ReaderView::path_of(PlaceId place) {
    const auto& lineage = planner_.lineage_of(place);
    return lineage ? lineage->path() : std::vector{place};
}

// Most are of the reader's own territory; for the others everything a relation can come from is loaded.
bool ReaderView::may_read(const Seen& seen) {
    const auto workflow = around_.workflows.by_hash(seen.row.workflow_hash);
    const bool open = !seen.row.sealed_line && !(workflow && workflow->confidential);
    if (open && access::may_list_place(who_, seen.path)) return true;
    const Standing* matter = planner_.standing(seen.row.key.matter);
    return matter != nullptr &&
           access::may_read_matter(planner_.actor(who_, *matter).set, is_sealed(matter->row));
}

std::shared_ptr<const Standing> Readership::known(MatterId matter, std::int64_t version) {
    const std::lock_guard lock(mutex_);
    if (!last_ || last_->row.id != matter || last_->row.version < version) return {};
    return last_;
}

bool Readership::may_read(const access::ActingPerson& who, MatterId id, std::int64_t version) {
    auto matter = known(id, version);
    return county_.database.read([&](store::Transaction& tx) {
        Planner planner(tx, county_, around_, county_.clock.now());
        if (!matter) {
            const Standing* found = planner.standing(id);
            if (found == nullptr) return false;
            matter = std::make_shared<const Standing>(*found);
            const std::lock_guard lock(mutex_);
            last_ = matter;
        }
        return access::may_read_matter(planner.actor(who, *matter).set, is_sealed(matter->row));
    });
}

}  // namespace lianxin::matter
