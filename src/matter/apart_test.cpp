// Whoever had a hand in something neither owns nor decides what is said against it.
#include "matter/apart.hpp"

#include "matter/stage_test.hpp"

namespace lianxin::matter::testing {
namespace {

using access::Relation;

const PartyId resident{7};

Stage received() {
    Stage stage(shipped("objection"));
    stage.outsider = county;
    return stage;
}

TEST(Apart, AnObjectionGoesToTheNextInTheListWhenTheFirstPublishedWhatItObjectsTo) {
    auto stage = received();
    EXPECT_EQ(code(stage.begin(Stage::as(Relation::reporter, resident))), "done");
    EXPECT_EQ(stage.owner(), oversight);
    auto other = received();
    other.barred = {oversight};
    EXPECT_EQ(code(other.begin(Stage::as(Relation::reporter, resident))), "done");
    EXPECT_NE(other.owner(), oversight);
}

TEST(Apart, ASuperiorOutsideHasItWhenEverybodyInTheListHadAHand) {
    auto stage = received();
    stage.barred = {oversight, county, leader};
    stage.outsider = station;
    EXPECT_EQ(code(stage.begin(Stage::as(Relation::reporter, resident))), "done");
    EXPECT_EQ(stage.owner(), station);
    auto nobody = received();
    nobody.barred = {oversight, county, leader};
    EXPECT_EQ(code(nobody.begin(Stage::as(Relation::reporter, resident))), "nobody_to_own_it");
}

TEST(Apart, APersonWithAHandInItDecidesNothingWhateverPostTheyHold) {
    auto stage = received();
    EXPECT_EQ(code(stage.begin(Stage::as(Relation::reporter, resident))), "done");
    const auto judge = Stage::post(oversight);
    stage.apart = {*judge.party};
    EXPECT_EQ(code(stage.act("examine", judge)), "not_by_the_same_person");
    stage.apart = {resident};
    EXPECT_EQ(code(stage.act("examine", judge)), "done");
    EXPECT_EQ(code(stage.act("withdraw", Stage::as(Relation::reporter, resident))), "done")
        << "who asked may always take it back";
}

TEST(Apart, WhoeverAppliesDoesOnlyWhatIsForApplicantsWhateverPostTheyHold) {
    Stage stage(shipped("star"));
    const auto applied =
        stage.form({{"own_report", text("一年来走访联系户一百二十次，办实事十七件，调解纠纷三起")},
                    {"stars", ChoiceValue{"four"}}});
    const auto view =
        stage.form({{"stars", ChoiceValue{"four"}}, {"reason", text("所报属实，群众评价很好")}});
    ASSERT_EQ(code(stage.begin(Stage::as(Relation::applicant, applicant), applied)), "done");
    ASSERT_EQ(stage.owner(), group_head);
    stage.apart = {applicant};
    const Stage::Who themselves{{Relation::applicant}, {group_head}, applicant};
    EXPECT_EQ(code(stage.act("view", themselves, view)), "not_by_the_same_person");
    for (const auto& offer : stage.offers(themselves)) {
        const auto& name = stage.flow.matter().action(offer.action).name;
        EXPECT_EQ(offer.refusal.has_value(), name != "withdraw") << name;
    }
    EXPECT_EQ(code(stage.act("view", Stage::post(group_head), view)), "done");
    EXPECT_EQ(code(stage.act("withdraw", themselves)), "done");
}

TEST(Apart, APostThatWhoeverAppliesHoldsDoesNotOwnTheApplication) {
    Stage stage(shipped("star"));
    stage.barred = {group_head};
    const auto applied =
        stage.form({{"own_report", text("一年来走访联系户一百二十次，办实事十七件，调解纠纷三起")},
                    {"stars", ChoiceValue{"four"}}});
    ASSERT_EQ(code(stage.begin(Stage::as(Relation::applicant, applicant), applied)), "done");
    EXPECT_EQ(stage.owner(), station);
}

TEST(Apart, AHandIsHadByWhoOwnsItAcceptedItAndTookAStepOfTheNotice) {
    const auto flow = shipped("selection");
    MatterState matter;
    PartState root;
    root.owner = branch;
    root.person = PartyId{21};
    matter.parts = {root};
    const auto step = [&](const char* name) { return *flow.matter().find_action(name); };
    matter.done = {{0, step("recommend"), PartyId{11}}, {0, step("approve"), PartyId{12}}};
    const auto notice = *flow.find_notice("selection");
    const auto hands = hands_in(flow, matter, notice);
    EXPECT_EQ(hands.posts, std::vector{branch});
    EXPECT_EQ(hands.people, (std::vector{PartyId{12}, PartyId{21}}));
    EXPECT_EQ(hands_in(flow, matter, {}).people.size(), 3U) << "of the whole matter: every step remembered";
    EXPECT_TRUE(is_remembered(flow, MachineIndex{}, step("appoint"))) << "it decides what is published";
    EXPECT_TRUE(is_remembered(flow, MachineIndex{}, step("recommend")))
        << "the approval stands apart from it";
    EXPECT_FALSE(is_remembered(flow, MachineIndex{}, step("open_vote")));
}

// Answered by the department that was fixed for it, under a leader.
Stage answered_petition() {
    Stage stage(shipped("petition"));
    const auto fixed = stage.form({{"leader", PostsValue{{leader}, {}}},
                                   {"person", PostsValue{{water}, {}}},
                                   {"answer_by", *Day::parse("2024-12-02")},
                                   {"measure_taken", text("核对补偿清册，逐户见面核实")}});
    const auto answer = stage.form({{"what_was_done", text("补偿清册已经核对，差额已经补发")},
                                    {"settlement", text("差额一万二千元已经打入账户")}});
    EXPECT_EQ(code(stage.begin(Stage::as(Relation::reporter, resident))), "done");
    EXPECT_EQ(code(stage.act("admit", Stage::post(township))), "done");
    EXPECT_EQ(code(stage.act("fix", Stage::post(township), fixed)), "done");
    EXPECT_EQ(code(stage.act("answer", Stage::post(water), answer)), "done");
    return stage;
}

TEST(Apart, WhoeverAFieldNamesIsPassedOverWhereTheStepStandsApartFromThem) {
    auto stage = answered_petition();
    const auto asked = stage.form({{"text", text("还少算了一块地")}});
    const auto found = stage.form({{"what_was_done", text("重新丈量，补算零点三亩")},
                                   {"reason", text("原清册漏登一块，已经更正补发")}});
    stage.named_hands = {{*stage.flow.find_field("person"), {{oversight}, {PartyId{77}}}, {}}};
    ASSERT_EQ(code(stage.act("ask_review", Stage::as(Relation::reporter, resident), asked)), "done");
    EXPECT_EQ(stage.owner(), county);
    EXPECT_EQ(code(stage.act("review", Stage::post(oversight), found)), "not_yours");
    EXPECT_EQ(code(stage.act("review", {{}, {county, oversight}, PartyId{12}}, found)),
              "not_by_the_same_person")
        << "whatever other post they hold";
    EXPECT_EQ(code(stage.act("review", {{}, {county}, PartyId{77}}, found)), "not_by_the_same_person");
    EXPECT_EQ(code(stage.act("review", Stage::post(county), found)), "done");
}

TEST(Apart, ThoseAboveHaveItWhenAFieldNamesEverybodyInTheList) {
    const auto ask = [](const std::vector<PostId>& above) {
        auto stage = answered_petition();
        stage.named_hands = {{*stage.flow.find_field("leader"), {{oversight, county}, {}}, above}};
        const auto refused = code(stage.act("ask_review", Stage::as(Relation::reporter, resident),
                                            stage.form({{"text", text("还少算了一块地")}})));
        return refused == "done" ? stage.owner() : PostId();
    };
    EXPECT_EQ(ask({county, station}), station);
    EXPECT_EQ(ask({}), PostId()) << "the review is not lost on somebody who may not decide it";
}

TEST(Apart, WhoIsNamedForTheWorkOwnsItWhereNothingStandsApart) {
    auto stage = answered_petition();
    EXPECT_EQ(stage.owner(), water);
    const auto& flow = stage.flow;
    EXPECT_EQ(fields_apart(flow).size(), 2U);
    EXPECT_EQ(kept_from_owning(flow.matter(), *flow.matter().find_state("reviewing")), fields_apart(flow));
    EXPECT_TRUE(kept_from_owning(flow.matter(), *flow.matter().find_state("in_hand")).empty());
}

TEST(Asker, IsNamedKnownAndInOfficeWhereTheStartAsksForIt) {
    Stage stage(shipped("selection"));
    const auto applicant = Stage::as(Relation::applicant, resident);
    const auto form = stage.form({{"statement", text("我愿意为本组乡亲跑腿办事，请大家监督支持我")}});
    stage.asker.named = false;
    EXPECT_EQ(code(stage.begin(applicant, form)), "not_anonymously");
    stage.asker.named = true;
    stage.asker.known = false;
    EXPECT_EQ(code(stage.begin(applicant, form)), "person_not_known");
    stage.asker.known = true;
    EXPECT_EQ(code(stage.begin(applicant, form)), "done");
}

}  // namespace
}  // namespace lianxin::matter::testing
