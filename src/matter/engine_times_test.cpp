// Who may act, how long a clock runs and from when, and every condition: each word of these lists is decided
// upon, once with what it asks for and once against it (engine_words_test.hpp).
#include "matter/engine_words_test.hpp"

namespace lianxin::matter::testing {
namespace {

struct WhoCase {
    std::string who;
    std::function<std::string(Stage&)> by_them;
};
std::string run_out(Stage& stage, const std::string& clock) {
    Action action;
    action.action = stage.flow.matter().find_action("act");
    action.trigger.kind = Trigger::Kind::clock;
    action.trigger.clock = *stage.flow.find_clock(clock);
    return code(stage.run(action));
}
std::optional<WhoCase> who_case(WhoRule::Kind kind) {
    using Kind = WhoRule::Kind;
    switch (kind) {
        case Kind::relation:
            return WhoCase{"reporter", [](Stage& s) {
                               return code(s.act("act", Stage::as(Relation::reporter, resident)));
                           }};
        case Kind::post:
            return WhoCase{"desk@county", [](Stage& s) { return code(s.act("act", Stage::post(county))); }};
        case Kind::clock:
            return WhoCase{"clock:late", [](Stage& s) {
                               EXPECT_EQ(run_out(s, "late"), "clock_has_not_run_out");
                               s.now.micros += 2 * micros_per_day;
                               return run_out(s, "late");
                           }};
        case Kind::engine:
            return WhoCase{"engine", [](Stage& s) {
                               Action action;
                               action.action = s.flow.matter().find_action("act");
                               action.trigger.kind = Trigger::Kind::engine;
                               return code(s.run(action));
                           }};
        case Kind::child:
            return WhoCase{
                "child:objection.upheld", [](Stage& s) {
                    Trigger ended;
                    ended.kind = Trigger::Kind::child;
                    ended.child_kind = "objection";
                    ended.outcome = "upheld";
                    ended.child = {"matter", 5};
                    Action waiting;
                    waiting.action = s.flow.matter().find_action("act");
                    return code(s.keep(s.with({}, {}, waiting, [&](const Facts& facts, const Action&) {
                        return child_ended(facts, ended);
                    })));
                }};
    }
    return {};
}

TEST(EngineWords, WhoeverIsNamedMayAndNobodyElse) {
    each_word<WhoRule::Kind, WhoCase>(who_case, 5, [](const WhoCase& who) {
        const auto act = "{ from = [\"open\"], to = \"on\", who = [\"" + who.who + "\"] }";
        const std::string late = "late = { limit = \"1 day\", starts = \"receipt\", due = \"act\" }\n";
        auto stage = begun(act, late);
        EXPECT_EQ(code(stage.act("act", Stage::post(water))), "not_yours") << who.who;
        EXPECT_EQ(who.by_them(stage), "done") << who.who;
        EXPECT_EQ(stage.state(), "on") << who.who;
    });
}

struct LimitCase {
    std::string limit;
    std::string due;
    std::string more = {};
    std::string starts = "action:act";
};
std::optional<LimitCase> limit_case(ClockLimit limit) {
    switch (limit) {
        case ClockLimit::fixed:
            return LimitCase{"2 working days", "2024-11-07T00:00:00+08:00"};
        case ClockLimit::table:
            return LimitCase{"table", "2024-11-19T00:00:00+08:00"};
        case ClockLimit::field:
            return LimitCase{"field:day", "2024-11-21T00:00:00+08:00"};
        case ClockLimit::notice:
            return LimitCase{"notice:wall", "2024-11-12T00:00:00+08:00"};
        case ClockLimit::schedule:
            return LimitCase{"every 1 month", "2024-12-05T00:00:00+08:00", ", met_by = [\"close\"]"};
        case ClockLimit::item:
            return LimitCase{"service_item.deadline", "2024-11-12T00:00:00+08:00", {}, "receipt"};
    }
    return {};
}

TEST(EngineWords, EveryLimitSaysWhenItRunsOut) {
    each_word<ClockLimit, LimitCase>(limit_case, 6, [](const LimitCase& tried) {
        auto stage = begun(same(", needs = [\"day\"], opens_notice = \"wall\""),
                           "tried = { limit = \"" + tried.limit + "\"" + tried.more + ", starts = \"" +
                               tried.starts + "\", due = \"urge\" }\n");
        ASSERT_EQ(acted(stage, stage.form({{"day", *Day::parse("2024-11-20")}})), "done") << tried.limit;
        ASSERT_NE(stage.clock("tried"), nullptr) << tried.limit;
        EXPECT_EQ(stage.zone.text(stage.clock("tried")->due), tried.due) << tried.limit;
    });
}

std::optional<std::string> start_case(ClockStart start) {
    switch (start) {
        case ClockStart::state:
            return "step";
        case ClockStart::receipt:
            return "finish";
        case ClockStart::opening:
            return "of_piece";
        case ClockStart::action:
            return "tried";
    }
    return {};
}

TEST(EngineWords, EveryClockStartsWithWhatItSaysAndNotBefore) {
    std::size_t at = 0;
    each_word<ClockStart, std::string>(start_case, 4, [&](const std::string& clock) {
        const auto start = static_cast<ClockStart>(at++);
        auto stage =
            begun(same(""), "tried = { limit = \"1 day\", starts = \"action:act\", due = \"urge\" }\n");
        const PartNo part = start == ClockStart::opening ? 1 : 0;
        const bool at_once = start == ClockStart::state || start == ClockStart::receipt;
        EXPECT_EQ(stage.clock(clock, part) != nullptr, at_once) << clock;
        ASSERT_EQ(acted(stage), "done");
        ASSERT_EQ(code(stage.act("share", Stage::post(representative),
                                 stage.form({{"posts", PostsValue{{water}, water}}}))),
                  "done");
        ASSERT_NE(stage.clock(clock, part), nullptr) << clock;
        EXPECT_TRUE(stage.clock(clock, part)->live()) << clock;
    });
}

Stage begun_with_schedule(const std::string& more = "") {
    return begun(same(", card = [\"yellow\", \"red\"]") + "\nlook = " + same("") + "\nmissed = " +
                     R"({ from = ["open"], to = "same", who = ["clock:look"], card = ["yellow", "red"] })",
                 "look = { limit = \"every 1 month\", starts = \"receipt\", met_by = [\"look\"], due = "
                 "\"missed\"" +
                     more + " }\n");
}
std::string looked(Stage& stage) {
    return code(stage.act("look", Stage::post(representative)));
}
std::string missed_at(Stage& stage, const char* when) {
    stage.now = *parse_local(when, stage.zone);
    Action action;
    action.action = stage.flow.matter().find_action("missed");
    action.trigger.kind = Trigger::Kind::clock;
    action.trigger.clock = *stage.flow.find_clock("look");
    return code(stage.run(action));
}

// A schedule: what it wants is wanted once in every stretch of it, counted from its first day.
TEST(EngineWords, AScheduleComesAgainWhetherItWasMetOrNot) {
    auto stage = begun_with_schedule();
    const auto due = [&] { return stage.zone.text(stage.clock("look")->due).substr(0, 10); };
    const auto look = [&] { return looked(stage); };
    const auto run_out_at = [&](const char* when) { return missed_at(stage, when); };
    EXPECT_EQ(due(), "2024-12-05");
    EXPECT_EQ(look(), "done");
    EXPECT_EQ(due(), "2025-01-05");
    EXPECT_EQ(look(), "done");  // once more in the same stretch: the next one is still wanted
    EXPECT_EQ(due(), "2025-01-05");
    EXPECT_EQ(run_out_at("2025-01-05 00:00:00"), "done");
    EXPECT_EQ(stage.matter.parts[0].card, Card::yellow);
    EXPECT_EQ(due(), "2025-02-05");
    EXPECT_EQ(run_out_at("2025-02-05 00:00:00"), "done");
    EXPECT_EQ(stage.matter.parts[0].card, Card::red);
    EXPECT_EQ(due(), "2025-03-05");
    EXPECT_EQ(look(), "done");
    EXPECT_EQ(stage.matter.parts[0].card, Card::none);
    EXPECT_EQ(due(), "2025-04-05");
}

TEST(EngineWords, AScheduleEndsAfterSoManyTimesOrWithItsLastDay) {
    using How = ClockState::Stage;
    auto twice = begun_with_schedule(", until = \"2 times\"");
    EXPECT_EQ(looked(twice), "done");
    EXPECT_EQ(twice.clock("look")->stage, How::running);
    EXPECT_EQ(missed_at(twice, "2025-01-05 00:00:00"), "done");
    EXPECT_EQ(twice.clock("look")->stage, How::stopped_late) << "missed the last time";
    EXPECT_FALSE(twice.clock("look")->wakes);
    EXPECT_EQ(missed_at(twice, "2025-02-05 00:00:00"), "clock_is_not_running");

    auto once = begun_with_schedule(", until = \"1 time\"");
    EXPECT_EQ(looked(once), "done");
    EXPECT_EQ(once.clock("look")->stage, How::stopped_in_time);

    auto to_december = begun_with_schedule(", until = 2024-12-04");
    EXPECT_EQ(to_december.clock("look")->stage, How::running) << "it comes on its last day";
    EXPECT_EQ(looked(to_december), "done");
    EXPECT_EQ(to_december.clock("look")->stage, How::stopped_in_time);

    auto never = begun_with_schedule(", until = 2024-12-03");
    EXPECT_EQ(never.clock("look")->stage, How::stopped_in_time);
    EXPECT_FALSE(never.clock("look")->wakes);
}

struct ConditionCase {
    std::string when;
    Do so = nothing;
    Do not_so = nothing;
    std::vector<std::pair<std::string, FieldValue>> form_so = {};
    std::vector<std::pair<std::string, FieldValue>> form_not_so = {};
};
ConditionCase of_form(const std::string& when, const std::string& field, const FieldValue& so,
                      const FieldValue& not_so) {
    return {when, nothing, nothing, {{field, so}}, {{field, not_so}}};
}
Do with_ballot(BallotOutcome outcome) {
    return [=](Stage& stage) { count_ballot(stage, outcome); };
}
void give_yellow(Stage& stage) {
    stage.matter.parts[0].card = Card::yellow;
}
std::optional<ConditionCase> condition_case(ConditionSubject subject) {
    using Subject = ConditionSubject;
    const auto passed = with_ballot(BallotOutcome::passed), failed = with_ballot(BallotOutcome::failed);
    switch (subject) {
        case Subject::always:  // nothing is written: it holds
            return ConditionCase{""};
        case Subject::card_is_yellow:
            return ConditionCase{"yellow", nothing, give_yellow};
        case Subject::card_is_red:
            return ConditionCase{"red", give_yellow, nothing};
        case Subject::anonymous:
            return ConditionCase{"anonymous", [](Stage& s) { s.matter.anonymous = true; }};
        case Subject::told_twice:
            return ConditionCase{"told_twice",
                                 [](Stage& s) { s.matter.asked_times = 1; },
                                 nothing,
                                 {{"checklist", ChecklistValue{{}, {"户口本"}}}},
                                 {{"checklist", ChecklistValue{{}, {"户口本"}}}}};
        case Subject::binding:
            return ConditionCase{"binding", [](Stage& s) { s.matter.parts[0].bound = true; }};
        case Subject::rating_solved:
            return of_form("rating.solved = no", "rating", RatingValue{Solved::no, 1, {}},
                           RatingValue{Solved::yes, 5, {}});
        case Subject::rating_grade:
            return of_form("rating.grade <= 2", "rating", RatingValue{Solved::yes, 2, {}},
                           RatingValue{Solved::yes, 3, {}});
        case Subject::subkind:
            return ConditionCase{"subkind = other", [](Stage& s) { s.matter.subkind = "other"; }};
        case Subject::category_flag:
            return ConditionCase{"category.no_photo", [](Stage& s) { s.flags = {"no_photo"}; }};
        case Subject::ballot_passed:
            return ConditionCase{"ballot.passed", passed, failed};
        case Subject::ballot_failed:
            return ConditionCase{"ballot.failed", failed, passed};
        case Subject::ballot_no_quorum:
            return ConditionCase{"ballot.no_quorum", with_ballot(BallotOutcome::no_quorum), passed};
        case Subject::part_ended_as:
            return ConditionCase{"parts.finished", [](Stage& s) { open_part(s, true); },
                                 [](Stage& s) { open_part(s); }};
        case Subject::field_filled:
            return of_form("yes_no", "yes_no", true, false);
        case Subject::field_number:
            return of_form("number >= 3", "number", NumberValue{3}, NumberValue{2});
        case Subject::field_choice:
            return of_form("choice = that", "choice", ChoiceValue{"that"}, ChoiceValue{"this"});
    }
    return {};
}

std::string by_leader(const std::string& more) {
    return R"({ from = ["open"], to = "same", who = ["owner", "leader"])" + more + " }";
}

TEST(EngineWords, ACardIsPutByHandOnAnothersWorkOneStepFurtherUntilItIsRed) {
    auto stage = begun(by_leader(R"(, card = ["yellow", "red"])"));
    const auto by = [&](const Stage::Who& who) { return code(stage.act("act", who)); };
    EXPECT_EQ(by(Stage::post(representative)), "not_on_own_work");
    EXPECT_EQ(by(Stage::as(Relation::leader, representative)), "not_on_own_work");
    EXPECT_EQ(by(Stage::as(Relation::leader, leader)), "done");
    EXPECT_EQ(stage.matter.parts[0].card, Card::yellow);
    EXPECT_EQ(by(Stage::as(Relation::leader, leader)), "done");
    EXPECT_EQ(stage.matter.parts[0].card, Card::red);
    EXPECT_EQ(by(Stage::as(Relation::leader, leader)), "card_is_already_red");
}

TEST(EngineWords, EveryConditionHoldsWhereItSaysAndNowhereElse) {
    const std::string accepts =
        R"(, accepts = ["rating", "checklist", "yes_no", "number", "choice"], card = ["yellow", "red"])";
    const auto published = [](Stage& stage, const auto& values) {
        Form form;
        for (const auto& [name, value] : values) form.set(*stage.flow.find_field(name), value);
        // By somebody else than its owner: nobody puts a card on their own work.
        EXPECT_EQ(code(stage.act("act", Stage::as(Relation::leader, leader), form)), "done");
        return !stage.last.effects.empty();
    };
    each_word<ConditionSubject, ConditionCase>(condition_case, 17, [&](const ConditionCase& tried) {
        if (tried.when.empty()) return;
        const auto act = by_leader(accepts + ", effects = [\"publish when " + tried.when + "\"]");
        auto so = begun(act), not_so = begun(act);
        tried.so(so);
        tried.not_so(not_so);
        EXPECT_TRUE(published(so, tried.form_so)) << tried.when;
        EXPECT_FALSE(published(not_so, tried.form_not_so)) << tried.when;
    });
}

}  // namespace
}  // namespace lianxin::matter::testing
