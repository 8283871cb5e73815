#include "report/report_store.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "journal/journal.hpp"
#include "receipt/receipt_store.hpp"
#include "tests/support/test_database.hpp"

namespace lianxin::report {
namespace {

constexpr Zone zone{};
Instant on(int day_of_may, int hour = 12) {
    return {zone.start_of(Day::of(2024, 5, static_cast<unsigned>(day_of_may))).micros +
            hour * micros_per_hour};
}

// One matter as rows, told in a line.
struct Told {
    int received = 1;
    std::optional<int> contacted = {}, closed = {}, ended = {};
    std::int64_t place = 30;
    std::optional<std::int64_t> category = {};
    std::int64_t resident = 0;  // 0: one of their own
    bool sealed = false, merged = false;
    int asked_times = 0, asked_late = 0;
    std::optional<int> contact_due = {}, finish_due = {};
    int finish_stage = 0;
    int extensions = 0;
    std::string_view subkind = "s";
    std::string_view ended_as = {};  // a word of matter::EndsAs
};

class ReportStore : public support::AnyDatabase {
 protected:
    std::int64_t add(const Told& told) {
        const std::int64_t id = ++last_;
        const auto at = [](const std::optional<int>& day) -> std::optional<Instant> {
            if (!day) return {};
            return on(*day);
        };
        database().write([&](store::Transaction& tx) {
            tx.execute(
                "insert into matter (id, number, workflow, workflow_hash, subkind, category, place, "
                "merged_into, "
                "sealed_line, channel, anonymous, opening_entry, key_id, received_at, recorded_at, "
                "contacted_at, "
                "closed_at, ended_at, asked_times, ended_as, asked_late, version) values ($1, $2, 'w', $3, "
                "$14, "
                "$4, $5, "
                "$6, "
                "$7, 'portal', 0, "
                "$1, $8, $9, $9, $10, $11, $12, $13, $15, $16, 1)",
                id, std::to_string(id), Digest{}, told.category, told.place,
                told.merged ? std::optional<std::int64_t>(1) : std::nullopt,
                told.sealed ? std::optional<std::int64_t>(9) : std::nullopt,
                told.resident == 0 ? 1'000 + id : told.resident, on(told.received), at(told.contacted),
                at(told.closed), at(told.ended), told.asked_times, told.subkind,
                told.ended_as.empty() ? std::nullopt : std::optional(told.ended_as), told.asked_late);
            tx.execute(
                "insert into part (matter, no, machine, state, phase, owner_post, lead, bound, ended, card, "
                "due, "
                "entered_at, place, l1, l2, l3) values ($1, 0, '', 's', 0, 1, 0, 0, 0, 0, 0, 0, $2, 10, 20, "
                "$2)",
                id, told.place);
            if (told.contact_due) add_clock(tx, id, "contact", *told.contact_due, 0, 0);
            if (told.finish_due)
                add_clock(tx, id, "finish", *told.finish_due, told.finish_stage, told.extensions);
        });
        return id;
    }
    static void add_clock(store::Transaction& tx, std::int64_t id, const char* name, int due, int stage,
                          int extensions) {
        tx.execute(
            "insert into clock (matter, part, name, stage, started_at, period, extension, pauses, due, "
            "told_due, "
            "extensions, calendar_version, card) values ($1, 0, $2, $3, 0, '', '', '', $4, $4, $5, '', 0)",
            id, name, stage, on(due, 24), extensions);
    }
    void rate(std::int64_t id, int round, int asked, std::optional<int> rated, std::optional<int> solved = {},
              std::optional<int> grade = {}) {
        database().write([&](store::Transaction& tx) {
            tx.execute(
                "insert into rating (matter, round, asked_at, rated_at, solved, grade) values "
                "($1,$2,$3,$4,$5,$6)",
                id, round, on(asked), rated ? std::optional(on(*rated)) : std::nullopt, solved, grade);
        });
    }
    void tally(std::int64_t id, const char* name, int n) {
        database().write([&](store::Transaction& tx) {
            tx.execute("insert into tally (matter, part, name, n) values ($1, 0, $2, $3)", id, name, n);
        });
    }
    Counted counted(Scope scope = {PlaceId(10), 1}, int until = 31) {
        return database().read([&](store::Transaction& tx) {
            return count(
                tx, scope,
                {on(1, 0), on(until, 24), on(until, 24), Day::of(2024, 5, static_cast<unsigned>(until))},
                words_);
        });
    }
    void add_place(std::int64_t id, const char* from, const char* until) {
        database().write([&](store::Transaction& tx) {
            tx.execute(
                "insert into place_kind (name, level, household, suffixes) values ('village', 3, 0, '') on "
                "conflict do nothing");
            tx.execute(
                "insert into place (id, kind, level, household, short_code) values ($1, 'village', 3, 0, $2)",
                id, std::to_string(id));
            tx.execute(
                "insert into place_span (place, from_day, until_day, level, household, name, l1, l2, l3, l4, "
                "l5, l6, l7) values ($1, $2, $3, 3, 0, 'n', 10, 20, $1, 0, 0, 0, 0)",
                id, std::string_view(from), std::string_view(until));
        });
    }
    MetricWords words_;
    std::int64_t last_ = 0;
};
LIANXIN_ON_BOTH_ENGINES(ReportStore);

TEST_P(ReportStore, CountsNothingWhereNothingHappened) {
    const Counted none = counted();
    EXPECT_EQ(none.received, ReceivedCounts{});
    EXPECT_EQ(none.finish, DueCounts{});
    EXPECT_EQ(none.closed, ClosedCounts{});
    EXPECT_EQ(none.said, SaidCounts{});
}

TEST_P(ReportStore, CountsDeadlinesByTheDayTheyFellDue) {
    add({.contacted = 2, .closed = 5, .contact_due = 2, .finish_due = 5});  // both in time, to the day
    add({.contacted = 3, .closed = 6, .contact_due = 2, .finish_due = 5});  // both late
    add({.contact_due = 2, .finish_due = 5, .extensions = 1});              // still open
    add({.contacted = 2, .closed = 9, .contact_due = 2, .finish_due = 9, .extensions = 1});
    add({.ended = 1, .contact_due = 2, .finish_due = 5});         // taken back in time
    add({.ended = 8, .contact_due = 2, .finish_due = 5});         // taken back when it was late
    add({.contact_due = 2, .finish_due = 5, .finish_stage = 1});  // waits for the resident
    add({.merged = true, .contact_due = 2, .finish_due = 5});
    const Counted may = counted();
    EXPECT_EQ(may.contact, (DueCounts{.counted = 6, .met = 2, .closed = 3, .withdrawn = 1, .merged = 1}));
    EXPECT_EQ(may.finish, (DueCounts{.counted = 5,
                                     .met = 2,
                                     .closed = 3,
                                     .extended = 2,
                                     .extended_met = 1,
                                     .waiting = 1,
                                     .withdrawn = 1,
                                     .merged = 1}));
    // By the seventh the one due on the ninth has not fallen due.
    EXPECT_EQ(counted({PlaceId(10), 1}, 7).finish.counted, 4);
}

TEST_P(ReportStore, CountsWhatWasReceivedAsItStoodAtTheEnd) {
    const auto first = add({.received = 1, .contacted = 2, .closed = 2});
    rate(first, 1, 2, 3, 2, 5);
    const auto second = add({.received = 1, .contacted = 2, .closed = 6});
    rate(second, 1, 6, 7, 2, 5);
    const auto third = add({.received = 1, .contacted = 2, .closed = 2, .asked_times = 3, .asked_late = 1});
    rate(third, 1, 2, 3, 0, 1);
    add({.received = 2, .ended = 4, .asked_times = 1});
    add({.received = 3, .merged = true});
    tally(first, "transfers", 2);
    tally(second, "transfers", 1);
    tally(second, "returns", 4);
    EXPECT_EQ(counted().received, (ReceivedCounts{.received = 4,
                                                  .closed = 3,
                                                  .solved_at_first_contact = 1,
                                                  .withdrawn = 1,
                                                  .merged = 1,
                                                  .transfers = 3,
                                                  .returns = 4,
                                                  .asked = 4,
                                                  .asked_again = 1}));
    EXPECT_EQ(counted({PlaceId(10), 1}, 5).received.closed, 2) << "by the fifth";
}

TEST_P(ReportStore, CountsWhatWasClosedAndCameBack) {
    const auto plain = add({.received = 1, .closed = 5, .category = 7, .resident = 77});
    rate(plain, 1, 5, {});
    const auto again = add({.received = 8, .closed = 9, .place = 31, .resident = 77});  // the same resident
    tally(again, "returns", 1);
    const auto twice = add({.received = 1, .closed = 20, .category = 8});
    rate(twice, 1, 10, 11, 0, 1);
    rate(twice, 2, 20, {});
    add({.received = 1, .closed = 3, .merged = true});
    EXPECT_EQ(counted().closed,
              (ClosedCounts{.closed = 3, .asked = 2, .reworked = 2, .rereported = 1, .merged = 1}));
    EXPECT_EQ(counted().said, (SaidCounts{.asked = 3, .answered = 1, .graded = 1}));
}

TEST_P(ReportStore, CountsWhatResidentsSaid) {
    const auto id = add({.closed = 5});
    rate(id, 1, 5, 6, 2, 5);
    rate(id, 2, 6, 7, 1, 3);
    rate(id, 3, 7, 8, 0, {});
    rate(id, 4, 8, {});
    EXPECT_EQ(counted().said,
              (SaidCounts{.asked = 4, .answered = 3, .solved = 1, .partly = 1, .graded = 2, .satisfied = 1}));
}

TEST_P(ReportStore, CountsEveryReporterOfMergedMattersAmongThoseAskedAndOneMatterClosed) {
    const auto goes_on = add({.closed = 5});
    rate(goes_on, 1, 5, 6, 2, 5);
    const auto merged = add({.merged = true});
    rate(merged, 1, 5, 7, 0, 1);
    const auto silent = add({.merged = true});
    rate(silent, 1, 5, {});
    EXPECT_EQ(counted().said,
              (SaidCounts{.asked = 3, .answered = 2, .solved = 1, .graded = 2, .satisfied = 1}));
    EXPECT_EQ(counted().closed, (ClosedCounts{.closed = 1, .asked = 1}));
}

TEST_P(ReportStore, KeepsAComplaintAboutAPostOutOfTheVillagesFigures) {
    add({.closed = 5, .sealed = true, .finish_due = 6});
    add({.closed = 5, .finish_due = 6});
    EXPECT_EQ(counted({PlaceId(10), 1}).finish.counted, 2);
    EXPECT_EQ(counted({PlaceId(20), 2}).finish.counted, 1);
    EXPECT_EQ(counted({PlaceId(30), 3}).received.received, 1);
    EXPECT_EQ(counted({PlaceId(31), 3}).received.received, 0);
}

TEST_P(ReportStore, ListsHowLongClosedMattersTook) {
    add({.received = 1, .contacted = 2, .closed = 5});
    add({.received = 3});
    add({.received = 4, .closed = 6, .merged = true});
    database().read([&](store::Transaction& tx) {
        const Span may{on(1, 0), on(31, 24), on(31, 24)};
        EXPECT_EQ(closings(tx, {PlaceId(10), 1}, may).size(), 1U);
        EXPECT_EQ(contacts(tx, {PlaceId(10), 1}, may).at(0).at, on(2));
        EXPECT_EQ(all_closings(tx).at(0).at, on(5));
    });
}

TEST_P(ReportStore, TellsWhatWasRefusedFromWhatWasTakenBackAndWhatWasNotDone) {
    add({.ended = 3, .finish_due = 5});
    add({.ended = 3, .finish_due = 5, .ended_as = "withdrawn"});
    add({.ended = 3, .finish_due = 5, .ended_as = "refused"});
    add({.ended = 8, .finish_due = 5, .ended_as = "refused"});   // told no, but late
    add({.ended = 3, .finish_due = 5, .ended_as = "not_done"});  // it was owed all the same
    add({.closed = 3, .ended = 3, .finish_due = 5, .ended_as = "closed"});
    EXPECT_EQ(counted().received, (ReceivedCounts{.received = 6, .closed = 1, .withdrawn = 2, .refused = 2}));
    EXPECT_EQ(counted().finish,
              (DueCounts{.counted = 3, .met = 1, .closed = 1, .withdrawn = 2, .refused = 1}));
}

TEST_P(ReportStore, CountsDisputesFoundAndWhatBecameOfThemByTheEnd) {
    words_.disputes = {{"w", "quarrel"}};
    add({.received = 2, .closed = 5, .ended = 5, .subkind = "quarrel", .ended_as = "settled"});
    add({.received = 3, .closed = 9, .ended = 25, .subkind = "quarrel", .ended_as = "settled"});
    add({.received = 3, .closed = 9, .ended = 9, .subkind = "quarrel", .ended_as = "closed"});
    add({.received = 4, .subkind = "quarrel"});
    add({.received = 4, .merged = true, .subkind = "quarrel"});
    add({.received = 4, .closed = 9, .ended = 9, .ended_as = "settled"});  // of another kind
    EXPECT_EQ(counted().disputes, (DisputeCounts{.found = 4, .settled = 2, .merged = 1}));
    EXPECT_EQ(counted({PlaceId(10), 1}, 20).disputes.settled, 1);
    words_.disputes.clear();
    EXPECT_EQ(counted().disputes, DisputeCounts{});
}

TEST_P(ReportStore, CountsThePlacesFromWhichNobodyCarriedAPetitionHigher) {
    words_.petitions = {{"w", "carried"}};
    words_.petition_level = 3;
    add_place(30, "2000-01-01", "9999-12-31");
    add_place(31, "2000-01-01", "9999-12-31");
    add_place(32, "2000-01-01", "2024-05-20");  // merged into another in May
    add({.received = 4, .place = 31});
    EXPECT_EQ(counted().petitions, (PlaceCounts{.places = 2, .without_petition = 2}));
    add({.received = 4, .place = 31, .subkind = "carried"});
    add({.received = 5, .place = 31, .subkind = "carried"});
    add({.received = 5, .place = 30, .merged = true, .subkind = "carried"});
    EXPECT_EQ(counted().petitions, (PlaceCounts{.places = 2, .without_petition = 1}));
    EXPECT_EQ(counted({PlaceId(10), 1}, 19).petitions.places, 3) << "as of the period's last day";
    EXPECT_EQ(counted({PlaceId(31), 3}).petitions, (PlaceCounts{.places = 1, .without_petition = 0}));
}

}  // namespace
}  // namespace lianxin::report
