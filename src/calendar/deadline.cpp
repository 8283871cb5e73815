#include "calendar/deadline.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace lianxin::calendar {
namespace {

struct UnitName {
    Unit unit;
    std::string_view name;
    std::string_view sign;  // in Period::text
    std::int64_t micros;    // 0: not clock time
};
constexpr std::array<UnitName, 4> unit_names{{{Unit::minute, "minute", "min", micros_per_minute},
                                              {Unit::hour, "hour", "h", micros_per_hour},
                                              {Unit::day, "day", "d", 0},
                                              {Unit::working_day, "working_day", "wd", 0}}};

const UnitName& row_of(Unit unit) {
    return unit_names[static_cast<std::size_t>(unit)];
}
bool is_clock_time(Unit unit) {
    return row_of(unit).micros != 0;
}

// Where a period stands after some of it: an instant for clock time, a whole day otherwise.
struct End {
    Instant due;
    Day last;  // the day `due` closes, or falls into
};

// Counts one period and the pauses that begin before it ends; keeps the reasons.
class Counting {
 public:
    Counting(const WorkingCalendar& calendar, Zone zone, std::span<const Pause> pauses,
             std::optional<Instant> now)
        : calendar_(calendar), zone_(zone), pauses_(pauses), now_(now) {}

    // `from`: for whole days the day that is not counted, for clock time the instant.
    End count(const End& from, Unit unit, std::int64_t amount, Instant start) {
        return is_clock_time(unit) ? count_clock_time(from.due, amount * row_of(unit).micros, start)
                                   : count_days(from.last, unit, amount, start);
    }
    [[nodiscard]] bool standing() const { return standing_; }
    Reasoning why;

 private:
    // A pause that is still running is taken to end now; without a now it lengthens nothing yet.
    Instant end_of(const Pause& pause) {
        if (pause.to) return *pause.to;
        standing_ = true;
        return std::max(now_.value_or(pause.from), pause.from);
    }

    // The next pause that begins by `due`: a deadline already missed is not mended by pausing afterwards.
    const Pause* next_pause(Instant due) {
        if (next_ == pauses_.size() || pauses_[next_].from > due) return nullptr;
        return &pauses_[next_++];
    }

    End count_clock_time(Instant from, std::int64_t micros, Instant start) {
        Instant due{from.micros + micros};
        while (const Pause* pause = next_pause(due)) {
            const std::int64_t longer =
                std::max<std::int64_t>(0, end_of(*pause).micros - std::max(pause->from, start).micros);
            due.micros += longer;
            why.pauses.push_back({*pause, longer});
        }
        return {due, zone_.day_of(due)};
    }

    End count_days(Day from, Unit unit, std::int64_t amount, Instant start) {
        Day last = last_day(from, unit, amount);
        while (const Pause* pause = next_pause(zone_.end_of(settled(last, unit)))) {
            const Day paused = zone_.day_of(std::max(pause->from, start));
            const Day resumed = std::max(zone_.day_of(end_of(*pause)), paused);
            const std::int64_t longer =
                unit == Unit::day ? resumed - paused : calendar_.working_days(paused, resumed);
            amount += longer;
            last = last_day(from, unit, amount);
            why.pauses.push_back({*pause, longer});
        }
        const Day end = settled(last, unit);
        if (unit == Unit::working_day) explain_skipped(from, end);
        if (end != last) {
            why.moved_from = last;
            explain_skipped(last + -1, end);
        }
        why.beyond_announced = why.beyond_announced || !calendar_.is_announced(end);
        return {zone_.end_of(end), end};
    }

    [[nodiscard]] Day last_day(Day from, Unit unit, std::int64_t amount) const {
        if (unit == Unit::day) return from + static_cast<int>(amount);
        return calendar_.nth_working_day_after(from, amount);
    }
    // Art. 203: calendar days do not end on a day off.
    [[nodiscard]] Day settled(Day last, Unit unit) const {
        return unit == Unit::day ? calendar_.working_day_from(last) : last;
    }

