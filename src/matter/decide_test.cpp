// Every state of a request against every action, and what must stay true whatever anybody does.
#include <random>

#include "matter/permission.hpp"
#include "matter/stage_test.hpp"

namespace lianxin::matter::testing {
namespace {

using access::Relation;

// One character per action: y possible by somebody, - not from there.
TEST(StateByAction, ARequestAllowsExactlyThis) {
    const auto flow = shipped("request");
    const auto& machine = flow.matter();
    std::map<std::string, std::string> from;
    for (const auto& state : machine.states) from[state.name];
    for (const auto& action : machine.actions)
        for (const auto state : action.from) {
            auto& line = from[machine.state(state).name];
            line += (line.empty() ? "" : " ") + action.name;
        }
    const std::map<std::string, std::string> expected = {
        {"offered", "accept refuse take_back bind contact withdraw urge"},
        {"in_hand", "hand_over bind raise contact ask assign solve extend cannot withdraw urge"},
        {"at_leader", "accept climb contact assign withdraw urge"},
        {"split", "contact assign tell extend cannot withdraw urge"},
        {"waiting", "reply go_on lapse withdraw"},
        {"answered", "rate bad_rating add reopen to_superior close"},
        {"to_put_right", "put_right add reopen to_superior urge"},
        {"to_explain", "contact approve_up explain_approved explain_refused withdraw urge"},
        {"explained", "take_up_again settle withdraw"},
        {"closed", ""},
        {"withdrawn", ""},
    };
    EXPECT_EQ(from, expected);
}

TEST(StateByAction, FromEveryOtherStateTheAnswerIsNotInThisState) {
    Stage stage(shipped("request"));
    ASSERT_EQ(code(stage.begin(Stage::as(Relation::reporter, resident))), "done");
    const auto& machine = stage.flow.matter();
    for (std::size_t state = 0; state < machine.states.size(); ++state)
        for (std::size_t action = 0; action < machine.actions.size(); ++action) {
            const StateIndex here{static_cast<std::uint16_t>(state)};
            const auto& rule = machine.actions[action];
            if (std::find(rule.from.begin(), rule.from.end(), here) != rule.from.end()) continue;
            auto placed = stage;
            placed.matter.parts[0].state = here;
            placed.matter.parts[0].ended = machine.states[state].end;
            const auto expected = machine.states[state].end ? "already_ended" : "not_in_this_state";
            EXPECT_EQ(code(placed.act(rule.name, Stage::post(representative))), expected)
                << machine.states[state].name << " " << rule.name;
        }
}

TEST(Refusals, AreCheckedInTheirOrder) {
    Stage stage(shipped("request"));
    ASSERT_EQ(code(stage.begin(Stage::as(Relation::reporter, resident))), "done");
    EXPECT_EQ(code(stage.act("fly", Stage::post(representative))), "unknown_action");
    EXPECT_EQ(code(stage.act("accept", Stage::post(representative), {}, 4)), "unknown_action");
    EXPECT_EQ(code(stage.act("solve", Stage::post(water))), "not_in_this_state");
    EXPECT_EQ(code(stage.act("refuse", Stage::post(water))), "not_yours");
    EXPECT_EQ(code(stage.act("refuse", Stage::post(representative))), "form_incomplete");
    Action early;
    early.action = stage.flow.matter().find_action("take_back");
    early.trigger.kind = Trigger::Kind::clock;
    early.trigger.clock = *stage.flow.find_clock("accept");
    EXPECT_EQ(code(stage.run(early)), "clock_has_not_run_out");
    EXPECT_EQ(code(stage.act("take_back", Stage::post(representative))), "not_yours");
}

TEST(Available, NamesWhatIsPossibleAndWhyNot) {
    Stage stage(shipped("request"));
    ASSERT_EQ(code(stage.begin(Stage::as(Relation::reporter, resident))), "done");
    const auto& machine = stage.flow.matter();
    std::map<std::string, std::string> offered;
    for (const auto& offer : stage.offers(Stage::post(representative)))
        offered[machine.action(offer.action).name] = offer.refusal ? name_of(*offer.refusal) : "yes";
    const std::map<std::string, std::string> expected = {
        {"accept", "yes"}, {"refuse", "yes"}, {"contact", "yes"}, {"withdraw", "not_yours"}};
    EXPECT_EQ(offered, expected);
}

TEST(Beneath, WorkIsGivenOnlyToThoseWhomTheActorLeads) {
    Stage stage(shipped("request"));
    ASSERT_EQ(code(stage.begin(Stage::as(Relation::reporter, resident))), "done");
    ASSERT_EQ(code(stage.act("accept", Stage::post(representative))), "done");
    const auto units = stage.form({{"units", PostsValue{{water}, water}}});
    const auto head = Stage::as(Relation::leader, group_head);
    stage.beyond = {water};
    EXPECT_EQ(code(stage.act("assign", head, units)), "post_beyond_reach");
    stage.beyond = {};
    EXPECT_EQ(code(stage.act("assign", Stage::as(Relation::leader, leader), units)), "done");
}

TEST(Barred, WhoIsComplainedOfNeverOwnsIt) {
    Stage stage(shipped("request"));
    const Form nothing;
    const Relations actor{{Relation::reporter}, {}, resident};
    OwnerTable owners;
    for (const auto& rung : stage.flow.ladder) owners.ladder.push_back(seated(selector_text(rung, "")));
    for (const auto& question : owner_questions(stage.flow, stage.matter, {}, nothing))
        if (const auto post = seated(selector_text(question.selector, "")))
            owners.found.push_back({question.selector, PostId(), *post});
    std::vector<TableLimit> limits;
    for (const auto* name : {"contact", "finish"})
        limits.push_back({*stage.flow.find_clock(name), {1, calendar::Unit::day}});
    const Facts facts{stage.flow,
                      stage.matter,
                      actor,
                      nothing,
                      {},
                      {},
                      {},
                      owners,
                      limits,
                      {},
                      {},
                      {representative, group_head},
                      true,
                      true,
                      {},
                      stage.now,
                      calendar::WorkingCalendar::china(),
                      stage.zone};
    const auto begun = begin(facts);
    ASSERT_TRUE(begun.has_value());
    EXPECT_EQ(begun->after.parts[0].owner, sector_head);
}

TEST(Begin, TheEngineOpensARecordOfAccountabilityAndAStrangerDoesNot) {
    Stage stage(shipped("accountability"));
    EXPECT_EQ(code(stage.begin(Stage::as(Relation::reporter, resident))), "not_yours");
    EXPECT_EQ(code(stage.begin({{Relation::engine}, {}, {}})), "done");
    EXPECT_EQ(stage.owner(), oversight);
    EXPECT_TRUE(stage.last.told);
    EXPECT_EQ(stage.pass_days(9),
              std::vector<std::string>{"lapse"});  // nobody replied: it is decided without
    EXPECT_EQ(stage.state(), "replied");
}

// Fills whatever an action asks for.
Form filled(const Stage& stage, const ActionRule& rule, std::mt19937_64& dice) {
    Form form;
    for (const auto field : rule.needs) {
        const auto& asked = rule_at(stage.flow.fields, field);
        switch (asked.type) {
            case FieldType::text:
                form.set(field, text("一二三四五六七八九十一二三四五六七八九十一二"));
                break;
            case FieldType::attachments:
                form.set(field, photo());
                break;
            case FieldType::checklist:
                form.set(field, ChecklistValue{{}, {"材料" + std::to_string(dice() % 3)}});
                break;
            case FieldType::post:
                form.set(field, PostsValue{{std::vector<PostId>{water, roads, station}[dice() % 3]}, {}});
                break;
            case FieldType::posts:
                form.set(field, PostsValue{{water, roads, power}, power});
                break;
            case FieldType::day:
                form.set(field, stage.zone.day_of(stage.now) + static_cast<int>(1 + dice() % 40));
                break;
            case FieldType::rating:
                form.set(field, RatingValue{static_cast<Solved>(dice() % 3), 3, ""});
                break;
            case FieldType::parties:
                form.set(field, PartiesValue{{PartyId{1}, PartyId{2}, PartyId{3}, PartyId{4}, PartyId{5}}});
                break;
            case FieldType::criteria: {
                CriteriaValue value;
                for (const auto& item : rule_at(stage.flow.lists, *asked.list).items)
                    value.answers.push_back({item, asked.criteria == CriteriaRule::all, "邻里都这么说"});
                form.set(field, value);
                break;
            }
            default:
                break;
        }
    }
    return form;
}

void check_invariants(const Stage& stage) {
    const auto& matter = stage.matter;
    for (const auto& part : matter.parts) {
        const auto& machine = stage.flow.machine(part.machine);
        const auto& state = machine.state(part.state);
        ASSERT_FALSE(part.ended == false && state.end);
        if (part.ended) {
            for (const auto& clock : matter.clocks) ASSERT_FALSE(clock.part == part.no && clock.live());
            continue;
        }
        ASSERT_FALSE(matter.parts[0].ended) << "an open part of an ended matter";
        ASSERT_NE(part.owner, PostId()) << state.name;
        // A clock pushes it on, or has pushed it as far as clocks can: under a red card.
        const bool pushed =
            std::any_of(matter.clocks.begin(), matter.clocks.end(), [&](const ClockState& clock) {
                return clock.part == part.no && clock.live() && (clock.wakes || part.card == Card::red);
            });
        ASSERT_TRUE(pushed) << "nothing pushes state " << state.name;
        for (const auto& clock : matter.clocks) {
            if (clock.part != part.no || !clock.live()) continue;
            ASSERT_EQ(clock.stage == ClockState::Stage::paused, clock.paused_since.has_value());
            ASSERT_GE(clock.due, clock.started);
        }
    }
}

void play(const Workflow& workflow, const Stage::Who& beginner, std::uint64_t seed) {
    std::mt19937_64 dice(seed);
    Stage stage(workflow);
    Form opening;
    ActionRule start;
    start.needs = stage.flow.matter().start.needs;
    opening = filled(stage, start, dice);
    ASSERT_EQ(code(stage.begin(beginner, opening)), "done");
    const std::vector<Relation> all = {Relation::reporter,   Relation::applicant, Relation::leader,
                                       Relation::dispatcher, Relation::party_to,  Relation::host};
    int taken = 0;
    for (int step = 0; step < 120 && !stage.matter.parts[0].ended; ++step) {
        if (dice() % 4 == 0) (void)stage.pass_days(static_cast<int>(dice() % 6));
        for (auto& ballot : stage.ballots)
            if (ballot.open)
                ballot.count = {30, static_cast<std::int64_t>(15 + dice() % 16),
                                static_cast<std::int64_t>(dice() % 15), 0, 0};
        const auto& part = stage.matter.parts[dice() % stage.matter.parts.size()];
        const auto& machine = stage.flow.machine(part.machine);
        const auto& rule = machine.actions[dice() % machine.actions.size()];
        // Withdrawing at once teaches nothing.
        if (rule.name == "withdraw" && dice() % 8 != 0) continue;
        Stage::Who who{all,
                       {part.owner, superior_of(part.owner), leader},
                       PartyId{static_cast<std::int64_t>(500 + dice() % 5)}};
        if (const auto* leading = stage.matter.leading()) who.posts.push_back(leading->leader());
        if (stage.act(rule.name, who, filled(stage, rule, dice), part.no)) ++taken;
        check_invariants(stage);
        if (::testing::Test::HasFatalFailure()) return;
    }
    EXPECT_GT(taken, 0);
}

TEST(WhateverHappens, NoOpenStateIsWithoutOwnerOrClock) {
    const std::uint64_t seed = 20241104;
    SCOPED_TRACE("seed " + std::to_string(seed));
    const auto request = shipped("request");
    const auto selection = shipped("selection");
    const auto objection = shipped("objection");
    const auto accountability = shipped("accountability");
    for (std::uint64_t round = 0; round < 6; ++round) {
        SCOPED_TRACE("round " + std::to_string(round));
        play(request, Stage::as(Relation::reporter, resident), seed + round);
        play(selection, Stage::as(Relation::applicant, applicant), seed + round);
        play(objection, Stage::as(Relation::reporter, resident), seed + round);
        play(accountability, Stage::as(Relation::oversight, PartyId{9}), seed + round);
        if (::testing::Test::HasFatalFailure()) return;
    }
}

TEST(Recount, ACalendarCorrectionNeverShortensWhatWasTold) {
    Stage stage(shipped("request"));
    ASSERT_EQ(code(stage.begin(Stage::as(Relation::reporter, resident))), "done");
    const auto told = stage.clock("finish")->told_due;
    EXPECT_TRUE(recount(stage.flow, stage.matter, calendar::WorkingCalendar::china(), stage.zone).empty());
    auto moved = stage.matter;
    for (auto& clock : moved.clocks)
        if (clock.clock == *stage.flow.find_clock("finish")) {
            clock.due = {told.micros - micros_per_day};  // an earlier calendar knew a day less
            clock.told_due = clock.due;
        }
    const auto longer = recount(stage.flow, moved, calendar::WorkingCalendar::china(), stage.zone);
    ASSERT_EQ(longer.size(), 1U);
    EXPECT_EQ(longer[0].after.due, told);
    for (auto& clock : moved.clocks)
        if (clock.clock == *stage.flow.find_clock("finish"))
            clock.due = clock.told_due = {told.micros + micros_per_day};
    EXPECT_TRUE(recount(stage.flow, moved, calendar::WorkingCalendar::china(), stage.zone).empty());
}

}  // namespace
}  // namespace lianxin::matter::testing
