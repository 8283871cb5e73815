#include "pack/reader.hpp"

#include <gtest/gtest.h>

namespace lianxin::pack {
namespace {

struct Sheet {
    explicit Sheet(std::string_view text) : table(parse_toml(text, "town/posts.toml", findings)) {}
    Findings findings;
    Table table;
    [[nodiscard]] Reader reader() { return {table, "", findings}; }
    [[nodiscard]] const Finding& only() const {
        EXPECT_EQ(findings.all().size(), 1U) << findings.text();
        return findings.all().at(0);
    }
};

TEST(Reader, ReportsASyntaxErrorWithLineAndColumn) {
    Sheet sheet("a = 1\nb = = 2\n");
    EXPECT_EQ(sheet.only().code, "toml_syntax");
    EXPECT_EQ(sheet.only().line, 2U);
    EXPECT_GE(sheet.only().column, 4U);
}

TEST(Reader, ReportsAKeyNobodyAskedForAndGuessesWhatWasMeant) {
    Sheet sheet("[kinds.head]\ntitel = \"x\"\n");
    {
        auto root = sheet.reader();
        for (auto& kind : root.tables("kinds")) (void)kind.text_if("title");
    }
    EXPECT_EQ(sheet.only().text(),
              "town/posts.toml:2:1: error unknown_key: `titel` means nothing in `kinds.head`\n    did you "
              "mean `title`?");
}

TEST(Reader, ReportsMissingAndWrongKindsAndGoesOn) {
    Sheet sheet("seats = \"three\"\nname = 4\nlist = [\"a\", 2]\n");
    {
        auto root = sheet.reader();
        EXPECT_EQ(root.integer("seats", 1, 9), 1);
        EXPECT_EQ(root.text("name"), "");
        EXPECT_EQ(root.text("title"), "");
        EXPECT_EQ(root.texts("list"), std::vector<std::string>{"a"});
    }
    EXPECT_EQ(sheet.findings.all().size(), 4U) << sheet.findings.text();
    EXPECT_TRUE(sheet.findings.has("missing_key"));
    EXPECT_TRUE(sheet.findings.has("wrong_kind"));
}

TEST(Reader, KeepsWholeNumbersWithinBounds) {
    Sheet sheet("seats = 10\n");
    EXPECT_EQ(sheet.reader().integer("seats", 1, 9), 1);
    EXPECT_EQ(sheet.only().code, "out_of_range");
    EXPECT_EQ(sheet.only().remedy, "write a whole number from 1 to 9");
}

TEST(Reader, ChoosesFromAClosedListAndNamesTheNearest) {
    enum class Shade { dark, light };
    Sheet sheet("shade = \"lihgt\"\nother = \"dark\"\n");
    auto root = sheet.reader();
    EXPECT_EQ(root.choice<Shade>("other", {{"dark", Shade::dark}, {"light", Shade::light}}), Shade::dark);
    EXPECT_EQ(root.choice<Shade>("absent", {{"dark", Shade::dark}, {"light", Shade::light}}, Shade::light),
              Shade::light);
    EXPECT_EQ(root.choice<Shade>("shade", {{"dark", Shade::dark}, {"light", Shade::light}}), Shade::dark);
    EXPECT_EQ(sheet.only().remedy, "did you mean `light`?");
}

TEST(Reader, KeepsTheOrderOfTheAuthorNotOfTheAlphabet) {
    Sheet sheet("[kinds.zeta]\n[kinds.alpha]\n[kinds.mid]\n");
    auto root = sheet.reader();
    std::vector<std::string> names;
    for (auto& kind : root.tables("kinds")) names.push_back(kind.name());
    EXPECT_EQ(names, (std::vector<std::string>{"zeta", "alpha", "mid"}));
}

TEST(Reader, TheTablesOfATableAreThoseNotYetAskedFor) {
    Sheet sheet("name = \"x\"\nodd = 1\n[also]\n[child]\n");
    {
        auto root = sheet.reader();
        EXPECT_EQ(root.text("name"), "x");
        (void)root.table_if("also");
        const auto tables = root.tables();
        ASSERT_EQ(tables.size(), 1U);
        EXPECT_EQ(tables[0].name(), "child");
    }
    EXPECT_EQ(sheet.only().code, "unknown_key");
    EXPECT_EQ(sheet.only().line, 2U);
}

TEST(Reader, AMissingTableIsReportedOnceAndItsContentsNotAtAll) {
    Sheet sheet("x = 1\n");
    {
        auto root = sheet.reader();
        (void)root.integer("x");
        auto inner = root.table("inner");
        EXPECT_EQ(inner.text("a"), "");
        EXPECT_EQ(inner.integer("b"), 0);
    }
    EXPECT_EQ(sheet.only().code, "missing_key");
}

TEST(Reader, ReadsDatesBothWays) {
    Sheet sheet("a = 2024-02-29\nb = \"2024-02-29\"\nc = \"2023-02-29\"\n");
    auto root = sheet.reader();
    EXPECT_EQ(root.day("a").text(), "2024-02-29");
    EXPECT_EQ(root.day("b"), root.day("a"));
    EXPECT_EQ(root.day("c"), Day{});
    EXPECT_EQ(sheet.only().line, 3U);
}

TEST(Reader, AKeyWithADotInItIsStillOneName) {
    Sheet sheet("[rungs.\"a.b\"]\nx = 1\n");
    auto root = sheet.reader();
    auto rungs = root.tables("rungs");
    ASSERT_EQ(rungs.size(), 1U);
    EXPECT_EQ(rungs[0].name(), "a.b");
    EXPECT_EQ(rungs[0].integer("x"), 1);
}

TEST(Findings, AreSortedByPlaceAndEachIsSaidOnce) {
    const auto file = std::make_shared<const std::string>("a.toml");
    Findings findings;
    findings.error({file, 9, 1}, "x", "later", "");
    findings.warning({file, 2, 1}, "y", "earlier", "");
    findings.error({file, 9, 1}, "x", "later", "");
    ASSERT_EQ(findings.sorted().all().size(), 2U);
    EXPECT_EQ(findings.sorted().all()[0].message, "earlier");
    EXPECT_TRUE(findings.has_errors());
}

TEST(Nearest, SaysNothingWhenNothingIsNear) {
    EXPECT_EQ(nearest("titel", {"title", "name"}), "title");
    EXPECT_EQ(nearest("colour", {"title", "name"}), "");
}

}  // namespace
}  // namespace lianxin::pack
