#include "pack/words.hpp"

#include <gtest/gtest.h>

namespace lianxin::pack {
namespace {

Pack speaking(const std::string& hans, const std::string& en, Findings& findings) {
    return *Pack::from_files("town",
                             {{"town", "pack.toml", "name = \"town\"\nlanguages = [\"zh-Hans\", \"en\"]\n"},
                              {"town", "words/zh-Hans.toml", hans},
                              {"town", "words/en.toml", en}},
                             findings);
}

TEST(Words, AreFoundByDottedKeyAndFallBackToTheDefaultLanguage) {
    Findings findings;
    const auto words = Words::read(
        speaking("[state]\nopen = \"办理中\"\nlate = \"逾期\"\n", "[state]\nopen = \"in hand\"\n", findings),
        findings);
    EXPECT_EQ(words.get("en", "state.open"), "in hand");
    EXPECT_EQ(words.get("en", "state.late"), "逾期");
    EXPECT_EQ(words.get("en", "state.none"), "state.none");
    EXPECT_EQ(words.get_first("en", {"workflow.x.state.open", "state.open"}), "in hand");
    ASSERT_EQ(findings.all().size(), 1U);
    EXPECT_EQ(findings.all()[0].code, "word_is_missing");
    EXPECT_EQ(findings.all()[0].file, "town/words/zh-Hans.toml");
    EXPECT_EQ(findings.all()[0].line, 3U);
}

TEST(Words, FillPlaceholdersAndLeaveUnknownOnesStanding) {
    EXPECT_EQ(fill_placeholders("{number}: {state}, {other}", {{"number", "24-1"}, {"state", "done"}}),
              "24-1: done, {other}");
    EXPECT_EQ(fill_placeholders("a { b", {}), "a { b");
    EXPECT_EQ(fill_placeholders("{a}", {{"a", "{b}"}, {"b", "no"}}), "{b}")
        << "a value is never read as a template";
}

TEST(Words, WhosePlaceholdersDisagreeAreAFinding) {
    Findings findings;
    (void)Words::read(speaking("told = \"{name}您好\"\n", "told = \"Dear {nmae}\"\n", findings), findings);
    ASSERT_EQ(findings.all().size(), 1U);
    EXPECT_EQ(findings.all()[0].code, "placeholders_disagree");
    EXPECT_EQ(findings.all()[0].file, "town/words/en.toml");
}

TEST(Words, AreExpectedInEveryLanguageWhereTheyAreNeeded) {
    Findings findings;
    const auto words = Words::read(speaking("a = \"甲\"\n", "a = \"A\"\n", findings), findings);
    words.expect("a", {}, findings);
    EXPECT_TRUE(findings.empty());
    words.expect("b", {}, findings);
    EXPECT_EQ(findings.all().size(), 2U);
}

TEST(Words, ChooseTheLanguageTheReaderPrefers) {
    Findings findings;
    const auto pack = Pack::from_files(
        "town", {{"town", "pack.toml", "name = \"town\"\nlanguages = [\"zh-Hans\", \"zh-Hant\", \"en\"]\n"}},
        findings);
    const auto words = Words::read(*pack, findings);
    EXPECT_EQ(words.choose("zh-TW,zh;q=0.9,en;q=0.8"), "zh-Hant");
    EXPECT_EQ(words.choose("zh-CN"), "zh-Hans");
    EXPECT_EQ(words.choose("zh-Hant-CN"), "zh-Hant");
    EXPECT_EQ(words.choose("fr, en-GB;q=0.5"), "en");
    EXPECT_EQ(words.choose("fr"), "zh-Hans");
    EXPECT_EQ(words.choose(""), "zh-Hans");
}

}  // namespace
}  // namespace lianxin::pack
