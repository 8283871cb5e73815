// notice/notice_period.hpp — how long something hangs on the wall, and whether that is as long as the law
// asks. The day it is put up is not counted, and it may be read until the end of its last day (Civil Code
// art. 201, 203, by calendar/deadline.hpp).
#pragma once

#include "base/time.hpp"
#include "calendar/deadline.hpp"

namespace lianxin::notice {

// The end of a notice put up at `from`; an objection counts when received before it.
[[nodiscard]] Instant end_of(const calendar::WorkingCalendar& calendar, Zone zone, Instant from,
                             calendar::Period period);

// Whatever day it begins on: a period of working days against one of calendar days is judged by its worst
// case.
[[nodiscard]] bool surely_at_least(const calendar::Period& period, const calendar::Period& bound);
[[nodiscard]] bool surely_at_most(const calendar::Period& period, const calendar::Period& bound);

}  // namespace lianxin::notice
