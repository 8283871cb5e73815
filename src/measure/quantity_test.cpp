#include "measure/quantity.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <random>

namespace lianxin::measure {
namespace {

TEST(Quantity, IsReadExactlyOrNotAtAll) {
    EXPECT_EQ(parse_scaled("12.5"), 12'500);
    EXPECT_EQ(parse_scaled("-0.125"), -125);
    EXPECT_EQ(parse_scaled("0"), 0);
    EXPECT_EQ(parse_scaled("9223372036854775.807"), std::numeric_limits<std::int64_t>::max());
    for (const auto* wrong :
         {"", "-", ".5", "5.", "1.2345", "1,5", " 1", "1e3", "--1", "1.2.3", "9223372036854775.808", "一"})
        EXPECT_EQ(parse_scaled(wrong), std::nullopt) << wrong;
}

TEST(Quantity, ReadsBackWhatItWrites) {
    const std::uint64_t seed = 7;
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 dice(seed);
    for (int each = 0; each < 10'000; ++each) {
        const auto value =
            static_cast<std::int64_t>(dice() >> (1 + dice() % 60)) * (dice() % 2 == 0 ? 1 : -1);
        ASSERT_EQ(parse_scaled(scaled_text(value)), value);
    }
    EXPECT_EQ(scaled_text(std::numeric_limits<std::int64_t>::min()), "-9223372036854775.808");
    EXPECT_EQ(scaled_text(12'500), "12.5");
}

TEST(Quantity, UnitsNeverMix) {
    const auto sum = add({1'000, "m"}, {1'000, "m2"});
    ASSERT_FALSE(sum.has_value());
    EXPECT_EQ(sum.error(), SumRefusal::units_differ);
    EXPECT_EQ(add({1'000, "m"}, {500, "m"}), (Quantity{1'500, "m"}));
    EXPECT_EQ(add({std::numeric_limits<std::int64_t>::max(), "m"}, {1, "m"}).error(), SumRefusal::too_large);
}

TEST(Quantity, TotalsStandByKindAndUnitAndACorrectionTakesAway) {
    std::vector<Measure> measures(4);
    measures[0].kind = measures[1].kind = measures[3].kind = "road";
    measures[0].unit = measures[3].unit = "m";
    measures[1].unit = "m2";
    measures[2].kind = "lamp";
    measures[2].unit = "item";
    measures[0].quantity = 9'500'000;
    measures[1].quantity = 40'000;
    measures[2].quantity = 600'000;
    measures[3].quantity = -500'000;
    const auto all = totals(measures);
    ASSERT_TRUE(all.has_value());
    ASSERT_EQ(all->size(), 3U);
    EXPECT_EQ((*all)[0].quantity, 9'000'000);
    EXPECT_EQ((*all)[1].unit, "m2");
    EXPECT_EQ((*all)[2].kind, "lamp");
}

}  // namespace
}  // namespace lianxin::measure
