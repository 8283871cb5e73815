#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <fstream>

#include "calendar/deadline.hpp"
#include "report/distribution.hpp"

namespace lianxin::report {
namespace {

// The figures were counted a day at a time by another program from the same calendar data.
TEST(RealMessages, TookTheDaysThatCountingOnFingersGives) {
    std::ifstream file("../shared/data/messages-replied.jsonl");
    if (!file) GTEST_SKIP() << "../shared/data is not here";
    const calendar::WorkingCalendar calendar = calendar::WorkingCalendar::china();
    const Zone zone;
    std::vector<DaysTaken> taken;
    for (std::string line; std::getline(file, line);) {
        const boost::json::value message = boost::json::parse(line);
        const auto at = [&](const char* key) {
            return parse_local(std::string_view(message.at(key).as_string()), zone).value();
        };
        taken.push_back({calendar::working_days_between(calendar, zone, at("at"), at("replied_at")),
                         calendar::calendar_days_between(zone, at("at"), at("replied_at"))});
    }
    EXPECT_EQ(
        json_of(times_of(taken)),
        "{\"n\":2288,\"working_days\":{\"median\":8,\"p90\":29,\"max\":796},\"calendar_days\":{\"median\":11,"
        "\"p90\":42},\"within\":{\"5\":876,\"10\":1407,\"15\":1694}}");
}

}  // namespace
}  // namespace lianxin::report
