#include "matter/figure.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace lianxin::matter {
namespace {

constexpr FieldIndex present{0}, yes{1}, granted{2}, paid{3};

FieldRule of(const std::string& name, FieldType type, std::optional<FieldIndex> at_most = {},
             bool together = false) {
    FieldRule rule;
    rule.name = name;
    rule.type = type;
    if (at_most) rule.bound = FieldBound{*at_most, BoundKind::at_most, together, {}};
    if (type == FieldType::table)
        rule.columns = {{"to", ColumnType::text}, {"amount", ColumnType::money}, {"on", ColumnType::day}};
    return rule;
}

const std::vector<FieldRule> fields = {of("present", FieldType::number),
                                       of("yes", FieldType::number, present), of("granted", FieldType::money),
                                       of("paid", FieldType::table, granted, true)};

TableValue payments(std::initializer_list<std::int64_t> sums) {
    TableValue table;
    for (const auto sum : sums) table.rows.push_back({std::string("x"), sum, std::monostate{}});
    return table;
}

std::vector<FormFault> faults_of(std::vector<std::pair<FieldIndex, FieldValue>> values,
                                 const std::vector<Figure>& before = {}) {
    Form form;
    std::vector<FieldIndex> needs;
    for (auto& [field, value] : values) {
        form.set(field, std::move(value));
        needs.push_back(field);
    }
    FormContext context{fields, {}, {}, *Day::parse("2024-11-04")};
    context.figures = before;
    return check_form(context, form, needs, {}, {});
}
using Faults = std::vector<FormFault>;

TEST(Figures, OfOneFormAreHeldAgainstEachOther) {
    EXPECT_EQ(faults_of({{present, NumberValue{7}}, {yes, NumberValue{7}}}), Faults{});
    EXPECT_EQ(faults_of({{present, NumberValue{7}}, {yes, NumberValue{9}}}),
              (Faults{{yes, FormRule::above_other, 7, {}, present}}));
}

TEST(Figures, AreHeldAgainstWhatAnEarlierFormSaidLast) {
    const std::vector<Figure> before = {{granted, 20000, 50000}};
    EXPECT_EQ(faults_of({{paid, payments({12000, 8000})}}, before), Faults{});
    EXPECT_EQ(faults_of({{paid, payments({12000, 8001})}}, before),
              (Faults{{paid, FormRule::above_other, 20000, {}, granted}}));
}

TEST(Figures, ThatCountTogetherCountWithAllThatWasSaidBefore) {
    const std::vector<Figure> before = {{granted, 20000, 20000}, {paid, 5000, 15000}};
    EXPECT_EQ(faults_of({{paid, payments({5000})}}, before), Faults{});
    EXPECT_EQ(faults_of({{paid, payments({5001})}}, before),
              (Faults{{paid, FormRule::above_other, 20000, {}, granted}}));
}

TEST(Figures, AreNotPutBelowWhatIsHeldAgainstThem) {
    const std::vector<Figure> before = {{granted, 20000, 20000}, {paid, 5000, 15000}};
    EXPECT_EQ(faults_of({{granted, MoneyValue{15000}}}, before), Faults{});
    EXPECT_EQ(faults_of({{granted, MoneyValue{14999}}}, before),
              (Faults{{granted, FormRule::below_other, 15000, {}, paid}}));
}

// More than half of those present; of a matter of the kind "roll" two thirds.
std::vector<FormFault> of_share(std::int64_t votes, std::int64_t people, const std::string& subkind = {}) {
    auto with_share = fields;
    with_share[yes.value].bound->shares = {{"roll", *parse_fraction("2/3")},
                                           {"", *parse_fraction("more than 1/2")}};
    Form form;
    form.set(present, NumberValue{people});
    form.set(yes, NumberValue{votes});
    const std::vector<FieldIndex> needs = {present, yes};
    FormContext context{with_share, {}, {}, *Day::parse("2024-11-04")};
    context.subkind = subkind;
    return check_form(context, form, needs, {}, {});
}

TEST(Figures, ComeToTheShareOfTheOtherThatIsAskedFor) {
    EXPECT_EQ(of_share(51, 100), Faults{});
    EXPECT_EQ(of_share(50, 100), (Faults{{yes, FormRule::below_share, 51, {}, present}}));
    EXPECT_EQ(of_share(0, 0), (Faults{{yes, FormRule::below_share, 1, {}, present}}));
    const auto most = std::numeric_limits<std::int64_t>::max();
    EXPECT_EQ(of_share(1, most), (Faults{{yes, FormRule::below_share, most / 2 + 1, {}, present}}));
}

TEST(Figures, ComeToTheShareThatTheKindOfMatterAsksFor) {
    EXPECT_EQ(of_share(67, 100, "roll"), Faults{});
    EXPECT_EQ(of_share(66, 100, "roll"), (Faults{{yes, FormRule::below_share, 67, {}, present}}));
    EXPECT_EQ(of_share(51, 100, "other"), Faults{});
}

TEST(Figures, ThatAreSaidAnewLeaveWhatIsAShareOfThemItsShare) {
    auto with_share = fields;
    with_share[yes.value].bound->shares = {{"", *parse_fraction("more than 1/2")}};
    const std::vector<Figure> before = {{present, 7, 7}, {yes, 4, 4}};
    FormContext context{with_share, {}, {}, *Day::parse("2024-11-04")};
    context.figures = before;
    const std::vector<FieldIndex> needs = {present};
    Form form;
    form.set(present, NumberValue{8});
    EXPECT_EQ(check_form(context, form, needs, {}, {}),
              (Faults{{present, FormRule::above_share, 4, {}, yes}}));
}

std::vector<FormFault> short_of(const std::vector<std::pair<FieldIndex, FieldValue>>& values,
                                const std::vector<Figure>& before) {
    Form form;
    for (const auto& [field, value] : values) form.set(field, value);
    const std::vector<FieldIndex> reaches = {paid};
    FormContext context{fields, {}, {}, *Day::parse("2024-11-04")};
    context.figures = before;
    context.reaches = reaches;
    return check_form(context, form, {}, reaches, {});
}

TEST(Figures, ThatMustBeReachedComeUpToWhatTheyAreHeldAgainst) {
    const std::vector<Figure> before = {{granted, 20000, 20000}, {paid, 5000, 15000}};
    EXPECT_EQ(short_of({{paid, payments({5000})}}, before), Faults{});
    EXPECT_EQ(short_of({{paid, payments({4999})}}, before),
              (Faults{{paid, FormRule::short_of_other, 20000, {}, granted}}));
}

TEST(Figures, ThatMustBeReachedAreLookedAtWhereTheFormSaysNothingOfThem) {
    EXPECT_EQ(short_of({}, {{granted, 20000, 20000}, {paid, 5000, 20000}}), Faults{});
    EXPECT_EQ(short_of({}, {{granted, 20000, 20000}}),
              (Faults{{paid, FormRule::short_of_other, 20000, {}, granted}}));
    EXPECT_EQ(short_of({}, {}), Faults{}) << "nobody said what there is to reach";
}

TEST(Figures, ThatGoTooFarAreNotAlsoCalledShort) {
    EXPECT_EQ(short_of({{paid, payments({30000})}}, {{granted, 20000, 20000}}),
              (Faults{{paid, FormRule::above_other, 20000, {}, granted}}));
}

TEST(Figures, AreHeldAgainstNothingThatNobodySaid) {
    EXPECT_EQ(faults_of({{yes, NumberValue{9}}}), Faults{});
}

// A field of each sort that another one is held against: a day, a quantity, a table of names.
FormFault of_two(FieldType type, BoundKind kind, const FieldValue& value, const FieldType other_type,
                 const std::optional<FieldValue>& other, const std::vector<Figure>& before = {}) {
    constexpr FieldIndex first{0}, second{1};
    auto held = of("held", type), against = of("against", other_type);
    held.bound = FieldBound{second, kind, false, {}};
    held.units = against.units = {"lamp", "tree"};
    const std::vector<FieldRule> both = {held, against};
    Form form;
    form.set(first, value);
    std::vector<FieldIndex> needs = {first};
    if (other) form.set(second, *other), needs.push_back(second);
    FormContext context{both, {}, {}, *Day::parse("2024-11-04")};
    context.figures = before;
    const auto faults = check_form(context, form, needs, {}, {});
    return faults.empty() ? FormFault{} : faults.front();
}

TEST(HeldAgainstAnother, ADayIsLaterThanTheOther) {
    const Day meeting = *Day::parse("2024-11-01");
    const auto held = [&](const Day& day, const std::optional<FieldValue>& other) {
        return of_two(FieldType::day, BoundKind::after, day, FieldType::day, other,
                      {{FieldIndex{1}, meeting.number, 0}});
    };
    EXPECT_EQ(held(meeting + 1, {}), FormFault{});
    EXPECT_EQ(held(meeting, {}),
              (FormFault{FieldIndex{0}, FormRule::not_after_other, meeting.number, {}, FieldIndex{1}}));
    EXPECT_EQ(held(meeting + 1, meeting + 2).limit, (meeting + 2).number) << "the same form says it last";
    EXPECT_EQ(of_two(FieldType::day, BoundKind::after, meeting, FieldType::day, {}), FormFault{});
}

TEST(HeldAgainstAnother, APostIsInOtherHandsThanTheOther) {
    FieldRule leader, person;
    leader.type = person.type = FieldType::post;
    person.bound = FieldBound{FieldIndex{0}, BoundKind::apart_from, false, {}};
    const std::vector<FieldRule> both = {leader, person};
    // Who holds the second holds the third as well.
    const std::vector<PostHolder> holders = {
        {PostId(1), PartyId(7)}, {PostId(2), PartyId(8)}, {PostId(3), PartyId(8)}, {PostId(3), PartyId(9)}};
    const auto faults = [&](std::vector<std::pair<std::uint16_t, std::int64_t>> named,
                            std::vector<Figure> before = {}) {
        Form form;
        std::vector<FieldIndex> needs;
        for (const auto& [field, post] : named) {
            form.set(FieldIndex{field}, PostsValue{{PostId(post)}, {}});
            needs.push_back(FieldIndex{field});
        }
        FormContext context{both, {}, {}, *Day::parse("2024-11-04")};
        context.holders = holders;
        context.figures = before;
        return check_form(context, form, needs, {}, {});
    };
    const auto same = [](std::uint16_t field, std::uint16_t other) {
        return std::vector{
            FormFault{FieldIndex{field}, FormRule::same_hands_as_other, {}, {}, FieldIndex{other}}};
    };
    EXPECT_EQ(faults({{0, 1}, {1, 2}}), std::vector<FormFault>{});
    EXPECT_EQ(faults({{0, 1}, {1, 1}}), same(1, 0));
    EXPECT_EQ(faults({{0, 2}, {1, 3}}), same(1, 0)) << "two posts of one person";
    const std::vector<Figure> said = {{FieldIndex{0}, 0, 0, {}, {PostId(2)}}};
    EXPECT_EQ(faults({{1, 3}}, said), same(1, 0)) << "what an earlier form said";
    EXPECT_EQ(faults({{0, 2}}, {{FieldIndex{1}, 0, 0, {}, {PostId(3)}}}), same(0, 1));
    EXPECT_EQ(faults({{1, 1}}, said), std::vector<FormFault>{});
}

TEST(HeldAgainstAnother, AQuantityIsCountedInTheUnitOfTheOther) {
    const std::vector<Figure> promised = {{FieldIndex{1}, 0, 0, {"lamp"}}};
    const auto held = [&](const std::string& unit, const std::vector<Figure>& before) {
        return of_two(FieldType::measure, BoundKind::unit_of, MeasureValue{1000, unit}, FieldType::measure,
                      {}, before);
    };
    EXPECT_EQ(held("lamp", promised), FormFault{});
    EXPECT_EQ(held("tree", promised),
              (FormFault{FieldIndex{0}, FormRule::not_unit_of_other, {}, "lamp", FieldIndex{1}}));
    EXPECT_EQ(held("kilo", promised).rule, FormRule::wrong_unit) << "said once";
    EXPECT_EQ(held("tree", {}), FormFault{});
}

TEST(HeldAgainstAnother, ATextIsWhatARowOfTheOtherBeginsWith) {
    const TableValue planned{{{std::string(" 路基"), std::int64_t{1}, std::monostate{}},
                              {std::string("路面"), std::int64_t{1}, std::monostate{}}}};
    const auto held = [&](const std::string& text) {
        return of_two(FieldType::text, BoundKind::one_of, TextValue{text}, FieldType::table, planned);
    };
    EXPECT_EQ(held("路基 "), FormFault{});
    EXPECT_EQ(held("护栏"),
              (FormFault{FieldIndex{0}, FormRule::not_one_of_other, {}, "路基、路面", FieldIndex{1}}));
}

TEST(Figures, NeverWrapRound) {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    EXPECT_EQ(added(most, 1), most);
    EXPECT_EQ(added(-most, -most), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(figure_of(fields[3], payments({most, most})), most);
    EXPECT_EQ(faults_of({{paid, payments({most, most})}}, {{granted, 20000, 20000}}).size(), 1U);
}

TEST(Figures, OfATableAreItsOnlyColumnOfMoneyElseOfNumbers) {
    auto table = of("table", FieldType::table);
    EXPECT_EQ(figure_sort(table), FigureSort::money);
    table.columns.push_back({"fee", ColumnType::money});
    EXPECT_EQ(figure_sort(table), std::nullopt) << "which of them?";
    table.columns = {{"what", ColumnType::text}, {"share", ColumnType::number}};
    EXPECT_EQ(figure_sort(table), FigureSort::number);
    EXPECT_EQ(figure_sort(of("text", FieldType::text)), std::nullopt);
}

}  // namespace
}  // namespace lianxin::matter
