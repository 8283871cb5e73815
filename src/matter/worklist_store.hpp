// matter/worklist_store.hpp — pages of work by place subtree or by owner, earliest deadline first. Each state
// is one range of an index (level, state, due, matter, part); a page is the merge of as many short ranges as
// there are states, so its cost depends on the page and not on how many matters there are.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/access.hpp"
#include "base/time.hpp"
#include "matter/workflow.hpp"
#include "store/transaction.hpp"

namespace lianxin::matter {

struct WorkKey {  // where a page ends
    Instant due;
    MatterId matter;
    std::int32_t part = 0;
    auto operator<=>(const WorkKey&) const = default;
};

struct WorkRange {
    enum class Of { level, owner, voter };  // voter: an open ballot waits for their vote
    Of of = Of::level;
    int level = 1;        // of the place, 1 … 7
    std::int64_t id = 0;  // place, post or party
};

// Rows are found by the names of states, and one name may be an end in one workflow and under way in another:
// what a row counts as says its own phase.
struct WorkStates {
    std::vector<std::string> names;
    CountsAs first = CountsAs::open, last = CountsAs::ended;  // from this phase to that
};

// The first `limit` keys after `after` in any of the ranges and states, merged; `due_before`: overdue only.
[[nodiscard]] std::vector<WorkKey> work_keys(store::Transaction& tx, const std::vector<WorkRange>& ranges,
                                             const WorkStates& states, const std::optional<WorkKey>& after,
                                             std::optional<Instant> due_before, int limit);

// Of one matter, the same.
[[nodiscard]] std::vector<WorkKey> work_keys_of(store::Transaction& tx, MatterId matter,
                                                const std::vector<WorkRange>& ranges,
                                                const WorkStates& states, const std::optional<WorkKey>& after,
                                                std::optional<Instant> due_before, int limit);

// Of the matters whose number begins with these digits, the same; numbers are in no order, so only the first
// 4,000 rows after `after` are looked through.
[[nodiscard]] std::vector<WorkKey> work_keys_numbered(store::Transaction& tx, std::string_view digits,
                                                      const std::vector<WorkRange>& ranges,
                                                      const WorkStates& states,
                                                      const std::optional<WorkKey>& after,
                                                      std::optional<Instant> due_before, int limit);

// Where an open ballot waits for this person's vote, in order. They are few: a vote that was handed in, or
// whose ballot was closed, is out of their index.
[[nodiscard]] std::vector<MatterId> votes_awaited(store::Transaction& tx, PartyId voter);

struct WorkRow {
    WorkKey key;
    std::string number, workflow, subkind, machine, state;
    Digest workflow_hash{};
    std::int32_t phase = 0;
    std::optional<CategoryId> category;
    PlaceId place;
    PostId owner;
    std::int32_t card = 0;
    std::optional<PostId> sealed_line;
    EntryId opening_entry;
    std::int64_t subject_seq = 1;  // the entry that holds the subject as it is now
    Instant received_at;
};
// In the order of the keys; what is gone meanwhile is left out.
[[nodiscard]] std::vector<WorkRow> work_rows(store::Transaction& tx, const std::vector<WorkKey>& keys);

}  // namespace lianxin::matter
