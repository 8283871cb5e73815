#include "base/time.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace lianxin {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

// Spelled out here once, because Day's own year(), month() and day hide the library's.
year_month_day date_of(int y, unsigned m, unsigned d) {
    return {std::chrono::year{y}, std::chrono::month{m}, std::chrono::day{d}};
}

Day day_of(year_month_day date) {
    return {static_cast<std::int32_t>(sys_days{date}.time_since_epoch().count())};
}

// `count` decimal digits at `at`; -1 when there are other characters or fewer.
int digits(std::string_view text, std::size_t at, std::size_t count) {
    if (text.size() < at + count) return -1;
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

bool stands_at(std::string_view text, std::size_t at, char c) {
    return at < text.size() && text[at] == c;
}

// "hh:mm:ss" at `at`, as microseconds of the day; a leap second is not told apart from the next one.
std::optional<std::int64_t> time_of_day(std::string_view text, std::size_t at) {
    const int hours = digits(text, at, 2);
    const int minutes = digits(text, at + 3, 2);
    const int seconds = digits(text, at + 6, 2);
    if (!stands_at(text, at + 2, ':') || !stands_at(text, at + 5, ':')) return {};
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 60) return {};
    return (hours * 3600LL + minutes * 60LL + seconds) * micros_per_second;
}

// ".123" and on; moves `at` behind it. More than six digits are cut, as RFC 3339 allows any number.
std::optional<std::int64_t> fraction(std::string_view text, std::size_t& at) {
    if (!stands_at(text, at, '.')) return 0;
    std::int64_t micros = 0;
    std::int64_t unit = micros_per_second / 10;
    const std::size_t first = ++at;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
        micros += unit * (text[at] - '0');
        unit /= 10;
    }
    if (at == first) return {};
    return micros;
}

// "Z" or "+hh:mm" as minutes east, standing at the very end.
std::optional<int> offset(std::string_view text, std::size_t at) {
    if (at + 1 == text.size() && (text[at] == 'Z' || text[at] == 'z')) return 0;
    if (at + 6 != text.size() || (text[at] != '+' && text[at] != '-') || text[at + 3] != ':') return {};
    const int hours = digits(text, at + 1, 2);
    const int minutes = digits(text, at + 4, 2);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return {};
    return (text[at] == '-' ? -1 : 1) * (hours * 60 + minutes);
}

std::string zoned_text(Instant at, int offset_minutes) {
    const Zone zone{offset_minutes};
    const Day day = zone.day_of(at);
    const std::int64_t in_day = at.micros - zone.start_of(day).micros;
    const std::int64_t seconds = in_day / micros_per_second;
    std::array<char, 40> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "T%02d:%02d:%02d", static_cast<int>(seconds / 3600),
                  static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
    std::string text = day.text() + buffer.data();
    if (const auto micros = static_cast<int>(in_day % micros_per_second); micros != 0) {
        std::snprintf(buffer.data(), buffer.size(), ".%06d", micros);
        text += buffer.data();
    }
    return text;
}

}  // namespace

Day Day::of(int y, unsigned m, unsigned d) {
    return lianxin::day_of(date_of(y, m, d));
}

std::optional<Day> Day::parse(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
    const int y = digits(text, 0, 4);
    const int m = digits(text, 5, 2);
    const int d = digits(text, 8, 2);
    if (y < 0 || m < 0 || d < 0) return {};
    const year_month_day date = date_of(y, static_cast<unsigned>(m), static_cast<unsigned>(d));
    if (!date.ok()) return {};
    return lianxin::day_of(date);
}

namespace {
year_month_day civil(Day d) {
    return year_month_day{sys_days{std::chrono::days{d.number}}};
}
}  // namespace

std::string Day::text() const {
    const year_month_day date = civil(*this);
    std::array<char, 24> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return buffer.data();
}

int Day::year() const {
    return static_cast<int>(civil(*this).year());
}
unsigned Day::month() const {
    return static_cast<unsigned>(civil(*this).month());
}
unsigned Day::day_of_month() const {
    return static_cast<unsigned>(civil(*this).day());
}

unsigned Day::iso_weekday() const {
    // 1970-01-01 was a Thursday.
    const int since_monday = (number % 7 + 7 + 3) % 7;
    return static_cast<unsigned>(since_monday) + 1U;
}

Day Zone::day_of(Instant at) const {
    const std::int64_t local = at.micros + offset_minutes * micros_per_minute;
    const std::int64_t floored =
        local >= 0 ? local / micros_per_day : -((micros_per_day - 1 - local) / micros_per_day);
    return {static_cast<std::int32_t>(floored)};
}

Instant Zone::start_of(Day day) const {
    return {day.number * micros_per_day - offset_minutes * micros_per_minute};
}
Instant Zone::end_of(Day day) const {
    return start_of(day + 1);
}

std::string Zone::text(Instant at) const {
    const int minutes = std::abs(offset_minutes);
    std::array<char, 24> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%c%02d:%02d", offset_minutes < 0 ? '-' : '+', minutes / 60,
                  minutes % 60);
    return zoned_text(at, offset_minutes) + buffer.data();
}

std::string utc_text(Instant at) {
    return zoned_text(at, 0) + 'Z';
}

std::optional<Instant> parse_instant(std::string_view text) {
    if (text.size() < 20 || (text[10] != 'T' && text[10] != 't')) return {};
    const std::optional<Day> day = Day::parse(text.substr(0, 10));
    const std::optional<std::int64_t> time = time_of_day(text, 11);
    if (!day || !time) return {};
    std::size_t at = 19;
    const std::optional<std::int64_t> micros = fraction(text, at);
    if (!micros) return {};
    const std::optional<int> east = offset(text, at);
    if (!east) return {};
    return Instant{Zone{*east}.start_of(*day).micros + *time + *micros};
}

std::optional<Instant> parse_local(std::string_view text, Zone zone) {
    if (text.size() != 19 || (text[10] != ' ' && text[10] != 'T')) return {};
    const std::optional<Day> day = Day::parse(text.substr(0, 10));
    const std::optional<std::int64_t> time = time_of_day(text, 11);
    if (!day || !time) return {};
    return Instant{zone.start_of(*day).micros + *time};
}

Instant SystemClock::now() const {
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    const std::int64_t read = std::chrono::duration_cast<std::chrono::microseconds>(since_epoch).count();
    std::int64_t latest = latest_.load(std::memory_order_relaxed);
    while (read > latest && !latest_.compare_exchange_weak(latest, read, std::memory_order_relaxed)) {
    }
    return {std::max(read, latest)};
}

}  // namespace lianxin
