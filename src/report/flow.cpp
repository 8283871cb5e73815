#include "report/flow.hpp"

#include <algorithm>

#include "report/distribution.hpp"

namespace lianxin::report {
std::int64_t seconds_between(Instant from, Instant until) {
    return std::max<std::int64_t>(0, (until.micros - from.micros) / micros_per_second);
}

std::int64_t length_of_stay(Instant entered, Instant left) {
    constexpr std::int64_t minute = 60, hour = 60 * minute, day = 24 * hour;
    const std::int64_t seconds = seconds_between(entered, left);
    const std::int64_t unit = seconds >= 2 * day ? day : seconds >= 2 * hour ? hour : minute;
    return seconds / unit * unit;
}

Flow flow_of(const std::vector<Standing>& standing, const std::vector<Stay>& stays, Instant now) {
    Flow flow;
    for (const Standing& here : standing) {
        StateFlow& state = flow[{here.machine, here.state}];
        const std::int64_t longest = seconds_between(here.longest_since, now);
        state.standing += here.count;
        state.overdue += here.overdue;
        state.longest_s = std::max(state.longest_s.value_or(0), longest);
    }
    std::map<std::pair<std::string, std::string>, Histogram> lengths;
    for (const Stay& stay : stays) {
        StateFlow& state = flow[{stay.machine, stay.state}];
        state.left += 1;
        state.late += stay.late ? 1 : 0;
        state.returns += stay.again ? 1 : 0;
        lengths[{stay.machine, stay.state}][length_of_stay(stay.entered_at, stay.left_at)] += 1;
    }
    for (const auto& [where, taken] : lengths) {
        flow[where].median_s = nearest_rank(taken, 50);
        flow[where].p90_s = nearest_rank(taken, 90);
    }
    return flow;
}

}  // namespace lianxin::report
