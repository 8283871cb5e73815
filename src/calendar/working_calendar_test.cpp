#include "calendar/working_calendar.hpp"

#include <gtest/gtest.h>

#include <random>

namespace lianxin::calendar {
namespace {

Day day(const char* text) {
    return Day::parse(text).value();
}

class ChinaCalendar : public ::testing::Test {
 protected:
    const WorkingCalendar calendar = WorkingCalendar::china();
};

TEST_F(ChinaCalendar, KnowsHolidaysExchangeDaysAndPlainDays) {
    EXPECT_EQ(calendar.kind(day("2024-02-10")), DayKind::holiday);
    EXPECT_EQ(calendar.festival(day("2024-02-10")), "春节");
    EXPECT_EQ(calendar.kind(day("2024-02-18")), DayKind::exchange);  // a Sunday, worked
    EXPECT_EQ(calendar.festival(day("2024-02-18")), "春节");
    EXPECT_EQ(calendar.kind(day("2024-02-19")), DayKind::weekday);
    EXPECT_EQ(calendar.kind(day("2024-02-24")), DayKind::weekend);
    EXPECT_EQ(calendar.festival(day("2024-02-24")), "");
    EXPECT_EQ(calendar.kind(day("2015-09-03")), DayKind::holiday);  // announced for that year alone
}

TEST_F(ChinaCalendar, SpansTheAnnouncedYearsAndSaysWhereTheyEnd) {
    EXPECT_EQ(calendar.first_announced(), day("2004-01-01"));
    EXPECT_EQ(calendar.last_announced(), day("2026-12-31"));
    EXPECT_TRUE(calendar.is_announced(day("2026-12-31")));
    EXPECT_FALSE(calendar.is_announced(day("2027-01-01")));
    EXPECT_FALSE(calendar.is_announced(day("2003-12-31")));
    EXPECT_TRUE(calendar.is_working(day("2027-01-01")));   // a Friday nobody has announced yet
    EXPECT_FALSE(calendar.is_working(day("2027-01-02")));  // a Saturday
    EXPECT_EQ(calendar.version(), "chinese-days-1.5.7");
}

TEST_F(ChinaCalendar, CountsEveryYearAsCountingDayByDayDoes) {
    for (int year = 1999; year <= 2032; ++year) {
        std::int64_t worked = 0;
        for (Day at = Day::of(year, 1, 1); at < Day::of(year + 1, 1, 1); at = at + 1) {
            worked += calendar.is_working(at) ? 1 : 0;
            ASSERT_EQ(calendar.working_days(Day::of(year, 1, 1) + -1, at), worked) << at.text();
        }
    }
}

TEST_F(ChinaCalendar, FindsTheNthWorkingDayFromEveryDayOfTwentyFiveYears) {
    for (Day from = day("2003-06-01"); from < day("2028-06-01"); from = from + 1) {
        Day naive = from;
        for (int n = 1; n <= 40; ++n) {
            do naive = naive + 1;
            while (!calendar.is_working(naive));
            ASSERT_EQ(calendar.nth_working_day_after(from, n), naive) << from.text() << " + " << n;
        }
        ASSERT_EQ(calendar.nth_working_day_after(from, 0), from);
    }
}

TEST_F(ChinaCalendar, CountingAndFindingAreInverse) {
    std::mt19937 random(20240506);
    for (int i = 0; i < 20'000; ++i) {
        const Day from{static_cast<std::int32_t>(random() % 40'000)};
        const auto n = static_cast<std::int64_t>(random() % 3'000 + 1);
        const Day found = calendar.nth_working_day_after(from, n);
        ASSERT_TRUE(calendar.is_working(found));
        ASSERT_EQ(calendar.working_days(from, found), n) << "seed 20240506, " << from.text();
        ASSERT_EQ(calendar.working_days(found, from), -n);
    }
}

TEST_F(ChinaCalendar, MovesFromADayOffToTheNextDayWorked) {
    EXPECT_EQ(calendar.working_day_from(day("2024-02-10")), day("2024-02-18"));
    EXPECT_EQ(calendar.working_day_from(day("2024-02-18")), day("2024-02-18"));
    EXPECT_EQ(calendar.working_day_from(day("1970-01-03")), day("1970-01-05"));
}

TEST(DaysFile, SaysWhichLineIsWrong) {
    const auto fault = [](const char* text) { return WorkingCalendar::parse(text).error(); };
    EXPECT_EQ(fault("format 2\n"), "line 1: a format this program does not know");
    EXPECT_EQ(fault("format 1\nversion x\nyears 2024\n"), "line 3: years are FIRST LAST");
    EXPECT_EQ(fault("off 2024-02-30 2024-03-01 a\n"), "line 1: expected FROM TO FESTIVAL");
    EXPECT_EQ(fault("holiday\n"), "line 1: expected format, version, years, off or work");
    EXPECT_EQ(fault("format 1\n"), "version and years are missing");
    EXPECT_EQ(fault("version x\nyears 2024 2024\noff 2025-01-01 2025-01-01 a\n"),
              "2025-01-01 is outside the announced years");
    EXPECT_EQ(fault("version x\nyears 2024 2024\nwork 2024-05-06 2024-05-06 a\n"),
              "2024-05-06 is worked anyway and cannot be an exchange day");
    EXPECT_EQ(fault("version x\nyears 2024 2024\noff 2024-05-06 2024-05-06 a\noff 2024-05-06 2024-05-07 b\n"),
              "2024-05-06 is announced twice");
}

}  // namespace
}  // namespace lianxin::calendar
