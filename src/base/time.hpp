// base/time.hpp — instants are microseconds UTC; days are civil days of the county's zone. No code reads the
// clock but through Clock, so a test can stand on any day.
#pragma once

#include <atomic>
#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lianxin {

// Microseconds since 1970-01-01T00:00:00Z.
struct Instant {
    std::int64_t micros = 0;
    constexpr auto operator<=>(const Instant&) const = default;
    [[nodiscard]] constexpr std::int64_t millis() const { return micros / 1000; }
};

inline constexpr std::int64_t micros_per_second = 1'000'000;
inline constexpr std::int64_t micros_per_minute = 60 * micros_per_second;
inline constexpr std::int64_t micros_per_hour = 60 * micros_per_minute;
inline constexpr std::int64_t micros_per_day = 24 * micros_per_hour;

[[nodiscard]] constexpr Instant operator+(Instant at, std::chrono::microseconds by) {
    return {at.micros + by.count()};
}
[[nodiscard]] constexpr Instant operator-(Instant at, std::chrono::microseconds by) {
    return {at.micros - by.count()};
}
[[nodiscard]] constexpr std::chrono::microseconds operator-(Instant a, Instant b) {
    return std::chrono::microseconds(a.micros - b.micros);
}

// A civil day (proleptic Gregorian), counted from 1970-01-01.
struct Day {
    std::int32_t number = 0;
    constexpr auto operator<=>(const Day&) const = default;
    [[nodiscard]] static Day of(int year, unsigned month, unsigned day);
    // ISO 8601 "2024-02-29"; anything else, or a day that does not exist, is nothing.
    [[nodiscard]] static std::optional<Day> parse(std::string_view text);
    [[nodiscard]] std::string text() const;
    [[nodiscard]] int year() const;
    [[nodiscard]] unsigned month() const;
    [[nodiscard]] unsigned day_of_month() const;
    [[nodiscard]] unsigned iso_weekday() const;  // 1 Monday … 7 Sunday
};
[[nodiscard]] constexpr Day operator+(Day day, int days) {
    return {day.number + days};
}
[[nodiscard]] constexpr int operator-(Day a, Day b) {
    return a.number - b.number;
}

// The county's zone: a fixed offset (the People's Republic has kept +08:00 without summer time since 1992).
struct Zone {
    int offset_minutes = 8 * 60;
    [[nodiscard]] Day day_of(Instant at) const;
    [[nodiscard]] Instant start_of(Day day) const;  // 00:00 of that day
    [[nodiscard]] Instant end_of(Day day) const;    // 24:00 of that day
    [[nodiscard]] std::string text(
        Instant at) const;  // 2024-05-06T09:30:00+08:00 (seconds; micros when not zero)
};

// RFC 3339 with zone ("2024-05-06T09:30:00+08:00", "…Z"); nothing when malformed.
[[nodiscard]] std::optional<Instant> parse_instant(std::string_view text);
// "2019-04-25 09:32:09" as county time.
[[nodiscard]] std::optional<Instant> parse_local(std::string_view text, Zone zone);
[[nodiscard]] std::string utc_text(Instant at);  // RFC 3339, Z

class Clock {
 public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
};

// The machine's clock, never running backwards within the process.
class SystemClock final : public Clock {
 public:
    [[nodiscard]] Instant now() const override;

 private:
    mutable std::atomic<std::int64_t> latest_{0};
};

// Stands where it is put; for tests, the demo and imports.
class ManualClock final : public Clock {
 public:
    explicit ManualClock(Instant at) : at_(at.micros) {}
    [[nodiscard]] Instant now() const override { return {at_}; }
    void set(Instant at) { at_ = at.micros; }
    void advance(std::chrono::microseconds by) { at_ += by.count(); }

 private:
    std::int64_t at_;
};

}  // namespace lianxin
