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
    if (at_most) rule.at_most = FigureBound{*at_most, together, {}};
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

TEST(Figures, AreHeldAgainstNothingThatNobodySaid) {
    EXPECT_EQ(faults_of({{yes, NumberValue{9}}}), Faults{});
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
