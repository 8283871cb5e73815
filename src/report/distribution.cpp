#include "report/distribution.hpp"

#include <algorithm>

#include "base/result.hpp"

namespace lianxin::report {
namespace {

std::string number(const std::optional<std::int64_t>& value) {
    return value ? std::to_string(*value) : "null";
}

}  // namespace

std::optional<std::int64_t> nearest_rank(const std::vector<std::int64_t>& sorted, int percent) {
    require(percent >= 1 && percent <= 100, "a percentile lies between 1 and 100");
    if (sorted.empty()) return {};
    const std::size_t rank = (sorted.size() * static_cast<std::size_t>(percent) + 99) / 100;
    return sorted[rank - 1];
}

Distribution distribution_of(std::vector<std::int64_t> values) {
    std::sort(values.begin(), values.end());
    return {static_cast<std::int64_t>(values.size()), nearest_rank(values, 50), nearest_rank(values, 90),
            nearest_rank(values, 100)};
}

Times times_of(const std::vector<DaysTaken>& taken) {
    std::vector<std::int64_t> working;
    std::vector<std::int64_t> calendar;
    Times times;
    times.n = static_cast<std::int64_t>(taken.size());
    for (const int limit : {5, 10, 15}) times.within[limit] = 0;
    for (const DaysTaken& one : taken) {
        working.push_back(one.working);
        calendar.push_back(one.calendar);
        for (auto& [limit, count] : times.within) count += one.working <= limit ? 1 : 0;
    }
    times.working_days = distribution_of(std::move(working));
    times.calendar_days = distribution_of(std::move(calendar));
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
