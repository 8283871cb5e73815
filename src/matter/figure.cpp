#include "matter/figure.hpp"

#include <algorithm>
#include <limits>

#include "base/text.hpp"

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

std::vector<std::string> names_said(const FormContext& context, const Form& form, FieldIndex field) {
    if (const auto* value = form.find(field)) return names_of(*value);
    const auto* earlier = before(context, field);
    return earlier == nullptr ? std::vector<std::string>{} : earlier->names;
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names) text += (text.empty() ? "" : "、") + name;
    return text;
}

// The least that is enough of the other in a matter of this kind; nothing: any will do.
std::optional<std::int64_t> least_share(const FormContext& context, const FieldBound& bound,
                                        std::int64_t other) {
    const ShareOfOther* of_kind = nullptr;
    for (const auto& each : bound.shares)
        if (each.subkind == context.subkind || (of_kind == nullptr && each.subkind.empty())) of_kind = &each;
    return of_kind == nullptr ? std::nullopt : std::optional(of_kind->share.least(other));
}

// Two figures, of which one bounds the other.
void check_figures(const FormContext& context, const Form& form, FieldIndex field,
                   std::vector<FormFault>& faults) {
    const auto& bound = *rule_at(context.fields, field).bound;
    const bool here = filled_in(context, form, field).has_value();
    if (!here && !filled_in(context, form, bound.field)) return;
    const auto figure = said(context, form, field, bound.together);
    const auto other = said(context, form, bound.field, false);
    if (!figure || !other) return;
    const bool days = bound.kind == BoundKind::after;
    if (days ? *figure > *other : *figure <= *other) {
        const auto least = least_share(context, bound, *other);
        if (!least || *figure >= *least) return;
        faults.push_back(here ? FormFault{field, FormRule::below_share, *least, {}, bound.field}
                              : FormFault{bound.field, FormRule::above_share, *figure, {}, field});
        return;
    }
    if (here)
        faults.push_back(
            {field, days ? FormRule::not_after_other : FormRule::above_other, *other, {}, bound.field});
    else
        faults.push_back(
            {bound.field, days ? FormRule::not_before_other : FormRule::below_other, *figure, {}, field});
}

// What was said so far, this form included, has come up to the other; what nobody said is nothing yet.
void check_reached(const FormContext& context, const Form& form, FieldIndex field,
                   std::vector<FormFault>& faults) {
    const auto& bound = *rule_at(context.fields, field).bound;
    const auto other = said(context, form, bound.field, false);
    if (other && said(context, form, field, bound.together).value_or(0) < *other)
        faults.push_back({field, FormRule::short_of_other, *other, {}, bound.field});
}

// A name that the other one must have said.
void check_names(const FormContext& context, const Form& form, FieldIndex field,
                 std::vector<FormFault>& faults) {
    const auto& rule = rule_at(context.fields, field);
    const auto others = names_said(context, form, rule.bound->field);
    if (others.empty()) return;
    const auto is_there = [&](const std::string& name) {
        return std::find(others.begin(), others.end(), name) != others.end();
    };
    if (const auto* text = form.find_as<TextValue>(field)) {
        const std::string name(trim(text->text));
        if (!name.empty() && !is_there(name))
            faults.push_back({field, FormRule::not_one_of_other, {}, joined(others), rule.bound->field});
    }
    if (const auto* measure = form.find_as<MeasureValue>(field)) {
        const bool known = std::find(rule.units.begin(), rule.units.end(), measure->unit) != rule.units.end();
        if (known && !is_there(measure->unit))
            faults.push_back({field, FormRule::not_unit_of_other, {}, joined(others), rule.bound->field});
    }
}

std::vector<PostId> posts_said(const FormContext& context, const Form& form, FieldIndex field) {
    if (const auto* value = form.find_as<PostsValue>(field)) return value->posts;
    const auto* earlier = before(context, field);
    return earlier == nullptr ? std::vector<PostId>{} : earlier->posts;
}

bool holds(const FormContext& context, PostId post, PartyId person) {
    return std::any_of(context.holders.begin(), context.holders.end(), [&](const PostHolder& holder) {
        return holder.post == post && holder.person == person;
    });
}

// The same post, or two that one person holds or stands in for.
bool in_same_hands(const FormContext& context, PostId one, PostId other) {
    return one == other ||
           std::any_of(context.holders.begin(), context.holders.end(), [&](const PostHolder& holder) {
               return holder.post == one && holds(context, other, holder.person);
           });
}

// Two fields that must name different people; the fault stands where something was filled in just now.
void check_hands(const FormContext& context, const Form& form, FieldIndex field,
                 std::vector<FormFault>& faults) {
    const auto other = rule_at(context.fields, field).bound->field;
    const bool here = form.find(field) != nullptr;
    if (!here && form.find(other) == nullptr) return;
    const auto others = posts_said(context, form, other);
    for (const auto post : posts_said(context, form, field))
        if (std::any_of(others.begin(), others.end(),
                        [&](PostId each) { return in_same_hands(context, post, each); }))
            return faults.push_back(
                {here ? field : other, FormRule::same_hands_as_other, {}, {}, here ? other : field});
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
    if (rule.type == FieldType::day) return FigureSort::day;
    const auto column = rule.type == FieldType::table ? figure_column(rule) : std::nullopt;
    if (!column) return {};
    return rule.columns[*column].type == ColumnType::money ? FigureSort::money : FigureSort::number;
}

std::optional<std::int64_t> figure_of(const FieldRule& rule, const FieldValue& value) {
    if (const auto* number = std::get_if<NumberValue>(&value)) return number->number;
    if (const auto* money = std::get_if<MoneyValue>(&value)) return money->fen;
    if (const auto* measure = std::get_if<MeasureValue>(&value)) return measure->scaled;
    if (const auto* day = std::get_if<Day>(&value)) return day->number;
    const auto* table = std::get_if<TableValue>(&value);
    const auto column = table == nullptr ? std::nullopt : figure_column(rule);
    if (!column) return {};
    return sum_of(*table, *column);
}

void name_people(Figure& figure, const FieldValue& value) {
    if (const auto* posts = std::get_if<PostsValue>(&value)) figure.posts = posts->posts;
    if (const auto* people = std::get_if<PartiesValue>(&value)) figure.people = people->parties;
}

std::vector<std::string> names_of(const FieldValue& value) {
    if (const auto* measure = std::get_if<MeasureValue>(&value)) return {measure->unit};
    std::vector<std::string> names;
    if (const auto* table = std::get_if<TableValue>(&value))
        for (const auto& row : table->rows)
            if (const auto* name = row.empty() ? nullptr : std::get_if<std::string>(&row.front()))
                names.emplace_back(trim(*name));
    return names;
}

void check_bounds(const FormContext& context, const Form& form, std::vector<FormFault>& faults) {
    for (std::size_t at = 0; at < context.fields.size(); ++at) {
        const FieldIndex field{static_cast<std::uint16_t>(at)};
        const auto& bound = context.fields[at].bound;
        if (!bound) continue;
        if (bound->kind == BoundKind::at_most || bound->kind == BoundKind::after)
            check_figures(context, form, field, faults);
        else if (bound->kind == BoundKind::apart_from)
            check_hands(context, form, field, faults);
        else
            check_names(context, form, field, faults);
    }
    // Of what is wrong anyway it is not said that it does not suffice.
    for (const FieldIndex field : context.reaches)
        if (std::none_of(faults.begin(), faults.end(),
                         [&](const FormFault& fault) { return fault.field == field; }))
            check_reached(context, form, field, faults);
}

}  // namespace lianxin::matter
