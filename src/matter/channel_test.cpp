#include "matter/channel.hpp"

#include <gtest/gtest.h>

namespace lianxin::matter {
namespace {

TEST(Channel, EveryWayToADeskIsForStaffToSay) {
    for (const std::string_view channel : channels_for_others()) EXPECT_TRUE(is_said_by_staff(channel));
    EXPECT_TRUE(is_said_by_staff("office"));
}

TEST(Channel, OfAnotherSystemIsNobodysToSay) {
    for (const std::string_view channel : {"import", "engine", "open311", "", "by pigeon"})
        EXPECT_FALSE(is_said_by_staff(channel)) << channel;
}

TEST(Channel, NobodyComesToADeskByThePortal) {
    for (const std::string_view channel : channels_for_others()) EXPECT_NE(channel, "portal");
}

}  // namespace
}  // namespace lianxin::matter
