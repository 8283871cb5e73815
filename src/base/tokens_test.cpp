#include "base/tokens.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"

namespace lianxin {
namespace {

std::vector<std::string> tokens_of(std::string_view text) {
    std::vector<std::string> tokens;
    const std::string folded = fold(text);
    each_token(folded, [&](const Token& token) {
        tokens.emplace_back(token.text);
        return true;
    });
    return tokens;
}
using Strings = std::vector<std::string>;

TEST(Tokens, EveryTwoNeighboursAreOneAndTheLastStandsAlone) {
    EXPECT_EQ(tokens_of("路灯坏了"), (Strings{"路灯", "灯坏", "坏了", "了"}));
    EXPECT_EQ(tokens_of("灯"), Strings{"灯"});
    EXPECT_EQ(tokens_of("路灯，坏了"), (Strings{"路灯", "灯", "坏了", "了"}));
}

TEST(Tokens, LettersAndDigitsAreWholeWordsWhateverTheirWidthAndCase) {
    EXPECT_EQ(tokens_of("Ａ3区 12号楼K9"), (Strings{"a3", "区", "12", "号楼", "楼", "k9"}));
    EXPECT_EQ(tokens_of("naïve Éclair"), (Strings{"naïve", "Éclair"}));
}

TEST(Tokens, RareCharactersOfFourBytesPairLikeOthers) {
    EXPECT_EQ(tokens_of("𠮷野"), (Strings{"𠮷野", "野"}));
}

TEST(Tokens, NothingIsReadBehindADamagedEnd) {
    EXPECT_EQ(tokens_of(""), Strings{});
    EXPECT_EQ(tokens_of("。，！"), Strings{});
    const std::string cut = std::string("路灯").substr(0, 5);
    std::vector<std::string> tokens;
    each_token(cut, [&](const Token& token) {
        tokens.emplace_back(token.text);
        return true;
    });
    EXPECT_EQ(tokens, Strings{"路"});
}

TEST(Tokens, TheSinkMayStopThem) {
    int seen = 0;
    each_token("路灯坏了 很久", [&](const Token&) { return ++seen < 2; });
    EXPECT_EQ(seen, 2);
}

TEST(Tokens, AWordAskedForIsItsPairsASingleCharacterTheBeginningOfOne) {
    EXPECT_EQ(asked_tokens("路灯坏"), (std::vector<AskedToken>{{"路灯", false}, {"灯坏", false}}));
    EXPECT_EQ(asked_tokens("灯"), (std::vector<AskedToken>{{"灯", true}}));
    EXPECT_EQ(asked_tokens("a3区"), (std::vector<AskedToken>{{"a3", true}, {"区", true}}));
    EXPECT_EQ(asked_tokens("灯 灯"), (std::vector<AskedToken>{{"灯", true}}));
}

// Whatever is a part of a text, its asked tokens are among the text's tokens or begin one.
TEST(Tokens, APartOfATextIsFoundByItsTokens) {
    const std::string text = "大瑶镇南阳村枫林组12号门前的路灯不亮";
    const auto all = tokens_of(text);
    for (const std::string part : {"南阳村", "枫林组12", "路灯不亮", "门", "号门前"}) {
        for (const AskedToken& asked : asked_tokens(part)) {
            EXPECT_TRUE(std::any_of(all.begin(), all.end(),
                                    [&](const std::string& token) {
                                        return asked.beginning ? token.starts_with(asked.text)
                                                               : token == asked.text;
                                    }))
                << part << " / " << asked.text;
        }
    }
}

// Stored counts name tokens by these numbers: they may never change.
TEST(Tokens, BucketsAreTheSameForEver) {
    EXPECT_EQ(token_bucket("路灯", 20), token_bucket("路灯", 20));
    EXPECT_LT(token_bucket("路灯", 4), 16U);
    EXPECT_NE(token_bucket("路灯", 20), token_bucket("灯路", 20));
}

}  // namespace
}  // namespace lianxin
