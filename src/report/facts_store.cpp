#include "report/facts_store.hpp"

#include <algorithm>
#include <map>

namespace lianxin::report {
namespace {

using FactsById = std::map<std::int64_t, MatterFacts>;

void sort_out(std::vector<std::int64_t>& ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

bool there(const store::Row& row, int column) {
    return row.get<std::optional<std::int64_t>>(column).has_value();
}

// A household shows in no figure: what is asked there counts from the place above it on.
void load_matters(store::Transaction& tx, const std::vector<std::int64_t>& ids, FactsById& facts) {
    const std::string sql =
        "select m.id, m.version, m.key_id, m.place, m.category, m.workflow_hash, m.sealed_line, "
        "m.merged_into, m.published_at, m.received_at, m.contacted_at, m.closed_at, m.ended_at, "
        "m.asked_times, p.l1, p.l2, p.l3, p.l4, p.l5, p.l6, p.l7, "
        "(select max(s.household) from place_span s where s.place = p.place), m.about_kind, m.workflow, "
        "m.subkind, m.ended_as, m.asked_late from matter m "
        "join part p on p.matter = m.id and p.no = 0 where m.id in " +
        id_list();
    for_ids(tx, sql, ids, [&](const store::Row& row) {
        MatterFacts& one = facts[row.get<std::int64_t>(0)];
        one.matter = row.get<std::int64_t>(0);
        one.version = row.get<std::int64_t>(1);
        one.resident = row.get<std::int64_t>(2);
        one.place = row.get<std::int64_t>(3);
        one.category = row.get<std::optional<std::int64_t>>(4);
        one.workflow = row.get<Digest>(5);
        one.sealed = there(row, 6);
        one.merged = there(row, 7);
        one.published = there(row, 8);
        one.received_at = row.get<Instant>(9);
        one.contacted_at = row.get<std::optional<Instant>>(10);
        one.closed_at = row.get<std::optional<Instant>>(11);
        one.ended_at = row.get<std::optional<Instant>>(12);
        one.asked_times = row.get<std::int64_t>(13);
        const bool household = row.get<std::optional<std::int64_t>>(21).value_or(0) != 0;
        one.about = row.get<std::optional<std::string>>(22).has_value();
        one.kind = row.get<std::string>(23);
        one.subkind = row.get<std::string>(24);
        one.ended_as = row.get<std::optional<std::string>>(25).value_or("");
        one.asked_late = row.get<std::int64_t>(26);
        for (std::size_t level = 1; level < one.ancestors.size(); ++level) {
            const auto above = row.get<std::optional<std::int64_t>>(static_cast<int>(13 + level)).value_or(0);
            if (!household || above != one.place) one.ancestors[level] = above;
        }
    });
}

void load_clocks(store::Transaction& tx, const std::vector<std::int64_t>& ids, const MetricWords& words,
                 FactsById& facts) {
    constexpr std::int64_t paused = 1;
    for_ids(
        tx,
        "select matter, name, due, stage, extensions from clock where part = 0 and matter in " + id_list(),
        ids, [&](const store::Row& row) {
            MatterFacts& one = facts[row.get<std::int64_t>(0)];
            const auto name = row.get<std::string_view>(1);
            const ClockFact clock{row.get<Instant>(2), row.get<std::int64_t>(3) == paused,
                                  row.get<std::int64_t>(4)};
            if (name == words.contact_clock) one.contact = clock;
            if (name == words.finish_clock) one.finish = clock;
        });
}

void load_said(store::Transaction& tx, const std::vector<std::int64_t>& ids, const MetricWords& words,
               FactsById& facts) {
    for_ids(
        tx,
        "select matter, round, asked_at, rated_at, solved, grade from rating where matter in " + id_list(),
        ids, [&](const store::Row& row) {
            facts[row.get<std::int64_t>(0)].ratings.push_back(
                {row.get<std::int64_t>(1), row.get<Instant>(2), there(row, 3),
                 row.get<std::optional<std::int64_t>>(4), row.get<std::optional<std::int64_t>>(5)});
        });
    for_ids(tx, "select matter, name, n from tally where matter in " + id_list(), ids,
            [&](const store::Row& row) {
                MatterFacts& one = facts[row.get<std::int64_t>(0)];
                const auto name = row.get<std::string_view>(1);
                const auto n = row.get<std::int64_t>(2);
                if (name == words.transfers) one.transfers += n;
                if (name == words.returns) one.returns += n;
                if (name == words.reopenings) one.reopenings += n;
            });
}

void load_pieces(store::Transaction& tx, const std::vector<std::int64_t>& ids, FactsById& facts) {
    for_ids(tx,
            "select matter, no, machine, state, ended, phase, due, entered_at from part where matter in " +
                id_list(),
            ids, [&](const store::Row& row) {
                facts[row.get<std::int64_t>(0)].pieces.push_back(
                    {row.get<std::int64_t>(1), row.get<std::string>(2), row.get<std::string>(3),
                     row.get<bool>(4), row.get<std::int64_t>(5), row.get<Instant>(6), row.get<Instant>(7)});
            });
    for_ids(tx,
            "select matter, part, machine, state, entered_at, left_at, late from stay where matter in " +
                id_list() + " order by left_at",
            ids, [&](const store::Row& row) {
                facts[row.get<std::int64_t>(0)].stays.push_back(
                    {row.get<std::int64_t>(1), row.get<std::string>(2), row.get<std::string>(3),
                     row.get<Instant>(4), row.get<Instant>(5), row.get<bool>(6)});
            });
}

}  // namespace

const std::string& id_list() {
    static const std::string list = [] {
        std::string text = "(";
        for (std::size_t i = 1; i <= ids_at_once; ++i) text += (i == 1 ? "$" : ", $") + std::to_string(i);
        return text + ")";
    }();
    return list;
}

std::vector<MatterVersion> versions_of(store::Transaction& tx, const std::vector<std::int64_t>& matters) {
    std::vector<MatterVersion> found;
    for_ids(tx, "select id, version from matter where id in " + id_list(), matters,
            [&](const store::Row& row) {
                found.push_back({row.get<std::int64_t>(0), row.get<std::int64_t>(1)});
            });
    return found;
}

std::vector<MatterFacts> load_facts(store::Transaction& tx, const std::vector<std::int64_t>& matters,
                                    const MetricWords& words) {
    FactsById facts;
    load_matters(tx, matters, facts);
    std::vector<std::int64_t> found;
    for (const auto& [id, one] : facts) found.push_back(id);
    load_clocks(tx, found, words, facts);
    load_said(tx, found, words, facts);
    load_pieces(tx, found, facts);
    std::vector<MatterFacts> all;
    all.reserve(facts.size());
    for (auto& [id, one] : facts) all.push_back(std::move(one));
    return all;
}

Changed changed_after(store::Transaction& tx, std::int64_t pos, std::int64_t limit) {
    Changed changed;
    changed.until = pos;
    for (const store::Row row :
         tx.query("select chain_kind, chain_id, pos from entry where pos > $1 order by pos limit $2", pos,
                  limit)) {
        changed.until = row.get<std::int64_t>(2);
        changed.entries += 1;
        if (row.get<std::string_view>(0) == "matter") changed.matters.push_back(row.get<std::int64_t>(1));
    }
    sort_out(changed.matters);
    return changed;
}

std::optional<std::vector<std::int64_t>> all_changed_after(store::Transaction& tx, std::int64_t pos,
                                                           std::int64_t limit) {
    Changed changed = changed_after(tx, pos, limit);
    if (changed.entries == limit) return {};
    for (const store::Row row :
         tx.query("select chain_kind, chain_id from entry where pos is null limit $1", limit)) {
        changed.entries += 1;
        if (row.get<std::string_view>(0) == "matter") changed.matters.push_back(row.get<std::int64_t>(1));
    }
    if (changed.entries >= limit) return {};
    sort_out(changed.matters);
    return std::move(changed.matters);
}

std::string entry_at(store::Transaction& tx, std::int64_t pos) {
    const auto hash = tx.value<Digest>("select hash from entry where pos = $1", pos);
    return hash ? std::to_string(pos) + " " + hex(*hash) : "";
}

std::string last_entry(store::Transaction& tx) {
    const auto pos =
        tx.value<std::optional<std::int64_t>>("select max(pos) from entry").value_or(std::nullopt);
    return pos ? entry_at(tx, *pos) : "";
}

}  // namespace lianxin::report
