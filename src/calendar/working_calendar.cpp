#include "calendar/working_calendar.hpp"

#include <algorithm>
#include <charconv>

namespace lianxin::calendar {

extern const std::string_view china_days;  // the built-in file's text

namespace {

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    return a >= 0 ? a / b : -((b - 1 - a) / b);
}

// Mondays to Fridays from Monday 1969-12-29 through `day`.
std::int64_t weekdays_through(Day day) {
    const std::int64_t days = std::int64_t{day.number} + 4;
    const std::int64_t weeks = floor_div(days, 7);
    return weeks * 5 + std::min<std::int64_t>(days - weeks * 7, 5);
}

bool is_weekday(Day day) {
    return day.iso_weekday() <= 5;
}

std::string_view next_word(std::string_view& line) {
    const std::size_t end = std::min(line.find(' '), line.size());
    const std::string_view word = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
    return word;
}

std::optional<int> whole_number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return {};
    return value;
}

struct Announced {
    bool off = false;
    Day from, to;
    std::string festival;
};

struct DaysFile {
    std::string version;
    int first_year = 0, last_year = 0;
    std::vector<Announced> announced;
};

// One line into the file; the answer is what is wrong with it, if anything.
std::optional<std::string> read_line(std::string_view line, DaysFile& file) {
    const std::string_view word = next_word(line);
    if (word == "format") {
        if (line != "1") return "a format this program does not know";
    } else if (word == "version") {
        file.version = std::string(line);
    } else if (word == "years") {
        const std::optional<int> first = whole_number(next_word(line));
        const std::optional<int> last = whole_number(line);
        if (!first || !last || *first > *last || *last - *first > 500) return "years are FIRST LAST";
        file.first_year = *first;
        file.last_year = *last;
    } else if (word == "off" || word == "work") {
        const std::optional<Day> from = Day::parse(next_word(line));
        const std::optional<Day> to = Day::parse(next_word(line));
        if (!from || !to || *from > *to || line.empty()) return "expected FROM TO FESTIVAL";
        file.announced.push_back({word == "off", *from, *to, std::string(line)});
    } else {
        return "expected format, version, years, off or work";
    }
    return {};
}

Result<DaysFile, std::string> read_file(std::string_view text) {
    DaysFile file;
    int number = 0;
    while (!text.empty()) {
        ++number;
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.empty() || line.front() == '#') continue;
        if (const auto fault = read_line(line, file))
            return fail("line " + std::to_string(number) + ": " + *fault);
    }
    if (file.version.empty() || file.first_year == 0)
        return fail(std::string("version and years are missing"));
    return file;
}

}  // namespace

WorkingCalendar WorkingCalendar::china() {
    auto calendar = parse(china_days);
    require(calendar.has_value(), "the built-in calendar can be read");
    return *std::move(calendar);
}

Result<WorkingCalendar, std::string> WorkingCalendar::parse(std::string_view text) {
    const auto file = read_file(text);
    if (!file) return fail(file.error());

    WorkingCalendar calendar;
    calendar.version_ = file->version;
    calendar.first_ = Day::of(file->first_year, 1, 1);
    calendar.last_ = Day::of(file->last_year, 12, 31);
    const auto size = static_cast<std::size_t>(calendar.last_ - calendar.first_ + 1);
    calendar.kinds_.resize(size);
    calendar.festivals_.resize(size);
    calendar.festival_names_ = {""};
    for (std::size_t i = 0; i < size; ++i) {
        const bool weekday = is_weekday(calendar.first_ + static_cast<int>(i));
        calendar.kinds_[i] = static_cast<std::uint8_t>(weekday ? DayKind::weekday : DayKind::weekend);
    }
    for (const Announced& run : file->announced) {
        if (const auto fault = calendar.announce(run.off, run.from, run.to, run.festival))
            return fail(*fault);
    }
    calendar.worked_.reserve(size);
    std::int32_t worked = 0;
    for (std::size_t i = 0; i < size; ++i) {
        worked += calendar.is_working(calendar.first_ + static_cast<int>(i)) ? 1 : 0;
        calendar.worked_.push_back(worked);
    }
    return calendar;
}

std::optional<std::string> WorkingCalendar::announce(bool off, Day from, Day to,
                                                     const std::string& festival) {
    auto name = std::find(festival_names_.begin(), festival_names_.end(), festival);
    if (name == festival_names_.end()) name = festival_names_.insert(name, festival);
    const auto index = static_cast<std::uint8_t>(name - festival_names_.begin());
    for (Day day = from; day <= to; day = day + 1) {
        if (!is_announced(day)) return day.text() + " is outside the announced years";
        const auto at = static_cast<std::size_t>(day - first_);
        if (festivals_[at] != 0) return day.text() + " is announced twice";
        if (!off && is_weekday(day)) return day.text() + " is worked anyway and cannot be an exchange day";
        kinds_[at] = static_cast<std::uint8_t>(off ? DayKind::holiday : DayKind::exchange);
        festivals_[at] = index;
    }
    return {};
}

DayKind WorkingCalendar::kind(Day day) const {
    if (is_announced(day)) return static_cast<DayKind>(kinds_[static_cast<std::size_t>(day - first_)]);
    return is_weekday(day) ? DayKind::weekday : DayKind::weekend;
}

bool WorkingCalendar::is_working(Day day) const {
    const DayKind what = kind(day);
    return what == DayKind::weekday || what == DayKind::exchange;
}

std::string_view WorkingCalendar::festival(Day day) const {
    if (!is_announced(day)) return {};
    return festival_names_[festivals_[static_cast<std::size_t>(day - first_)]];
}

std::int64_t WorkingCalendar::worked_through(Day day) const {
    if (day < first_) return weekdays_through(day);
    const std::int64_t before = weekdays_through(first_ + -1);
    if (day <= last_) return before + worked_[static_cast<std::size_t>(day - first_)];
    return before + worked_.back() + weekdays_through(day) - weekdays_through(last_);
}

std::int64_t WorkingCalendar::working_days(Day after, Day through) const {
    return worked_through(through) - worked_through(after);
}

Day WorkingCalendar::nth_working_day_after(Day day, std::int64_t n) const {
    require(n >= 0 && n < 1'000'000, "working days are counted forwards, and not for millennia");
    if (n == 0) return day;
    const std::int64_t target = worked_through(day) + n;
    // No fortnight has fewer than two working days, so this reaches far enough; then halve.
    Day low = day;
    Day high = day + static_cast<int>(n * 7 + 14);
    while (high - low > 1) {
        const Day middle = low + (high - low) / 2;
        (worked_through(middle) >= target ? high : low) = middle;
    }
    return high;
}

Day WorkingCalendar::working_day_from(Day day) const {
    return nth_working_day_after(day + -1, 1);
}

}  // namespace lianxin::calendar
