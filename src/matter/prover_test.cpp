// What ships is proved; what is broken is found, at its line, with its code.
#include "matter/prover.hpp"

#include "matter/broken_hands_test.hpp"
#include "matter/broken_notices_test.hpp"
#include "matter/stage_test.hpp"

namespace lianxin::matter::testing {
namespace {

class Seats : public OwnerResolver {
 public:
    std::size_t groups() const override { return 1; }
    std::vector<std::string> names_of(std::size_t) const override { return {"every place"}; }
    std::size_t places_in(std::size_t) const override { return 1; }
    bool known(const OwnerSelector& selector) const override {
        const auto text = selector_text(selector, "");
        return seated(text).has_value() || text == "representatives@village" || sits_nowhere(selector) ||
               selector.post_kind == "leader";
    }
    // A kind of post that there is, though not there.
    static bool sits_nowhere(const OwnerSelector& selector) { return selector.post_kind == "unit_desks"; }
    std::string hand(const OwnerSelector& selector, std::size_t) const override {
        return known(selector) && !sits_nowhere(selector) ? selector_text(selector, "") : std::string();
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
    if (name == "meeting")
        return LawBound{{}, {}, parse_share("2/3 of electorate"), parse_share("1/2 of present")};
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
                                                           {"accountability", shipped("accountability")},
                                                           {"loan", shipped("loan")}};
    const Seats seats;
    ProofBasis basis;
    basis.today = Day::of(2024, 12, 1);
    basis.owners = &seats;
    basis.law = law;
    basis.bindings = {{"reopening", "sound", LawBinding::Of::clock, "last"},
                      {"extension", "sound", LawBinding::Of::extension, "step"},
                      {"selection_notice", "*", LawBinding::Of::notice, "wall"},
                      {"second_hand", "*", LawBinding::Of::apart, "check_again.solve"},
                      {"meeting", "*", LawBinding::Of::ballot, "panel"},
                      {"meeting", "*", LawBinding::Of::ballot, "meeting"}};
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

// The same findings elsewhere: of other figures, at the start, where nobody sits.
const std::vector<BrokenText> broken_elsewhere = {
    {"waits_for_untold", "new = { owner = [", "new = { waits_for = \"party\", owner = [", "[start]"},
    {"post_never_found", "electorate = \"representatives@village\"", "electorate = \"unit_desks@household\"",
     ""},
    {"guards_exclude_each_other", "guards = [\"parts_done\"]",
     "guards = [\"parts_done\", \"post_held\", \"post_vacant\"]", ""},
    {"bad_share", "at_most = \"field:there\"", "at_most = \"field:there\", share = \"all\"", ""},
    {"bad_share", "there = { type = \"number\", min = 1",
     "there = { type = \"number\", min = 1, share = \"1/2\"", ""},
    {"unknown_subkind", "at_most = \"field:there\"",
     "at_most = \"field:there\", share = { any = \"1/2\", some = \"2/3\" }", "some ="},
    {"never_filled_in", "at_most = \"field:there\"", "max = 0, at_most = \"field:there\", share = \"1/2\"",
     ""},
};

INSTANTIATE_TEST_SUITE_P(Reading, BrokenWorkflow, ::testing::ValuesIn(not_read));
INSTANTIATE_TEST_SUITE_P(Proving, BrokenWorkflow, ::testing::ValuesIn(not_proved));
INSTANTIATE_TEST_SUITE_P(Hands, BrokenWorkflow, ::testing::ValuesIn(broken_hands));
INSTANTIATE_TEST_SUITE_P(Notices, BrokenWorkflow, ::testing::ValuesIn(broken_notices));
INSTANTIATE_TEST_SUITE_P(Elsewhere, BrokenWorkflow, ::testing::ValuesIn(broken_elsewhere));

// How many questions a proof asks of so many sorts of places.
struct CountingSeats final : Seats {
    explicit CountingSeats(std::size_t sorts) : sorts_(sorts) {}
    std::size_t groups() const override { return sorts_; }
    std::vector<std::string> names_of(std::size_t group) const override {
        ++named;
        return Seats::names_of(group);
    }
    std::string hand(const OwnerSelector& selector, std::size_t group) const override {
        ++asked;
        return Seats::hand(selector, group);
    }
    std::optional<std::size_t> depth(const OwnerSelector& selector, std::size_t group) const override {
        ++asked;
        return Seats::depth(selector, group);
    }
    mutable std::size_t asked = 0, named = 0;

 private:
    std::size_t sorts_;
};

// bench_prover says how long 500 workflows take at 2,000 places; what makes it short is held here: the work
// grows with the sorts of places and no faster, and no place is looked at by name as long as nothing is
// wrong.
TEST(Prover, ItsWorkGrowsWithTheSortsOfPlacesAndNoFaster) {
    const auto workflow = shipped("request");
    const auto questions = [&](std::size_t sorts) {
        const CountingSeats seats(sorts);
        ProofBasis basis;
        basis.today = Day::of(2024, 12, 1);
        basis.owners = &seats;
        EXPECT_TRUE(prove(workflow, basis).empty());
        EXPECT_EQ(seats.named, 0U);
        return seats.asked;
    };
    const auto one = questions(1);
    EXPECT_GT(one, 0U);
    EXPECT_LT(one, 5'000U);
    EXPECT_LE(questions(9), 9 * one);
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
