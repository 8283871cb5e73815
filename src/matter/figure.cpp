#include "matter/figure.hpp"

#include <algorithm>
#include <limits>

namespace lianxin::matter {
namespace {

// Which column of a table counts.
std::optional<std::size_t> figure_column(const FieldRule& rule) {
    for (const auto sort : {ColumnType::money, ColumnType::number}) {
        const auto is = [&](const ColumnRule& column) { return column.type == sort; };
        const auto found = std::find_if(rule.columns.begin(), rule.columns.end(), is);
        if (found == rule.columns.end()) continue;
        if (std::any_of(found + 1, rule.columns.end(), is)) return {};
        return static_cast<std::size_t>(found - rule.columns.begin());
    }
    return {};
}

std::int64_t sum_of(const TableValue& table, std::size_t column) {
    std::int64_t sum = 0;
    for (const auto& row : table.rows)
        if (const auto* cell = column < row.size() ? std::get_if<std::int64_t>(&row[column]) : nullptr)
            sum = added(sum, *cell);
    return sum;
}

const Figure* before(const FormContext& context, FieldIndex field) {
    const auto found = std::find_if(context.figures.begin(), context.figures.end(),
                                    [&](const Figure& figure) { return figure.field == field; });
    return found == context.figures.end() ? nullptr : &*found;
}

std::optional<std::int64_t> filled_in(const FormContext& context, const Form& form, FieldIndex field) {
    const auto* value = form.find(field);
    return value == nullptr ? std::nullopt : figure_of(rule_at(context.fields, field), *value);
}

// What the field says with this form: by itself, or with all that was said before.
std::optional<std::int64_t> said(const FormContext& context, const Form& form, FieldIndex field,
                                 bool together) {
    const auto now = filled_in(context, form, field);
    const auto* earlier = before(context, field);
    if (earlier == nullptr) return now;
    if (together) return added(earlier->together, now.value_or(0));
    return now ? now : earlier->last;
}

}  // namespace

std::int64_t added(std::int64_t one, std::int64_t other) {
    std::int64_t sum = 0;
    if (!__builtin_add_overflow(one, other, &sum)) return sum;
    return other > 0 ? std::numeric_limits<std::int64_t>::max() : std::numeric_limits<std::int64_t>::min();
}

std::optional<FigureSort> figure_sort(const FieldRule& rule) {
    if (rule.type == FieldType::number) return FigureSort::number;
    if (rule.type == FieldType::money) return FigureSort::money;
    const auto column = rule.type == FieldType::table ? figure_column(rule) : std::nullopt;
    if (!column) return {};
    return rule.columns[*column].type == ColumnType::money ? FigureSort::money : FigureSort::number;
}

std::optional<std::int64_t> figure_of(const FieldRule& rule, const FieldValue& value) {
    if (const auto* number = std::get_if<NumberValue>(&value)) return number->number;
    if (const auto* money = std::get_if<MoneyValue>(&value)) return money->fen;
    const auto* table = std::get_if<TableValue>(&value);
    const auto column = table == nullptr ? std::nullopt : figure_column(rule);
    if (!column) return {};
    return sum_of(*table, *column);
}

void check_figures(const FormContext& context, const Form& form, std::vector<FormFault>& faults) {
    for (std::size_t at = 0; at < context.fields.size(); ++at) {
        const FieldIndex field{static_cast<std::uint16_t>(at)};
        const auto& bound = context.fields[at].at_most;
        if (!bound) continue;
        const bool here = filled_in(context, form, field).has_value();
        if (!here && !filled_in(context, form, bound->field)) continue;
        const auto figure = said(context, form, field, bound->together);
        const auto most = said(context, form, bound->field, false);
        if (!figure || !most || *figure <= *most) continue;
        if (here)
            faults.push_back({field, FormRule::above_other, *most, {}, bound->field});
        else
            faults.push_back({bound->field, FormRule::below_other, *figure, {}, field});
    }
}

}  // namespace lianxin::matter
