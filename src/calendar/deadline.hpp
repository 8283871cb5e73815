// calendar/deadline.hpp — when something is due, and why. The day of receipt is not counted (Civil Code art.
// 201); a period of calendar days that would end on a statutory day off ends with the next working day (art.
// 203); N working days end with the N-th working day after the day of receipt, at 24:00 of the county.
// Minutes and hours are clock time.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "calendar/working_calendar.hpp"

namespace lianxin::calendar {

enum class Unit { minute, hour, day, working_day };
[[nodiscard]] std::string_view name_of(Unit unit);  // "minute", "hour", "day", "working_day"
[[nodiscard]] std::optional<Unit> parse_unit(std::string_view name);

struct Period {
    std::int32_t amount = 0;  // ≥ 0; 0 is "at once": due when it starts
    Unit unit = Unit::day;
    bool operator==(const Period&) const = default;
    // "10 working_days", "2h", "30min", "15d", "10wd": how packs write periods.
    [[nodiscard]] static std::optional<Period> parse(std::string_view text);
    [[nodiscard]] std::string text() const;  // "2h", "30min", "15d", "10wd"
};

// The clock stands while something outside the owner's power is waited for. Pauses do not overlap and ascend;
// the last may still be running.
struct Pause {
    Instant from;
    std::optional<Instant> to;
    bool operator==(const Pause&) const = default;
};

// Why a deadline is what it is, as facts; sentences are made of them where words live.
struct Reasoning {
    Instant start;
    Period period;
    std::optional<Period> extension;
    std::optional<Day> day_not_counted;  // the day of receipt (art. 201); nothing for minutes and hours
    struct FestivalDays {
        std::string festival;
        Day first, last;  // of the days off or worked that fell into the period
        int days = 0;
        bool operator==(const FestivalDays&) const = default;
    };
    std::vector<FestivalDays> holidays_skipped;
    std::vector<FestivalDays> exchange_days_counted;
    int weekend_days_skipped = 0;
    struct PauseShare {
        Pause pause;
        std::int64_t lengthened_by = 0;  // working days, calendar days, or microseconds for minutes and hours
        bool operator==(const PauseShare&) const = default;
    };
    std::vector<PauseShare> pauses;
    std::optional<Day> moved_from;  // the day off it would have ended on (art. 203)
    bool beyond_announced = false;  // reaches past the announced holidays: plain weekdays were counted
    std::string calendar_version;
    bool operator==(const Reasoning&) const = default;
};

struct Deadline {
    Instant due;            // done at or before this instant is on time
    bool standing = false;  // a pause runs: due holds only for a pause that ends at the asker's `now`
    Reasoning why;
    bool operator==(const Deadline&) const = default;
};

// `now` ends a pause that is still running. An extension has the period's unit or working days added to a
// working-day period; it is counted on from the end of the period.
[[nodiscard]] Deadline deadline(const WorkingCalendar& calendar, Zone zone, Instant start, Period period,
                                std::span<const Pause> pauses = {}, std::optional<Period> extension = {},
                                std::optional<Instant> now = {});
// The instant alone, without the reasons: for the hot path.
[[nodiscard]] Instant due(const WorkingCalendar& calendar, Zone zone, Instant start, Period period);

[[nodiscard]] inline bool on_time(Instant closed, Instant due) {
    return closed <= due;
}

// Working days d with the received day < d ≤ the closed day.
[[nodiscard]] std::int64_t working_days_between(const WorkingCalendar& calendar, Zone zone, Instant received,
                                                Instant closed);
// Difference of the dates.
[[nodiscard]] std::int64_t calendar_days_between(Zone zone, Instant received, Instant closed);

}  // namespace lianxin::calendar
