#include "matter/stage_test.hpp"

namespace lianxin::matter::testing {
namespace {

using access::Relation;

const auto reporter = Stage::as(Relation::reporter, resident);

Stage begun() {
    Stage stage(shipped("request"));
    EXPECT_EQ(code(stage.begin(reporter)), "done");
    return stage;
}
Stage in_hand() {
    auto stage = begun();
    EXPECT_EQ(code(stage.act("accept", Stage::post(representative))), "done");
    return stage;
}
Form done_form(const Stage& stage) {
    return stage.form({{"what_was_done", text("换好了路灯灯泡，已经亮了")}, {"evidence", photo()}});
}
Form reason(const Stage& stage) {
    return stage.form({{"reason", text("这不归我这一户管，请转给水利站")}});
}

TEST(RequestWalk, ItReachesTheRepresentativeOfTheHousehold) {
    auto stage = begun();
    EXPECT_EQ(stage.state(), "offered");
    EXPECT_EQ(stage.owner(), representative);
    EXPECT_TRUE(stage.clock("accept")->live());
    EXPECT_EQ(stage.zone.text(stage.clock("finish")->due),
              "2024-11-19T00:00:00+08:00");  // ten working days after the 4th
    EXPECT_EQ(stage.zone.text(stage.clock("contact")->due), "2024-11-05T09:00:00+08:00");
}

TEST(RequestWalk, SolvedOnTheSpotItIsToldRatedAndClosedByTheClock) {
    auto stage = in_hand();
    EXPECT_EQ(code(stage.act("solve", Stage::post(representative), done_form(stage))), "done");
    EXPECT_EQ(stage.state(), "answered");
    EXPECT_TRUE(stage.last.told);
    EXPECT_TRUE(stage.last.rating_asked);
    EXPECT_EQ(stage.clock("finish")->stage, ClockState::Stage::stopped_in_time);
    const auto rated = stage.form({{"rating", RatingValue{Solved::yes, 5, ""}}});
    EXPECT_EQ(code(stage.act("rate", reporter, rated)), "done");
    EXPECT_EQ(code(stage.act("rate", reporter, rated)), "already_rated");
    EXPECT_EQ(stage.pass_days(11), std::vector<std::string>{"close"});
    EXPECT_EQ(stage.state(), "closed");
    EXPECT_TRUE(stage.last.ended_as.has_value());
    EXPECT_EQ(code(stage.act("reopen", reporter)), "already_ended");
}

TEST(RequestWalk, NotSolvedItReopensByItselfAndTheSecondTimeGoesToTheSuperior) {
    auto stage = in_hand();
    const auto unsolved = stage.form({{"rating", RatingValue{Solved::no, 1, ""}}});
    ASSERT_EQ(code(stage.act("solve", Stage::post(representative), done_form(stage))), "done");
    EXPECT_EQ(code(stage.act("rate", reporter, unsolved)), "done");
    EXPECT_EQ(stage.state(), "in_hand");
    EXPECT_EQ(stage.owner(), representative);
    EXPECT_EQ(stage.last.steps.size(), 3U) << "rated, badly, and so taken up again";
    EXPECT_TRUE(stage.clock("finish")->live());
    ASSERT_EQ(code(stage.act("solve", Stage::post(representative), done_form(stage))), "done");
    EXPECT_EQ(code(stage.act("reopen", reporter)), "done");
    EXPECT_EQ(stage.state(), "at_leader");
    EXPECT_EQ(stage.owner(), group_head);
}

TEST(RequestWalk, ABadRatingIsPutRightInFifteenWorkingDaysAndTheResidentIsTold) {
    auto stage = in_hand();
    const auto bad = stage.form({{"rating", RatingValue{Solved::yes, 2, ""}}});
    ASSERT_EQ(code(stage.act("solve", Stage::post(representative), done_form(stage))), "done");
    EXPECT_EQ(code(stage.act("rate", reporter, bad)), "done");
    EXPECT_EQ(stage.state(), "to_put_right");
    EXPECT_EQ(stage.pass_days(20), std::vector<std::string>{}) << "it does not close meanwhile";
    EXPECT_EQ(stage.pass_days(3).front(), "urge");
    const auto words = stage.form({{"what_was_done", text("已经打电话道歉，当场补办好了")}});
    EXPECT_EQ(code(stage.act("put_right", Stage::post(representative), words)), "done");
    EXPECT_TRUE(stage.last.told);
    EXPECT_TRUE(stage.last.rating_asked);
    EXPECT_EQ(stage.state(), "answered");
}

TEST(RequestWalk, ThreeRefusalsBindOneRungUpAndABoundOneCannotSendItAway) {
    auto stage = begun();
    EXPECT_EQ(code(stage.act("refuse", Stage::post(representative), reason(stage))), "done");
    EXPECT_EQ(stage.owner(), group_head);  // nobody had it before: the next rung
    EXPECT_EQ(code(stage.act("refuse", Stage::post(group_head), reason(stage))), "done");
    EXPECT_EQ(stage.owner(), representative);  // back to who had it
    EXPECT_EQ(code(stage.act("refuse", Stage::post(representative), reason(stage))), "done");
    EXPECT_EQ(stage.state(), "in_hand");
    EXPECT_EQ(stage.owner(), group_head);
    EXPECT_TRUE(stage.matter.parts[0].bound);
    const auto away =
        stage.form({{"to_post", PostsValue{{water}, {}}}, {"reason", text("请水利站来办这一件事情")}});
    EXPECT_EQ(code(stage.act("hand_over", Stage::post(group_head), away)), "assignment_is_binding");
}

TEST(RequestWalk, AHandOverNobodyAcceptsGoesBackToTheLeaderAndClimbsToTheTop) {
    auto stage = in_hand();
    const auto over =
        stage.form({{"to_post", PostsValue{{water}, {}}}, {"reason", text("水管在地下，要水利站来修")}});
    ASSERT_EQ(code(stage.act("hand_over", Stage::post(representative), over)), "done");
    EXPECT_EQ(stage.owner(), water);
    const auto happened = stage.pass_days(3);
    EXPECT_NE(std::find(happened.begin(), happened.end(), "take_back"), happened.end());
    EXPECT_EQ(stage.state(), "at_leader");
    const auto climbed = stage.pass_days(30);
    EXPECT_GE(std::count(climbed.begin(), climbed.end(), "climb"), 3);
    EXPECT_EQ(stage.owner(), county);
    EXPECT_EQ(stage.matter.parts[0].card, Card::red);  // the top: it stays, under a red card
    EXPECT_TRUE(stage.pass_days(60).empty());
}

TEST(RequestWalk, OverdueIsYellowThenRedAndRedOpensAccountabilityOnce) {
    auto stage = in_hand();
    ASSERT_EQ(code(stage.act("contact", Stage::post(representative),
                             stage.form({{"what_was_done", text("已经上门看过，等配件")}}))),
              "done");
    EXPECT_EQ(stage.pass_until(stage.clock("finish")->due), std::vector<std::string>{"urge"});
    EXPECT_EQ(stage.matter.parts[0].card, Card::yellow);
    const auto opens = [&] {
        return std::count_if(stage.last.effects.begin(), stage.last.effects.end(),
                             [](const Effect& effect) { return effect.kind == EffectRule::Kind::open; });
    };
    EXPECT_EQ(opens(), 0);
    EXPECT_EQ(stage.pass_days(6), std::vector<std::string>{"urge"});
    EXPECT_EQ(stage.matter.parts[0].card, Card::red);
    EXPECT_EQ(opens(), 1);
    EXPECT_TRUE(stage.pass_days(60).empty());
    EXPECT_EQ(code(stage.act("urge", Stage::as(Relation::leader, leader))), "not_yours");  // the clock's own
    ASSERT_EQ(code(stage.act("solve", Stage::post(representative), done_form(stage))), "done");
    EXPECT_EQ(stage.clock("finish")->stage, ClockState::Stage::stopped_late);
}

TEST(RequestWalk, WhoeverGetsALatePieceIsUrgedByTheClockInTheirTurn) {
    auto stage = in_hand();
    stage.pass_days(60);
    ASSERT_EQ(stage.matter.parts[0].card, Card::red);
    const auto over =
        stage.form({{"to_post", PostsValue{{water}, {}}}, {"reason", text("水管在地下，要水利站来修")}});
    ASSERT_EQ(code(stage.act("hand_over", Stage::post(representative), over)), "done");
    ASSERT_EQ(code(stage.act("accept", Stage::post(water))), "done");
    EXPECT_EQ(stage.matter.parts[0].card, Card::none);
    EXPECT_EQ(stage.clock("finish")->card, Card::none);
    stage.pass_days(5);
    EXPECT_NE(stage.matter.parts[0].card, Card::none);
    stage.pass_days(10);
    EXPECT_EQ(stage.matter.parts[0].card, Card::red);
    EXPECT_EQ(stage.owner(), water);
}

TEST(RequestWalk, WaitingForTheResidentPausesTheFinishAndTheSecondReturnCounts) {
    auto stage = in_hand();
    const auto due = stage.clock("finish")->due;
    const auto ask = [&](const std::string& paper) {
        return stage.form({{"missing", ChecklistValue{{}, {paper}}}});
    };
    ASSERT_EQ(code(stage.act("ask", Stage::post(representative), ask("户口本"))), "done");
    EXPECT_FALSE(stage.last.told_twice);
    EXPECT_EQ(stage.clock("finish")->stage, ClockState::Stage::paused);
    EXPECT_TRUE(stage.pass_days(3).empty());  // Monday to Thursday: three working days
    ASSERT_EQ(code(stage.act("reply", reporter, stage.form({{"text", text("补上了")}}))), "done");
    EXPECT_EQ(stage.zone.text(stage.clock("finish")->due), "2024-11-22T00:00:00+08:00");
    EXPECT_GT(stage.clock("finish")->due, due);
    ASSERT_EQ(code(stage.act("ask", Stage::post(representative), ask("身份证"))), "done");
    EXPECT_TRUE(stage.last.told_twice);
    EXPECT_TRUE(std::any_of(stage.last.effects.begin(), stage.last.effects.end(),
                            [](const Effect& effect) { return effect.kind == EffectRule::Kind::open; }));
    EXPECT_EQ(stage.pass_days(20), std::vector<std::string>{"lapse"});
    EXPECT_EQ(stage.state(), "answered");
}

TEST(RequestWalk, NoMoreOfAStayIsPausedThanTheCapAllows) {
    Stage stage(shipped_with(
        "request", {{"resident  = { limit = \"10 working days\"", "resident  = { limit = \"200 days\""}}));
    ASSERT_EQ(code(stage.begin(reporter)), "done");
    ASSERT_EQ(code(stage.act("accept", Stage::post(representative))), "done");
    const Instant started = stage.clock("finish")->started;
    ASSERT_EQ(code(stage.act("ask", Stage::post(representative),
                             stage.form({{"missing", ChecklistValue{{}, {"户口本"}}}}))),
              "done");
    const Instant asked = stage.now;
    EXPECT_TRUE(stage.pass_days(90).empty());
    ASSERT_EQ(code(stage.act("reply", reporter, stage.form({{"text", text("补上了")}}))), "done");
    const ClockState& finish = *stage.clock("finish");
    ASSERT_EQ(finish.pauses.size(), 1U);
    EXPECT_EQ(finish.pauses[0].from, asked);
    // Thirty calendar days from Monday 4 November, the first not counted: to the end of 4 December.
    EXPECT_EQ(stage.zone.text(*finish.pauses[0].to), "2024-12-05T00:00:00+08:00");
    EXPECT_EQ(finish.due, calendar::deadline(calendar::WorkingCalendar::china(), stage.zone, started,
                                             *finish.period, finish.pauses, {})
                              .due);
    EXPECT_LT(finish.due, stage.now) << "whoever waited longer than that is late";
}

TEST(RequestWalk, OneExtensionBeforeTheDeadlineByTheSuperior) {
    auto stage = in_hand();
    ASSERT_EQ(code(stage.act("contact", Stage::post(representative),
                             stage.form({{"what_was_done", text("已经上门看过，等配件")}}))),
              "done");
    EXPECT_EQ(code(stage.act("extend", Stage::post(representative), reason(stage))), "not_yours");
    EXPECT_EQ(code(stage.act("extend", Stage::post(group_head), reason(stage))), "done");
    EXPECT_EQ(stage.zone.text(stage.clock("finish")->due), "2024-12-03T00:00:00+08:00");
    EXPECT_EQ(code(stage.act("extend", Stage::post(group_head), reason(stage))), "extension_already_used");
    auto late = in_hand();
    (void)late.pass_days(20);
    EXPECT_EQ(code(late.act("extend", Stage::post(group_head), reason(late))), "deadline_already_passed");
}

TEST(RequestWalk, WhatCannotBeSolvedIsApprovedOneLevelUpAndReviewedOnItsDay) {
    auto stage = in_hand();
    const auto day = *Day::parse("2025-03-03");
    const auto cannot = stage.form({{"tried", text("找过三家施工队，都说要等开春")},
                                    {"reason", text("冬天土冻着，路不能挖开")},
                                    {"review_on", day}});
    ASSERT_EQ(code(stage.act("cannot", Stage::post(representative), cannot)), "done");
    EXPECT_EQ(stage.owner(), group_head);
    ASSERT_EQ(code(stage.act("explain_approved", Stage::post(group_head), stage.form({{"review_on", day}}))),
              "done");
    EXPECT_EQ(stage.state(), "explained");
    EXPECT_EQ(stage.owner(), representative);
    EXPECT_EQ(stage.last.moves.at(0).phase, CountsAs::open_explained);
    EXPECT_EQ(stage.pass_until(*parse_local("2025-03-03 23:59:59", stage.zone)), std::vector<std::string>{});
    EXPECT_EQ(stage.pass_days(1), std::vector<std::string>{"take_up_again"});
    EXPECT_EQ(stage.state(), "in_hand");
    EXPECT_TRUE(stage.clock("finish")->live());
}

TEST(RequestWalk, AnExplanationRefusedGoesBackToWhoWorkedOnItHoweverHighItRose) {
    auto stage = in_hand();
    const auto cannot = stage.form({{"tried", text("找过三家施工队，都说要等开春")},
                                    {"reason", text("冬天土冻着，路不能挖开")},
                                    {"review_on", *Day::parse("2025-03-03")}});
    ASSERT_EQ(code(stage.act("cannot", Stage::post(representative), cannot)), "done");
    (void)stage.pass_days(4);
    EXPECT_EQ(stage.owner(), sector_head);
    ASSERT_EQ(code(stage.act("explain_refused", Stage::post(sector_head), reason(stage))), "done");
    EXPECT_EQ(stage.owner(), representative);
}

TEST(RequestWalk, ALeadingPieceHandedOnIsLedAsBeforeUntilItIsAccepted) {
    auto stage = in_hand();
    const auto units = stage.form({{"units", PostsValue{{water, roads}, water}}});
    ASSERT_EQ(code(stage.act("assign", Stage::as(Relation::leader, leader), units)), "done");
    EXPECT_EQ(stage.matter.leading()->leader(), water);
    const auto to = [&](PostId post) {
        return stage.form({{"to_post", PostsValue{{post}, {}}}, {"reason", text("路边的电杆归供电所管")}});
    };
    ASSERT_EQ(code(stage.act("hand_over", Stage::post(water), to(power), 1)), "done");
    EXPECT_EQ(stage.owner(1), power);
    EXPECT_EQ(stage.matter.leading()->leader(), water) << "power has not accepted it";
    EXPECT_EQ(code(stage.act("tell", Stage::post(power), done_form(stage))), "not_yours");
    EXPECT_EQ(code(stage.act("tell", Stage::post(water), done_form(stage))), "parts_are_not_done");
    // Sent back, it is the lead's again, who leads on.
    ASSERT_EQ(code(stage.act("refuse", Stage::post(power), reason(stage), 1)), "done");
    EXPECT_EQ(stage.owner(1), water);
    EXPECT_EQ(stage.matter.part(1)->led_by, std::nullopt);
    ASSERT_EQ(code(stage.act("hand_over", Stage::post(water), to(power), 1)), "done");
    ASSERT_EQ(code(stage.act("accept", Stage::post(power), {}, 1)), "done");
    EXPECT_EQ(stage.matter.leading()->leader(), power);
    EXPECT_EQ(code(stage.act("tell", Stage::post(water), done_form(stage))), "not_yours");
}

TEST(RequestWalk, SilenceMakesTheReceiverOfALeadingPieceTheLead) {
    auto stage = in_hand();
    const auto units = stage.form({{"units", PostsValue{{water}, water}}});
    ASSERT_EQ(code(stage.act("assign", Stage::as(Relation::leader, leader), units)), "done");
    ASSERT_EQ(
        code(stage.act(
            "hand_over", Stage::post(water),
            stage.form({{"to_post", PostsValue{{power}, {}}}, {"reason", text("路边的电杆归供电所管")}}), 1)),
        "done");
    (void)stage.pass_days(3);
    EXPECT_TRUE(stage.matter.part(1)->bound);
    EXPECT_EQ(stage.matter.leading()->leader(), power);
}

TEST(RequestWalk, APieceIsNeverDueAfterTheWhole) {
    auto stage = in_hand();
    (void)stage.pass_days(10);  // five working days from here are more than are left of the whole
    const auto units = stage.form({{"units", PostsValue{{water}, water}}});
    ASSERT_EQ(code(stage.act("assign", Stage::as(Relation::leader, leader), units)), "done");
    const auto due = [&](const char* clock, PartNo part) {
        return stage.matter.clock(*stage.flow.find_clock(clock), part)->due;
    };
    EXPECT_EQ(due("part", 1), due("finish", 0));
    EXPECT_LE(due("refuse_by", 1), due("finish", 0));
    // The whole is extended, and the piece with it, as far as its own limit goes.
    const auto before = due("part", 1);
    ASSERT_EQ(code(stage.act("extend", Stage::as(Relation::superior_of_owner, group_head), reason(stage))),
              "done");
    EXPECT_GT(due("part", 1), before);
    EXPECT_LE(due("part", 1), due("finish", 0));
}

TEST(RequestWalk, ThreeDepartmentsWorkSideBySideAndTheLeadAnswers) {
    auto stage = in_hand();
    ASSERT_EQ(code(stage.act(
                  "raise", Stage::post(representative),
                  stage.form({{"tried", text("自己修过两次，修不好了")}, {"proposal", text("请部门来修")}}))),
              "done");
    EXPECT_EQ(stage.owner(), group_head);
    const auto units = stage.form({{"units", PostsValue{{water, roads, power}, water}}});
    EXPECT_EQ(code(stage.act("assign", Stage::post(group_head), units)), "not_yours");
    ASSERT_EQ(code(stage.act("assign", Stage::as(Relation::leader, leader), units)), "done");
    ASSERT_EQ(stage.matter.parts.size(), 4U);
    EXPECT_EQ(stage.owner(2), roads);
    EXPECT_EQ(code(stage.act("tell", Stage::post(water), done_form(stage))), "parts_are_not_done");
    ASSERT_EQ(code(stage.act("accept", Stage::post(water), {}, 1)), "done");
    EXPECT_EQ(code(stage.act("accept", Stage::post(water), {}, 2)), "not_yours");
    // Roads sends it back: the lead has it, passes it on to power, whose silence binds.
    ASSERT_EQ(code(stage.act("refuse", Stage::post(roads), reason(stage), 2)), "done");
    EXPECT_EQ(stage.owner(2), water);
    ASSERT_EQ(
        code(stage.act(
            "hand_over", Stage::post(water),
            stage.form({{"to_post", PostsValue{{power}, {}}}, {"reason", text("路边的电杆归供电所管")}}), 2)),
        "done");
    EXPECT_EQ(stage.owner(2), power);
    (void)stage.pass_days(3);
    EXPECT_EQ(stage.state(2), "doing");
    EXPECT_TRUE(stage.matter.part(2)->bound);
    EXPECT_EQ(code(stage.act("report", Stage::post(water), done_form(stage), 1)), "done");
    EXPECT_EQ(code(stage.act("report", Stage::post(power), done_form(stage), 2)), "done");
    EXPECT_EQ(code(stage.act("report", Stage::post(power), done_form(stage), 3)), "done");
    EXPECT_EQ(code(stage.act("tell", Stage::post(roads), done_form(stage))), "not_yours");
    ASSERT_EQ(code(stage.act("tell", Stage::post(water), done_form(stage))), "done");
    EXPECT_EQ(stage.state(), "answered");
}

TEST(RequestWalk, WithdrawnWhileDepartmentsWorkTheirPartsEndToo) {
    auto stage = in_hand();
    ASSERT_EQ(code(stage.act("assign", Stage::as(Relation::dispatcher, township),
                             stage.form({{"units", PostsValue{{water, roads}, roads}}}))),
              "done");
    ASSERT_EQ(code(stage.act("withdraw", reporter)), "done");
    for (const auto& part : stage.matter.parts) EXPECT_TRUE(part.ended);
    for (const auto& clock : stage.matter.clocks) EXPECT_FALSE(clock.live());
    EXPECT_EQ(stage.last.moves.size(), 3U);
    EXPECT_TRUE(stage.last.moves[1].cancelled);
}

TEST(RequestWalk, EvidenceIsWaivedOnlyWhereTheCategoryNeedsNone) {
    auto stage = in_hand();
    const auto bare = stage.form({{"what_was_done", text("已经电话答复了这个问题")}});
    const auto refused = stage.act("solve", Stage::post(representative), bare);
    ASSERT_EQ(code(refused), "form_incomplete");
    ASSERT_EQ(refused.error().faults.size(), 1U);
    EXPECT_EQ(refused.error().faults[0].rule, FormRule::required);
    stage.flags = {"no_photo"};
    EXPECT_EQ(code(stage.act("solve", Stage::post(representative), bare)), "done");
}

TEST(RequestWalk, EveryFaultOfAFormIsToldAtOnce) {
    auto stage = in_hand();
    const auto form = stage.form({{"what_was_done", text("短")},
                                  {"reason", text("没有人问这个理由呀")},
                                  {"evidence", AttachmentsValue{{{7, FileKind::any}}}}});
    const auto refused = stage.act("solve", Stage::post(representative), form);
    ASSERT_EQ(code(refused), "form_incomplete");
    EXPECT_EQ(refused.error().faults.size(), 3U);
}

TEST(RequestWalk, WhatIsOutOfScopeIsNotSolvedOnTheSpot) {
    auto stage = in_hand();
    stage.in_scope = false;
    EXPECT_EQ(code(stage.act("solve", Stage::post(representative), done_form(stage))), "not_in_scope");
}

TEST(RequestWalk, AtTheTopALimitBindsItWhereItIs) {
    Stage stage(shipped("request"));
    ASSERT_TRUE(stage.begin(Stage::as(Relation::reporter, resident)));
    ASSERT_TRUE(stage.act("accept", Stage::post(representative)));
    auto& whole = stage.matter.parts.front();
    whole.owner = county;
    whole.rung = RungIndex{5};
    const auto per = stage.flow.find_tally("transfers");
    ASSERT_TRUE(per.has_value());
    stage.matter.tallies.push_back({0, *per, 2});
    const auto given =
        stage.form({{"to_post", PostsValue{{water}, {}}}, {"reason", text("这件事归水利站管，请他们办理")}});
    ASSERT_EQ(code(stage.act("hand_over", Stage::post(county), given)), "done");
    EXPECT_EQ(stage.state(), "in_hand");
    EXPECT_EQ(stage.matter.parts.front().owner, county);
    EXPECT_TRUE(stage.matter.parts.front().bound);
}

}  // namespace
}  // namespace lianxin::matter::testing
