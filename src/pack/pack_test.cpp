#include "pack/pack.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace lianxin::pack {
namespace {

File manifest(const std::string& pack, const std::string& rest = "") {
    return {pack, "pack.toml", "name = \"" + pack + "\"\nlanguages = [\"en\"]\n" + rest};
}

std::string text_at(const Pack& pack, std::string_view path, std::string_view table, std::string_view key) {
    Findings findings;
    auto reader = pack.reader(path, findings);
    reader.leave_rest();
    auto inner = reader.table(table);
    inner.leave_rest();
    return inner.text(key);
}

TEST(Pack, InheritsKeyByKeyAndRemovesOnlyWhatItSays) {
    Findings findings;
    const auto pack = Pack::from_files(
        "town",
        {manifest("shared"),
         {"shared", "posts.toml", "[kinds.head]\ntitle = \"a\"\nseats = 1\n[kinds.clerk]\ntitle = \"b\"\n"},
         manifest("town", "extends = \"shared\"\n"),
         {"town", "posts.toml",
          "[kinds]\nremove = [\"clerk\"]\n[kinds.head]\ntitle = \"c\"\n[kinds.guard]\ntitle = \"d\"\n"}},
        findings);
    ASSERT_TRUE(pack);
    EXPECT_EQ(findings.text(), "");
    auto reader = pack->reader("posts.toml", findings);
    auto kinds = reader.tables("kinds");
    ASSERT_EQ(kinds.size(), 2U);
    EXPECT_EQ(kinds[0].name(), "head");
    EXPECT_EQ(kinds[0].text("title"), "c");
    EXPECT_EQ(kinds[0].integer("seats"), 1);
    EXPECT_EQ(kinds[0].at("seats").file_name(), "shared/posts.toml");
    EXPECT_EQ(kinds[0].at("title").file_name(), "town/posts.toml");
    EXPECT_EQ(kinds[0].at("title").line, 4U);
    EXPECT_EQ(kinds[1].name(), "guard");
    EXPECT_EQ(kinds[1].text("title"), "d");
}

TEST(Pack, RemovingWhatIsNotInheritedIsAFindingThatGuessesTheName) {
    Findings findings;
    const auto pack = Pack::from_files("town",
                                       {manifest("shared"),
                                        {"shared", "a.toml", "[kinds.clerk]\nseats = 1\n"},
                                        manifest("town", "extends = \"shared\"\n"),
                                        {"town", "a.toml", "[kinds]\nremove = [\"clerc\"]\n"}},
                                       findings);
    ASSERT_EQ(findings.all().size(), 1U);
    EXPECT_EQ(findings.all()[0].code, "removed_key_is_not_inherited");
    EXPECT_EQ(findings.all()[0].file, "town/a.toml");
    EXPECT_EQ(findings.all()[0].line, 2U);
    EXPECT_EQ(findings.all()[0].remedy, "did you mean `clerk`?");
}

TEST(Pack, ADocumentMayExtendAnotherOfTheSameFolder) {
    Findings findings;
    const auto pack = Pack::from_files(
        "town",
        {manifest("shared"),
         {"shared", "workflows/ask.toml", "[states.open]\nowner = \"desk\"\n"},
         manifest("town", "extends = \"shared\"\n"),
         {"town", "workflows/errand.toml", "extends = \"shared/ask\"\n[states.done]\nowner = \"none\"\n"}},
        findings);
    ASSERT_TRUE(pack);
    EXPECT_EQ(findings.text(), "");
    EXPECT_EQ(pack->documents_in("workflows"),
              (std::vector<std::string>{"workflows/ask.toml", "workflows/errand.toml"}));
    EXPECT_EQ(text_at(*pack, "workflows/errand.toml", "states", "x"), "");
    auto reader = pack->reader("workflows/errand.toml", findings);
    EXPECT_EQ(reader.keys(), (std::vector<std::string>{"states"}));
    auto states = reader.tables("states");
    ASSERT_EQ(states.size(), 2U);
    EXPECT_EQ(states[0].text("owner"), "desk");
    EXPECT_EQ(states[1].text("owner"), "none");
}

TEST(Pack, ADocumentThatExtendsNothingStandsInItsOwnFile) {
    Findings findings;
    const auto pack =
        Pack::from_files("town", {manifest("town"), {"town", "workflows/ask.toml", "x = 1\n"}}, findings);
    ASSERT_TRUE(pack);
    EXPECT_EQ(pack->document("workflows/ask.toml")->at.file_name(), "town/workflows/ask.toml");
}

TEST(Pack, LeavesOutTheInheritedFilesItNames) {
    Findings findings;
    const std::vector<File> files = {
        manifest("shared"),
        {"shared", "workflows/a.toml", "x = 1\n"},
        {"shared", "workflows/b.toml", "x = 1\n"},
        manifest("town", "extends = \"shared\"\nwithout = [\"workflows/a.toml\"]\n")};
    const auto pack = Pack::from_files("town", files, findings);
    EXPECT_EQ(pack->documents_in("workflows"), (std::vector<std::string>{"workflows/b.toml"}));
    EXPECT_FALSE(findings.has_errors());
}

TEST(Pack, ExtendingInACircleIsAFindingAndNotAnEndlessLoop) {
    Findings findings;
    (void)Pack::from_files("a", {manifest("a", "extends = \"b\"\n"), manifest("b", "extends = \"a\"\n")},
                           findings);
    EXPECT_TRUE(findings.has("packs_extend_in_a_circle"));
    Findings document;
    (void)Pack::from_files(
        "a",
        {manifest("a"), {"a", "w/x.toml", "extends = \"a/y\"\n"}, {"a", "w/y.toml", "extends = \"a/x\"\n"}},
        document);
    EXPECT_TRUE(document.has("extended_document_is_absent"));
}

TEST(Pack, HasTheSameDigestForTheSameFilesInAnyOrderAndAnotherForAnyOtherByte) {
    Findings findings;
    const File one{"a", "x.toml", "k = 1\n"};
    const File two{"a", "y.toml", "k = 2\n"};
    const auto first = Pack::from_files("a", {manifest("a"), one, two}, findings);
    const auto turned = Pack::from_files("a", {two, one, manifest("a")}, findings);
    const auto other = Pack::from_files("a", {manifest("a"), one, {"a", "y.toml", "k = 3\n"}}, findings);
    EXPECT_EQ(first->digest(), turned->digest());
    EXPECT_NE(first->digest(), other->digest());
}

TEST(Pack, OnDiskIsTheSameAsFromItsFilesAndDemoTextsDefineNothing) {
    namespace fs = std::filesystem;
    const auto root = fs::temp_directory_path() / ("lianxin-pack-" + std::to_string(::getpid()));
    fs::remove_all(root);
    fs::create_directories(root / "town" / "demo");
    std::ofstream(root / "town" / "pack.toml") << manifest("town").content;
    std::ofstream(root / "town" / "places.toml") << "root = \"x\"\n";
    std::ofstream(root / "town" / "demo" / "texts.toml") << "root = \"x\"\n";
    Findings findings;
    const auto loaded = load_pack(root / "town" / "", findings);
    const auto given =
        Pack::from_files("town", {manifest("town"), {"town", "places.toml", "root = \"x\"\n"}}, findings);
    fs::remove_all(root);
    ASSERT_TRUE(loaded && given);
    EXPECT_EQ(findings.text(), "");
    EXPECT_EQ(loaded->digest(), given->digest());
    EXPECT_EQ(loaded->document("demo/texts.toml"), nullptr);
}

TEST(Pack, AbsentFolderAndAbsentBaseAreFindings) {
    Findings findings;
    EXPECT_FALSE(load_pack("/nowhere/at/all", findings));
    EXPECT_TRUE(findings.has("pack_is_absent"));
    Findings base;
    EXPECT_TRUE(Pack::from_files("town", {manifest("town", "extends = \"gone\"\n")}, base));
    EXPECT_TRUE(base.has("pack_is_absent"));
}

TEST(Pack, TheManifestIsJudgedToo) {
    Findings findings;
    (void)Pack::from_files(
        "town", {{"town", "pack.toml", "name = \"city\"\nzone = \"Shanghai\"\nlangages = [\"en\"]\n"}},
        findings);
    EXPECT_TRUE(findings.has("name_is_not_the_folder"));
    EXPECT_TRUE(findings.has("zone_is_not_an_offset"));
    ASSERT_TRUE(findings.has("unknown_key"));
    for (const auto& finding : findings.all())
        EXPECT_TRUE(finding.code != "unknown_key" || finding.remedy == "did you mean `languages`?")
            << finding.text();
}

}  // namespace
}  // namespace lianxin::pack
