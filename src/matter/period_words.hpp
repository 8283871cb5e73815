// matter/period_words.hpp — times as workflows write them: in the calendar's short form, or in words.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "calendar/deadline.hpp"

namespace lianxin::matter {

// "10 working days", "1 day", "2h".
[[nodiscard]] std::optional<calendar::Period> parse_period(std::string text);

// "1 year", "6 months", "90 days" as days at most; ISO "P1Y" too.
[[nodiscard]] std::optional<std::int64_t> days_within(const std::string& text);

}  // namespace lianxin::matter
