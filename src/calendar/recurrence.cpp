#include "calendar/recurrence.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace lianxin::calendar {
namespace {

constexpr std::array<std::string_view, 4> step_names{"day", "week", "month", "year"};
constexpr std::int32_t largest_interval = 999;
constexpr std::int64_t months_per_year = 12;
constexpr std::int64_t shortest_month = 28;

bool counts_months(Step step) {
    return step == Step::month || step == Step::year;
}
std::int64_t units_between(Recurrence rule) {
    return rule.every * (rule.step == Step::week ? 7 : rule.step == Step::year ? months_per_year : 1);
}

Day months_later(Day first, std::int64_t months) {
    const std::int64_t count = first.year() * months_per_year + first.month() - 1 + months;
    const auto year = static_cast<int>(count / months_per_year);
    const auto month = static_cast<unsigned>(count % months_per_year) + 1;
    const Day next_month = month == months_per_year ? Day::of(year + 1, 1, 1) : Day::of(year, month + 1, 1);
    const auto length = (next_month + -1).day_of_month();
    return Day::of(year, month, std::min(first.day_of_month(), length));
}

}  // namespace

std::optional<Recurrence> Recurrence::parse(std::string_view text) {
    Recurrence rule;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), rule.every);
    if (error != std::errc{} || rule.every < 1 || rule.every > largest_interval) return {};
    auto word = text.substr(static_cast<std::size_t>(rest - text.data()));
    if (!word.starts_with(' ')) return {};
    word.remove_prefix(1);
    if (word.ends_with('s')) word.remove_suffix(1);
    const auto* const found = std::find(step_names.begin(), step_names.end(), word);
    if (found == step_names.end()) return {};
    rule.step = static_cast<Step>(found - step_names.begin());
    return rule;
}

std::string Recurrence::text() const {
    return std::to_string(every) + " " + std::string(step_names.at(static_cast<std::size_t>(step))) +
           (every == 1 ? "" : "s");
}

Day occurrence(Day first, Recurrence rule, std::int64_t n) {
    const auto units = n * units_between(rule);
    return counts_months(rule.step) ? months_later(first, units) : first + static_cast<int>(units);
}

std::int64_t next_after(Day first, Recurrence rule, Day day) {
    if (day < first) return 1;
    // At most so many have passed when every unit is as short as can be; from there the last few are tried.
    const std::int64_t longest = counts_months(rule.step) ? shortest_month + 3 : 1;
    auto n = std::max<std::int64_t>(1, (day - first) / (longest * units_between(rule)));
    while (occurrence(first, rule, n) <= day) ++n;
    return n;
}

bool comes(Day first, Recurrence rule, std::int64_t n) {
    return (!rule.times || n <= *rule.times) && (!rule.until || occurrence(first, rule, n) <= *rule.until);
}

}  // namespace lianxin::calendar
