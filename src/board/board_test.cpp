#include "board/board.hpp"

#include <gtest/gtest.h>

namespace lianxin::board {
namespace {

constexpr Zone zone{};

TEST(Month, begins_and_ends_at_county_midnight) {
    const auto month = month_of(zone.start_of(Day::of(2024, 2, 29)), zone);
    EXPECT_EQ(month.from, zone.start_of(Day::of(2024, 2, 1)));
    EXPECT_EQ(month.until, zone.start_of(Day::of(2024, 3, 1)));
}

TEST(Month, december_ends_with_the_new_year) {
    const auto month = month_of(zone.end_of(Day::of(2023, 12, 31)) - std::chrono::microseconds(1), zone);
    EXPECT_EQ(month.from, zone.start_of(Day::of(2023, 12, 1)));
    EXPECT_EQ(month.until, zone.start_of(Day::of(2024, 1, 1)));
}

TEST(Month, the_first_evening_in_utc_is_already_the_next_month_in_the_county) {
    const auto at = parse_instant("2024-05-31T16:00:00Z");
    EXPECT_EQ(month_of(*at, zone).from, zone.start_of(Day::of(2024, 6, 1)));
}

}  // namespace
}  // namespace lianxin::board
