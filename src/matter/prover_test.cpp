// What ships is proved; what is broken is found, at its line, with its code.
#include "matter/prover.hpp"

#include <chrono>

#include "matter/broken_notices_test.hpp"
#include "matter/stage_test.hpp"

namespace lianxin::matter::testing {
namespace {

class Seats final : public OwnerResolver {
 public:
    std::size_t groups() const override { return 1; }
    std::vector<std::string> names_of(std::size_t) const override { return {"every place"}; }
    std::size_t places_in(std::size_t) const override { return 1; }
    bool known(const OwnerSelector& selector) const override {
        const auto text = selector_text(selector, "");
        return seated(text).has_value() || text == "representatives@village" ||
               selector.post_kind == "leader";
    }
    std::string hand(const OwnerSelector& selector, std::size_t) const override {
        return known(selector) ? selector_text(selector, "") : std::string();
    }
    bool has_level(std::string_view level) const override { return level != "moon"; }
    std::optional<std::size_t> depth(const OwnerSelector& selector, std::size_t) const override {
        return selector.level == "county" ? 0 : selector.level == "household" ? 5 : 3;
    }
    std::string top(std::size_t) const override { return "desk@county"; }
    bool led(const std::string&, std::size_t) const override { return true; }
    bool has_board(std::string_view level) const override { return level != "household"; }
};

std::optional<LawBound> law(std::string_view name) {
    using calendar::Period;
    using calendar::Unit;
    if (name == "selection_notice") return LawBound{Period{7, Unit::working_day}, {}};
    if (name == "reopening") return LawBound{Period{10, Unit::day}, {}};
    if (name == "extension") return LawBound{{}, Period{10, Unit::working_day}};
    if (name == "bad_rating_put_right") return LawBound{{}, Period{15, Unit::working_day}};
    if (name == "unit_refusal") return LawBound{{}, Period{2, Unit::working_day}};
    return {};
}

struct Found {
    std::vector<WorkflowFault> faults;
    pack::Findings findings;
};

Found check(const std::string& text, const std::string& name) {
    static const std::map<std::string, Workflow> others = {{"objection", shipped("objection")},
                                                           {"request", shipped("request")},
                                                           {"accountability", shipped("accountability")}};
    const Seats seats;
    ProofBasis basis;
    basis.today = Day::of(2024, 12, 1);
    basis.owners = &seats;
    basis.law = law;
    basis.bindings = {{"reopening", "sound", LawBinding::Of::clock, "last"},
                      {"extension", "sound", LawBinding::Of::extension, "step"},
                      {"selection_notice", "*", LawBinding::Of::notice, "wall"}};
    basis.workflow = [](std::string_view wanted) -> const Workflow* {
        const auto found = others.find(std::string(wanted));
        return found == others.end() ? nullptr : &found->second;
    };
    Found found;
    const auto document = pack::parse_toml(text, name + ".toml", found.findings);
    if (const auto workflow = read_workflow(document, name, found.findings))
        found.faults = prove(*workflow, basis);
    return found;
}

std::string all_of(const Found& found) {
    std::string text = found.findings.text();
    for (const auto& fault : found.faults)
        text += std::to_string(fault.at.line) + ": " + fault.code + ": " + fault.message + "\n";
    return text;
}

TEST(Prover, FindsNothingWrongWithWhatShips) {
    for (const auto* name : {"request", "selection", "objection", "accountability"}) {
        const auto found = check(file_text(std::string("packs/common/workflows/") + name + ".toml"), name);
        EXPECT_EQ(all_of(found), "") << name;
    }
}

TEST(Prover, FindsNothingWrongWithTheSoundOne) {
    EXPECT_EQ(all_of(check(sound, "sound")), "");
}

class BrokenWorkflow : public ::testing::TestWithParam<BrokenText> {};

std::uint32_t line_with(const std::string& text, const std::string& part) {
    const auto at = text.find(part);
    EXPECT_NE(at, std::string::npos) << part;
    return static_cast<std::uint32_t>(
        1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

TEST_P(BrokenWorkflow, IsFoundAtItsLine) {
    const auto& broken = GetParam();
    auto text = sound;
    const auto at = text.find(broken.old_text);
    ASSERT_NE(at, std::string::npos) << broken.old_text;
    text.replace(at, broken.old_text.size(), broken.new_text);
    const auto line = line_with(text, broken.line_of.empty() ? broken.new_text : broken.line_of);
    const auto found = check(text, "sound");
    bool seen = false;
    for (const auto& fault : found.faults)
        seen = seen || (fault.code == broken.code && fault.at.line == line && fault.at.column > 0 &&
                        !fault.remedy.empty());
    for (const auto& finding : found.findings.all())
        seen = seen || (finding.code == broken.code && finding.line == line && finding.column > 0 &&
                        !finding.remedy.empty() && finding.file == "sound.toml");
    EXPECT_TRUE(seen) << "wanted " << broken.code << " at line " << line << ", got\n" << all_of(found);
}

INSTANTIATE_TEST_SUITE_P(Reading, BrokenWorkflow, ::testing::ValuesIn(not_read));
INSTANTIATE_TEST_SUITE_P(Proving, BrokenWorkflow, ::testing::ValuesIn(not_proved));
INSTANTIATE_TEST_SUITE_P(Notices, BrokenWorkflow, ::testing::ValuesIn(broken_notices));

TEST(Prover, FiveHundredWorkflowsTakeLessThanASecond) {
    const auto workflow = shipped("request");
    const Seats seats;
    ProofBasis basis;
    basis.today = Day::of(2024, 12, 1);
    basis.owners = &seats;
    const auto before = std::chrono::steady_clock::now();
    std::size_t faults = 0;
    for (int each = 0; each < 500; ++each) faults += prove(workflow, basis).size();
    const auto took = std::chrono::steady_clock::now() - before;
    EXPECT_EQ(faults, 0U);
    // A debug build with checks is allowed five times as long; what counts is the order of magnitude.
    EXPECT_LT(std::chrono::duration<double>(took).count(), 5.0);
    RecordProperty("milliseconds",
                   static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(took).count()));
}

TEST(StoredWorkflow, ReadsTheSameAsItsFile) {
    for (const auto* name : {"request", "selection", "objection", "accountability"}) {
        const auto workflow = shipped(name);
        const auto again = reread_workflow(workflow.body);
        EXPECT_EQ(again.body, workflow.body);
        EXPECT_EQ(again.hash, workflow.hash);
        EXPECT_EQ(again.machines.size(), workflow.machines.size());
        EXPECT_EQ(again.matter().actions.size(), workflow.matter().actions.size());
    }
    EXPECT_NE(shipped("request").hash, shipped("selection").hash);
}

TEST(StoredWorkflow, CommentsAndSpacingAreNoPartOfIt) {
    pack::Findings findings;
    const auto plain = read_workflow(pack::parse_toml(sound, "sound.toml", findings), "sound", findings);
    const auto spaced =
        read_workflow(pack::parse_toml("# a remark\n\n" + sound, "sound.toml", findings), "sound", findings);
    ASSERT_TRUE(plain && spaced);
    EXPECT_EQ(plain->hash, spaced->hash);
}

}  // namespace
}  // namespace lianxin::matter::testing
