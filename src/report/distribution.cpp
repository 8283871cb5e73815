#include "report/distribution.hpp"

#include "base/result.hpp"

namespace lianxin::report {
namespace {

std::string number(const std::optional<std::int64_t>& value) {
    return value ? std::to_string(*value) : "null";
}

}  // namespace

std::optional<std::int64_t> nearest_rank(const Histogram& values, int percent) {
    require(percent >= 1 && percent <= 100, "a percentile lies between 1 and 100");
    std::int64_t n = 0;
    for (const auto& [value, count] : values) n += count;
    const std::int64_t rank = (n * percent + 99) / 100;
    std::int64_t reached = 0;
    for (const auto& [value, count] : values) {
        reached += count;
        if (reached >= rank) return value;
    }
    return {};
}

Distribution distribution_of(const Histogram& values) {
    Distribution distribution;
    for (const auto& [value, count] : values) distribution.n += count;
    distribution.median = nearest_rank(values, 50);
    distribution.p90 = nearest_rank(values, 90);
    distribution.max = nearest_rank(values, 100);
    return distribution;
}

Times times_of(const std::vector<DaysTaken>& taken) {
    Histogram working;
    Histogram calendar;
    Times times;
    for (const int limit : {5, 10, 15}) times.within[limit] = 0;
    for (const DaysTaken& one : taken) {
        times.n += one.n;
        working[one.working] += one.n;
        calendar[one.calendar] += one.n;
        for (auto& [limit, count] : times.within) count += one.working <= limit ? one.n : 0;
    }
    times.working_days = distribution_of(working);
    times.calendar_days = distribution_of(calendar);
    return times;
}

std::string json_of(const Times& times) {
    std::string within;
    for (const auto& [limit, count] : times.within) {
        within += (within.empty() ? "\"" : ",\"") + std::to_string(limit) + "\":" + std::to_string(count);
    }
    return "{\"n\":" + std::to_string(times.n) +
           ",\"working_days\":{\"median\":" + number(times.working_days.median) +
           ",\"p90\":" + number(times.working_days.p90) + ",\"max\":" + number(times.working_days.max) +
           "},\"calendar_days\":{\"median\":" + number(times.calendar_days.median) +
           ",\"p90\":" + number(times.calendar_days.p90) + "},\"within\":{" + within + "}}";
}

}  // namespace lianxin::report
