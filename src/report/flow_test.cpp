#include "report/flow.hpp"

#include <gtest/gtest.h>

namespace lianxin::report {
namespace {

constexpr std::int64_t hour = 3600;
Instant at(std::int64_t hours) {
    return {hours * hour * 1'000'000};
}

TEST(Flow, CountsWhoStandsInAStateHowManyAreLateAndWhoStandsLongest) {
    const Flow flow = flow_of(
        {{"", "open", 3, 1, at(2)}, {"", "open", 1, 0, at(8)}, {"part", "open", 2, 2, at(9)}}, {}, at(10));
    ASSERT_EQ(flow.size(), 2U);
    EXPECT_EQ(flow.at({"", "open"}), (StateFlow{4, 1, 8 * hour, 0, {}, {}, 0, 0}));
    EXPECT_EQ(flow.at({"part", "open"}), (StateFlow{2, 2, hour, 0, {}, {}, 0, 0}));
}

TEST(Flow, TakesTheNearestRankOfTheStaysThatEnded) {
    std::vector<Stay> stays;
    for (std::int64_t n = 1; n <= 10; ++n) stays.push_back({"", "open", at(0), at(n), n > 8});
    const StateFlow state = flow_of({}, stays, at(100)).at({"", "open"});
    EXPECT_EQ(state, (StateFlow{0, 0, {}, 10, 5 * hour, 9 * hour, 2, 0}));
}

TEST(Flow, WhatComesBackToAStateIsAReturn) {
    const std::vector<Stay> stays{{"", "open", at(0), at(1)},
                                  {"", "asked", at(1), at(2)},
                                  {"", "open", at(2), at(3), false, true},
                                  {"", "open", at(4), at(5), false, true}};
    const Flow flow = flow_of({}, stays, at(9));
    EXPECT_EQ(flow.at({"", "open"}).returns, 2);
    EXPECT_EQ(flow.at({"", "asked"}).returns, 0);
}

TEST(Flow, CountsAStayInFullMinutesThenHoursThenDays) {
    const auto length = [](std::int64_t seconds) { return length_of_stay({0}, {seconds * 1'000'000}); };
    EXPECT_EQ(length(59), 0);
    EXPECT_EQ(length(2 * hour - 1), 2 * hour - 60);
    EXPECT_EQ(length(3 * hour - 1), 2 * hour);
    EXPECT_EQ(length(48 * hour - 1), 47 * hour);
    EXPECT_EQ(length(72 * hour - 1), 48 * hour);
}

TEST(Flow, AClockThatWentBackMakesNoNegativeStay) {
    const Flow flow = flow_of({{"", "open", 1, 0, at(5)}}, {{"", "open", at(3), at(2)}}, at(4));
    EXPECT_EQ(flow.at({"", "open"}).longest_s, 0);
    EXPECT_EQ(flow.at({"", "open"}).median_s, 0);
}

}  // namespace
}  // namespace lianxin::report
