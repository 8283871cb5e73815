// The small grammars of the vocabulary: conditions, selectors, shares; and a ballot's count.
#include <gtest/gtest.h>

#include <random>

#include "base/result.hpp"
#include "matter/ballot.hpp"
#include "matter/condition.hpp"
#include "matter/owner.hpp"

namespace lianxin::matter {
namespace {

TEST(Condition, ReadsBackWhatItWrites) {
    for (const auto* text : {"red",
                             "not red",
                             "yellow",
                             "anonymous",
                             "told_twice",
                             "binding",
                             "ballot.passed",
                             "ballot.failed",
                             "not ballot.no_quorum",
                             "rating.solved = no",
                             "rating.solved != partly",
                             "rating.grade <= 2",
                             "subkind = complaint",
                             "category.no_photo",
                             "not category.no_photo",
                             "parts.refused",
                             "outcome = upheld",
                             "sum >= 500",
                             "sum < -3",
                             "urgent"}) {
        const auto parsed = parse_condition(text);
        ASSERT_TRUE(parsed.has_value()) << text;
        EXPECT_EQ(condition_text(parsed->condition, parsed->field.value_or("")), text);
    }
}

TEST(Condition, IsNoExpressionLanguage) {
    for (const auto* text :
         {"", "red or yellow", "red and yellow", "(red)", "1 = 1", "rating.solved", "rating.solved = maybe",
          "rating.grade = good", "subkind", "subkind > help", "outcome < upheld", "a.b.c = 1", "category.",
          "red = yes", "sum >=", "= 3", "not sum > 3", "Red"}) {
        const auto parsed = parse_condition(text);
        // "red = yes" speaks of a field called red, which the reader will not find.
        EXPECT_TRUE(!parsed.has_value() || parsed->field == "red") << text;
    }
}

TEST(Selector, ReadsBackWhatItWrites) {
    for (const auto* text : {"keep", "previous", "named", "next_rung", "lead", "parent", "host",
                             "field:to_post", "superior@owner", "superior@host", "leader@host",
                             "leader@owner", "head@group", "secretary@meeting", "representatives@village"}) {
        const auto parsed = parse_selector(text);
        ASSERT_TRUE(parsed.has_value()) << text;
        EXPECT_EQ(selector_text(parsed->selector, parsed->field.value_or("")), text);
    }
    EXPECT_EQ(selector_text(parse_selector("leader@rung")->selector, ""),
              "leader@owner");  // where the owner stands
    for (const auto* text :
         {"", "keep it", "head@", "@group", "superior@moon", "field:", "field:To", "head@group@village"})
        EXPECT_FALSE(parse_selector(text).has_value()) << text;
}

TEST(Ladder, TheNextRungSkipsEmptyOnesAndWhoHasItAlready) {
    OwnerTable owners;
    owners.ladder = {PostId{1}, std::nullopt, PostId{3}, PostId{3}, PostId{5}};
    EXPECT_EQ(owners.above({}, PostId{})->post, PostId{1});
    EXPECT_EQ(owners.above(RungIndex{0}, PostId{1})->post, PostId{3});
    EXPECT_EQ(owners.above(RungIndex{2}, PostId{3})->post, PostId{5});
    EXPECT_FALSE(owners.above(RungIndex{4}, PostId{5}).has_value());
    EXPECT_EQ(owners.rung_of(PostId{3}), RungIndex{2});
}

TEST(Share, ReadsBackWhatItWrites) {
    for (const auto* text :
         {"2/3 of electorate", "1/2 of present", "more than 1/2 of votes", "1/1 of present"}) {
        const auto share = parse_share(text);
        ASSERT_TRUE(share.has_value()) << text;
        EXPECT_EQ(share_text(*share), text);
    }
    for (const auto* text : {"", "2/3", "3/2 of present", "0/3 of present", "2/0 of present",
                             "more than 1/1 of votes", "2/3 of moon", "0.6 of present"})
        EXPECT_FALSE(parse_share(text).has_value()) << text;
}

TEST(Share, OfAnotherFigureNamesNoElectorate) {
    EXPECT_EQ(parse_fraction("2/3"), (Share{2, 3, false}));
    EXPECT_EQ(parse_fraction("more than 1/2"), (Share{1, 2, true}));
    for (const auto* text : {"", "all", "2/3 of present", "3/2", "0/3", "more than 1/1"})
        EXPECT_FALSE(parse_fraction(text).has_value()) << text;
}

TEST(Share, ItsLeastCountReachesItAndOneFewerDoesNot) {
    for (const auto* text : {"2/3", "more than 1/2", "more than 2/3", "1/2", "1/1"}) {
        const auto share = *parse_fraction(text);
        for (std::int64_t whole = 0; whole < 100; ++whole) {
            EXPECT_TRUE(share.reached(share.least(whole), whole)) << text << " of " << whole;
            EXPECT_FALSE(share.reached(share.least(whole) - 1, whole)) << text << " of " << whole;
        }
    }
}

const Share two_thirds_there = *parse_share("2/3 of electorate");
const Share two_thirds_of_present = *parse_share("2/3 of present");

TEST(Ballot, TwoThirdsAreReachedExactly) {
    EXPECT_EQ(outcome_of({30, 20, 14, 6, 0}, two_thirds_there, two_thirds_of_present), BallotOutcome::passed);
    EXPECT_EQ(outcome_of({30, 20, 13, 7, 0}, two_thirds_there, two_thirds_of_present), BallotOutcome::failed);
    EXPECT_EQ(outcome_of({30, 19, 19, 0, 0}, two_thirds_there, two_thirds_of_present),
              BallotOutcome::no_quorum);
    EXPECT_EQ(outcome_of({3, 2, 2, 0, 0}, two_thirds_there, two_thirds_of_present), BallotOutcome::passed);
    EXPECT_EQ(outcome_of({0, 0, 0, 0, 0}, two_thirds_there, two_thirds_of_present), BallotOutcome::no_quorum);
}

TEST(Ballot, MoreThanHalfIsNotHalf) {
    const auto majority = *parse_share("more than 1/2 of votes");
    EXPECT_EQ(outcome_of({30, 24, 10, 10, 4}, two_thirds_there, majority), BallotOutcome::failed);
    EXPECT_EQ(outcome_of({30, 24, 11, 10, 3}, two_thirds_there, majority), BallotOutcome::passed);
    EXPECT_EQ(outcome_of({30, 24, 0, 0, 24}, two_thirds_there, majority),
              BallotOutcome::failed);  // all abstained
}

TEST(Ballot, NobodyVotesTwice) {
    EXPECT_THROW((void)outcome_of({10, 8, 6, 3, 0}, two_thirds_there, two_thirds_of_present), Bug);
}

TEST(Ballot, OneMoreYesNeverLosesIt) {
    const std::uint64_t seed = 3;
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 dice(seed);
    for (int each = 0; each < 20'000; ++each) {
        BallotCount count;
        count.electorate = static_cast<std::int64_t>(1 + dice() % 60);
        count.present = static_cast<std::int64_t>(dice() % static_cast<std::uint64_t>(count.electorate + 1));
        count.yes = static_cast<std::int64_t>(dice() % static_cast<std::uint64_t>(count.present + 1));
        count.no = count.present - count.yes;
        if (outcome_of(count, two_thirds_there, two_thirds_of_present) != BallotOutcome::passed ||
            count.no == 0)
            continue;
        ++count.yes;
        --count.no;
        ASSERT_EQ(outcome_of(count, two_thirds_there, two_thirds_of_present), BallotOutcome::passed);
    }
}

}  // namespace
}  // namespace lianxin::matter
