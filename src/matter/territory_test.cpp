// Owners at every place of a made-up county: the finding names the places; thousands of places are as many
// questions as there are sorts of them.
#include <gtest/gtest.h>

#include "matter/prover.hpp"
#include "matter/territory_pack.hpp"
#include "matter/workflow_pack.hpp"
#include "pack/value.hpp"

namespace lianxin::matter::testing {
namespace {

const std::string decided_twice = R"(name = "decided_twice"
answer_to = "host"
[clocks]
step = { limit = "5 days", due = "urge" }
[states]
asked = { owner = ["head@village", "desk@village", "desk@county"], clocks = ["step"] }
looked_at = { owner = ["desk@village", "desk@county"], clocks = ["step"] }
done = { end = true, counts_as = "closed" }
[start]
to = "asked"
who = ["host"]
effects = ["receipt"]
[actions]
look = { from = ["asked"], to = "looked_at", who = ["owner"] }
decide = { from = ["looked_at"], to = "done", who = ["owner"], apart_from = ["look"], effects = ["tell host"] }
urge = { from = ["asked", "looked_at"], to = "same", who = ["clock:step"], effects = ["note owner"] }
)";

Workflow workflow(const std::string& text) {
    pack::Findings findings;
    auto flow =
        read_workflow(pack::parse_toml(text, "decided_twice.toml", findings), "decided_twice", findings);
    EXPECT_TRUE(flow.has_value()) << findings.text();
    return flow.value_or(Workflow{});
}

// A county of so many villages, every third of them without a head. Counts what it is asked.
class MadeUp final : public OwnerResolver {
 public:
    MadeUp(std::size_t villages, bool head_is_desk) : villages_(villages), head_is_desk_(head_is_desk) {}
    std::size_t groups() const override { return 3; }
    std::vector<std::string> names_of(std::size_t group) const override {
        if (group == 0) return {"county"};
        std::vector<std::string> names;
        for (std::size_t at = group == 1 ? 0 : 1; at < villages_ && names.size() < 5; at += 3)
            names.push_back("village " + std::to_string(at));
        return names;
    }
    std::size_t places_in(std::size_t group) const override {
        const auto without = (villages_ + 2) / 3;
        return group == 0 ? 1 : group == 1 ? without : villages_ - without;
    }
    bool known(const OwnerSelector&) const override { return true; }
    std::string hand(const OwnerSelector& selector, std::size_t group) const override {
        ++asked;
        if (selector.level == "county") return "desk@county";
        if (group == 0) return "";
        if (selector.post_kind == "desk") return "desk@village";
        if (group == 1) return "";
        return head_is_desk_ ? "desk@village" : "head@village";
    }
    std::string top(std::size_t) const override { return "desk@county"; }
    bool led(const std::string&, std::size_t) const override { return true; }
    mutable std::size_t asked = 0;

 private:
    std::size_t villages_;
    bool head_is_desk_;
};

std::vector<WorkflowFault> proved(const MadeUp& county) {
    ProofBasis basis;
    basis.owners = &county;
    return prove(workflow(decided_twice), basis);
}

TEST(OwnersEverywhere, APlaceWhereTheSameHandWouldDoBothIsNamedWithItsLike) {
    const auto faults = proved(MadeUp(30, false));
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults.front().code, "no_other_hand");
    EXPECT_EQ(faults.front().at.line, 15U);
    EXPECT_EQ(faults.front().at.column, 10U);
    EXPECT_NE(faults.front().message.find("at county, village 0, village 3, village 6, village 9 and 6 more"),
              std::string::npos)
        << faults.front().message;
}

TEST(OwnersEverywhere, AHeadWhoIsTheDeskIsOneHand) {
    const auto faults = proved(MadeUp(30, true));
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults.front().code, "no_other_hand");
    EXPECT_NE(faults.front().message.find("and 26 more"), std::string::npos) << faults.front().message;
}

TEST(OwnersEverywhere, AnotherWhoMayHelpsEverywhere) {
    auto text = decided_twice;
    const std::string alone = R"(to = "done", who = ["owner"])";
    text.replace(text.find(alone), alone.size(), R"(to = "done", who = ["owner", "leader"])");
    const MadeUp county(30, true);
    ProofBasis basis;
    basis.owners = &county;
    EXPECT_TRUE(prove(workflow(text), basis).empty());
}

// The work does not grow with the places, only with their sorts.
TEST(OwnersEverywhere, TwoThousandPlacesAreAskedNoMoreThanThirty) {
    const MadeUp few(30, false), many(2'000, false);
    EXPECT_EQ(proved(few).size(), 1U);
    EXPECT_EQ(proved(many).size(), 1U);
    EXPECT_GT(few.asked, 0U);
    EXPECT_EQ(few.asked, many.asked);
}

TEST(Territory, TheShippedCountyIsAHandfulOfSortsOfPlaces) {
    pack::Findings findings;
    const auto pack = pack::load_pack("packs/dayao", findings);
    ASSERT_TRUE(pack.has_value()) << findings.text();
    const auto words = pack::Words::read(*pack, findings);
    const auto places = place::read_places(*pack, words, findings);
    const auto posts = party::read_posts(*pack, places, words, findings);
    const Territory territory(places, posts);
    EXPECT_GT(territory.places(), 1'000U);
    EXPECT_LT(territory.groups(), 40U);
    OwnerSelector leader;
    leader.kind = OwnerSelector::Kind::kind_at;
    leader.post_kind = "leader";
    leader.level = "county";
    for (std::size_t group = 0; group < territory.groups(); ++group)
        EXPECT_EQ(territory.hand(leader, group), territory.top(group)) << territory.names_of(group).front();
    OwnerSelector desk = leader;
    desk.post_kind = "desk";
    desk.level = "village";
    EXPECT_EQ(territory.hand(desk, 0), "");
    EXPECT_TRUE(territory.known(desk));
}

}  // namespace
}  // namespace lianxin::matter::testing
