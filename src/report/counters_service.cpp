#include "report/counters_service.hpp"

#include <set>

#include "journal/follower.hpp"
#include "journal/journal.hpp"
#include "report/facts_store.hpp"
#include "report/recount_service.hpp"

namespace lianxin::report {
namespace {

constexpr int counters_format = 3;  // one more when a mark means something else

// Those whose matter is counted already as it stands: an entry read twice costs little.
std::vector<std::int64_t> not_counted(store::Transaction& counters, store::Transaction& county,
                                      std::vector<std::int64_t> matters) {
    const auto counted = counted_versions(counters, matters);
    std::set<std::int64_t> same;
    for (const MatterVersion& one : versions_of(county, matters)) {
        const auto at = counted.find(one.matter);
        if (at != counted.end() && at->second == one.version) same.insert(one.matter);
    }
    std::erase_if(matters, [&](std::int64_t id) { return same.contains(id); });
    return matters;
}

void save(store::Transaction& tx, const Recount& recount) {
    add_to_counters(tx, recount.difference());
    for (const auto& [id, now] : recount.after()) {
        const auto was = recount.before().find(id);
        if (was == recount.before().end() || !(was->second == now)) save_contribution(tx, now);
    }
    for (const auto& [id, was] : recount.before())
        if (!recount.after().contains(id)) forget_contribution(tx, id);
}

// Deadlines are counted by the day; of those later today none has fallen yet.
void take_out_later_today(store::Transaction& counters, const Recount& recount, Instant now, Zone zone,
                          Cells& cells) {
    const Instant tomorrow = zone.end_of(zone.day_of(now));
    const auto take_out = [&](const Contribution& one) {
        const auto later = [&](const std::optional<Instant>& due) {
            return due && *due >= now && *due < tomorrow;
        };
        std::vector<Mark> marks;
        for (const Mark& mark : one.marks)
            if ((by_contact_due(mark.metric) && later(one.contact_due)) ||
                (by_finish_due(mark.metric) && later(one.finish_due)))
                marks.push_back(mark);
        count_marks(cells, one.ancestors, marks, -1);
    };
    std::vector<std::int64_t> unchanged;
    for (const std::int64_t id : due_between(counters, now, tomorrow))
        if (!recount.before().contains(id)) unchanged.push_back(id);
    for (const Contribution& one : load_contributions(counters, unchanged)) take_out(one);
    for (const auto& [id, one] : recount.after()) take_out(one);
}

}  // namespace

template <class Each>
void Figures::each_after_cursor(std::int64_t place, std::int64_t metric, std::int64_t from,
                                std::int64_t until, Each&& each) const {
    for (auto at = after_cursor_.lower_bound({place, metric, from, ever}); at != after_cursor_.end(); ++at) {
        const Cell& cell = at->first;
        if (cell.place != place || cell.metric != metric || cell.at >= until) return;
        each(cell, at->second);
    }
}

std::int64_t Figures::sum(const Below& below, std::int64_t metric, std::int64_t from, std::int64_t until,
                          std::int64_t detail_below) const {
    std::int64_t total = 0;
    const auto add = [&](std::int64_t place) {
        total += sum_of(counters_, place, metric, from, until, detail_below);
        each_after_cursor(place, metric, from, until, [&](const Cell& cell, std::int64_t n) {
            if (cell.detail < detail_below) total += n;
        });
    };
    add(below.place.value());
    if (below.with_sealed) add(-below.place.value());
    return total;
}

std::map<std::int64_t, std::int64_t> Figures::by_detail(const Below& below, std::int64_t metric,
                                                        std::int64_t from, std::int64_t until) const {
    std::map<std::int64_t, std::int64_t> sums;
    const auto add = [&](std::int64_t place) {
        for (const auto& [detail, n] : sums_by_detail(counters_, place, metric, from, until))
            sums[detail] += n;
        each_after_cursor(place, metric, from, until,
                          [&](const Cell& cell, std::int64_t n) { sums[cell.detail] += n; });
    };
    add(below.place.value());
    if (below.with_sealed) add(-below.place.value());
    std::erase_if(sums, [](const auto& one) { return one.second == 0; });
    return sums;
}

std::map<AtAndDetail, std::int64_t> Figures::cells(const Below& below, std::int64_t metric, std::int64_t from,
                                                   std::int64_t until, std::int64_t limit) const {
    std::map<AtAndDetail, std::int64_t> found;
    const auto add = [&](std::int64_t place) {
        // As many more as may come to nothing.
        std::int64_t taken_out = 0;
        each_after_cursor(place, metric, from, until,
                          [&](const Cell&, std::int64_t n) { taken_out += n < 0 ? 1 : 0; });
        const std::int64_t most = limit == never ? never : limit + taken_out;
        for (const auto& [cell, n] : cells_of(counters_, place, metric, from, until, most)) found[cell] += n;
        each_after_cursor(place, metric, from, until, [&](const Cell& cell, std::int64_t n) {
            found[{cell.at, cell.detail}] += n;
        });
    };
    add(below.place.value());
    if (below.with_sealed) add(-below.place.value());
    std::erase_if(found, [](const auto& one) { return one.second <= 0; });
    while (limit != never && static_cast<std::int64_t>(found.size()) > limit)
        found.erase(std::prev(found.end()));
    return found;
}

std::string Counters::definitions(const County& county) const {
    std::string text = std::to_string(counters_format) + " " + std::to_string(county.zone.offset_minutes);
    for (const std::string& word :
         {words_.contact_clock, words_.finish_clock, words_.returns, words_.transfers, words_.reopenings})
        text += " " + word;
    for (const auto* kinds : {&words_.disputes, &words_.petitions}) {
        text += " |";
        for (const KindOfMatter& kind : *kinds) text += " " + kind.workflow + "/" + kind.subkind;
    }
    return text + " " + std::to_string(words_.petition_level);
}

bool Counters::are_of(store::Transaction& counters, store::Transaction& tx, const County& county) const {
    if (made_with(counters, Made::definitions) != definitions(county)) return false;
    const std::string record = made_with(counters, Made::record);
    return record.empty() || record == entry_at(tx, std::stoll(record));
}

bool Counters::advance(County& county, int batch) {
    std::int64_t cursor = 0;
    bool usable = true;
    std::string record;
    Changed changed;
    std::optional<Recount> recount;
    store_.read([&](store::Transaction& counters) {
        cursor = journal::cursor_of(counters, follower);
        county.database.read([&](store::Transaction& tx) {
            usable = are_of(counters, tx, county);
            if (!usable) return;
            record = last_entry(tx);
            changed = changed_after(tx, cursor, batch);
            recount.emplace(counters, tx, county.zone, workflows_, words_);
            recount->run(not_counted(counters, tx, changed.matters));
        });
    });
    if (!usable) {
        store_.write([&](store::Transaction& tx) {
            empty_counters(tx);
            save_made_with(tx, Made::definitions, definitions(county));
        });
        return true;
    }
    if (changed.until == cursor) return false;
    store_.write([&](store::Transaction& tx) {
        if (!journal::move_cursor(tx, follower, cursor, changed.until)) return;
        save(tx, *recount);
        save_made_with(tx, Made::record, record);
    });
    return changed.entries == batch;
}

std::int64_t Counters::behind(County& county) const {
    const auto cursor = store_.read([](store::Transaction& tx) { return journal::cursor_of(tx, follower); });
    return county.database.read([](store::Transaction& tx) { return journal::last_position(tx); }) - cursor;
}

bool Counters::look(County& county, const std::function<void(const Figures&)>& reader) const {
    return store_.read([&](store::Transaction& counters) {
        // The counters' snapshot stands before the county's: all that is missing lies behind the cursor.
        const std::int64_t cursor = journal::cursor_of(counters, follower);
        return county.database.read([&](store::Transaction& tx) {
            if (!are_of(counters, tx, county)) return false;
            const auto changed = all_changed_after(tx, cursor, most_behind);
            if (!changed) return false;
            Recount recount(counters, tx, county.zone, workflows_, words_);
            recount.run(*changed);
            Cells cells = recount.difference();
            take_out_later_today(counters, recount, county.clock.now(), county.zone, cells);
            reader(Figures(counters, tx, std::move(cells)));
            return true;
        });
    });
}

}  // namespace lianxin::report
