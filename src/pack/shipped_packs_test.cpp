// The packs that ship with the product are read by this floor without a single finding.
#include <gtest/gtest.h>

#include <algorithm>

#include "pack/law.hpp"
#include "pack/rules.hpp"

namespace lianxin::pack {
namespace {

class ShippedPack : public testing::TestWithParam<const char*> {};

TEST_P(ShippedPack, ReadsWithoutAFinding) {
    Findings findings;
    const auto pack = load_pack(std::string("packs/") + GetParam(), findings);
    ASSERT_TRUE(pack) << findings.text();
    const auto words = Words::read(*pack, findings);
    const auto deadlines = DeadlineTable::read(*pack, findings);
    EXPECT_FALSE(read_law(*pack, findings).empty());
    EXPECT_FALSE(read_services(*pack, words, findings).empty());
    EXPECT_FALSE(read_metrics(*pack, words, findings).metrics.empty());
    EXPECT_EQ(findings.sorted().text(), "");
    EXPECT_EQ(words.languages().size(), 3U);
}

TEST_P(ShippedPack, PromisesServicesOfItsOwn) {
    Findings findings;
    const auto pack = load_pack(std::string("packs/") + GetParam(), findings);
    ASSERT_TRUE(pack) << findings.text();
    const auto services = read_services(*pack, Words::read(*pack, findings), findings);
    EXPECT_TRUE(std::any_of(services.begin(), services.end(), [&](const ServiceItem& service) {
        return service.at.file_name() == std::string(GetParam()) + "/services.toml";
    }));
}

TEST_P(ShippedPack, KeepsTheDeadlinesOfTheField) {
    Findings findings;
    const auto pack = load_pack(std::string("packs/") + GetParam(), findings);
    ASSERT_TRUE(pack) << findings.text();
    const auto table = DeadlineTable::read(*pack, findings);
    const auto text = [&](const char* clock, const char* subkind, const char* urgency) {
        const auto* cell = table.find(clock, subkind, urgency);
        return cell == nullptr ? std::string("none") : cell->period.text();
    };
    EXPECT_EQ(text("finish", "report", ""), "10wd");
    EXPECT_EQ(text("finish", "help", "ordinary"), "5wd");
    EXPECT_EQ(text("finish", "question", "ordinary"), "1wd");
    EXPECT_EQ(text("finish", "report", "utilities"), "24h");
    EXPECT_EQ(text("contact", "help", "life_danger"), "0min");
    EXPECT_EQ(text("finish", "help", "life_danger"), "2h");
    EXPECT_EQ(text("finish", "report", "complex"), "15d");
    EXPECT_EQ(text("finish", "something_else", "ordinary"), "10wd");
    EXPECT_EQ(text("unheard_of", "report", "ordinary"), "none");
}

// Kinds stand as headings, states within sentences and on tags.
TEST_P(ShippedPack, CallsKindsInSentenceCaseAndStatesInLowerCase) {
    Findings findings;
    const auto pack = load_pack(std::string("packs/") + GetParam(), findings);
    ASSERT_TRUE(pack) << findings.text();
    const auto is_capital = [](const std::string& text) {
        return text.front() >= 'A' && text.front() <= 'Z';
    };
    const auto is_small = [](const std::string& text) { return text.front() >= 'a' && text.front() <= 'z'; };
    for (const auto& [key, text] : Words::read(*pack, findings).all("en")) {
        const bool of_workflow = key.starts_with("workflow.");
        const auto is = [&](const std::string& what) {
            return key.starts_with(what + ".") || (of_workflow && key.find("." + what + ".") != key.npos);
        };
        const bool heads = is("subkind") || is("channel") || (of_workflow && key.ends_with(".title"));
        EXPECT_FALSE(heads && is_small(text)) << key << " = " << text;
        EXPECT_FALSE(is("state") && is_capital(text)) << key << " = " << text;
    }
}

INSTANTIATE_TEST_SUITE_P(Packs, ShippedPack,
                         testing::Values("common", "dayao", "zhenzi", "guqianpu", "xiangyun", "huairou",
                                         "dongma", "city2009", "huaiyin", "tongzhou", "xiazhuang"));

}  // namespace
}  // namespace lianxin::pack
