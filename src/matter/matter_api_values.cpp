#include "matter/matter_api_values.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cstdlib>

#include "base/time.hpp"
#include "matter/figure.hpp"
#include "measure/quantity.hpp"

namespace lianxin::matter::api {

namespace json = boost::json;

namespace {

std::string text_of(const json::value& value) {
    if (value.is_string()) return {value.get_string().data(), value.get_string().size()};
    return value.is_null() ? std::string() : json::serialize(value);
}

std::string member(const json::object& object, std::string_view name) {
    const auto* found = object.if_contains(name);
    return found == nullptr ? std::string() : text_of(*found);
}

void add(std::string& text, std::string_view separator, const std::string& more) {
    if (more.empty()) return;
    if (!text.empty()) text += separator;
    text += more;
}

template <class Say>
std::string lines(const json::value& value, const Say& say) {
    std::string text;
    if (!value.is_array()) return text_of(value);
    for (const json::value& one : value.get_array()) add(text, "\n", say(one));
    return text;
}

std::string plain(const json::value& value) {
    return lines(value, text_of);
}

// 1234567 → "1,234,567"; what follows a point stays as it is.
std::string grouped(std::string number) {
    const std::size_t first = number.starts_with('-') ? 1 : 0;
    const std::size_t point = std::min(number.find('.'), number.size());
    for (std::size_t at = point; at > first + 3;) number.insert(at -= 3, 1, ',');
    return number;
}

}  // namespace

std::string ValueWords::of(const FieldRule* rule, const json::value& value) const {
    return rule == nullptr ? plain(value) : typed(*rule, value);
}

std::string ValueWords::typed(const FieldRule& rule, const json::value& value) const {
    const auto* object = value.if_object();
    const auto* array = value.if_array();
    const auto* number = value.if_int64();
    switch (rule.type) {
        case FieldType::attachments:
            return {};
        case FieldType::checklist:
            return lines(value, [this](const json::value& one) { return item(one); });
        case FieldType::criteria:
            if (object != nullptr) return criteria(*object);
            break;
        case FieldType::posts:
        case FieldType::post:
            return posts(value);
        case FieldType::parties:
        case FieldType::party:
            return people(value);
        case FieldType::rating:
            if (object != nullptr) return rating(*object);
            break;
        case FieldType::choice:
            return words_.key_or("choice." + text_of(value), text_of(value));
        case FieldType::number:
            if (number != nullptr) return grouped(std::to_string(*number));
            break;
        case FieldType::measure:
            if (object != nullptr) return measure(*object);
            break;
        case FieldType::money:
            if (number != nullptr) return money(*number);
            break;
        case FieldType::yes_no:
            if (value.is_bool()) return yes_no(value.get_bool());
            break;
        case FieldType::table:
            if (array != nullptr) return table(rule, *array);
            break;
        case FieldType::day:
            return day(value);
        case FieldType::text:
            break;
    }
    return plain(value);
}

std::string ValueWords::pair(const std::string& title, const std::string& value) const {
    return words_.fill("shown.pair", {{"title", title}, {"value", value}});
}

// A key of the list, or words of whoever filled it in.
std::string ValueWords::item(const json::value& value) const {
    return words_.listed(text_of(value));
}

std::string ValueWords::criteria(const json::object& answers) const {
    std::string text;
    for (const auto& [name, answer] : answers) {
        std::string line = words_.of(workflow_, "criterion", std::string(name));
        if (const auto* said = answer.if_object()) {
            const auto* met = said->if_contains("met");
            if (met != nullptr && met->is_bool()) line = pair(line, yes_no(met->get_bool()));
            add(line, " · ", member(*said, "reason"));
        }
        add(text, "\n", line);
    }
    return text;
}

std::string ValueWords::posts(const json::value& value) const {
    const auto* object = value.if_object();
    const auto* listed = object == nullptr ? nullptr : object->if_contains("posts");
    const std::string lead = object == nullptr ? std::string() : member(*object, "lead");
    if (listed == nullptr || !listed->is_array()) return {};
    return lines(*listed, [&](const json::value& post) {
        const auto known = names_.find(text_of(post));
        if (known == names_.end()) return std::string();
        const std::string title = words_.hand({}, known->second.holders, known->second.called);
        return text_of(post) == lead ? title + " · " + words_.key("relation.lead") : title;
    });
}

std::string ValueWords::people(const json::value& value) const {
    if (!value.is_array()) return {};
    std::size_t unnamed = 0;
    std::string text = lines(value, [&](const json::value& person) {
        const auto known = names_.find(text_of(person));
        if (known != names_.end() && !known->second.called.empty()) return known->second.called;
        ++unnamed;
        return std::string();
    });
    if (unnamed > 0) add(text, "\n", words_.fill("shown.people", {{"n", std::to_string(unnamed)}}));
    return text;
}

std::string ValueWords::rating(const json::object& given) const {
    std::string text = words_.key("rating.solved." + member(given, "solved"));
    if (const std::string grade = member(given, "grade"); !grade.empty())
        add(text, " · ", words_.key("rating.grade.g" + grade));
    add(text, " · ", member(given, "why"));
    return text;
}

std::string ValueWords::measure(const json::object& quantity) const {
    const auto* scaled = quantity.if_contains("scaled");
    if (scaled == nullptr || !scaled->is_int64()) return json::serialize(quantity);
    return grouped(measure::scaled_text(scaled->get_int64())) + " " +
           words_.key("unit." + member(quantity, "unit"));
}

std::string ValueWords::table(const FieldRule& rule, const json::array& rows) const {
    std::string text;
    for (const json::value& row : rows) {
        const auto* cells = row.if_object();
        if (cells == nullptr) continue;
        std::string line;
        for (const ColumnRule& column : rule.columns) {
            const auto* value = cells->if_contains(column.name);
            if (value != nullptr && !value->is_null())
                add(line, " · ", pair(words_.of(workflow_, "column", column.name), cell(column, *value)));
        }
        add(text, "\n", line);
    }
    return text;
}

std::string ValueWords::cell(const ColumnRule& column, const json::value& value) const {
    const auto* number = value.if_int64();
    if (column.type == ColumnType::day) return day(value);
    if (number == nullptr) return text_of(value);
    return column.type == ColumnType::money ? money(*number) : grouped(std::to_string(*number));
}

std::string ValueWords::day(const json::value& value) const {
    const auto day = Day::parse(text_of(value));
    if (!day) return text_of(value);
    return words_.fill("shown.day", {{"year", std::to_string(day->year())},
                                     {"month", words_.key("month." + std::to_string(day->month()))},
                                     {"day", std::to_string(day->day_of_month())}});
}

// Fen are said where there are any.
std::string ValueWords::money(std::int64_t fen) const {
    std::string amount = grouped(std::to_string(fen / 100));
    if (const std::int64_t rest = std::abs(fen % 100); rest != 0)
        amount += "." + std::to_string(100 + rest).substr(1);
    return (fen < 0 && fen > -100 ? "-" : "") + amount + " " + words_.key("unit.yuan");
}

std::string ValueWords::yes_no(bool value) const {
    return words_.key(value ? "choice.yes" : "choice.no");
}

std::string ValueWords::sum(const FieldRule& rule, const FieldRule* of, const json::value& value) const {
    const auto* said = value.if_object();
    const auto* sum = said == nullptr ? nullptr : said->if_contains("sum");
    if (sum == nullptr || !sum->is_int64()) return {};
    const auto figure = [&](std::int64_t number) {
        return figure_sort(rule) == FigureSort::money ? money(number) : grouped(std::to_string(number));
    };
    const auto* whole = said->if_contains("of");
    if (of == nullptr || whole == nullptr || !whole->is_int64()) return figure(sum->get_int64());
    return words_.fill("shown.sum_of", {{"sum", figure(sum->get_int64())},
                                        {"title", words_.of(workflow_, "field", of->name)},
                                        {"of", figure(whole->get_int64())}});
}

std::string ValueWords::ballot(const json::value& result) const {
    const auto* said = result.if_object();
    if (said == nullptr) return {};
    return words_.fill("shown.ballot", {{"outcome", words_.key("ballot." + member(*said, "outcome"))},
                                        {"electorate", member(*said, "electorate")},
                                        {"present", member(*said, "present")},
                                        {"yes", member(*said, "yes")},
                                        {"no", member(*said, "no")}});
}

}  // namespace lianxin::matter::api
