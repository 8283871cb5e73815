#include "matter/form.hpp"

#include <gtest/gtest.h>

namespace lianxin::matter {
namespace {

constexpr FieldIndex field{0};

struct Case {
    FieldRule rule;
    FieldValue value;
    std::vector<FormRule> expected;
};

std::vector<FormRule> faults_of(const FieldRule& rule, const FieldValue& value, bool waived = false) {
    const std::vector<FieldRule> fields = {rule};
    const std::vector<CriteriaList> lists = {{"virtues", {"upright", "able"}, {}}};
    const std::vector<FormContext::LoadedList> loaded = {{field, {"identity_card", "household_register"}}};
    Form form;
    form.set(field, value);
    const std::vector<FieldIndex> needs = {field};
    std::vector<FormRule> rules;
    for (const auto& fault : check_form({fields, lists, loaded, *Day::parse("2024-11-04")}, form, needs, {},
                                        waived ? needs : std::vector<FieldIndex>{}))
        rules.push_back(fault.rule);
    return rules;
}

FieldRule of(FieldType type, std::optional<std::int64_t> min = {}, std::optional<std::int64_t> max = {}) {
    FieldRule rule;
    rule.name = "it";
    rule.type = type;
    rule.min = min;
    rule.max = max;
    return rule;
}
using Rules = std::vector<FormRule>;

TEST(Form, TextIsCountedInCharactersNotBytesAndWithoutItsMargins) {
    const auto rule = of(FieldType::text, 4, 6);
    EXPECT_EQ(faults_of(rule, TextValue{"路灯亮了"}), Rules{});
    EXPECT_EQ(faults_of(rule, TextValue{"路灯亮"}), Rules{FormRule::too_short});
    EXPECT_EQ(faults_of(rule, TextValue{"　路灯亮　"}), Rules{FormRule::too_short});
    EXPECT_EQ(faults_of(rule, TextValue{"路灯亮了又灭了"}), Rules{FormRule::too_long});
    EXPECT_EQ(faults_of(rule, TextValue{"  "}), Rules{FormRule::required});
    EXPECT_EQ(faults_of(rule, NumberValue{5}), Rules{FormRule::wrong_type});
}

TEST(Form, PhotosArePhotosAndEachOne) {
    auto rule = of(FieldType::attachments, 2, 3);
    rule.files = FileKind::photo;
    const AttachmentsValue two{{{1, FileKind::photo}, {2, FileKind::photo}}};
    EXPECT_EQ(faults_of(rule, two), Rules{});
    EXPECT_EQ(faults_of(rule, AttachmentsValue{{{1, FileKind::photo}}}), Rules{FormRule::too_few});
    EXPECT_EQ(faults_of(rule, AttachmentsValue{{{1, FileKind::photo}}}, true),
              Rules{});  // waived: what is there is welcome
    EXPECT_EQ(faults_of(rule, AttachmentsValue{{{1, FileKind::photo}, {1, FileKind::any}}}),
              (Rules{FormRule::not_a_photo, FormRule::listed_twice}));
}

TEST(Form, AChecklistNamesWhatItKnowsAndAnythingElseInWords) {
    const auto rule = of(FieldType::checklist, 1, 3);
    EXPECT_EQ(faults_of(rule, ChecklistValue{{"identity_card"}, {"产权证明"}}), Rules{});
    EXPECT_EQ(faults_of(rule, ChecklistValue{{"passport"}, {}}), Rules{FormRule::not_on_the_list});
    EXPECT_EQ(faults_of(rule, ChecklistValue{{}, {}}), Rules{FormRule::required});
}

// What is wrong with a checklist of a service's own papers, the items after the rule.
std::string of_its_list(const FieldRule& rule, const ChecklistValue& value) {
    const std::vector<FieldRule> fields = {rule};
    const std::vector<CriteriaList> lists;
    const std::vector<FormContext::LoadedList> loaded = {
        {field, {"identity_card", "household_register"}, true}};
    const FormContext context{fields, lists, loaded, *Day::parse("2024-11-04")};
    Form form;
    form.set(field, value);
    const std::vector<FieldIndex> needs = {field};
    std::string text;
    for (const auto& fault : check_form(context, form, needs, {}, {}))
        text += std::string(text.empty() ? "" : ", ") + name_of(fault.rule) + " " + fault.item;
    return text;
}

TEST(Form, OfAServiceOnlyItsOwnPapersCanBeMissing) {
    const auto rule = of(FieldType::checklist, 1);
    EXPECT_EQ(of_its_list(rule, {{"identity_card"}, {}}), "");
    EXPECT_EQ(of_its_list(rule, {{}, {"居委会证明"}}), "not_on_the_list 居委会证明");
}

TEST(Form, WhatMustBeCompleteLacksNothing) {
    auto rule = of(FieldType::checklist);
    rule.all = true;
    EXPECT_EQ(of_its_list(rule, {{"household_register", "identity_card"}, {}}), "");
    EXPECT_EQ(of_its_list(rule, {{"identity_card"}, {}}), "item_missing household_register");
    EXPECT_EQ(of_its_list(rule, {{}, {}}), "required ");
}

TEST(Form, NothingIsAskedOfAListOnWhichNothingStands) {
    auto rule = of(FieldType::checklist);
    rule.all = true;
    const std::vector<FieldRule> fields = {rule};
    const std::vector<CriteriaList> lists;
    const std::vector<FormContext::LoadedList> loaded = {{field, {}, true}};
    const std::vector<FieldIndex> needs = {field};
    EXPECT_TRUE(check_form({fields, lists, loaded, *Day::parse("2024-11-04")}, {}, needs, {}, {}).empty());
}

TEST(Form, CriteriaAreAllAnsweredAllMetOrNoneMet) {
    auto rule = of(FieldType::criteria);
    rule.list = ListIndex{0};
    rule.reason_each = true;
    rule.criteria = CriteriaRule::none;
    EXPECT_EQ(faults_of(rule, CriteriaValue{{{"upright", false, "不是"}, {"able", false, "不是"}}}), Rules{});
    EXPECT_EQ(faults_of(rule, CriteriaValue{{{"upright", true, ""}}}),
              (Rules{FormRule::criterion_met, FormRule::reason_missing, FormRule::criterion_unanswered}));
    EXPECT_EQ(
        faults_of(rule,
                  CriteriaValue{{{"tall", false, "高"}, {"upright", false, "不"}, {"able", false, "不"}}}),
        Rules{FormRule::not_on_the_list});
}

TEST(Form, OneOfSeveralPostsLeads) {
    auto rule = of(FieldType::posts, 1, 2);
    rule.lead = true;
    EXPECT_EQ(faults_of(rule, PostsValue{{PostId{1}, PostId{2}}, PostId{2}}), Rules{});
    EXPECT_EQ(faults_of(rule, PostsValue{{PostId{1}}, {}}), Rules{FormRule::lead_missing});
    EXPECT_EQ(faults_of(rule, PostsValue{{PostId{1}}, PostId{2}}), Rules{FormRule::lead_not_among_posts});
    EXPECT_EQ(faults_of(rule, PostsValue{{PostId{1}, PostId{1}}, PostId{1}}), Rules{FormRule::listed_twice});
    EXPECT_EQ(faults_of(of(FieldType::post), PostsValue{{PostId{1}, PostId{2}}, {}}),
              Rules{FormRule::too_many});
}

TEST(Form, ADayLiesWhereItShould) {
    auto rule = of(FieldType::day);
    rule.day = DayRule::future;
    rule.within_days = 30;
    EXPECT_EQ(faults_of(rule, *Day::parse("2024-11-05")), Rules{});
    EXPECT_EQ(faults_of(rule, *Day::parse("2024-12-04")), Rules{});
    EXPECT_EQ(faults_of(rule, *Day::parse("2024-11-04")), Rules{FormRule::day_not_in_future});
    EXPECT_EQ(faults_of(rule, *Day::parse("2024-12-05")), Rules{FormRule::day_too_far});
    rule.day = DayRule::past;
    EXPECT_EQ(faults_of(rule, *Day::parse("2024-11-04")), Rules{}) << "today is not later than today";
    EXPECT_EQ(faults_of(rule, *Day::parse("2024-11-05")), Rules{FormRule::day_not_in_past});
    rule.day = DayRule::not_past;
    EXPECT_EQ(faults_of(rule, *Day::parse("2024-11-04")), Rules{});
    EXPECT_EQ(faults_of(rule, *Day::parse("2024-11-03")), Rules{FormRule::day_in_past});
}

TEST(Form, OfATableEachCellAndTheSumAreLookedAt) {
    auto rule = of(FieldType::table, 1, 3);
    rule.columns = {{"what", ColumnType::text}, {"share", ColumnType::number}};
    rule.sum_at_most = 100;
    const auto row = [](const std::string& what, std::int64_t share) { return TableValue::Row{what, share}; };
    EXPECT_EQ(faults_of(rule, TableValue{{row("路基", 60), row("路面", 40)}}), Rules{});
    EXPECT_EQ(faults_of(rule, TableValue{{row("路基", 60), row("路面", 41)}}),
              Rules{FormRule::sum_too_large});
    EXPECT_EQ(faults_of(rule, TableValue{{row(std::string(301, 'x'), 1)}}), Rules{FormRule::cell_too_long});
    EXPECT_EQ(faults_of(rule, TableValue{{row("", 1)}}), Rules{FormRule::cell_missing});

    const std::vector<FieldRule> fields = {rule};
    Form form;
    form.set(field, TableValue{{row("路基", 60), row("路面", -1)}});
    const std::vector<FieldIndex> needs = {field};
    EXPECT_EQ(check_form({fields, {}, {}, Day{}}, form, needs, {}, {}),
              (std::vector<FormFault>{{field, FormRule::cell_too_small, 0, "2.share"}}));
}

TEST(Form, WhoeverIsNamedTwiceInATableIsNotTwo) {
    auto rule = of(FieldType::table, 2, 3);
    rule.columns = {{"name", ColumnType::text}};
    const auto row = [](const std::string& name) { return TableValue::Row{name}; };
    EXPECT_EQ(faults_of(rule, TableValue{{row("陈某"), row("陈某")}}), Rules{});
    rule.distinct = true;
    EXPECT_EQ(faults_of(rule, TableValue{{row("陈某"), row(" 陈某")}}), Rules{FormRule::listed_twice});
    EXPECT_EQ(faults_of(rule, TableValue{{row("陈某"), row("李某")}}), Rules{});
    EXPECT_EQ(faults_of(rule, TableValue{{row("陈某")}}), Rules{FormRule::too_few});
}

TEST(Form, NumbersMoneyMeasuresAndChoicesKeepTheirBounds) {
    EXPECT_EQ(faults_of(of(FieldType::number, 1, 9), NumberValue{10}), Rules{FormRule::too_large});
    EXPECT_EQ(faults_of(of(FieldType::money, 100, {}), MoneyValue{99}), Rules{FormRule::too_small});
    EXPECT_EQ(faults_of(of(FieldType::money, 0, {}), MoneyValue{-1}), Rules{FormRule::too_small});
    auto metres = of(FieldType::measure, 1);
    metres.units = {"m"};
    EXPECT_EQ(faults_of(metres, MeasureValue{500, "m"}), Rules{});
    EXPECT_EQ(faults_of(metres, MeasureValue{500, "m2"}), Rules{FormRule::wrong_unit});
    auto choice = of(FieldType::choice);
    choice.choices = {"upheld", "dismissed"};
    EXPECT_EQ(faults_of(choice, ChoiceValue{"upheld"}), Rules{});
    EXPECT_EQ(faults_of(choice, ChoiceValue{"maybe"}), Rules{FormRule::not_on_the_list});
    EXPECT_EQ(faults_of(of(FieldType::rating), RatingValue{Solved::no, 6, ""}),
              Rules{FormRule::grade_out_of_range});
    EXPECT_EQ(faults_of(of(FieldType::yes_no), false), Rules{});
}

TEST(Form, WhatMustBeTrueIsNotAnsweredWithNo) {
    auto begun = of(FieldType::yes_no);
    begun.must_be_yes = true;
    EXPECT_EQ(faults_of(begun, true), Rules{});
    EXPECT_EQ(faults_of(begun, false), Rules{FormRule::must_be_yes});
    const std::vector<FieldRule> fields = {begun};
    const std::vector<FieldIndex> fields_needed = {field};
    Form form;
    form.set(field, false);
    EXPECT_TRUE(check_form({fields, {}, {}, Day{}}, form, fields_needed, {}, fields_needed).empty())
        << "of a matter for which it does not hold";
}

TEST(Form, WhatNobodyAskedForIsAFaultToo) {
    const std::vector<FieldRule> fields = {of(FieldType::text), of(FieldType::number)};
    Form form;
    form.set(FieldIndex{1}, NumberValue{3});
    const std::vector<FieldIndex> needs = {FieldIndex{0}};
    const auto faults = check_form({fields, {}, {}, Day{}}, form, needs, {}, {});
    ASSERT_EQ(faults.size(), 2U);
    EXPECT_EQ(faults[0].rule, FormRule::required);
    EXPECT_EQ(faults[1].rule, FormRule::not_asked_for);
    EXPECT_EQ(faults[1].field, FieldIndex{1});
}

TEST(Form, TheLastValueOfAFieldStands) {
    Form form;
    form.set(FieldIndex{2}, true);
    form.set(FieldIndex{1}, TextValue{"a"});
    form.set(FieldIndex{1}, TextValue{"b"});
    ASSERT_EQ(form.entries().size(), 2U);
    EXPECT_EQ(form.find_as<TextValue>(FieldIndex{1})->text, "b");
    EXPECT_EQ(form.find_as<TextValue>(FieldIndex{2}), nullptr);
}

}  // namespace
}  // namespace lianxin::matter
