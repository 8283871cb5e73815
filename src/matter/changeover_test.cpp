#include "matter/changeover.hpp"

#include <algorithm>

#include "matter/stage_test.hpp"

namespace lianxin::matter::testing {
namespace {

using access::Relation;

const auto reporter = Stage::as(Relation::reporter, resident);

Workflow changed(const Edits& edits) {
    return shipped_with("request", edits);
}

Stage in_hand() {
    Stage stage(shipped("request"));
    EXPECT_EQ(code(stage.begin(reporter)), "done");
    EXPECT_EQ(code(stage.act("accept", Stage::post(representative))), "done");
    return stage;
}
Stage waiting() {
    Stage stage = in_hand();
    EXPECT_EQ(code(stage.act("ask", Stage::post(representative),
                             stage.form({{"missing", ChecklistValue{{}, {"身份证"}}}}))),
              "done");
    return stage;
}
Stage in_pieces() {
    Stage stage = in_hand();
    const auto units = PostsValue{{water, roads}, water};
    EXPECT_EQ(
        code(stage.act("assign", Stage::as(Relation::dispatcher, county), stage.form({{"units", units}}))),
        "done");
    return stage;
}

struct Moved {
    std::optional<CannotMove> cannot;
    Translated translated;
};
Moved move(Stage& stage, const Workflow& next, std::vector<StateChoice> choices = {}) {
    const Workflow from = stage.flow;
    const MatterState before = stage.matter;
    auto translated = translate(from, before, next, choices, stage.now);
    if (!translated) return {translated.error(), {}};
    stage.flow = next;
    stage.matter = translated->matter;
    std::optional<CannotMove> cannot;
    const auto kept = stage.keep(
        stage.with({}, {}, Action{}, [&](const Facts& facts, const Action&) -> Result<Decision, Refusal> {
            auto decision = change_over(facts, from, before);
            if (decision) return *std::move(decision);
            cannot = decision.error();
            return fail(Refusal{ActRefusal::version_does_not_fit, {}, {}});
        }));
    EXPECT_EQ(code(kept) == "done", !cannot);
    return {cannot, *translated};
}

TEST(Changeover, SameStatesSameClocksNothingIsTold) {
    auto stage = in_hand();
    const MatterState before = stage.matter;
    stage.now.micros += 3'600'000'000;
    // One action more: the least a new version brings.
    const auto moved = move(stage, changed({{"[actions]\n",
                                             "[actions]\nextra = { from = [\"in_hand\"], to = "
                                             "\"same\", who = [\"owner\"] }\n"}}));
    ASSERT_FALSE(moved.cannot);
    EXPECT_EQ(stage.matter.parts, before.parts);
    EXPECT_EQ(stage.matter.clocks, before.clocks);
    EXPECT_EQ(stage.matter.tallies, before.tallies);
    EXPECT_TRUE(stage.last.clocks.empty());
    EXPECT_TRUE(stage.last.effects.empty());
    EXPECT_FALSE(stage.last.told);
    EXPECT_EQ(code(stage.act("extra", Stage::post(representative))), "done");
}

TEST(Changeover, ADeadlineThatWasToldIsNeverShortened) {
    auto stage = in_hand();
    const Instant told = stage.clock("finish")->due;
    const auto moved = move(
        stage, changed({{"contact   = { limit = \"table\"", "contact   = { limit = \"1 hours\""},
                        {"finish    = { limit = \"table\"", "finish    = { limit = \"1 working days\""}}));
    ASSERT_FALSE(moved.cannot);
    EXPECT_EQ(stage.clock("finish")->due, told);
    EXPECT_EQ(stage.clock("finish")->wakes, told);
}

TEST(Changeover, ARenamedStateIsChosenByAPerson) {
    auto stage = in_hand();
    const auto next = changed({{"in_hand", "working"}});
    const auto refused = move(stage, next);
    ASSERT_TRUE(refused.cannot);
    EXPECT_EQ(*refused.cannot, (CannotMove{Misfit::state_is_gone, "", "in_hand"}));
    EXPECT_EQ(stage.state(), "in_hand") << "nothing changed";

    stage.now.micros += 60'000'000;
    ASSERT_FALSE(move(stage, next, {{"", "in_hand", "working"}}).cannot);
    EXPECT_EQ(stage.state(), "working");
    EXPECT_EQ(stage.owner(), representative);
    EXPECT_EQ(stage.matter.part(0)->entered, stage.now);
    ASSERT_EQ(stage.last.moves.size(), 1U);
    EXPECT_TRUE(stage.last.moves.front().entered);
}

TEST(Changeover, WhatTheNewVersionCountsBesideStartsWithTheMove) {
    auto stage = in_hand();
    stage.now.micros += 10 * micros_per_day;
    const auto next = changed(
        {{"[clocks]\n",
          "[clocks]\nvisit = { limit = \"3 days\", starts = \"receipt\", stops = [\"contact\"], due "
          "= \"urge\" }\nlook = { limit = \"2 days\", due = \"urge\" }\n"},
         {"in_hand    = { owner = [\"keep\"], clocks = [",
          "in_hand    = { owner = [\"keep\"], clocks = [\"look\", "},
         {"who = [\"clock:contact\",", "who = [\"clock:visit\", \"clock:look\", \"clock:contact\","}});
    ASSERT_FALSE(move(stage, next).cannot);
    for (const char* name : {"visit", "look"}) {
        ASSERT_NE(stage.clock(name), nullptr) << name;
        EXPECT_EQ(stage.clock(name)->started, stage.now) << name;
        EXPECT_GT(stage.clock(name)->due, stage.now) << name;
        EXPECT_TRUE(stage.clock(name)->live()) << name;
    }
}

TEST(Changeover, AClockTheNewVersionLacksStops) {
    auto stage = in_hand();
    const Workflow before = stage.flow;
    const auto next =
        changed({{"contact   = { limit = \"table\", starts = \"receipt\", stops = [\"contact\", "
                  "\"ask\", \"solve\", \"tell\", \"explain_approved\"], due = \"urge\", again = "
                  "\"1 working day\" }\n",
                  ""},
                 {"\"contact\", \"finish\"]", "\"finish\"]"},
                 {"\"clock:contact\", ", ""}});
    const auto moved = move(stage, next);
    ASSERT_FALSE(moved.cannot);
    ASSERT_EQ(moved.translated.left.size(), 1U);
    const ClockState& left = moved.translated.left.front();
    EXPECT_EQ(rule_at(before.clocks, left.clock).name, "contact");
    EXPECT_EQ(left.stage, ClockState::Stage::stopped_in_time);
    EXPECT_EQ(left.stopped_at, stage.now);
    EXPECT_FALSE(left.wakes);
    EXPECT_TRUE(stage.clock("finish")->live());
}

TEST(Changeover, APauseGoesOnOrEndsAsTheNewStateSays) {
    auto kept = waiting();
    ASSERT_FALSE(move(kept, changed({{"min = 5 }", "min = 6 }"}})).cannot);
    EXPECT_EQ(kept.clock("finish")->stage, ClockState::Stage::paused);

    auto ended = waiting();
    const Instant since = ended.now;
    ended.now.micros += 2 * micros_per_day;
    ASSERT_FALSE(move(ended, changed({{"pauses = [\"finish\"], ", ""},
                                      {", pause_cap = \"30 days\"", ""},
                                      {"urge      = { from = [\"offered\", \"in_hand\"",
                                       "urge      = { from = [\"offered\", \"waiting\", \"in_hand\""}}))
                     .cannot);
    EXPECT_EQ(ended.clock("finish")->stage, ClockState::Stage::running);
    ASSERT_EQ(ended.clock("finish")->pauses.size(), 1U);
    EXPECT_EQ(ended.clock("finish")->pauses.front().from, since);
}

TEST(Changeover, CountsAndHandsGoAlong) {
    auto stage = in_hand();
    EXPECT_EQ(code(stage.act("hand_over", Stage::post(representative),
                             stage.form({{"to_post", PostsValue{{group_head}, {}}},
                                         {"reason", text("这件事归组长管，请您接着办")}}))),
              "done");
    const auto next = changed({{"[clocks]\n", "[clocks]\nzero = { limit = \"3 days\", due = \"urge\" }\n"},
                               {"\"clock:contact\", ", "\"clock:contact\", \"clock:zero\", "}});
    ASSERT_FALSE(move(stage, next).cannot);
    ASSERT_EQ(stage.matter.tallies.size(), 1U);
    EXPECT_EQ(stage.matter.tally(*next.find_tally("transfers"), 0), 1);
    EXPECT_EQ(rule_at(next.clocks, stage.matter.clocks.front().clock).name != "zero", true);
    EXPECT_EQ(code(stage.act("accept", Stage::post(group_head))), "done");
}

TEST(Changeover, PiecesOfWorkMoveWithTheMatter) {
    auto stage = in_pieces();
    const auto next =
        changed({{"doing", "at_work"}, {"done    = { end = true }", "done    = { end = true }"}});
    EXPECT_FALSE(move(stage, next).cannot) << "both pieces stand in a state that kept its name";

    auto working = in_pieces();
    EXPECT_EQ(code(working.act("accept", Stage::post(water), {}, 1)), "done");
    const auto refused = move(working, next);
    ASSERT_TRUE(refused.cannot);
    EXPECT_EQ(*refused.cannot, (CannotMove{Misfit::state_is_gone, "part", "doing"}));
    ASSERT_FALSE(move(working, next, {{"part", "doing", "at_work"}}).cannot);
    EXPECT_EQ(working.state(1), "at_work");
    EXPECT_EQ(working.owner(1), water);
}

TEST(Changeover, NoMoveClosesReopensOrEndsAnything) {
    const auto from = shipped("request");
    const auto moves =
        state_moves(from, changed({{"answered   = { owner = [\"keep\"], counts_as = \"closed\"",
                                    "answered   = { owner = [\"keep\"]"}}));
    const auto way = [&](const std::string& machine, const std::string& state) {
        const auto found = std::find_if(moves.begin(), moves.end(), [&](const StateMove& move) {
            return move.machine == machine && move.state == state;
        });
        EXPECT_NE(found, moves.end()) << machine << state;
        return found == moves.end() ? StateMove{} : *found;
    };
    EXPECT_EQ(way("", "answered").misfit, Misfit::counts_otherwise);
    EXPECT_TRUE(way("", "answered").choices.empty())
        << "the only other closed state counts from a bad rating, and nobody gave one";
    EXPECT_EQ(way("", "in_hand").misfit, std::nullopt);
    EXPECT_EQ(way("", "explained").choices, (std::vector<std::string>{"explained"}));
    const auto hand = way("", "in_hand").choices;
    EXPECT_EQ(std::count(hand.begin(), hand.end(), "split"), 0)
        << "it would wait for pieces that are not there";
    EXPECT_EQ(std::count(hand.begin(), hand.end(), "closed"), 0);
    EXPECT_EQ(std::count(hand.begin(), hand.end(), "offered"), 1);
    EXPECT_EQ(way("part", "doing").misfit, std::nullopt);
    for (const StateMove& move : moves) EXPECT_NE(move.state, "closed") << "ends do not move";
}

StateMove way_of(const std::vector<StateMove>& moves, const std::string& state) {
    const auto found = std::find_if(moves.begin(), moves.end(), [&](const StateMove& move) {
        return move.machine.empty() && move.state == state;
    });
    EXPECT_NE(found, moves.end()) << state;
    return found == moves.end() ? StateMove{} : *found;
}

// What waited for a warning is warned of no more.
Workflow without_the_warning() {
    return shipped_with("dispute",
                        {{"warned    = { owner = [\"keep\"], clocks = [\"warn\", \"take_up\"] }\n", ""},
                         {"to = \"warned\"", "to = \"found\""},
                         {"\"warned\", ", ""},
                         {", \"warned\"]", "]"}});
}

TEST(Changeover, NoMoveGoesPastAStepThatAsksForSomething) {
    const auto moves = state_moves(shipped("dispute"), without_the_warning());
    EXPECT_EQ(way_of(moves, "warned").misfit, Misfit::state_is_gone);
    EXPECT_EQ(way_of(moves, "warned").choices, (std::vector<std::string>{"found"}))
        << "nobody was named to mediate, and nothing agreed";
    EXPECT_EQ(way_of(moves, "mediating").misfit, std::nullopt);
    EXPECT_EQ(way_of(moves, "mediating").choices, (std::vector<std::string>{"found", "mediating"}));
    const auto why = [&](const char* from, const char* to) {
        return misfit_of(shipped("dispute"), without_the_warning(), {"", from, to});
    };
    EXPECT_EQ(why("warned", "mediating"), Misfit::skips_a_step);
    EXPECT_EQ(why("warned", "agreed"), Misfit::skips_a_step)
        << "a clock runs from the receipt, so one counts";
    EXPECT_EQ(why("warned", "settled"), Misfit::counts_otherwise);
    EXPECT_EQ(why("warned", "nowhere"), Misfit::state_is_gone);
    EXPECT_EQ(why("nowhere", "found"), Misfit::state_is_gone);
    EXPECT_EQ(misfit_of(shipped("dispute"), without_the_warning(), {"piece", "found", "found"}),
              Misfit::part_kind_is_gone);
}

TEST(Changeover, AStepOfTheSameNameIsTheSameThoughMoreIsAskedOnTheWay) {
    const auto next =
        shipped_with("dispute", {{"needs = [\"mediators\"]", "needs = [\"mediators\", \"tried\"]"}});
    EXPECT_EQ(way_of(state_moves(shipped("dispute"), next), "mediating").misfit, std::nullopt);
}

TEST(Changeover, WhereNothingWouldCountItStaysWhereItIs) {
    // Looked after by the day agreed alone: until then nothing counts.
    const auto next = changed({{"in_hand    = { owner = [\"keep\"], clocks = [\"contact\", \"finish\"]",
                                "in_hand    = { owner = [\"keep\"], clocks = []"}});
    auto stage = in_hand();
    EXPECT_FALSE(move(stage, next).cannot) << "what runs goes on, listed or not";

    auto stopped = in_hand();
    for (ClockState& clock : stopped.matter.clocks) {
        clock.stage = ClockState::Stage::stopped_in_time;
        clock.wakes.reset();
    }
    const auto refused = move(stopped, next);
    ASSERT_TRUE(refused.cannot);
    EXPECT_EQ(*refused.cannot, (CannotMove{Misfit::no_deadline, "", "in_hand"}));
}

TEST(Changeover, AStateWhoseDeadlineIsADayAsksForIt) {
    const auto next =
        changed({{"[clocks]\n", "[clocks]\nlook = { limit = \"field:review_on\", due = \"urge\" }\n"},
                 {"in_hand    = { owner = [\"keep\"], clocks = [",
                  "in_hand    = { owner = [\"keep\"], clocks = [\"look\", "},
                 {"\"clock:contact\", ", "\"clock:contact\", \"clock:look\", "}});
    auto stage = in_hand();
    const auto refused = move(stage, next);
    ASSERT_TRUE(refused.cannot);
    EXPECT_EQ(refused.cannot->misfit, Misfit::asks_for_a_day);
}

TEST(Changeover, TheRungIsFoundAgainOnALadderThatChanged) {
    auto stage = in_hand();
    ASSERT_TRUE(stage.matter.part(0)->rung);
    const auto lower = changed({{"rungs = [\"representative@household\", ",
                                 "rungs = [\"desk@village\", \"representative@household\", "}});
    ASSERT_FALSE(move(stage, lower).cannot);
    EXPECT_EQ(stage.matter.part(0)->rung->value, 1);
    const auto higher = changed({{"rungs = [\"representative@household\", ", "rungs = ["}});
    ASSERT_FALSE(move(stage, higher).cannot) << "the rung is gone, the owner is not";
    EXPECT_EQ(stage.owner(), representative);
}

}  // namespace
}  // namespace lianxin::matter::testing
