// What a field is held against, as it is written: at_most, after, unit_of, one_of, apart_from = "field:NAME".
#include <algorithm>

#include "matter/figure.hpp"
#include "matter/workflow_pack_reading.hpp"

namespace lianxin::matter {
namespace {

constexpr std::string_view prefix = "field:";

struct BoundWord {
    std::string_view key;
    BoundKind kind;
};
constexpr BoundWord bound_words[] = {{"at_most", BoundKind::at_most},
                                     {"after", BoundKind::after},
                                     {"unit_of", BoundKind::unit_of},
                                     {"one_of", BoundKind::one_of},
                                     {"apart_from", BoundKind::apart_from}};

bool share_a_unit(const FieldRule& rule, const FieldRule& other) {
    return std::any_of(rule.units.begin(), rule.units.end(), [&](const std::string& unit) {
        return std::find(other.units.begin(), other.units.end(), unit) != other.units.end();
    });
}

bool names_posts(const FieldRule& rule) {
    return rule.type == FieldType::post || rule.type == FieldType::posts;
}

// Votes are held against people, money against money, a day against a day.
bool fit(const FieldRule& rule, const FieldRule& other) {
    const auto sort = figure_sort(rule);
    switch (rule.bound->kind) {
        case BoundKind::at_most:
            return sort && sort != FigureSort::day && sort == figure_sort(other);
        case BoundKind::after:
            return sort == FigureSort::day && sort == figure_sort(other);
        case BoundKind::unit_of:
            return rule.type == FieldType::measure && share_a_unit(rule, other);
        case BoundKind::one_of:
            return rule.type == FieldType::text && other.type == FieldType::table && !other.columns.empty() &&
                   other.columns.front().type == ColumnType::text;
        case BoundKind::apart_from:
            return names_posts(rule) && names_posts(other);
    }
    return false;
}

}  // namespace

void WorkflowReading::read_bound(pack::Reader& field, FieldRule& rule) {
    const bool together = field.has("together") && field.flag("together");
    for (const auto& [key, kind] : bound_words) {
        if (!field.has(key)) continue;
        const auto word = placed(field, key);
        const bool names_field = word.text.starts_with(prefix);
        if (rule.bound || !names_field || (together && kind != BoundKind::at_most)) {
            wrong(word.at, "bad_bound",
                  "\"" + std::string(key) + " = " + word.text + "\" is nothing a field could be held against",
                  "write one of at_most, after, unit_of, one_of and apart_from, as \"field:NAME\"; together "
                  "goes with "
                  "at_most, and a fixed bound is max");
            continue;
        }
        if (const auto other = this->field({word.text.substr(prefix.size()), word.at}))
            rule.bound = FieldBound{*other, kind, together, mark_of(word.at)};
    }
    if (field.has("share")) read_shares(field, rule);
}

// "share": how much of the other it comes to at least, in every matter or by its kind.
void WorkflowReading::read_shares(pack::Reader& field, FieldRule& rule) {
    if (!std::holds_alternative<pack::Table>(field.value("share")->data))
        return read_share(placed(field, "share"), {}, rule);
    auto by_kind = field.table("share");
    for (const auto& subkind : by_kind.keys()) {
        const bool any = subkind == "any";
        if (!any && std::find(flow_.subkinds.begin(), flow_.subkinds.end(), subkind) == flow_.subkinds.end())
            unknown({subkind, by_kind.at(subkind)}, "subkind", flow_.subkinds);
        read_share(placed(by_kind, subkind), any ? std::string{} : subkind, rule);
    }
}

void WorkflowReading::read_share(const Placed& word, const std::string& subkind, FieldRule& rule) {
    const auto share = parse_fraction(word.text);
    if (!share || !rule.bound || rule.bound->kind != BoundKind::at_most || rule.bound->together)
        return wrong(word.at, "bad_share", "\"" + word.text + "\" is no share of another figure",
                     "write share = \"2/3\" or \"more than 1/2\" beside at_most = \"field:NAME\", without "
                     "together");
    rule.bound->shares.push_back({subkind, *share});
}

// What an action must have reached is a figure held against another, or a quantity in the unit of another.
void WorkflowReading::read_reaches(pack::Reader& action, ActionRule& rule) {
    for (const auto& word : action.placed_texts("reaches")) {
        const auto index = field(word);
        if (!index) continue;
        const auto& bound = rule_at(flow_.fields, *index).bound;
        if (bound && (bound->kind == BoundKind::at_most || bound->kind == BoundKind::unit_of))
            rule.reaches.push_back(*index);
        else
            wrong(word.at, "reaches_nothing", "\"" + word.text + "\" is held against nothing it could reach",
                  "give it at_most or unit_of = \"field:NAME\", or take it out of reaches");
    }
}

// Once all are read.
void WorkflowReading::bounds_fit() {
    for (const auto& rule : flow_.fields) {
        if (!rule.bound) continue;
        const auto& other = rule_at(flow_.fields, rule.bound->field);
        const pack::Position at{rule.bound->at.file, rule.bound->at.line, rule.bound->at.column};
        if (&other == &rule)
            wrong(at, "bound_by_itself", "\"" + rule.name + "\" is held against itself",
                  "name another field");
        else if (!fit(rule, other))
            wrong(at, "bound_of_another_sort",
                  "\"" + rule.name + "\" cannot be held against \"" + other.name + "\"",
                  "at_most holds a number against a number and money against money (a table counts by its "
                  "only column of that sort), after a day against a day, unit_of a measure against one with "
                  "the same units, one_of a text against a table that begins with text, apart_from posts "
                  "against "
                  "posts");
    }
}

}  // namespace lianxin::matter
