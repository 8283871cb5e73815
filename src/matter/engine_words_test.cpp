// Every word of the closed vocabulary is decided upon, once with what it asks for and once against it. The
// switches know every enumerator and have no default, so a new word does not compile without its case.
#include "matter/engine_words_test.hpp"

namespace lianxin::matter::testing {
namespace {

struct GuardCase {
    std::string word;
    std::string refusal;
    Do against;
    Do with = nothing;
};
std::optional<GuardCase> guard_case(GuardRule::Kind kind) {
    using Kind = GuardRule::Kind;
    switch (kind) {
        case Kind::in_scope:
            return GuardCase{"in_scope", "not_in_scope", [](Stage& s) { s.in_scope = false; }};
        case Kind::parts_done:
            return GuardCase{"parts_done", "parts_are_not_done", [](Stage& s) { open_part(s); },
                             [](Stage& s) { open_part(s, true); }};
        case Kind::before:
            return GuardCase{"before:finish", "deadline_already_passed",
                             [](Stage& s) { s.now.micros += 30 * micros_per_day; }};
        case Kind::notice_over:
            return GuardCase{"notice_over:wall", "notice_is_not_over", [](Stage& s) { hang_notice(s, 3); },
                             [](Stage& s) { hang_notice(s, -1); }};
        case Kind::no_hold:
            return GuardCase{"no_hold:objection", "objection_is_open", [](Stage& s) {
                                 s.matter.holds.push_back({"objection", {"matter", 5}, s.now});
                             }};
        case Kind::no_child:
            return GuardCase{"no_child:objection", "other_matter_is_open",
                             [](Stage& s) {
                                 s.children.push_back({"objection", {"matter", 5}, true});
                             },
                             [](Stage& s) {
                                 s.children.push_back({"objection", {"matter", 5}, false});
                             }};
        case Kind::post_vacant:
            return GuardCase{"post_vacant", "post_is_not_vacant", [](Stage& s) { s.post_vacant = false; }};
        case Kind::post_held:
            return GuardCase{"post_held", "post_is_vacant", nothing, [](Stage& s) { s.post_vacant = false; }};
        case Kind::ballot_passed:
            return GuardCase{"ballot_passed:meeting", "ballot_has_not_passed",
                             [](Stage& s) { count_ballot(s, BallotOutcome::failed); },
                             [](Stage& s) { count_ballot(s, BallotOutcome::passed); }};
        case Kind::not_rated:
            return GuardCase{"not_rated", "already_rated", [](Stage& s) { s.matter.rated = true; }};
        case Kind::not_bound:
            return GuardCase{"not_bound", "assignment_is_binding",
                             [](Stage& s) { s.matter.parts[0].bound = true; }};
        case Kind::known_person:
            return GuardCase{"known_person", "person_not_known", [](Stage& s) { s.asker.known = false; }};
        case Kind::holds_post:
            return GuardCase{"holds_post", "holds_no_post", [](Stage& s) { s.asker.holds_post = false; }};
    }
    return {};
}

TEST(EngineWords, EveryGuardHoldsAnActionBackAndLetsItGo) {
    each_word<GuardRule::Kind, GuardCase>(guard_case, 13, [](const GuardCase& guard) {
        const auto act = same(", guards = [\"" + guard.word + "\"]");
        auto held = begun(act), free = begun(act);
        guard.against(held);
        EXPECT_EQ(acted(held), guard.refusal) << guard.word;
        guard.with(free);
        EXPECT_EQ(acted(free), "done") << guard.word;
    });
}

struct EffectCase {
    std::string word;
    std::function<bool(const Effect&)> is = [](const Effect&) { return true; };
};
std::optional<EffectCase> effect_case(EffectRule::Kind kind) {
    using Kind = EffectRule::Kind;
    const auto whom = [](Relation relation) {
        return [=](const Effect& effect) { return effect.whom == relation; };
    };
    switch (kind) {
        case Kind::receipt:
            return EffectCase{"receipt"};
        case Kind::note:
            return EffectCase{"note owner", [](const Effect& effect) {
                                  return effect.posts == std::vector{representative};
                              }};
        case Kind::tell:
            return EffectCase{"tell reporter", whom(Relation::reporter)};
        case Kind::ask_rating:
            return EffectCase{"ask_rating"};
        case Kind::publish:
            return EffectCase{"publish"};
        case Kind::unpublish:
            return EffectCase{"unpublish"};
        case Kind::open:
            return EffectCase{"open accountability",
                              [](const Effect& effect) { return effect.workflow == "accountability"; }};
        case Kind::appoint:
            return EffectCase{"appoint applicant", whom(Relation::applicant)};
        case Kind::dismiss:
            return EffectCase{"dismiss applicant", whom(Relation::applicant)};
        case Kind::certificate:
            return EffectCase{"certificate"};
        case Kind::withdraw_notice:
            return EffectCase{"withdraw_notice"};
        case Kind::involve:
            return EffectCase{"involve party from parties", whom(Relation::party_to)};
    }
    return {};
}

TEST(EngineWords, EveryEffectIsDecidedWithItsAction) {
    std::size_t at = 0;
    each_word<EffectRule::Kind, EffectCase>(effect_case, 12, [&](const EffectCase& effect) {
        const auto kind = static_cast<EffectRule::Kind>(at++);
        auto stage = begun(same(", effects = [\"" + effect.word + "\"]"));
        hang_notice(stage, 3);
        ASSERT_EQ(acted(stage), "done") << effect.word;
        if (kind == EffectRule::Kind::withdraw_notice) {
            ASSERT_EQ(stage.last.notices.size(), 1U);
            EXPECT_EQ(stage.last.notices[0].kind, NoticeChange::Kind::withdrawn);
            return;
        }
        ASSERT_EQ(stage.last.effects.size(), 1U) << effect.word;
        EXPECT_EQ(stage.last.effects[0].kind, kind) << effect.word;
        EXPECT_TRUE(effect.is(stage.last.effects[0])) << effect.word;
        EXPECT_EQ(stage.last.told, kind == EffectRule::Kind::tell);
        EXPECT_EQ(stage.last.rating_asked, kind == EffectRule::Kind::ask_rating);
    });
}

struct SelectorCase {
    std::string word;
    PostId finds;
    Do before = nothing;
};
std::optional<SelectorCase> selector_case(OwnerSelector::Kind kind) {
    using Kind = OwnerSelector::Kind;
    switch (kind) {
        case Kind::keep:
            return SelectorCase{"keep", representative};
        case Kind::previous:
            return SelectorCase{"previous", water, [](Stage& s) { s.matter.parts[0].previous = water; }};
        case Kind::named:
            return SelectorCase{"named", roads, [](Stage& s) { s.named = roads; }};
        case Kind::next_rung:
            return SelectorCase{"next_rung", group_head};
        case Kind::field:
            return SelectorCase{"field:post", power};
        case Kind::superior_of:
            return SelectorCase{"superior@owner", group_head};
        case Kind::leader_of:
            return SelectorCase{"leader@host", leader, [](Stage& s) { s.matter.host = township; }};
        case Kind::owner_of:
            return SelectorCase{"lead", water, [](Stage& s) { open_part(s); }};
        case Kind::desk_of_item:
            return SelectorCase{"desk@service_item", water};
        case Kind::kind_at:
            return SelectorCase{"desk@county", county};
    }
    return {};
}

TEST(EngineWords, EverySelectorFindsItsOwner) {
    each_word<OwnerSelector::Kind, SelectorCase>(selector_case, 10, [](const SelectorCase& selector) {
        auto stage = begun(R"({ from = ["open"], to = "on", who = ["owner"], needs = ["post"], owner = ")" +
                           selector.word + "\" }");
        selector.before(stage);
        ASSERT_EQ(acted(stage, stage.form({{"post", PostsValue{{power}, {}}}})), "done") << selector.word;
        EXPECT_EQ(stage.owner(), selector.finds) << selector.word;
    });
}

struct FieldCase {
    std::string name;
    FieldValue value;
};
std::optional<FieldCase> field_case(FieldType type) {
    switch (type) {
        case FieldType::text:
            return FieldCase{"text", TextValue{"路灯亮了"}};
        case FieldType::attachments:
            return FieldCase{"attachments", photo()};
        case FieldType::checklist:
            return FieldCase{"checklist", ChecklistValue{{}, {"户口本"}}};
        case FieldType::criteria:
            return FieldCase{"criteria", CriteriaValue{{{"upright", true, "公道"}}}};
        case FieldType::posts:
            return FieldCase{"posts", PostsValue{{water}, water}};
        case FieldType::post:
            return FieldCase{"post", PostsValue{{water}, {}}};
        case FieldType::parties:
            return FieldCase{"parties", PartiesValue{{resident}}};
        case FieldType::party:
            return FieldCase{"party", PartiesValue{{resident}}};
        case FieldType::day:
            return FieldCase{"day", *Day::parse("2024-12-01")};
        case FieldType::rating:
            return FieldCase{"rating", RatingValue{Solved::yes, 5, {}}};
        case FieldType::choice:
            return FieldCase{"choice", ChoiceValue{"that"}};
        case FieldType::number:
            return FieldCase{"number", NumberValue{3}};
        case FieldType::measure:
            return FieldCase{"measure", MeasureValue{3000, "m"}};
        case FieldType::money:
            return FieldCase{"money", MoneyValue{300}};
        case FieldType::yes_no:
            return FieldCase{"yes_no", true};
        case FieldType::table: {
            TableValue table;
            table.rows.push_back({std::string("修沟")});
            return FieldCase{"table", table};
        }
    }
    return {};
}

TEST(EngineWords, EveryFieldThatIsNeededIsAskedForAndTaken) {
    each_word<FieldType, FieldCase>(field_case, 16, [](const FieldCase& field) {
        const auto act = same(", needs = [\"" + field.name + "\"]");
        auto empty = begun(act), filled = begun(act);
        const auto refused = empty.act("act", Stage::post(representative));
        ASSERT_EQ(code(refused), "form_incomplete") << field.name;
        ASSERT_EQ(refused.error().faults.size(), 1U) << field.name;
        EXPECT_EQ(acted(filled, filled.form({{field.name, field.value}})), "done") << field.name;
    });
}

}  // namespace
}  // namespace lianxin::matter::testing
