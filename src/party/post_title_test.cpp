#include "party/post_title.hpp"

#include <gtest/gtest.h>

namespace lianxin::party {
namespace {

TEST(PostTitle, NamesTheSeatAndThenThePost) {
    EXPECT_EQ(post_title("枫林组", "组长"), "枫林组组长") << "one character in common is no word";
    EXPECT_EQ(post_title("", "组长"), "组长");
    EXPECT_EQ(post_title("枫林组", ""), "枫林组");
}

TEST(PostTitle, SaysNoWordTwice) {
    EXPECT_EQ(post_title("枫屋村党支部", "支部、会议召集人"), "枫屋村党支部、会议召集人");
    EXPECT_EQ(post_title("镇直第1党支部", "党支部书记"), "镇直第1党支部书记");
}

TEST(PostTitle, KeepsLatinWordsApart) {
    EXPECT_EQ(post_title("枫林组", "head of the group"), "枫林组 head of the group");
    EXPECT_EQ(post_title("Maple", "head"), "Maple head");
}

}  // namespace
}  // namespace lianxin::party
