#include "notice/notice_period.hpp"

#include <gtest/gtest.h>

#include "notice/notice.hpp"

namespace lianxin::notice {
namespace {

using calendar::Period;
using calendar::Unit;

const Zone zone;
Instant at(const char* text) {
    return *parse_local(text, zone);
}
std::string end(const char* from, Period period) {
    return zone.text(end_of(calendar::WorkingCalendar::china(), zone, at(from), period));
}

TEST(NoticePeriod, SevenWorkingDaysDoNotCountTheDayItIsPutUp) {
    EXPECT_EQ(end("2024-11-04 09:00:00", {7, Unit::working_day}), "2024-11-14T00:00:00+08:00");
}

TEST(NoticePeriod, TheNationalDayWeekIsNotCountedAndTheExchangeDayIs) {
    // 1 to 7 October 2024 off; Sunday 29 September and Saturday 12 October worked.
    EXPECT_EQ(end("2024-09-27 16:00:00", {7, Unit::working_day}), "2024-10-13T00:00:00+08:00");
}

TEST(NoticePeriod, SevenCalendarDaysEndingOnADayOffGoOnToTheNextWorkingDay) {
    EXPECT_EQ(end("2024-11-02 10:00:00", {7, Unit::day}),
              "2024-11-12T00:00:00+08:00");  // the 9th is a Saturday
}

TEST(NoticePeriod, AnObjectionCountsUntilTheEndAndNotAtIt) {
    Notice notice;
    notice.from = at("2024-11-04 09:00:00");
    notice.until = end_of(calendar::WorkingCalendar::china(), zone, notice.from, {7, Unit::working_day});
    EXPECT_TRUE(notice.takes_objections({notice.until.micros - 1}));
    EXPECT_FALSE(notice.takes_objections(notice.until));
    EXPECT_FALSE(notice.takes_objections({notice.from.micros - 1}));
    notice.withdrawn_at = notice.from;
    EXPECT_FALSE(notice.takes_objections(notice.from));
}

TEST(NoticePeriod, IsHeldAgainstTheLawByItsWorstCase) {
    EXPECT_TRUE(surely_at_least({7, Unit::working_day}, {7, Unit::day}));
    EXPECT_FALSE(surely_at_least({7, Unit::day}, {7, Unit::working_day}));
    EXPECT_FALSE(surely_at_least({6, Unit::working_day}, {7, Unit::working_day}));
    EXPECT_TRUE(surely_at_least({30, Unit::day}, {7, Unit::working_day}));
    EXPECT_TRUE(surely_at_most({2, Unit::working_day}, {2, Unit::working_day}));
    EXPECT_FALSE(surely_at_most({15, Unit::working_day}, {15, Unit::day}));
    EXPECT_TRUE(surely_at_most({24, Unit::hour}, {1, Unit::working_day}));
}

// What the worst case rests on: no run of days off in the announced years is longer.
TEST(NoticePeriod, NoRestInTheCalendarIsAsLongAsTheWorstCaseAssumes) {
    const auto& china = calendar::WorkingCalendar::china();
    for (auto day = china.first_announced(); day <= china.last_announced(); day = day + 1)
        for (const std::int32_t amount : {1, 2, 5, 7, 10, 20}) {
            const auto last = china.nth_working_day_after(day, amount);
            ASSERT_TRUE(surely_at_least({last - day, Unit::day}, {last - day, Unit::day}));
            ASSERT_FALSE(surely_at_least({last - day - 1, Unit::day}, {amount, Unit::working_day}))
                << day.text();
        }
}

}  // namespace
}  // namespace lianxin::notice
