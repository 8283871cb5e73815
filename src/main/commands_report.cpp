#include <iostream>

#include "main/commands.hpp"
#include "main/county_home.hpp"
#include "main/town.hpp"

namespace lianxin {
namespace {

std::string shown(std::optional<std::int64_t> value) {
    return value ? std::to_string(*value) : "–";
}

void print(const report::Times& times) {
    std::cout << "closed matters  " << times.n << '\n'
              << "working days    median " << shown(times.working_days.median) << ", p90 "
              << shown(times.working_days.p90) << ", longest " << shown(times.working_days.max) << '\n'
              << "calendar days   median " << shown(times.calendar_days.median) << ", p90 "
              << shown(times.calendar_days.p90) << '\n';
    for (const auto& [days, count] : times.within) {
        std::cout << "within " << days << " working days  " << count << '\n';
    }
}

}  // namespace

ExitCode report_times(const ReportOptions& options) {
    const SystemClock clock;
    CountyHome home({options.data, {}, options.database, {}}, clock);
    Town town(home.words(), home.title(), "");
    const auto times = town.reports().times(home.county());
    if (options.json) {
        std::cout << report::json_of(times) << '\n';
    } else {
        print(times);
    }
    return ExitCode::done;
}

}  // namespace lianxin
