#include "report/flow.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace lianxin::report {
namespace {

constexpr std::int64_t micros_per_second = 1'000'000;

std::int64_t seconds_between(Instant from, Instant until) {
    return std::max<std::int64_t>(0, (until.micros - from.micros) / micros_per_second);
}

// metrics.md, Counting days: nearest rank, ceil(p·n).
std::int64_t rank(const std::vector<std::int64_t>& sorted, std::size_t percent) {
    const std::size_t at = (percent * sorted.size() + 99) / 100;
    return sorted[std::max<std::size_t>(at, 1) - 1];
}

}  // namespace

Flow flow_of(const std::vector<Standing>& standing, const std::vector<Stay>& stays, Instant now) {
    Flow flow;
    for (const Standing& here : standing) {
        StateFlow& state = flow[{here.machine, here.state}];
        const std::int64_t longest = seconds_between(here.longest_since, now);
        state.standing += here.count;
        state.overdue += here.overdue;
        state.longest_s = std::max(state.longest_s.value_or(0), longest);
    }
    std::map<std::pair<std::string, std::string>, std::vector<std::int64_t>> lengths;
    std::set<std::tuple<std::int64_t, std::int64_t, std::string, std::string>> been;
    for (const Stay& stay : stays) {
        StateFlow& state = flow[{stay.machine, stay.state}];
        state.left += 1;
        state.late += stay.late ? 1 : 0;
        if (!been.emplace(stay.matter, stay.part, stay.machine, stay.state).second) state.returns += 1;
        lengths[{stay.machine, stay.state}].push_back(seconds_between(stay.entered_at, stay.left_at));
    }
    for (auto& [where, taken] : lengths) {
        std::sort(taken.begin(), taken.end());
        flow[where].median_s = rank(taken, 50);
        flow[where].p90_s = rank(taken, 90);
    }
    return flow;
}

}  // namespace lianxin::report
