// report/distribution.hpp — how long things took: nearest-rank median and p90 of whole numbers (rank =
// ceil(p·n)).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lianxin::report {

// How often each value was there; no entry is 0.
using Histogram = std::map<std::int64_t, std::int64_t>;
// percent 1 … 100; nothing when there are no values.
[[nodiscard]] std::optional<std::int64_t> nearest_rank(const Histogram& values, int percent);

struct Distribution {
    std::int64_t n = 0;
    std::optional<std::int64_t> median, p90, max;
    bool operator==(const Distribution&) const = default;
};
[[nodiscard]] Distribution distribution_of(const Histogram& values);

// What closed matters took, `n` of them the same.
struct DaysTaken {
    std::int64_t working = 0;
    std::int64_t calendar = 0;
    std::int64_t n = 1;
    bool operator==(const DaysTaken&) const = default;
};
struct Times {
    std::int64_t n = 0;
    Distribution working_days, calendar_days;
    std::map<int, std::int64_t> within;  // N working days → how many took no more
    bool operator==(const Times&) const = default;
};
[[nodiscard]] Times times_of(const std::vector<DaysTaken>& taken);
// {"n":…,"working_days":{"median":…,"p90":…,"max":…},"calendar_days":{"median":…,"p90":…},"within":{"5":…,"10":…,"15":…}};
// without matters the figures are null.
[[nodiscard]] std::string json_of(const Times& times);

}  // namespace lianxin::report
