#include "matter/worklist_store.hpp"

#include <algorithm>
#include <array>

#include "matter/state_rows.hpp"

namespace lianxin::matter {

namespace {

using store::Transaction;

// One constant text per index; nothing of a request ever becomes part of a statement.
#define WORK_KEYS(column)                                                                              \
    "select due, matter, no from part where " column                                                   \
    " = $1 and state = $2 and (due, matter, no) > ($3, $4, $5) and due < $6 and phase between $7 and " \
    "$8 order by due, matter, no limit $9"
constexpr std::array<std::string_view, 8> keys_by_level = {
    WORK_KEYS("owner_post"), WORK_KEYS("l1"), WORK_KEYS("l2"), WORK_KEYS("l3"),
    WORK_KEYS("l4"),         WORK_KEYS("l5"), WORK_KEYS("l6"), WORK_KEYS("l7")};
#undef WORK_KEYS

constexpr std::string_view parts_of =
    "select due, matter, no, state, owner_post, l1, l2, l3, l4, l5, l6, l7, phase from part where matter = "
    "$1";
constexpr std::string_view number_of = "select number from matter where id = $1";

// The deadline of a vote is that of the matter while its ballot is open.
constexpr std::string_view awaiting_vote =
    "select p.due, p.matter, p.no, p.state, p.phase from ballot_voter v join part p on p.matter = v.matter "
    "and "
    "p.no = 0 where v.party = $1 and v.voted = 0 order by p.matter";

// How much of a list is looked through for the beginning of a number.
constexpr int most_looked_through = 4000;
constexpr int looked_through_at_once = 500;

constexpr std::int32_t number(CountsAs phase) {
    return static_cast<std::int32_t>(phase);
}

// What a page may hold beside its place among the ranges.
struct Bounds {
    const WorkStates& states;
    const std::optional<WorkKey>& after;
    const std::optional<Instant>& due_before;
    [[nodiscard]] bool hold(const WorkKey& key, std::string_view state, std::int32_t phase) const {
        if ((after && key <= *after) || (due_before && key.due >= *due_before)) return false;
        if (phase < number(states.first) || phase > number(states.last)) return false;
        return std::find(states.names.begin(), states.names.end(), state) != states.names.end();
    }
};

WorkKey key_of(const store::Row& row) {
    return {row.get<Instant>(0), row.get<MatterId>(1), row.get<std::int32_t>(2)};
}

void add_votes(Transaction& tx, std::int64_t voter, const Bounds& bounds, std::vector<WorkKey>& keys) {
    for (const store::Row row : tx.query(awaiting_vote, voter))
        if (bounds.hold(key_of(row), row.get<std::string_view>(3), row.get<std::int32_t>(4)))
            keys.push_back(key_of(row));
}

constexpr int phase_of_part = 12;

// A row of `parts_of`.
bool is_within(const store::Row& row, const WorkRange& range) {
    constexpr int owner = 4;
    if (range.of == WorkRange::Of::voter) return false;
    const int column = range.of == WorkRange::Of::owner ? owner : owner + range.level;
    return row.get<std::optional<std::int64_t>>(column) == range.id;
}

// The page among keys in any order. Ranges may overlap: a post of mine within a place of mine.
std::vector<WorkKey> first_of(std::vector<WorkKey> keys, int limit) {
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    if (keys.size() > static_cast<std::size_t>(limit)) keys.resize(static_cast<std::size_t>(limit));
    return keys;
}

constexpr std::string_view one_row =
    "select m.number, m.workflow, m.workflow_hash, m.subkind, p.machine, p.state, p.phase, m.category, "
    "p.place, "
    "p.owner_post, p.card, p.sealed_line, m.opening_entry, m.received_at, m.subject_seq from part p join "
    "matter m on m.id = "
    "p.matter where p.matter = $1 and p.no = $2";

}  // namespace

std::vector<WorkKey> work_keys(Transaction& tx, const std::vector<WorkRange>& ranges,
                               const WorkStates& states, const std::optional<WorkKey>& after,
                               std::optional<Instant> due_before, int limit) {
    const WorkKey from = after.value_or(WorkKey{{INT64_MIN}, MatterId(0), 0});
    const Instant until = due_before.value_or(Instant{far_future.micros + 1});
    std::vector<WorkKey> keys;
    for (const WorkRange& range : ranges) {
        if (range.of == WorkRange::Of::voter) {
            add_votes(tx, range.id, {states, after, due_before}, keys);
            continue;
        }
        const std::size_t text = range.of == WorkRange::Of::owner ? 0 : static_cast<std::size_t>(range.level);
        for (const std::string& state : states.names) {
            store::Rows rows = tx.query(keys_by_level.at(text), range.id, state, from.due, from.matter,
                                        from.part, until, number(states.first), number(states.last), limit);
            for (const store::Row row : rows) keys.push_back(key_of(row));
        }
    }
    return first_of(std::move(keys), limit);
}

std::vector<WorkKey> work_keys_of(Transaction& tx, MatterId matter, const std::vector<WorkRange>& ranges,
                                  const WorkStates& states, const std::optional<WorkKey>& after,
                                  std::optional<Instant> due_before, int limit) {
    const Bounds bounds{states, after, due_before};
    std::vector<WorkKey> votes;
    for (const WorkRange& range : ranges)
        if (range.of == WorkRange::Of::voter) add_votes(tx, range.id, bounds, votes);
    std::vector<WorkKey> keys;
    for (const store::Row row : tx.query(parts_of, matter)) {
        const WorkKey key = key_of(row);
        if (!bounds.hold(key, row.get<std::string_view>(3), row.get<std::int32_t>(phase_of_part))) continue;
        if (std::find(votes.begin(), votes.end(), key) != votes.end() ||
            std::any_of(ranges.begin(), ranges.end(),
                        [&](const WorkRange& range) { return is_within(row, range); }))
            keys.push_back(key);
    }
    return first_of(std::move(keys), limit);
}

std::vector<WorkKey> work_keys_numbered(Transaction& tx, std::string_view digits,
                                        const std::vector<WorkRange>& ranges, const WorkStates& states,
                                        const std::optional<WorkKey>& after,
                                        std::optional<Instant> due_before, int limit) {
    if (digits.empty()) return {};
    const auto begins_so = [&](const WorkKey& key) {
        return tx.value<std::string>(number_of, key.matter).value_or("").starts_with(digits);
    };
    std::vector<WorkKey> found;
    std::optional<WorkKey> from = after;
    for (int left = most_looked_through; left > 0; left -= looked_through_at_once) {
        const auto keys = work_keys(tx, ranges, states, from, due_before, looked_through_at_once);
        for (const WorkKey& key : keys) tx.ahead(number_of, key.matter);
        for (const WorkKey& key : keys) {
            if (!begins_so(key)) continue;
            found.push_back(key);
            if (found.size() == static_cast<std::size_t>(limit)) return found;
        }
        if (keys.size() < static_cast<std::size_t>(looked_through_at_once)) break;
        from = keys.back();
    }
    return found;
}

std::vector<MatterId> votes_awaited(Transaction& tx, PartyId voter) {
    std::vector<MatterId> matters;
    for (const store::Row row : tx.query(awaiting_vote, voter)) matters.push_back(row.get<MatterId>(1));
    return matters;
}

std::vector<WorkRow> work_rows(Transaction& tx, const std::vector<WorkKey>& keys) {
    for (const WorkKey& key : keys) tx.ahead(one_row, key.matter, key.part);
    std::vector<WorkRow> found;
    for (const WorkKey& key : keys) {
        store::Rows rows = tx.query(one_row, key.matter, key.part);
        for (const store::Row row : rows) {
            WorkRow work;
            work.key = key;
            work.number = row.get<std::string>(0);
            work.workflow = row.get<std::string>(1);
            work.workflow_hash = row.get<Digest>(2);
            work.subkind = row.get<std::string>(3);
            work.machine = row.get<std::string>(4);
            work.state = row.get<std::string>(5);
            work.phase = row.get<std::int32_t>(6);
            work.category = row.get<std::optional<CategoryId>>(7);
            work.place = row.get<PlaceId>(8);
            work.owner = row.get<PostId>(9);
            work.card = row.get<std::int32_t>(10);
            work.sealed_line = row.get<std::optional<PostId>>(11);
            work.opening_entry = row.get<EntryId>(12);
            work.received_at = row.get<Instant>(13);
            work.subject_seq = row.get<std::optional<std::int64_t>>(14).value_or(1);
            found.push_back(std::move(work));
        }
    }
    return found;
}

}  // namespace lianxin::matter
