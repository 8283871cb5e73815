#include "calendar/recurrence.hpp"

#include <gtest/gtest.h>

#include <random>

namespace lianxin::calendar {
namespace {

Day day(const char* text) {
    return Day::parse(text).value();
}

TEST(Recurrence, ReadsBackWhatItWrites) {
    for (const auto* text : {"1 day", "2 weeks", "1 month", "3 months", "1 year"}) {
        const auto rule = Recurrence::parse(text);
        ASSERT_TRUE(rule.has_value()) << text;
        EXPECT_EQ(rule->text(), text);
    }
    for (const auto* text :
         {"", "month", "0 months", "-1 months", "3months", "3 moons", "3 monthss", "1000 days"})
        EXPECT_FALSE(Recurrence::parse(text).has_value()) << text;
}

TEST(Recurrence, KeepsTheDayOfTheMonthAndTakesTheLastWhereThereIsNone) {
    const auto monthly = *Recurrence::parse("1 month");
    EXPECT_EQ(occurrence(day("2024-01-31"), monthly, 1), day("2024-02-29"));
    EXPECT_EQ(occurrence(day("2024-01-31"), monthly, 2), day("2024-03-31"));
    EXPECT_EQ(occurrence(day("2024-01-31"), monthly, 11), day("2024-12-31"));
    EXPECT_EQ(occurrence(day("2024-02-29"), *Recurrence::parse("1 year"), 1), day("2025-02-28"));
    EXPECT_EQ(occurrence(day("2024-02-29"), *Recurrence::parse("1 year"), 4), day("2028-02-29"));
    EXPECT_EQ(occurrence(day("2024-05-06"), *Recurrence::parse("3 months"), 3), day("2025-02-06"));
    EXPECT_EQ(occurrence(day("2024-05-06"), *Recurrence::parse("2 weeks"), 2), day("2024-06-03"));
}

TEST(Recurrence, TheNextIsTheFirstLaterOne) {
    const auto quarterly = *Recurrence::parse("3 months");
    const Day first = day("2024-05-06");
    EXPECT_EQ(next_after(first, quarterly, day("2024-01-01")), 1);
    EXPECT_EQ(next_after(first, quarterly, first), 1);
    EXPECT_EQ(next_after(first, quarterly, day("2024-08-05")), 1);
    EXPECT_EQ(next_after(first, quarterly, day("2024-08-06")), 2);
    const std::uint64_t seed = 8311;
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 dice(seed);
    for (int each = 0; each < 2'000; ++each) {
        const Recurrence rule{
            static_cast<std::int32_t>(1 + dice() % 20), static_cast<Step>(dice() % 4), {}, {}};
        const Day begun = day("2020-01-31") + static_cast<int>(dice() % 400);
        const Day asked = begun + static_cast<int>(dice() % 4'000);
        const auto next = next_after(begun, rule, asked);
        ASSERT_GT(occurrence(begun, rule, next), asked) << rule.text();
        ASSERT_LE(occurrence(begun, rule, next - 1), asked) << rule.text();
    }
}

TEST(Recurrence, EndsAfterSoManyTimesOrWithADay) {
    auto monthly = *Recurrence::parse("1 month");
    const Day first = day("2024-05-06");
    EXPECT_FALSE(monthly.ends());
    EXPECT_TRUE(comes(first, monthly, 500));
    monthly.times = 2;
    EXPECT_TRUE(monthly.ends());
    EXPECT_TRUE(comes(first, monthly, 2));
    EXPECT_FALSE(comes(first, monthly, 3));
    monthly.times.reset();
    monthly.until = day("2024-07-06");
    EXPECT_TRUE(comes(first, monthly, 2)) << "on its last day";
    EXPECT_FALSE(comes(first, monthly, 3));
}

}  // namespace
}  // namespace lianxin::calendar
