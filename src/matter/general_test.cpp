#include "matter/general.hpp"

#include <algorithm>
#include <random>

#include "matter/stage_test.hpp"

namespace lianxin::matter::testing {
namespace {

using access::Relation;

const auto reporter = Stage::as(Relation::reporter, resident);

Stage in_hand() {
    Stage stage(shipped("request"));
    EXPECT_EQ(code(stage.begin(reporter)), "done");
    EXPECT_EQ(code(stage.act("accept", Stage::post(representative))), "done");
    return stage;
}
Result<Decision, Refusal> carded(Stage& stage, PartNo part = 0,
                                 const Stage::Who& who = Stage::as(Relation::leader, leader)) {
    return stage.keep(stage.with(who, {}, Action{part, {}, {}},
                                 [&](const Facts& facts, const Action&) { return put_card(facts, part); }));
}
Result<Decision, Refusal> merged(Stage& stage) {
    return stage.keep(stage.with(Stage::as(Relation::leader, leader), {}, Action{},
                                 [](const Facts& facts, const Action&) { return merge_away(facts); }));
}
Result<Decision, Refusal> alone(Stage& stage, const MatterState& before) {
    return stage.keep(
        stage.with(Stage::as(Relation::leader, leader), {}, Action{},
                   [&](const Facts& facts, const Action&) { return go_on_alone(facts, before); }));
}
std::optional<ActRefusal> remark(Stage& stage) {
    std::optional<Refusal> refused;
    (void)stage.with(reporter, {}, Action{},
                     [&](const Facts& facts, const Action&) -> Result<Decision, Refusal> {
                         refused = refusal_of(General::remark, facts, 0);
                         return unmoved(facts.matter);
                     });
    return refused ? std::optional(refused->code) : std::nullopt;
}
bool opens_something(const Decision& decision) {
    return std::any_of(decision.effects.begin(), decision.effects.end(),
                       [](const Effect& effect) { return effect.kind == EffectRule::Kind::open; });
}
bool any_live(const Stage& stage) {
    return std::any_of(stage.matter.clocks.begin(), stage.matter.clocks.end(),
                       [](const ClockState& clock) { return clock.live(); });
}
std::vector<FormRule> rules(const std::vector<FormFault>& faults) {
    std::vector<FormRule> found;
    for (const FormFault& fault : faults) found.push_back(fault.rule);
    return found;
}

TEST(General, ItsNamesAreNoWorkflowsAndEachIsFoundByItsOwn) {
    for (const General action : every_general) {
        EXPECT_EQ(general_named(name_of(action)), action);
        EXPECT_TRUE(is_general(name_of(action)));
    }
    EXPECT_FALSE(general_named("card"));
    EXPECT_FALSE(general_named("any.thing"));
    EXPECT_FALSE(is_general("part.report"));
}

TEST(General, YellowComesFirstThenRedWhichBringsWhatTheKindsOwnRedBrings) {
    auto stage = in_hand();
    EXPECT_EQ(next_card(*stage.matter.part(0)), Card::yellow);
    EXPECT_EQ(code(carded(stage)), "done");
    EXPECT_FALSE(opens_something(stage.last));
    EXPECT_EQ(stage.matter.part(0)->card, Card::yellow);
    EXPECT_EQ(next_card(*stage.matter.part(0)), Card::red);
    EXPECT_EQ(code(carded(stage)), "done");
    EXPECT_TRUE(opens_something(stage.last));
    EXPECT_EQ(stage.matter.part(0)->card, Card::red);
    EXPECT_EQ(code(carded(stage)), "card_is_already_red");
    EXPECT_EQ(stage.state(), "in_hand");
    EXPECT_EQ(stage.owner(), representative);
    EXPECT_EQ(code(carded(stage, 3)), "no_such_part");
}

TEST(General, ItIsSaidBeforehandWhetherRedOpensARecord) {
    EXPECT_TRUE(red_opens(shipped("request").matter()));
    EXPECT_FALSE(red_opens(shipped("star").matter()));
    EXPECT_FALSE(red_opens(shipped("accountability").matter()));
}

TEST(General, NobodyPutsACardOnTheirOwnWork) {
    auto stage = in_hand();
    EXPECT_EQ(code(carded(stage, 0, Stage::as(Relation::leader, representative))), "not_on_own_work");
    EXPECT_EQ(stage.matter.part(0)->card, Card::none);
    EXPECT_EQ(code(carded(stage, 0, Stage::as(Relation::leader, group_head))), "done");
}

TEST(General, ACardComesFromAboveTheOwnerButFromTheLeadToTheOthers) {
    auto stage = in_hand();
    auto below = Stage::as(Relation::leader, group_head);
    below.not_over = {representative};
    EXPECT_EQ(code(carded(stage, 0, below)), "not_yours");
    EXPECT_EQ(stage.matter.part(0)->card, Card::none);
    const auto units = stage.form({{"units", PostsValue{{water, roads}, water}}});
    ASSERT_EQ(code(stage.act("assign", Stage::as(Relation::leader, leader), units)), "done");
    below.not_over = {roads};
    EXPECT_EQ(code(carded(stage, 2, below)), "not_yours");
    auto lead = Stage::as(Relation::lead, water);
    lead.not_over = {roads};
    EXPECT_EQ(code(carded(stage, 2, lead)), "done");
}

TEST(General, WhoeverGetsThePieceBeginsWithoutACardAndIsUrgedInTheirTurn) {
    auto stage = in_hand();
    ASSERT_EQ(code(carded(stage)), "done");
    ASSERT_EQ(code(carded(stage)), "done");
    const auto raised =
        stage.form({{"tried", text("找过三户人家，谈不拢，没有结果")}, {"proposal", text("请组里出面协调")}});
    ASSERT_EQ(code(stage.act("raise", Stage::post(representative), raised)), "done");
    EXPECT_EQ(stage.owner(), group_head);
    EXPECT_EQ(stage.matter.part(0)->card, Card::none);
    EXPECT_EQ(code(carded(stage)), "done");
    EXPECT_EQ(stage.matter.part(0)->card, Card::yellow);
    EXPECT_FALSE(opens_something(stage.last));
}

TEST(General, WhoeverLeadsTheDepartmentsUrgesTheOthersAndNobodyAbove) {
    auto stage = in_hand();
    const auto units = stage.form({{"units", PostsValue{{water, roads}, water}}});
    ASSERT_EQ(code(stage.act("assign", Stage::as(Relation::leader, leader), units)), "done");
    const auto lead = Stage::as(Relation::lead, water);
    EXPECT_EQ(code(carded(stage, 0, lead)), "not_yours");
    EXPECT_EQ(code(carded(stage, 1, lead)), "not_on_own_work");
    EXPECT_EQ(code(carded(stage, 2, lead)), "done");
    EXPECT_EQ(stage.matter.part(2)->card, Card::yellow);
}

TEST(General, WhatWasAnsweredIsNeitherUrgedNorMerged) {
    auto stage = in_hand();
    const auto done =
        stage.form({{"what_was_done", text("换好了路灯灯泡，已经亮了")}, {"evidence", photo()}});
    ASSERT_EQ(code(stage.act("solve", Stage::post(representative), done)), "done");
    EXPECT_EQ(code(carded(stage)), "not_in_this_state");
    EXPECT_EQ(code(merged(stage)), "not_in_this_state");
}

TEST(General, MergedAwayEverythingStopsWhereItStandsAndNobodyIsToldItWasSolved) {
    auto stage = in_hand();
    EXPECT_EQ(code(merged(stage)), "done");
    EXPECT_FALSE(any_live(stage));
    EXPECT_FALSE(stage.last.told);
    EXPECT_EQ(stage.state(), "in_hand");
    EXPECT_TRUE(stage.offers(Stage::post(representative)).empty());
    EXPECT_EQ(code(stage.act("solve", Stage::post(representative))), "already_ended");
    EXPECT_EQ(code(merged(stage)), "already_ended");
}

TEST(General, TakenOutAgainItStandsWhereItStoodWithTheClocksOfItsOwnReceipt) {
    auto stage = in_hand();
    const MatterState before = stage.matter;
    EXPECT_EQ(code(alone(stage, before)), "not_in_this_state");
    ASSERT_EQ(code(merged(stage)), "done");
    stage.pass_days(3);
    ASSERT_EQ(code(alone(stage, before)), "done");
    EXPECT_EQ(stage.matter.parts, before.parts);
    EXPECT_EQ(stage.matter.clocks, before.clocks);
    EXPECT_FALSE(stage.last.told);
    EXPECT_FALSE(stage.last.ended_as);
    EXPECT_FALSE(stage.offers(Stage::post(representative)).empty());
}

TEST(General, WhatAStateGivesItsOwnerIsGivenAnewAfterAMergerWasTakenBack) {
    Stage stage(shipped("request"));
    ASSERT_EQ(code(stage.begin(reporter)), "done");
    const MatterState before = stage.matter;
    ASSERT_EQ(code(merged(stage)), "done");
    stage.pass_days(10);
    ASSERT_EQ(code(alone(stage, before)), "done");
    const auto due = [&](const MatterState& matter, const char* name) {
        return matter.clock(*stage.flow.find_clock(name), 0)->due;
    };
    EXPECT_GT(due(stage.matter, "accept"), due(before, "accept"));
    EXPECT_EQ(due(stage.matter, "contact"), due(before, "contact"));
    EXPECT_EQ(due(stage.matter, "finish"), due(before, "finish"));
}

TEST(General, ARemarkIsHeardWhileItIsOpenAndDoesNotWaitForTheAskerThemselves) {
    Stage stage(shipped("request"));
    ASSERT_EQ(code(stage.begin(reporter)), "done");
    EXPECT_FALSE(remark(stage));
    ASSERT_EQ(code(stage.act("accept", Stage::post(representative))), "done");
    EXPECT_FALSE(remark(stage));
    auto waiting = stage;
    const auto asked = waiting.form({{"missing", ChecklistValue{{}, {"房屋照片"}}}});
    ASSERT_EQ(code(waiting.act("ask", Stage::post(representative), asked)), "done");
    EXPECT_EQ(remark(waiting), ActRefusal::not_in_this_state);
    const auto done =
        stage.form({{"what_was_done", text("换好了路灯灯泡，已经亮了")}, {"evidence", photo()}});
    ASSERT_EQ(code(stage.act("solve", Stage::post(representative), done)), "done");
    EXPECT_EQ(remark(stage), ActRefusal::not_in_this_state);
    auto gone = in_hand();
    ASSERT_EQ(code(merged(gone)), "done");
    EXPECT_EQ(remark(gone), ActRefusal::already_ended);
}

// They can neither take it back nor end it for the others.
TEST(General, WhoseMatterWasMergedSpeaksOfTheAnswerAlone) {
    const auto flow = shipped("request");
    const auto state = [&](const char* name) { return *flow.matter().find_state(name); };
    const auto about = [&](const char* from, const char* action) {
        return is_about_the_answer(flow, state(from),
                                   flow.matter().action(*flow.matter().find_action(action)));
    };
    EXPECT_TRUE(about("answered", "rate"));
    EXPECT_TRUE(about("answered", "reopen"));
    EXPECT_FALSE(about("answered", "add"));
    EXPECT_FALSE(about("answered", "close"));
    EXPECT_FALSE(about("in_hand", "withdraw"));
    EXPECT_FALSE(about("waiting", "reply"));
    EXPECT_FALSE(about("explained", "take_up_again"));
}

TEST(General, FormsAskForAReasonAndACorrectionForSomethingToCorrect) {
    const Day today = *Day::parse("2024-05-06");
    Form form;
    EXPECT_EQ(rules(general_faults(General::correct, form, today)), std::vector{FormRule::required});
    form.set(general_field("reason"), TextValue{"群众来电更正"});
    EXPECT_EQ(rules(general_faults(General::correct, form, today)), std::vector{FormRule::required});
    form.set(general_field("subject"), TextValue{"路灯坏了五盏"});
    EXPECT_TRUE(general_faults(General::correct, form, today).empty());
    form.set(general_field("card"), ChoiceValue{"red"});
    EXPECT_EQ(rules(general_faults(General::correct, form, today)), std::vector{FormRule::not_asked_for});
}

// Cards and mergers among random steps of a kind with parts and one with ballots: an open matter always has
// an owner and a clock that leads on, a merged one has neither clock nor anything left to do.
TEST(General, AmongRandomStepsNothingIsLeftWithoutOwnerOrClock) {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        std::mt19937_64 random(seed);
        auto stage = in_hand();
        for (int step = 0; step < 30; ++step) {
            const auto roll = random() % 20;
            if (roll == 0 && merged(stage)) break;
            if (roll < 4) {
                (void)carded(stage);
            } else if (roll < 8) {
                stage.pass_days(static_cast<int>(random() % 6));
            } else {
                const auto who = Stage::post(stage.owner());
                const auto offers = stage.offers(who);
                if (offers.empty()) break;
                const auto& offer = offers.at(random() % offers.size());
                const auto machine = stage.matter.part(offer.part)->machine;
                (void)stage.act(stage.flow.machine(machine).action(offer.action).name, who,
                                stage.form({{"what_was_done", text("看过现场，正在设法解决")},
                                            {"tried", text("上门看过，试着修过两次")},
                                            {"proposal", text("请上一级派人")},
                                            {"reason", text("这不归我这一户管，请转给水利站")}}),
                                offer.part);
            }
            if (stage.matter.part(0)->ended) break;
            EXPECT_NE(stage.owner(), PostId());
            EXPECT_TRUE(any_live(stage) || stage.state() == "explained") << stage.state();
        }
        if (!stage.matter.part(0)->ended) continue;
        EXPECT_FALSE(any_live(stage));
        for (const auto& part : stage.matter.parts) EXPECT_TRUE(part.ended);
    }
}

}  // namespace
}  // namespace lianxin::matter::testing
