// What can wait in a flood, and how long.
#include "main/rounds.hpp"

#include <gtest/gtest.h>

namespace lianxin {
namespace {

TEST(Flood, IsMoreThanSoManySinceItWasAskedBefore) {
    Flood flood(300, 60);
    EXPECT_FALSE(flood.goes_on(1'000'000));  // what was there when it began
    EXPECT_FALSE(flood.goes_on(1'000'300));
    EXPECT_TRUE(flood.goes_on(1'000'601));
    EXPECT_TRUE(flood.goes_on(1'005'000));
    EXPECT_FALSE(flood.goes_on(1'005'000));
}

TEST(Flood, IsWaitedForSoOftenAndThenLetThroughOnce) {
    Flood flood(10, 3);
    std::int64_t so_far = 0;
    const auto next = [&] { return flood.goes_on(so_far += 100); };
    EXPECT_FALSE(next());
    for (int again = 0; again < 2; ++again) {
        EXPECT_TRUE(next());
        EXPECT_TRUE(next());
        EXPECT_TRUE(next());
        EXPECT_FALSE(next());
    }
}

}  // namespace
}  // namespace lianxin
