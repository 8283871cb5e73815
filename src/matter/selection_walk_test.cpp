#include "matter/stage_test.hpp"

namespace lianxin::matter::testing {
namespace {

using access::Relation;

const auto candidate = Stage::as(Relation::applicant, applicant);

Form applied(const Stage& stage) {
    return stage.form({{"statement", text("我在本组住了二十年，愿意替大家跑腿办事，请大家监督我")}});
}
Form reason(const Stage& stage) {
    return stage.form({{"reason", text("材料齐全，程序合规，同意公示")}});
}

FieldValue criteria(const Stage& stage, const std::string& list, bool met) {
    CriteriaValue value;
    for (const auto& each : stage.flow.lists)
        if (each.name == list)
            for (const auto& item : each.items) value.answers.push_back({item, met, "邻里都这么说"});
    return value;
}
Form recommended(const Stage& stage) {
    return stage.form({{"names", PartiesValue{{PartyId{1}, PartyId{2}, PartyId{3}, PartyId{4}, PartyId{5}}}},
                       {"five_choose", criteria(stage, "five_choose", true)},
                       {"five_dont", criteria(stage, "five_dont_choose", false)}});
}

Stage voting() {
    Stage stage(shipped("selection"));
    EXPECT_EQ(code(stage.begin(candidate, applied(stage))), "done");
    EXPECT_EQ(stage.owner(), group_head);
    EXPECT_EQ(code(stage.act("recommend", Stage::post(group_head), recommended(stage))), "done");
    EXPECT_EQ(code(stage.act("open_vote", Stage::post(meeting))), "done");
    EXPECT_EQ(stage.state(), "voting");
    return stage;
}
Stage on_notice() {
    auto stage = voting();
    stage.ballots.back().count = {30, 24, 18, 4, 2};
    EXPECT_EQ(code(stage.act("count_vote", Stage::post(meeting))), "done");
    EXPECT_EQ(code(stage.act("approve", Stage::post(branch), reason(stage))), "done");
    EXPECT_EQ(stage.state(), "on_notice");
    return stage;
}
Form training(const Stage& stage) {
    return stage.form({{"training_on", *Day::parse("2025-03-01")}});
}

TEST(SelectionWalk, ItBeginsOnlyForAVacantPost) {
    Stage stage(shipped("selection"));
    stage.post_vacant = false;
    EXPECT_EQ(code(stage.begin(candidate, applied(stage))), "post_is_not_vacant");
    stage.post_vacant = true;
    EXPECT_EQ(code(stage.begin(Stage::post(group_head), applied(stage))), "done");
}

TEST(SelectionWalk, ARecommendationAnswersEveryCriterionWithItsReason) {
    Stage stage(shipped("selection"));
    ASSERT_EQ(code(stage.begin(candidate, applied(stage))), "done");
    auto form = recommended(stage);
    auto choose = std::get<CriteriaValue>(criteria(stage, "five_choose", true));
    choose.answers[0].met = false;
    choose.answers[1].reason = " ";
    choose.answers.pop_back();
    form.set(*stage.flow.find_field("five_choose"), choose);
    const auto refused = stage.act("recommend", Stage::post(group_head), form);
    ASSERT_EQ(code(refused), "form_incomplete");
    ASSERT_EQ(refused.error().faults.size(), 3U);
    EXPECT_EQ(refused.error().faults[0].rule, FormRule::criterion_not_met);
    EXPECT_EQ(refused.error().faults[1].rule, FormRule::reason_missing);
    EXPECT_EQ(refused.error().faults[2].rule, FormRule::criterion_unanswered);
}

TEST(SelectionWalk, WithoutQuorumItIsVotedAgainAndAFailedVoteEndsIt) {
    auto stage = voting();
    EXPECT_EQ(code(stage.act("open_vote", Stage::post(meeting))), "not_in_this_state");
    stage.ballots.back().count = {30, 19, 19, 0, 0};  // 20 of 30 are two thirds
    ASSERT_EQ(code(stage.act("count_vote", Stage::post(meeting))), "done");
    EXPECT_EQ(stage.state(), "recommended");
    EXPECT_EQ(stage.last.ballots.at(0).outcome, BallotOutcome::no_quorum);
    ASSERT_EQ(code(stage.act("open_vote", Stage::post(meeting))), "done");
    EXPECT_EQ(stage.last.ballots.at(0).round, 2);
    stage.ballots.back().count = {30, 24, 15, 9, 0};  // 16 of 24 are two thirds
    ASSERT_EQ(code(stage.act("count_vote", Stage::post(meeting))), "done");
    EXPECT_EQ(stage.state(), "declined");
    EXPECT_TRUE(stage.last.told);
}

TEST(SelectionWalk, AppointedAfterSevenWorkingDaysOfNotice) {
    auto stage = on_notice();
    EXPECT_EQ(stage.zone.text(stage.notices.at(0).until), "2024-11-14T00:00:00+08:00");
    EXPECT_EQ(code(stage.act("appoint", Stage::post(branch), training(stage))), "not_in_this_state");
    EXPECT_EQ(stage.pass_until(stage.notices.at(0).until), std::vector<std::string>{"notice_over"});
    ASSERT_EQ(code(stage.act("appoint", Stage::post(branch), training(stage))), "done");
    EXPECT_EQ(stage.state(), "appointed");
    ASSERT_EQ(stage.last.effects.size(), 3U);
    EXPECT_EQ(stage.last.effects[0].kind, EffectRule::Kind::appoint);
    EXPECT_EQ(stage.last.effects[1].kind, EffectRule::Kind::certificate);
}

TEST(SelectionWalk, ThePostIsCheckedAgainAtTheAppointment) {
    auto stage = on_notice();
    (void)stage.pass_until(stage.notices.at(0).until);
    stage.post_vacant = false;
    EXPECT_EQ(code(stage.act("appoint", Stage::post(branch), training(stage))), "post_is_not_vacant");
}

TEST(SelectionWalk, AnObjectionHoldsTheAppointmentUntilItIsDismissed) {
    auto stage = on_notice();
    const Subject objection{"matter", 77};
    const auto object = [&](Stage& on) {
        return on.keep(on.with({}, {}, {}, [&](const Facts& facts, const Action&) {
            return hold(facts, NoticeIndex{0}, objection);
        }));
    };
    ASSERT_EQ(code(object(stage)), "done");
    (void)stage.pass_until(stage.notices.at(0).until);
    EXPECT_EQ(code(object(stage)), "notice_is_not_open");  // received at the very end: too late
    EXPECT_EQ(code(stage.act("appoint", Stage::post(branch), training(stage))), "objection_is_open");
    Trigger ended;
    ended.kind = Trigger::Kind::child;
    ended.child_kind = "objection";
    ended.outcome = "dismissed";
    ended.child = objection;
    const auto end = [&](Stage& on) {
        return on.keep(on.with({}, {}, {},
                               [&](const Facts& facts, const Action&) { return child_ended(facts, ended); }));
    };
    ASSERT_EQ(code(end(stage)), "done");
    EXPECT_TRUE(stage.matter.holds.empty());
    EXPECT_EQ(code(stage.act("appoint", Stage::post(branch), training(stage))), "done");
    auto overturned = on_notice();
    ASSERT_EQ(code(object(overturned)), "done");
    ended.outcome = "upheld";
    ASSERT_EQ(code(end(overturned)), "done");
    EXPECT_EQ(overturned.state(), "declined");
    EXPECT_TRUE(overturned.notices.at(0).withdrawn);
    EXPECT_TRUE(overturned.last.told);
}

TEST(SelectionWalk, ACorrectionBeginsTheNoticeAnew) {
    auto stage = on_notice();
    (void)stage.pass_until(stage.notices.at(0).until);
    ASSERT_EQ(code(stage.act("correct", Stage::post(branch), reason(stage))), "done");
    EXPECT_EQ(stage.state(), "on_notice");
    EXPECT_EQ(stage.notices.size(), 1U);
    EXPECT_EQ(stage.zone.text(stage.notices.at(0).until), "2024-11-26T00:00:00+08:00");
    EXPECT_EQ(stage.clock("notice")->due, stage.notices.at(0).until);
    EXPECT_EQ(stage.pass_until(stage.notices.at(0).until), std::vector<std::string>{"notice_over"});
}

TEST(SelectionWalk, WhoRecommendedMayNotApprove) {
    auto stage = voting();
    stage.ballots.back().count = {30, 24, 18, 4, 2};
    ASSERT_EQ(code(stage.act("count_vote", Stage::post(meeting))), "done");
    auto both = Stage::post(branch);
    both.party = Stage::post(group_head).party;
    EXPECT_EQ(code(stage.act("approve", both, reason(stage))), "not_by_the_same_person");
}

TEST(SelectionWalk, WithdrawnDuringTheVoteTheBallotIsClosedWithoutAResult) {
    auto stage = voting();
    ASSERT_EQ(code(stage.act("withdraw", candidate)), "done");
    ASSERT_EQ(stage.last.ballots.size(), 1U);
    EXPECT_FALSE(stage.last.ballots[0].opened);
    EXPECT_FALSE(stage.last.ballots[0].outcome.has_value());
}

}  // namespace
}  // namespace lianxin::matter::testing
