#include "main/check_pack.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "main/check_pack_departures.hpp"

namespace lianxin {
namespace {

namespace fs = std::filesystem;

class CheckPack : public testing::Test {
 protected:
    CheckPack() : root_(fs::temp_directory_path() / ("lianxin-check-" + std::to_string(::getpid()))) {
        fs::remove_all(root_);
        fs::create_directories(root_);
        fs::copy("packs", root_, fs::copy_options::recursive);
    }
    ~CheckPack() override { fs::remove_all(root_); }
    void append(const std::string& file, const std::string& text) {
        std::ofstream(root_ / file, std::ios::app) << text;
    }
    [[nodiscard]] pack::Findings check(const std::string& name) const { return check_pack(root_ / name); }
    fs::path root_;
};

TEST_F(CheckPack, FindsNothingInThePacksThatShip) {
    for (const auto& entry : fs::directory_iterator(root_))
        EXPECT_EQ(check_pack(entry.path()).text(), "") << entry.path();
}

// In one place, for whoever audits: what a county does otherwise, and why.
TEST_F(CheckPack, TellsWhereAPackThatShipsDepartsFromItsBase) {
    const auto departures = departures_of(root_ / "zhenzi");
    ASSERT_EQ(departures.size(), 1U);
    EXPECT_TRUE(departures.front().starts_with("workflows.request.actions.assign.who.owner: "));
    EXPECT_TRUE(departures_of(root_ / "dayao").empty());
}

TEST_F(CheckPack, SaysEverythingAtOnceWithFileAndLine) {
    append("common/services.toml",
           "\n[services.odd]\ncategory = \"water.supply.outrage\"\ndeadline = \"soon\"\nunti = \"x\"\n");
    append("common/categories.toml", "\n[categories.odd]\nname = \"x\"\nurgency = \"utilitys\"\n");
    const auto findings = check("common");
    EXPECT_TRUE(findings.has("category_unknown"));
    EXPECT_TRUE(findings.has("period_is_malformed"));
    EXPECT_TRUE(findings.has("unknown_key"));
    EXPECT_TRUE(findings.has("word_is_missing"));
    EXPECT_TRUE(findings.has("urgency_is_not_in_the_table"));
    for (const auto& finding : findings.all())
        if (finding.code == "category_unknown") {
            EXPECT_EQ(finding.file, "common/services.toml");
            EXPECT_GT(finding.line, 100U);
            EXPECT_EQ(finding.remedy, "did you mean `water.supply.outage`?");
        }
}

TEST_F(CheckPack, HoldsAScopeAgainstThePostsAndCategoriesThereAre) {
    append("common/scope.toml", "\n[headd]\nsolves = [\"water\"]\n[station]\nexcept = [\"watter.drain\"]\n");
    const auto findings = check("dayao");
    EXPECT_TRUE(findings.has("post_kind_unknown"));
    EXPECT_TRUE(findings.has("category_unknown"));
    for (const auto& finding : findings.all()) {
        if (finding.code == "post_kind_unknown") {
            EXPECT_EQ(finding.remedy, "did you mean `head`?");
        }
        EXPECT_EQ(finding.file, "common/scope.toml");
    }
}

TEST_F(CheckPack, HoldsComplaintsAgainstTheKindsOfMatterThereAre) {
    std::ofstream(root_ / "dayao/complaints.toml")
        << "kinds = [\"request/complaint\", \"request/complain\"]\n"
           "outside = [\"leader@county\", \"oversight@county\", \"desk@town\"]\n";
    const auto findings = check("dayao");
    ASSERT_EQ(findings.all().size(), 2U) << findings.text();
    EXPECT_EQ(findings.all()[0].code, "kind_unknown");
    EXPECT_EQ(findings.all()[0].remedy, "did you mean `request/complaint`?");
    EXPECT_EQ(findings.all()[1].code, "seat_unknown");
}

// The first word, what may be refused and a piece are due no later than what they come before.
TEST_F(CheckPack, HoldsTheRowsOfTheTableAgainstOneAnother) {
    append("common/deadlines.toml",
           "\n[complex.report]\ncontact = \"40d\"\n[utilities.report]\nrefuse_by = \"13h\"\n"
           "[life_danger.report]\npart = \"3h\"\n");
    const auto findings = check("dayao");
    ASSERT_EQ(findings.all().size(), 3U) << findings.text();
    for (const auto& finding : findings.all()) EXPECT_EQ(finding.code, "deadline_out_of_order");
}

TEST_F(CheckPack, SaysOfABrokenFileThatItIsBrokenAndNothingThatFollows) {
    append("dayao/places.toml", "\n[places.\n");
    append("common/posts.toml", "\nposts = = 1\n");
    const auto findings = check("dayao");
    ASSERT_EQ(findings.all().size(), 2U) << findings.text();
    EXPECT_EQ(findings.all()[0].file, "common/posts.toml");
    EXPECT_EQ(findings.all()[1].file, "dayao/places.toml");
    for (const auto& finding : findings.all()) EXPECT_EQ(finding.code, "toml_syntax");
}

}  // namespace
}  // namespace lianxin
