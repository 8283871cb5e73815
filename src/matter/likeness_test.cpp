#include "matter/likeness.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"

namespace lianxin::matter {
namespace {

constexpr std::int64_t day = 86400LL * 1'000'000;

class LikenessOfMatters : public testing::Test {
 protected:
    LikenessOfMatters() {
        for (const char* text : {"枫林组路灯不亮", "枫林组路灯坏了三个月", "南阳村道路破损", "麻将馆噪音扰民",
                                 "夜宵摊油烟扰民", "水费算错了", "路灯太暗", "请问社保怎么办"})
            frequencies_.count(likeness_tokens(fold(text)));
    }
    TokenWeights weighed(std::string_view subject, std::string_view text = {}) const {
        return weigh(fold(subject), fold(text), frequencies_);
    }
    TokenFrequencies frequencies_;
    std::vector<PlaceId> maple_{PlaceId(1), PlaceId(2), PlaceId(3)};
    std::vector<PlaceId> village_{PlaceId(1), PlaceId(2)};
    std::vector<PlaceId> elsewhere_{PlaceId(1), PlaceId(8), PlaceId(9)};
};

TEST_F(LikenessOfMatters, TheSameWordsAtTheSamePlaceOnTheSameDayAreOne) {
    const auto a = weighed("枫林组路灯不亮", "从上周开始，晚上一片漆黑。");
    EXPECT_NEAR(likeness(a, maple_, {0}, a, maple_, {0}).score(), 1, 1e-5);
}

TEST_F(LikenessOfMatters, NoCommonWordNoLikeness) {
    EXPECT_EQ(shared_words(weighed("枫林组路灯不亮"), weighed("社保怎么办")), 0);
    EXPECT_EQ(shared_words({}, weighed("路灯")), 0);
}

TEST_F(LikenessOfMatters, RareWordsCountMoreThanCommonOnes) {
    const auto asked = weighed("枫林组麻将馆扰民");
    EXPECT_GT(shared_words(asked, weighed("麻将馆太吵")), shared_words(asked, weighed("施工扰民")));
}

TEST_F(LikenessOfMatters, ItIsTheSameFromBothSides) {
    const auto a = weighed("枫林组路灯不亮", "三个月了"), b = weighed("路灯坏了", "枫林组 三个月");
    EXPECT_FLOAT_EQ(likeness(a, maple_, {0}, b, village_, {day}).score(),
                    likeness(b, village_, {day}, a, maple_, {0}).score());
}

TEST_F(LikenessOfMatters, FartherPlacesAndLongerTimesMakeItLess) {
    const auto a = weighed("路灯不亮");
    const float here = likeness(a, maple_, {0}, a, maple_, {0}).score();
    EXPECT_FLOAT_EQ(likeness(a, maple_, {0}, a, village_, {0}).score(), here);  // one lies within the other
    EXPECT_LT(likeness(a, maple_, {0}, a, elsewhere_, {0}).score(), here);
    EXPECT_LT(likeness(a, maple_, {0}, a, maple_, {300 * day}).score(), here);
    EXPECT_GT(likeness(a, maple_, {0}, a, maple_, {30 * day}).score(),
              likeness(a, maple_, {0}, a, maple_, {300 * day}).score());
}

// Half the words are enough for a proposal today; a year on it takes more.
TEST_F(LikenessOfMatters, WhatIsLongAgoMustBeMoreAlikeToBeShown) {
    const auto a = weighed("枫林组路灯不亮"), b = weighed("枫林组的路灯和道路");
    EXPECT_GE(likeness(a, maple_, {0}, b, maple_, {0}).score(), worth_showing);
    EXPECT_LT(likeness(a, maple_, {0}, b, maple_, {365 * day}).score(), worth_showing);
    EXPECT_GE(likeness(a, maple_, {0}, a, maple_, {365 * day}).score(), worth_showing)
        << "old troubles come back";
}

TEST_F(LikenessOfMatters, FrequenciesComeBackAsTheyWereStored) {
    const auto read = TokenFrequencies::unpack(frequencies_.packed());
    EXPECT_EQ(read.matters(), frequencies_.matters());
    for (const auto token : likeness_tokens(fold("枫林组路灯不亮，油烟扰民")))
        EXPECT_FLOAT_EQ(read.rarity(token), frequencies_.rarity(token));
    EXPECT_EQ(TokenFrequencies::unpack("too short").matters(), 0);
}

TEST_F(LikenessOfMatters, WhatIsTakenOutNoLongerCounts) {
    TokenFrequencies counted;
    const auto tokens = likeness_tokens(fold("路灯不亮"));
    counted.count(tokens);
    counted.count(tokens, -1);
    EXPECT_EQ(counted.packed(), TokenFrequencies().packed());
}

}  // namespace
}  // namespace lianxin::matter
