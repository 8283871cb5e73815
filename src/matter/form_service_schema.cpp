// A form as JSON Schema: what pages draw and what clients may check before they send.
#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "matter/conferral.hpp"
#include "matter/form_service.hpp"

namespace lianxin::matter {

namespace {

namespace json = boost::json;

json::object text_schema(const FieldRule& rule, bool least) {
    json::object out{{"type", "string"}, {"x-widget", "text"}};
    if (rule.min && least) out["minLength"] = *rule.min;
    out["maxLength"] = rule.max.value_or(4000);
    return out;
}

json::object list_schema(json::object item, const FieldRule& rule, const char* widget, bool least) {
    json::object out{{"type", "array"}, {"items", std::move(item)}, {"x-widget", widget}};
    if (rule.min && least) out["minItems"] = *rule.min;
    if (rule.max) out["maxItems"] = *rule.max;
    return out;
}

json::object id_schema() {
    return {{"type", "string"}, {"format", "id"}};
}

json::object criteria_schema(const Workflow& workflow, const FieldRule& rule) {
    json::object properties;
    json::array required;
    json::object answer{{"type", "object"},
                        {"properties", {{"met", {{"type", "boolean"}}}, {"reason", {{"type", "string"}}}}},
                        {"required", rule.reason_each ? json::array{"met", "reason"} : json::array{"met"}},
                        {"additionalProperties", false}};
    if (rule.list) {
        for (const std::string& item : rule_at(workflow.lists, *rule.list).items) {
            properties[item] = answer;
            required.emplace_back(item);
        }
    }
    const char* wanted = rule.criteria == CriteriaRule::all    ? "all"
                         : rule.criteria == CriteriaRule::none ? "none"
                                                               : "answered";
    return {{"type", "object"},       {"properties", properties}, {"required", required},
            {"x-widget", "criteria"}, {"x-criteria", wanted},     {"additionalProperties", false}};
}

// Which posts there are to choose from.
void say_whom(json::object& out, const Workflow& workflow, FieldIndex field, const FormHints& hints) {
    const FieldRule& rule = rule_at(workflow.fields, field);
    if (!rule.post_kind.empty()) out["x-post-kind"] = rule.post_kind;
    if (is_conferred_on(workflow, field)) out["x-held"] = true;
    const auto receivers = hints.receivers(field);
    if (!receivers) return;
    json::array posts;
    for (const auto& [post, called, hint] : *receivers)
        posts.push_back({{"value", post.text()}, {"called", called}, {"hint", hint}});
    out["x-posts"] = std::move(posts);
}

json::object posts_schema(const Workflow& workflow, FieldIndex field, const FormHints& hints) {
    const FieldRule& rule = rule_at(workflow.fields, field);
    json::object out{
        {"type", "object"},
        {"properties", {{"posts", list_schema(id_schema(), rule, "post", true)}, {"lead", id_schema()}}},
        {"required", rule.lead ? json::array{"posts", "lead"} : json::array{"posts"}},
        {"x-widget", "posts"},
        {"additionalProperties", false}};
    say_whom(out, workflow, field, hints);
    return out;
}

json::object choice_schema(const std::vector<std::string>& choices) {
    json::array names;
    for (const std::string& choice : choices) names.emplace_back(choice);
    return {{"type", "string"}, {"enum", names}, {"x-widget", "choice"}};
}

json::object rating_schema() {
    return {{"type", "object"},
            {"properties",
             {{"solved", {{"type", "string"}, {"enum", json::array{"yes", "partly", "no"}}}},
              {"grade", {{"type", "integer"}, {"minimum", 1}, {"maximum", 5}}},
              {"why", {{"type", "string"}, {"maxLength", 1000}}}}},
            {"required", json::array{"solved"}},
            {"x-widget", "rating"},
            {"additionalProperties", false}};
}

json::object number_schema(const FieldRule& rule, const char* widget) {
    json::object out{{"type", "integer"}, {"x-widget", widget}};
    if (rule.min) out["minimum"] = *rule.min;
    if (rule.max) out["maximum"] = *rule.max;
    return out;
}

json::object table_schema(const FieldRule& rule, bool least) {
    json::object properties;
    for (const ColumnRule& column : rule.columns) {
        switch (column.type) {
            case ColumnType::text:
                properties[column.name] = {{"type", "string"}, {"maxLength", 300}, {"x-widget", "text"}};
                break;
            case ColumnType::number:
                properties[column.name] = {{"type", "integer"}, {"minimum", 0}, {"x-widget", "number"}};
                break;
            case ColumnType::money:
                properties[column.name] = {{"type", "integer"}, {"minimum", 0}, {"x-widget", "money"}};
                break;
            case ColumnType::day:
                properties[column.name] = {{"type", "string"}, {"format", "date"}, {"x-widget", "day"}};
                break;
        }
    }
    json::object row{{"type", "object"},
                     {"properties", properties},
                     {"required", json::array{json::string(rule.columns.front().name)}},
                     {"additionalProperties", false}};
    return list_schema(std::move(row), rule, "table", least);
}

// What it has to be one of, as far as that was said by now; else whatever there is.
std::vector<std::string> bound_to(const FieldRule& rule, BoundKind kind, const FormHints& hints) {
    return rule.bound && rule.bound->kind == kind ? hints.names(rule.bound->field)
                                                  : std::vector<std::string>();
}

json::object measure_schema(const FieldRule& rule, const FormHints& hints) {
    const auto said = bound_to(rule, BoundKind::unit_of, hints);
    json::array units;
    for (const std::string& unit : said.empty() ? rule.units : said) units.emplace_back(unit);
    return {
        {"type", "object"},
        {"properties", {{"scaled", {{"type", "integer"}}}, {"unit", {{"type", "string"}, {"enum", units}}}}},
        {"required", json::array{"scaled", "unit"}},
        {"x-widget", "measure"},
        {"additionalProperties", false}};
}

json::object checklist_schema(const FieldRule& rule, const std::vector<std::string>& listed) {
    json::object out = list_schema({{"type", "string"}, {"maxLength", 200}}, rule, "checklist", true);
    out["minItems"] = rule.all ? static_cast<std::int64_t>(listed.size()) : rule.min.value_or(1);
    json::array items;
    for (const std::string& item : listed) items.emplace_back(item);
    out["x-listed"] = items;
    return out;
}

// Where the people may be looked for.
json::object say_where(json::object out, const FormHints& hints) {
    if (!hints.searched) return out;
    json::array places;
    for (const PlaceId place : *hints.searched) places.emplace_back(place.text());
    out["x-places"] = std::move(places);
    return out;
}

json::object schema_of(const Workflow& workflow, FieldIndex field, bool least, const FormHints& hints) {
    const FieldRule& rule = rule_at(workflow.fields, field);
    switch (rule.type) {
        case FieldType::text:
            if (const auto said = bound_to(rule, BoundKind::one_of, hints); !said.empty()) {
                json::object out = choice_schema(said);
                out["x-said"] = true;  // people's own words, not ours
                return out;
            }
            return text_schema(rule, least);
        case FieldType::attachments: {
            json::object out = list_schema(id_schema(), rule, "attachments", least);
            out["x-of"] = rule.files == FileKind::photo ? "photo" : "any";
            return out;
        }
        case FieldType::checklist:
            return checklist_schema(rule, hints.listed(field));
        case FieldType::criteria:
            return criteria_schema(workflow, rule);
        case FieldType::posts:
            return posts_schema(workflow, field, hints);
        case FieldType::post: {
            json::object out = id_schema();
            out["x-widget"] = "post";
            say_whom(out, workflow, field, hints);
            return out;
        }
        case FieldType::parties:
            return say_where(list_schema(id_schema(), rule, "parties", least), hints);
        case FieldType::party: {
            json::object out = id_schema();
            out["x-widget"] = "party";
            return say_where(std::move(out), hints);
        }
        case FieldType::day:
            return {{"type", "string"}, {"format", "date"}, {"x-widget", "day"}};
        case FieldType::rating:
            return rating_schema();
        case FieldType::choice:
            return choice_schema(rule.choices);
        case FieldType::number:
            return number_schema(rule, "number");
        case FieldType::money:
            return number_schema(rule, "money");
        case FieldType::measure:
            return measure_schema(rule, hints);
        case FieldType::table:
            return table_schema(rule, least);
        case FieldType::yes_no: {
            json::object out{{"type", "boolean"}, {"x-widget", "yes_no"}};
            if (rule.must_be_yes && least) out["const"] = true;
            return out;
        }
    }
    return {};
}

}  // namespace

json::value form_schema(const Workflow& workflow, const std::vector<FieldIndex>& needs,
                        const std::vector<FieldIndex>& accepts, const std::vector<FieldIndex>& waived,
                        const FormHints& hints) {
    json::object properties;
    json::array required;
    const auto add = [&](FieldIndex field, bool needed) {
        const FieldRule& rule = rule_at(workflow.fields, field);
        const bool held = std::find(waived.begin(), waived.end(), field) == waived.end();
        // What may be left out has its least all the same once it is said.
        json::object schema = schema_of(workflow, field, held, hints);
        schema["x-told"] = rule.told;
        properties[rule.name] = std::move(schema);
        if (needed && held) required.emplace_back(rule.name);
    };
    for (const FieldIndex field : needs) add(field, true);
    for (const FieldIndex field : accepts) add(field, false);
    return json::object{{"type", "object"},
                        {"properties", std::move(properties)},
                        {"required", std::move(required)},
                        {"additionalProperties", false}};
}

}  // namespace lianxin::matter
