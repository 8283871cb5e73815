#include "rating/rate.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace lianxin::rating {
namespace {

Rate share(std::int64_t numerator, std::int64_t denominator) {
    return {"r", numerator, denominator, {}, {}, true};
}

TEST(Percentages, AreRoundedOnceHalfAwayFromZero) {
    EXPECT_EQ(percent_text(33, 35), "94.3");  // the published settlement rate
    EXPECT_EQ(percent_text(1, 2000), "0.1");  // 0.05 % exactly
    EXPECT_EQ(percent_text(-1, 2000), "-0.1");
    EXPECT_EQ(percent_text(1, 2001), "0.0");
    EXPECT_EQ(percent_text(1, 3), "33.3");
    EXPECT_EQ(percent_text(2, 3), "66.7");
    EXPECT_EQ(percent_text(0, 5), "0.0");
    EXPECT_EQ(percent_text(5, 5), "100.0");
    EXPECT_FALSE(percent_text(0, 0));
}

TEST(Percentages, AreNeverFurtherOffThanHalfATenth) {
    for (std::int64_t denominator = 1; denominator <= 300; ++denominator) {
        for (std::int64_t numerator = 0; numerator <= denominator; ++numerator) {
            const std::int64_t tenths = per_mille(numerator, denominator).value();
            ASSERT_LE(std::abs(2 * (tenths * denominator - 1000 * numerator)), denominator);
            if (2 * (1000 * numerator % denominator) == denominator) {  // exactly half: upwards
                ASSERT_EQ(tenths, 1000 * numerator / denominator + 1);
            }
        }
    }
}

TEST(WilsonInterval, HasTheTextbooksFigures) {
    const Interval of_81_in_263 = wilson(81, 263).value();  // Newcombe 1998, table I
    EXPECT_NEAR(of_81_in_263.low, 0.2553, 5e-5);
    EXPECT_NEAR(of_81_in_263.high, 0.3662, 5e-5);
    const Interval of_0_in_20 = wilson(0, 20).value();
    EXPECT_NEAR(of_0_in_20.low, 0.0, 1e-12);
    EXPECT_NEAR(of_0_in_20.high, 0.1611, 5e-5);
    const Interval of_1_in_29 = wilson(1, 29).value();
    EXPECT_NEAR(of_1_in_29.low, 0.0061, 5e-5);
    EXPECT_NEAR(of_1_in_29.high, 0.1718, 5e-5);
    EXPECT_FALSE(wilson(0, 0));
}

TEST(WilsonInterval, HoldsItsShareAndNarrowsWithTheSample) {
    for (std::int64_t n = 1; n <= 200; ++n) {
        for (std::int64_t k = 0; k <= n; ++k) {
            const Interval interval = wilson(k, n).value();
            const double at = static_cast<double>(k) / static_cast<double>(n);
            ASSERT_LE(interval.low, at + 1e-12);
            ASSERT_GE(interval.high, at - 1e-12);
            ASSERT_GE(interval.low, 0.0);
            ASSERT_LE(interval.high, 1.0);
            const Interval larger = wilson(10 * k, 10 * n).value();
            ASSERT_LT(larger.high - larger.low, interval.high - interval.low);
        }
    }
}

TEST(Rankings, DoNotLetThreeOfThreeLeadNinetyFiveOfAHundred) {
    EXPECT_TRUE(ranks_before(share(95, 100), share(3, 3)));
    EXPECT_FALSE(ranks_before(share(3, 3), share(95, 100)));
    EXPECT_TRUE(ranks_before(share(1, 10), share(0, 0)));
    EXPECT_TRUE(ranks_before(share(0, 20), share(0, 10)));
}

TEST(SmallSamples, AreMarkedBelowTheMinimumAlone) {
    EXPECT_TRUE(is_small_sample(share(9, 9), 10));
    EXPECT_FALSE(is_small_sample(share(0, 10), 10));
}

}  // namespace
}  // namespace lianxin::rating
