// calendar/working_calendar.hpp — which days are worked: the State Council's holidays and exchange days
// (調休), from 2004 to the last year announced, over plain weekdays. Counting is by prefix sums, so a
// thousand years cost as little as a day.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"

namespace lianxin::calendar {

enum class DayKind {
    weekday,   // Monday to Friday, worked
    weekend,   // Saturday or Sunday, off
    holiday,   // off by announcement
    exchange,  // a Saturday or Sunday worked in exchange for a holiday
};

class WorkingCalendar {
 public:
    // The calendar built into the program.
    [[nodiscard]] static WorkingCalendar china();
    // The text of a .days file; the error says line and reason.
    [[nodiscard]] static Result<WorkingCalendar, std::string> parse(std::string_view text);

    [[nodiscard]] DayKind kind(Day day) const;
    [[nodiscard]] bool is_working(Day day) const;
    // The festival a holiday or exchange day belongs to, as the announcements name it ("春节"); empty
    // otherwise.
    [[nodiscard]] std::string_view festival(Day day) const;
    // Days outside the announced years are counted as plain weekdays; who shows a deadline there says so.
    [[nodiscard]] bool is_announced(Day day) const { return day >= first_ && day <= last_; }

    // Working days d with after < d ≤ through; negative when through < after.
    [[nodiscard]] std::int64_t working_days(Day after, Day through) const;
    // The n-th working day after `day`, n ≥ 1; n = 0 is the day itself.
    [[nodiscard]] Day nth_working_day_after(Day day, std::int64_t n) const;
    // The day itself when worked, else the next one that is.
    [[nodiscard]] Day working_day_from(Day day) const;

    [[nodiscard]] const std::string& version() const { return version_; }
    [[nodiscard]] Day first_announced() const { return first_; }
    [[nodiscard]] Day last_announced() const { return last_; }

 private:
    WorkingCalendar() = default;
    // One line of the announcements; the answer is what is wrong with it, if anything.
    [[nodiscard]] std::optional<std::string> announce(bool off, Day from, Day to,
                                                      const std::string& festival);
    [[nodiscard]] std::int64_t worked_through(Day day) const;  // against a fixed day before all others

    std::string version_;
    Day first_, last_;
    std::vector<std::uint8_t> kinds_;          // first_ … last_
    std::vector<std::uint8_t> festivals_;      // index into festival_names_
    std::vector<std::int32_t> worked_;         // working days from first_ through each day
    std::vector<std::string> festival_names_;  // [0] is empty
};

}  // namespace lianxin::calendar
