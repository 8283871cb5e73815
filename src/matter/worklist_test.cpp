// Work found by its number: the same rows as by place or owner, earliest deadline first.
#include "matter/worklist_store.hpp"
#include "tests/support/test_county.hpp"

namespace lianxin::matter {
namespace {

using Matters = std::vector<std::int64_t>;
constexpr std::int64_t village = 50, another = 51, representative = 7;

class WorkByNumber : public support::AnyCounty {
 protected:
    WorkByNumber() {
        put(1, "26000000019", "offered", village, 30);
        put(2, "26000000027", "offered", village, 10);
        put(3, "26000000035", "closed", village, 5);
        put(4, "26000000043", "offered", another, 1);
        put(5, "27000000018", "offered", village, 2);
    }
    void put(std::int64_t id, const std::string& number, const std::string& state, std::int64_t place,
             std::int64_t due, CountsAs phase = CountsAs::open) {
        county().database.write([&](store::Transaction& tx) {
            tx.execute(
                "insert into matter (id, number, workflow, workflow_hash, subkind, place, channel, "
                "anonymous, opening_entry, key_id, received_at, recorded_at, asked_times, version) values "
                "($1, $2, '', $3, '', $4, '', 1, 0, 0, 0, 0, 0, 1)",
                id, number, Digest{}, place);
            tx.execute(
                "insert into part (matter, no, machine, state, phase, owner_post, lead, bound, ended, card, "
                "due, entered_at, place, l1, l5) values ($1, 0, '', $2, $6, $3, 0, 0, 0, 0, $4, 0, $5, 1, "
                "$5)",
                id, state, representative, due, place, static_cast<std::int32_t>(phase));
        });
    }
    static WorkStates under_way(std::string state) {
        return {{std::move(state)}, CountsAs::open, CountsAs::open_explained};
    }
    Matters listed(const WorkStates& states, const std::vector<WorkRange>& ranges, int limit = 50) {
        return county().database.read([&](store::Transaction& tx) {
            Matters matters;
            for (const WorkKey& key : work_keys(tx, ranges, states, {}, {}, limit))
                matters.push_back(key.matter.value());
            return matters;
        });
    }
    Matters found(std::string_view digits, const std::vector<WorkRange>& ranges,
                  const std::optional<WorkKey>& after = {}, std::optional<Instant> due_before = {},
                  int limit = 50) {
        return county().database.read([&](store::Transaction& tx) {
            Matters matters;
            for (const WorkKey& key :
                 work_keys_numbered(tx, digits, ranges, under_way("offered"), after, due_before, limit))
                matters.push_back(key.matter.value());
            return matters;
        });
    }
    // One ballot of the matter; `voted` as the row has it.
    void ask_for_vote(std::int64_t matter, std::int64_t party, int voted) {
        county().database.write([&](store::Transaction& tx) {
            tx.execute(
                "insert into ballot_voter (matter, name, round, party, voted) values ($1, 'm', 1, $2, $3)",
                matter, party, voted);
        });
    }
    Matters mine_to_vote(const std::optional<WorkKey>& after = {}, int limit = 50,
                         const std::vector<WorkRange>& ranges = {{WorkRange::Of::voter, 0, elector}}) {
        return county().database.read([&](store::Transaction& tx) {
            Matters matters;
            for (const WorkKey& key : work_keys(tx, ranges, under_way("offered"), after, {}, limit))
                matters.push_back(key.matter.value());
            return matters;
        });
    }
    static constexpr std::int64_t elector = 900;
    const std::vector<WorkRange> here{{WorkRange::Of::level, 5, village}};
    const std::vector<WorkRange> anywhere{{WorkRange::Of::level, 1, 1}};
    const std::vector<WorkRange> mine{{WorkRange::Of::owner, 0, representative}};
};
LIANXIN_ON_BOTH_ENGINES(WorkByNumber);

TEST_P(WorkByNumber, is_found_by_the_whole_number_and_by_the_digits_it_begins_with) {
    EXPECT_EQ(found("26000000019", here), Matters{1});
    EXPECT_EQ(found("26", here), (Matters{2, 1}));
    EXPECT_EQ(found("2", anywhere), (Matters{4, 5, 2, 1}));
    EXPECT_EQ(found("27", mine), Matters{5});
}

TEST_P(WorkByNumber, is_not_found_elsewhere_nor_in_another_state_nor_by_what_is_no_number) {
    EXPECT_EQ(found("26000000043", here), Matters{});
    EXPECT_EQ(found("26000000035", here), Matters{});
    for (const char* no_number : {"", "路灯", "26%", "260000000190"})
        EXPECT_EQ(found(no_number, anywhere), Matters{}) << no_number;
}

TEST_P(WorkByNumber, comes_in_pages) {
    EXPECT_EQ(found("2", anywhere, {}, {}, 2), (Matters{4, 5}));
    EXPECT_EQ(found("2", anywhere, WorkKey{{2}, MatterId(5), 0}), (Matters{2, 1}));
    EXPECT_EQ(found("2", anywhere, {}, Instant{10}), (Matters{4, 5}));
    // A post of mine within a place of mine: each once.
    EXPECT_EQ(found("27", {here.front(), mine.front()}), Matters{5});
}

TEST_P(WorkByNumber, is_over_by_its_own_phase_whatever_the_state_of_that_name_is_elsewhere) {
    put(8, "28000000017", "reviewed", village, 1, CountsAs::ended);
    put(9, "28000000025", "reviewed", village, 2);
    for (const auto& ranges : {here, mine}) {
        EXPECT_EQ(listed(under_way("reviewed"), ranges), Matters{9});
        EXPECT_EQ(listed({{"reviewed"}, CountsAs::ended, CountsAs::ended}, ranges), Matters{8});
        EXPECT_EQ(listed({{"reviewed"}}, ranges), (Matters{8, 9}));
        // What is left out leaves no gap in a page.
        EXPECT_EQ(listed(under_way("reviewed"), ranges, 1), Matters{9});
    }
    ask_for_vote(8, elector, 0);
    EXPECT_EQ(listed(under_way("reviewed"), {{WorkRange::Of::voter, 0, elector}}), Matters{});
}

TEST_P(WorkByNumber, waits_for_a_vote_until_it_was_handed_in_or_the_ballot_closed) {
    for (const std::int64_t matter : {1, 2, 3, 4}) ask_for_vote(matter, elector, 0);
    ask_for_vote(5, elector, 1);
    ask_for_vote(5, elector + 1, 0);
    // Earliest deadline first; 3 is not in a state that was asked for.
    EXPECT_EQ(mine_to_vote(), (Matters{4, 2, 1}));
    ask_for_vote(6, elector, 2);
    EXPECT_EQ(mine_to_vote(), (Matters{4, 2, 1}));
    EXPECT_EQ(mine_to_vote(WorkKey{{1}, MatterId(4), 0}, 1), Matters{2});
    // What I own and vote on is there once.
    EXPECT_EQ(mine_to_vote({}, 50, {{WorkRange::Of::voter, 0, elector}, mine.front()}),
              (Matters{4, 5, 2, 1}));
    EXPECT_EQ(found("26", {{WorkRange::Of::voter, 0, elector}}), (Matters{4, 2, 1}));
    county().database.read([&](store::Transaction& tx) {
        EXPECT_EQ(votes_awaited(tx, PartyId(elector)),
                  (std::vector{MatterId(1), MatterId(2), MatterId(3), MatterId(4)}));
    });
}

}  // namespace
}  // namespace lianxin::matter
