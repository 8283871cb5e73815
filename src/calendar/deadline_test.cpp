#include "calendar/deadline.hpp"

#include <gtest/gtest.h>

#include <random>

namespace lianxin::calendar {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const Zone zone;
Instant at(const char* local) {
    return parse_local(local, zone).value();
}
Day day(const char* text) {
    return Day::parse(text).value();
}
std::string local(Instant instant) {
    return zone.text(instant);
}

class DeadlineOfAPeriod : public ::testing::Test {
 protected:
    const WorkingCalendar calendar = WorkingCalendar::china();
    Deadline of(const char* start, const char* period, std::vector<Pause> pauses = {},
                std::optional<Period> extension = {}, std::optional<Instant> now = {}) const {
        return deadline(calendar, zone, at(start), Period::parse(period).value(), pauses, extension, now);
    }
    std::string due_of(const char* start, const char* period) const { return local(of(start, period).due); }
};

TEST_F(DeadlineOfAPeriod, DoesNotCountTheDayOfReceipt) {
    EXPECT_EQ(due_of("2024-05-06 09:00:00", "1wd"), "2024-05-08T00:00:00+08:00");  // end of Tuesday the 7th
    EXPECT_EQ(due_of("2024-05-06 23:59:59", "1wd"), "2024-05-08T00:00:00+08:00");
    EXPECT_EQ(due_of("2024-05-06 09:00:00", "1d"), "2024-05-08T00:00:00+08:00");
    EXPECT_EQ(of("2024-05-06 09:00:00", "1wd").why.day_not_counted, day("2024-05-06"));
}

TEST_F(DeadlineOfAPeriod, SkipsWeekendsAndHolidaysAndCountsExchangeDays) {
    // Received on Tuesday 2024-02-06; the 7th, 8th, 9th are worked, spring festival 10–17, Sunday the 18th is
    // worked.
    const Deadline five = of("2024-02-06 10:00:00", "5wd");
    EXPECT_EQ(local(five.due), "2024-02-20T00:00:00+08:00");
    EXPECT_EQ(five.why.holidays_skipped,
              (std::vector<Reasoning::FestivalDays>{{"春节", day("2024-02-10"), day("2024-02-17"), 8}}));
    EXPECT_EQ(five.why.exchange_days_counted,
              (std::vector<Reasoning::FestivalDays>{{"春节", day("2024-02-18"), day("2024-02-18"), 1}}));
    EXPECT_EQ(five.why.weekend_days_skipped, 0);
    EXPECT_FALSE(five.why.beyond_announced);
    EXPECT_EQ(five.why.calendar_version, "chinese-days-1.5.7");
}

TEST_F(DeadlineOfAPeriod, OfCalendarDaysThatEndsOnADayOffMovesToTheNextWorkingDay) {
    const Deadline moved = of("2024-02-05 10:00:00", "5d");  // the 10th is new year's day
    EXPECT_EQ(local(moved.due), "2024-02-19T00:00:00+08:00");
    EXPECT_EQ(moved.why.moved_from, day("2024-02-10"));
    EXPECT_EQ(moved.why.holidays_skipped.at(0).festival, "春节");
    const Deadline stays = of("2024-02-05 10:00:00", "13d");  // the 18th is a Sunday, but worked
    EXPECT_EQ(local(stays.due), "2024-02-19T00:00:00+08:00");
    EXPECT_FALSE(stays.why.moved_from);
}

TEST_F(DeadlineOfAPeriod, OfHoursAndMinutesRunsThroughNightAndHoliday) {
    EXPECT_EQ(due_of("2024-02-09 23:30:00", "2h"), "2024-02-10T01:30:00+08:00");
    EXPECT_EQ(due_of("2024-02-09 23:30:00", "30min"), "2024-02-10T00:00:00+08:00");
    EXPECT_FALSE(of("2024-02-09 23:30:00", "2h").why.day_not_counted);
}

TEST_F(DeadlineOfAPeriod, OfNothingIsAtOnce) {
    for (const char* none : {"0min", "0h", "0d", "0wd"})
        EXPECT_EQ(of("2024-02-10 08:00:00", none).due, at("2024-02-10 08:00:00"));
}

TEST_F(DeadlineOfAPeriod, IsLongerByTheWorkingDaysOfAPause) {
    // Wednesday 8 May to Monday 13 May: the 9th, 10th, 11th (a Saturday worked in exchange) and 13th.
    const std::vector<Pause> pause{{at("2024-05-08 15:00:00"), at("2024-05-13 09:00:00")}};
    const Deadline paused = of("2024-05-06 09:00:00", "5wd", pause);
    EXPECT_EQ(local(of("2024-05-06 09:00:00", "5wd").due), "2024-05-12T00:00:00+08:00");
    EXPECT_EQ(paused.why.pauses.at(0).lengthened_by, 4);
    EXPECT_EQ(local(paused.due), "2024-05-17T00:00:00+08:00");
    EXPECT_FALSE(paused.standing);
}

TEST_F(DeadlineOfAPeriod, IsNotLongerByAPauseWithinADay) {
    const std::vector<Pause> pause{{at("2024-05-08 09:00:00"), at("2024-05-08 17:00:00")}};
    EXPECT_EQ(of("2024-05-06 09:00:00", "5wd", pause).due, of("2024-05-06 09:00:00", "5wd").due);
}

TEST_F(DeadlineOfAPeriod, OfHoursIsLongerByTheExactTime) {
    const std::vector<Pause> pause{{at("2024-05-06 10:00:00"), at("2024-05-06 10:07:30")}};
    EXPECT_EQ(local(of("2024-05-06 09:00:00", "2h", pause).due), "2024-05-06T11:07:30+08:00");
}

TEST_F(DeadlineOfAPeriod, IsNotMendedByAPauseAfterItWasMissed) {
    const std::vector<Pause> late{{at("2024-05-06 11:00:01"), at("2024-05-07 11:00:00")}};
    const Deadline missed = of("2024-05-06 09:00:00", "2h", late);
    EXPECT_EQ(local(missed.due), "2024-05-06T11:00:00+08:00");
    EXPECT_TRUE(missed.why.pauses.empty());
}

TEST_F(DeadlineOfAPeriod, LeavesOutWhatWasPausedBeforeItStarted) {
    const std::vector<Pause> pauses{{at("2024-05-01 00:00:00"), at("2024-05-02 00:00:00")},
                                    {at("2024-05-06 08:00:00"), at("2024-05-06 10:00:00")}};
    EXPECT_EQ(local(of("2024-05-06 09:00:00", "2h", pauses).due), "2024-05-06T12:00:00+08:00");
}

TEST_F(DeadlineOfAPeriod, StandsWhileAPauseRuns) {
    const std::vector<Pause> running{{at("2024-05-08 15:00:00"), {}}};
    const Deadline standing = of("2024-05-06 09:00:00", "5wd", running, {}, at("2024-05-10 09:00:00"));
    EXPECT_TRUE(standing.standing);
    EXPECT_EQ(local(standing.due), "2024-05-15T00:00:00+08:00");  // two days longer by now
    EXPECT_EQ(of("2024-05-06 09:00:00", "5wd", running).due, of("2024-05-06 09:00:00", "5wd").due);
}

TEST_F(DeadlineOfAPeriod, IsExtendedOnceFromItsEnd) {
    const Period ten{10, Unit::working_day};
    EXPECT_EQ(of("2024-05-06 09:00:00", "5wd", {}, ten).due, of("2024-05-06 09:00:00", "15wd").due);
    // 15 calendar days end on Tuesday 21 May; ten working days on: 4 June.
    EXPECT_EQ(local(of("2024-05-06 09:00:00", "15d", {}, ten).due), "2024-06-05T00:00:00+08:00");
    EXPECT_EQ(local(of("2024-05-06 09:00:00", "2h", {}, Period{1, Unit::working_day}).due),
              "2024-05-08T00:00:00+08:00");
    EXPECT_EQ(local(of("2024-05-06 09:00:00", "1wd", {}, Period{3, Unit::hour}).due),
              "2024-05-08T03:00:00+08:00");
}

TEST_F(DeadlineOfAPeriod, SaysWhenItReachesPastTheAnnouncedHolidays) {
    EXPECT_TRUE(of("2026-12-28 09:00:00", "10wd").why.beyond_announced);
    EXPECT_FALSE(of("2026-12-01 09:00:00", "10wd").why.beyond_announced);
}

TEST_F(DeadlineOfAPeriod, AloneIsTheSameAsWithReasons) {
    std::mt19937 random(7);
    for (int i = 0; i < 5'000; ++i) {
        const Instant start{at("2003-12-01 00:00:00").micros +
                            static_cast<std::int64_t>(random()) * 180'000LL};
        const Period period{static_cast<std::int32_t>(random() % 60), static_cast<Unit>(random() % 4)};
        ASSERT_EQ(due(calendar, zone, start, period), deadline(calendar, zone, start, period).due)
            << "seed 7, " << local(start) << ' ' << period.text();
    }
}

// The rule spelled out a day at a time, with nothing in common with the code under test but which days are
// worked.
Instant naive_working_days(const WorkingCalendar& calendar, Instant start, int n,
                           const std::vector<Pause>& pauses) {
    Day today = zone.day_of(start);
    for (const Pause& pause : pauses) {
        for (Day d = zone.day_of(pause.from) + 1; d <= zone.day_of(*pause.to); d = d + 1)
            n += calendar.is_working(d) ? 1 : 0;
    }
    while (n > 0) {
        today = today + 1;
        if (calendar.is_working(today)) --n;
    }
    return zone.end_of(today);
}

TEST_F(DeadlineOfAPeriod, InWorkingDaysIsWhatCountingOnFingersGives) {
    std::mt19937 random(11);
    for (int i = 0; i < 3'000; ++i) {
        const Instant start{at("2004-01-02 00:00:00").micros +
                            static_cast<std::int64_t>(random()) * 160'000LL};
        const int n = static_cast<int>(random() % 60) + 1;
        // Both pauses begin on or before the day after receipt, so they always begin in time.
        const Instant first = start + hours(random() % 12);
        const Instant first_end = first + hours(random() % 300);
        const std::vector<Pause> pauses{{first, first_end}};
        ASSERT_EQ(deadline(calendar, zone, start, {n, Unit::working_day}, pauses).due,
                  naive_working_days(calendar, start, n, pauses))
            << "seed 11, " << local(start) << ", " << n;
    }
}

TEST_F(DeadlineOfAPeriod, IsMetExactlyWhenNoMoreWorkingDaysWereTaken) {
    std::mt19937 random(13);
    for (int i = 0; i < 20'000; ++i) {
        const Instant received{at("2004-01-02 00:00:00").micros +
                               static_cast<std::int64_t>(random()) * 160'000LL};
        const Instant closed = received + minutes(random() % 60'000) + std::chrono::microseconds(1);
        const int n = static_cast<int>(random() % 30) + 1;
        const bool in_time = on_time(closed, due(calendar, zone, received, {n, Unit::working_day}));
        // Closing on a weekend after the last day takes no more working days, yet comes after its end.
        const std::int64_t taken = working_days_between(calendar, zone, received, closed);
        if (in_time) {
            ASSERT_LE(taken, n);
        }
        if (taken < n) {
            ASSERT_TRUE(in_time);
        }
        if (taken > n) {
            ASSERT_FALSE(in_time);
        }
    }
}

TEST_F(DeadlineOfAPeriod, ExplainsEveryDayItPassedOver) {
    std::mt19937 random(17);
    for (int i = 0; i < 2'000; ++i) {
        const Instant start{at("2005-01-02 00:00:00").micros +
                            static_cast<std::int64_t>(random()) * 150'000LL};
        const int n = static_cast<int>(random() % 40) + 1;
        const Deadline found = deadline(calendar, zone, start, {n, Unit::working_day});
        int skipped = found.why.weekend_days_skipped;
        for (const auto& festival : found.why.holidays_skipped) skipped += festival.days;
        const Day last = zone.day_of(found.due) + -1;
        ASSERT_EQ(last - zone.day_of(start), n + skipped) << "seed 17, " << local(start);
    }
}

TEST(Period, IsReadAndWrittenAsPacksHaveIt) {
    for (const char* text : {"30min", "2h", "15d", "10wd", "0h"})
        EXPECT_EQ(Period::parse(text).value().text(), text);
    for (const char* text :
         {"", "2", "h", "-2h", "+2h", "2 h", "2H", "2hh", "1.5h", "100001d", "99999999999d"}) {
        EXPECT_FALSE(Period::parse(text)) << text;
    }
    for (const Unit unit : {Unit::minute, Unit::hour, Unit::day, Unit::working_day})
        EXPECT_EQ(parse_unit(name_of(unit)), unit);
    EXPECT_FALSE(parse_unit("week"));
}

TEST(DaysTaken, AreCountedByDateNotByTheHour) {
    const WorkingCalendar calendar = WorkingCalendar::china();
    const auto worked = [&](const char* a, const char* b) {
        return working_days_between(calendar, zone, at(a), at(b));
    };
    EXPECT_EQ(worked("2019-04-25 23:59:59", "2019-04-26 00:00:00"), 1);
    EXPECT_EQ(worked("2019-04-25 09:32:09", "2019-04-25 18:00:00"), 0);
    // 28 April and 5 May are Sundays worked in exchange, 1 to 4 May are off.
    EXPECT_EQ(worked("2019-04-26 09:00:00", "2019-05-06 09:00:00"), 5);
    EXPECT_EQ(calendar_days_between(zone, at("2019-04-26 23:00:00"), at("2019-05-06 01:00:00")), 10);
}

}  // namespace
}  // namespace lianxin::calendar
