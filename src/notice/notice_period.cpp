#include "notice/notice_period.hpp"

namespace lianxin::notice {
namespace {

constexpr std::int64_t minutes_a_day = 24 * 60;

std::int64_t shortest_minutes(const calendar::Period& period) {
    switch (period.unit) {
        case calendar::Unit::minute:
            return period.amount;
        case calendar::Unit::hour:
            return std::int64_t{60} * period.amount;
        case calendar::Unit::day:
        case calendar::Unit::working_day:
            return minutes_a_day * period.amount;
    }
    return 0;
}

// Five of seven days are worked, and the longest run of days off in the calendar (a festival, with the
// weekends beside it) is shorter than twelve.
std::int64_t longest_minutes(const calendar::Period& period) {
    constexpr std::int64_t longest_rest_days = 12;
    if (period.unit != calendar::Unit::working_day) return shortest_minutes(period);
    return (std::int64_t{period.amount} * 7 / 5 + longest_rest_days) * minutes_a_day;
}

}  // namespace

Instant end_of(const calendar::WorkingCalendar& calendar, Zone zone, Instant from, calendar::Period period) {
    return calendar::due(calendar, zone, from, period);
}

bool surely_at_least(const calendar::Period& period, const calendar::Period& bound) {
    if (period.unit == bound.unit) return period.amount >= bound.amount;
    return shortest_minutes(period) >= longest_minutes(bound);
}

bool surely_at_most(const calendar::Period& period, const calendar::Period& bound) {
    if (period.unit == bound.unit) return period.amount <= bound.amount;
    return longest_minutes(period) <= shortest_minutes(bound);
}

}  // namespace lianxin::notice
