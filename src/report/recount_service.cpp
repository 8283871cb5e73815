#include "report/recount_service.hpp"

#include <algorithm>

#include "report/facts_store.hpp"

namespace lianxin::report {
namespace {

Contribution contribution_of(const MatterFacts& facts, Zone zone, const matter::Workflows& workflows,
                             const MetricWords& words) {
    Contribution one;
    one.matter = facts.matter;
    one.version = facts.version;
    one.resident = facts.resident;
    one.place = facts.place;
    one.category = facts.category;
    one.sealed = facts.sealed;
    one.ancestors = facts.ancestors;
    if (!facts.about && !facts.merged) {
        one.received_at = facts.received_at;
        one.closed_at = facts.closed_at;
    }
    if (!facts.about && facts.contact) one.contact_due = facts.contact->due;
    if (!facts.about && facts.finish) one.finish_due = facts.finish->due;
    one.marks = marks_of(facts, zone, words, workflows.by_hash(facts.workflow).get());
    return one;
}

// Whether both are the same to whoever asks "again?".
bool asks_the_same(const Contribution& a, const Contribution& b) {
    return a.received_at == b.received_at && a.resident == b.resident && a.place == b.place &&
           a.category == b.category && a.sealed == b.sealed && a.ancestors == b.ancestors;
}

constexpr Instant plus_days(Instant at, std::int64_t days) {
    return {at.micros + days * micros_per_day};
}

// Where it shows that `asked` asked again after `closed`.
Levels shows_at(const Contribution& closed, const Ancestors& asked, bool asked_sealed) {
    const Levels shared = shared_levels(closed.ancestors, asked);
    if (!closed.sealed && !asked_sealed) return shared;
    return (shared & root_level) != 0 ? county_alone : Levels{0};
}

// Summed up at the end: a batch has a hundred cells a matter, and a tree would be searched for each.
class Gathered {
 public:
    std::int64_t& operator[](const Cell& cell) { return parts_.emplace_back(cell, 0).second; }
    [[nodiscard]] Cells sums() && {
        std::ranges::sort(parts_);
        Cells cells;
        for (auto at = parts_.begin(); at != parts_.end();) {
            const Cell cell = at->first;
            std::int64_t sum = 0;
            for (; at != parts_.end() && at->first == cell; ++at) sum += at->second;
            if (sum != 0) cells.emplace_hint(cells.end(), cell, sum);
        }
        return cells;
    }

 private:
    std::vector<std::pair<Cell, std::int64_t>> parts_;
};

// What the county counts with the others it need not count alone.
Levels settled(Levels shown) {
    return (shown & root_level) != 0 ? static_cast<Levels>(shown & every_level) : shown;
}

}  // namespace

void Recount::run(const std::vector<std::int64_t>& matters) {
    for (Contribution& one : load_contributions(counters_, matters)) {
        const std::int64_t id = one.matter;
        before_.emplace(id, std::move(one));
    }
    for (const MatterFacts& facts : load_facts(county_, matters, words_))
        after_.emplace(facts.matter, contribution_of(facts, zone_, workflows_, words_));
    find_neighbours();
    index_after();
    for (auto& [id, one] : after_) mark_again(one);
}

Cells Recount::difference() const {
    Gathered gathered;
    for (const auto& [id, one] : before_) count_marks(gathered, one.ancestors, one.marks, -1);
    for (const auto& [id, one] : after_) count_marks(gathered, one.ancestors, one.marks, 1);
    return std::move(gathered).sums();
}

void Recount::find_neighbours() {
    std::set<std::int64_t> found;
    for (const auto& [id, now] : after_) {
        const auto was = before_.find(id);
        if (was != before_.end() && asks_the_same(was->second, now)) continue;
        find_neighbours_of(now, found);
        if (was != before_.end()) find_neighbours_of(was->second, found);
    }
    for (const auto& [id, was] : before_)
        if (!after_.contains(id)) find_neighbours_of(was, found);
    std::erase_if(found, [&](std::int64_t id) { return before_.contains(id) || after_.contains(id); });
    for (Contribution& one : load_contributions(counters_, {found.begin(), found.end()})) {
        after_.emplace(one.matter, one);
        const std::int64_t id = one.matter;
        before_.emplace(id, std::move(one));
    }
}

void Recount::find_neighbours_of(const Contribution& asked, std::set<std::int64_t>& found) {
    if (!asked.received_at) return;
    const Instant from = plus_days(*asked.received_at, -rereport_days);
    for (const std::int64_t id : closed_for(counters_, asked.resident, from, *asked.received_at))
        found.insert(id);
    if (!asked.category) return;
    for (const std::int64_t id : closed_at(counters_, asked.place, *asked.category, from, *asked.received_at))
        found.insert(id);
}

void Recount::index_after() {
    for (const auto& [id, one] : after_) {
        if (!one.received_at) continue;
        by_resident_.emplace(one.resident, &one);
        if (one.category) by_category_.emplace(std::pair(one.place, *one.category), &one);
    }
}

void Recount::mark_again(Contribution& closed) {
    const std::int64_t metric = number_of(Metric::closed_rereported);
    std::erase_if(closed.marks, [&](const Mark& mark) { return mark.metric == metric; });
    if (!closed.closed_at) return;
    if (const Levels shown = again(closed); shown != 0)
        closed.marks.push_back({metric, zone_.day_of(*closed.closed_at).number, 0, 1, shown});
}

Levels Recount::again(const Contribution& closed) {
    const Instant after = *closed.closed_at;
    const Instant through = plus_days(after, rereport_days);
    const Levels everywhere =
        closed.sealed ? county_alone : shared_levels(closed.ancestors, closed.ancestors);
    Levels shown = 0;
    // Those that changed count as they are now, all others as they were counted.
    const EachAsked counted = [&](const Asked& asked) {
        if (!before_.contains(asked.matter) && !after_.contains(asked.matter))
            shown |= shows_at(closed, asked.ancestors, asked.sealed);
        return settled(shown) != everywhere;
    };
    const auto changed = [&](const auto& range) {
        for (auto at = range.first; at != range.second; ++at) {
            const Contribution& asked = *at->second;
            if (*asked.received_at > after && *asked.received_at <= through)
                shown |= shows_at(closed, asked.ancestors, asked.sealed);
        }
    };
    changed(by_resident_.equal_range(closed.resident));
    if (closed.category) changed(by_category_.equal_range({closed.place, *closed.category}));
    if (settled(shown) != everywhere) each_asked_by(counters_, closed.resident, after, through, counted);
    if (closed.category && settled(shown) != everywhere)
        each_asked_at(counters_, closed.place, *closed.category, after, through, counted);
    return settled(shown);
}

}  // namespace lianxin::report
