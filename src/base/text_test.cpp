#include "base/text.hpp"

#include <gtest/gtest.h>

namespace lianxin {
namespace {

TEST(Utf8, AcceptsWhatRfc3629DoesAndNothingElse) {
    for (const char* good : {"", "a", "é", "連心", "😀", "\xF4\x8F\xBF\xBF", "\xED\x9F\xBF", "\xEE\x80\x80"}) {
        EXPECT_TRUE(is_valid_utf8(good)) << good;
    }
    for (const char* bad :
         {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
          "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE9\x80", "\xC3", "a\xFF"}) {
        EXPECT_FALSE(is_valid_utf8(bad));
    }
}

TEST(Utf8, CountsAndCutsByCodePoint) {
    EXPECT_EQ(code_points("連心 a"), 4U);
    EXPECT_EQ(first_code_points("連心a", 2), "連心");
    EXPECT_EQ(first_code_points("連心", 9), "連心");
    EXPECT_EQ(first_code_points("連心", 0), "");
}

TEST(WhiteSpace, IsTrimmedAndCollapsedAlsoWhenWide) {
    EXPECT_EQ(trim(" \t　連 心　\n"), "連 心");
    EXPECT_EQ(trim("　 "), "");
    EXPECT_EQ(collapse("　a \n\n b　"), "a b");
}

TEST(ControlCharacters, AreFoundAndLineEndsOnlyWhereTheyDisturb) {
    EXPECT_FALSE(has_control_characters("連心 😀"));
    EXPECT_TRUE(has_control_characters("a\nb"));
    EXPECT_FALSE(has_control_characters_but_line_ends("a\r\n\tb"));
    EXPECT_TRUE(has_control_characters_but_line_ends(std::string_view("a\0b", 3)));
    EXPECT_TRUE(has_control_characters("a\xC2\x85"));
    EXPECT_TRUE(
        has_control_characters_but_line_ends("abc\xE2\x80\xAE"
                                             "fdp"));
}

TEST(Folding, MakesFullWidthAndCaseAndSpacesAlike) {
    EXPECT_EQ(fold("　ＡＢｃ　１２ "), "abc 12");
}

TEST(Masks, ShowNoMoreThanIsNeededToRecogniseIt) {
    EXPECT_EQ(mask_phone("13812341234"), "138****1234");
    EXPECT_EQ(mask_phone("+86 138-1234-1234"), "138****1234");
    EXPECT_EQ(mask_phone("87654321"), "******21");
    EXPECT_EQ(mask_phone("110"), "***");
    EXPECT_EQ(mask_email("somebody@example.org"), "s***@example.org");
    EXPECT_EQ(mask_email("nonsense"), "***");
    EXPECT_EQ(normalised_phone("（0878）６２２－１２３４"), "08786221234");
    EXPECT_EQ(normalised_phone("+86 138 1234 1234"), "13812341234");
}

}  // namespace
}  // namespace lianxin