    static void add(std::vector<Reasoning::FestivalDays>& list, std::string_view festival, Day day) {
        // A festival's days off may be cut in two by a weekend day worked; they are still one festival.
        if (!list.empty() && list.back().festival == festival && day - list.back().last <= 14) {
            list.back().last = day;
            ++list.back().days;
        } else {
            list.push_back({std::string(festival), day, day, 1});
        }
    }

    void explain_skipped(Day after, Day through) {
        for (Day day = after + 1; day <= through; day = day + 1) {
            switch (calendar_.kind(day)) {
                case DayKind::weekday:
                    break;
                case DayKind::weekend:
                    ++why.weekend_days_skipped;
                    break;
                case DayKind::holiday:
                    add(why.holidays_skipped, calendar_.festival(day), day);
                    break;
                case DayKind::exchange:
                    add(why.exchange_days_counted, calendar_.festival(day), day);
                    break;
            }
        }
    }

    const WorkingCalendar& calendar_;
    Zone zone_;
    std::span<const Pause> pauses_;
    std::optional<Instant> now_;
    std::size_t next_ = 0;
    bool standing_ = false;
};

// Pauses over before the period began say nothing about it.
std::span<const Pause> since(std::span<const Pause> pauses, Instant start) {
    while (!pauses.empty() && pauses.front().to && *pauses.front().to <= start) pauses = pauses.subspan(1);
    return pauses;
}

}  // namespace

std::string_view name_of(Unit unit) {
    return row_of(unit).name;
}

std::optional<Unit> parse_unit(std::string_view name) {
    for (const UnitName& row : unit_names) {
        if (row.name == name) return row.unit;
    }
    return {};
}

std::optional<Period> Period::parse(std::string_view text) {
    Period period;
    const char* const end_of_text = text.data() + text.size();
    const auto [end, error] = std::from_chars(text.data(), end_of_text, period.amount);
    if (error != std::errc{} || period.amount < 0 || period.amount > 100'000 || text.front() == '-')
        return {};
    const std::string_view sign(end, static_cast<std::size_t>(end_of_text - end));
    for (const UnitName& row : unit_names) {
        if (row.sign != sign) continue;
        period.unit = row.unit;
        return period;
    }
    return {};
}

std::string Period::text() const {
    return std::to_string(amount) + std::string(row_of(unit).sign);
}

Deadline deadline(const WorkingCalendar& calendar, Zone zone, Instant start, Period period,
                  std::span<const Pause> pauses, std::optional<Period> extension,
                  std::optional<Instant> now) {
    Counting counting(calendar, zone, since(pauses, start), now);
    const Day received = zone.day_of(start);
    const bool joined = extension && extension->unit == period.unit;
    const std::int64_t amount = std::int64_t{period.amount} + (joined ? extension->amount : 0);
    End end{start, received};
    if (amount > 0) end = counting.count(end, period.unit, amount, start);
    if (extension && !joined && extension->amount > 0) {
        end = counting.count(end, extension->unit, extension->amount, start);
    }
    Reasoning& why = counting.why;
    why.start = start;
    why.period = period;
    why.extension = extension;
    if (!is_clock_time(period.unit)) why.day_not_counted = received;
    why.calendar_version = calendar.version();
    return {end.due, counting.standing(), std::move(why)};
}

Instant due(const WorkingCalendar& calendar, Zone zone, Instant start, Period period) {
    if (period.amount == 0) return start;
    if (is_clock_time(period.unit)) return {start.micros + period.amount * row_of(period.unit).micros};
    const Day received = zone.day_of(start);
    if (period.unit == Unit::working_day)
        return zone.end_of(calendar.nth_working_day_after(received, period.amount));
    return zone.end_of(calendar.working_day_from(received + period.amount));
}

std::int64_t working_days_between(const WorkingCalendar& calendar, Zone zone, Instant received,
                                  Instant closed) {
    return calendar.working_days(zone.day_of(received), zone.day_of(closed));
}

std::int64_t calendar_days_between(Zone zone, Instant received, Instant closed) {
    return zone.day_of(closed) - zone.day_of(received);
}

}  // namespace lianxin::calendar
