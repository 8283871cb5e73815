// When so much comes in that what can wait should.
#include "main/rounds.hpp"

#include <gtest/gtest.h>

namespace lianxin {
namespace {

TEST(Flood, IsMoreThanSoManySinceItWasAskedBefore) {
    Flood flood(300);
    EXPECT_FALSE(flood.goes_on(1'000'000));  // what was there when it began
    EXPECT_FALSE(flood.goes_on(1'000'300));
    EXPECT_TRUE(flood.goes_on(1'000'601));
    EXPECT_TRUE(flood.goes_on(1'005'000));
    EXPECT_FALSE(flood.goes_on(1'005'000));
}

}  // namespace
}  // namespace lianxin
