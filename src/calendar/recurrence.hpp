// calendar/recurrence.hpp — what happens again and again, every so many days, weeks, months or years: RFC
// 5545's FREQ and INTERVAL, counted from the first day, so that nothing drifts. A day that a month lacks is
// its last (RFC 7529, SKIP=BACKWARD): the 31st is the 30th in June and the 31st again in July. It may end:
// after so many times (COUNT), or with a day (UNTIL).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace lianxin::calendar {

enum class Step { day, week, month, year };

struct Recurrence {
    std::int32_t every = 1;  // ≥ 1
    Step step = Step::month;
    std::optional<std::int64_t> times;  // no more than so often
    std::optional<Day> until;           // nothing later than this day
    bool operator==(const Recurrence&) const = default;
    // "3 months", "1 week": how packs write it.
    [[nodiscard]] static std::optional<Recurrence> parse(std::string_view text);
    [[nodiscard]] std::string text() const;
    [[nodiscard]] bool ends() const { return times || until; }
};

// The n-th day after the first one, whether or not the rule ends before.
[[nodiscard]] Day occurrence(Day first, Recurrence rule, std::int64_t n);
// Which occurrence is the first later than that day; 1 at least.
[[nodiscard]] std::int64_t next_after(Day first, Recurrence rule, Day day);
// Whether the n-th is still one of them.
[[nodiscard]] bool comes(Day first, Recurrence rule, std::int64_t n);

}  // namespace lianxin::calendar
