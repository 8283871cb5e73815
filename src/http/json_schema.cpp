#include "http/json_schema.hpp"

#include <cxxabi.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <cstdlib>

namespace lianxin::http {
namespace {

namespace json = boost::json;

std::string demangled(const std::type_info& type) {
    int status = 0;
    const std::unique_ptr<char, decltype(&std::free)> text(
        abi::__cxa_demangle(type.name(), nullptr, nullptr, &status), &std::free);
    return status == 0 ? std::string(text.get()) : std::string(type.name());
}

// "lianxin::place::Page<lianxin::place::Row>" → {"place", "Page_place_Row"}: what OpenAPI allows in a
// component's name.
std::pair<std::string, std::string> namespace_and_name(std::string text) {
    for (const std::string_view gone : {"lianxin::", "(anonymous namespace)::"}) {
        for (std::size_t at = 0; (at = text.find(gone)) != std::string::npos;) text.erase(at, gone.size());
    }
    const std::size_t colons = text.rfind("::", text.find('<'));
    std::string space = colons == std::string::npos ? "" : text.substr(0, colons);
    std::string name = colons == std::string::npos ? text : text.substr(colons + 2);
    for (std::string* part : {&space, &name}) {
        std::replace_if(
            part->begin(), part->end(),
            [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
        while (part->ends_with('_')) part->pop_back();
    }
    return {space, name};
}

json::value reference(const std::string& name) {
    return {{"$ref", "#/components/schemas/" + name}};
}

}  // namespace

JsonSchemas::Named JsonSchemas::name_of(const std::type_info& type, bool by_direction) {
    const std::string key =
        type.name() + std::string(by_direction && direction_ == Direction::in ? "|in" : "");
    if (const auto found = names_.find(key); found != names_.end()) return {found->second, false};
    const auto [space, short_name] = namespace_and_name(demangled(type));
    const auto taken = [&](const std::string& name) {
        return std::any_of(names_.begin(), names_.end(),
                           [&](const auto& known) { return known.second == name; });
    };
    std::string name = short_name;
    const bool twin = names_.contains(type.name()) || names_.contains(type.name() + std::string("|in"));
    if (twin) name += direction_ == Direction::in ? "_given" : "_answered";
    if (taken(name)) name = space + "_" + name;
    for (int i = 2; taken(name); ++i) name = space + "_" + short_name + "_" + std::to_string(i);
    names_.emplace(key, name);
    return {name, true};
}

json::value with_definitions(json::value root, const JsonSchemas& schemas) {
    if (schemas.components().empty()) return root;
    json::object whole;
    whole["components"] = {{"schemas", schemas.components()}};
    for (auto& [name, part] : root.as_object()) whole[name] = part;
    return whole;
}

namespace json_detail {

value scalar_schema(JsonSchemas&, std::string_view type, std::string_view format) {
    json::object schema;
    if (format == "id") {
        schema["type"] = "string";
        schema["pattern"] = "^[1-9][0-9]{0,18}$";
        return schema;
    }
    if (!type.empty()) schema["type"] = type;
    if (!format.empty()) schema["format"] = format;
    return schema;
}

value bounded_schema(std::int64_t low, std::int64_t high) {
    return {{"type", "integer"}, {"format", "int32"}, {"minimum", low}, {"maximum", high}};
}

value nullable_schema(value of) {
    json::object& schema = of.as_object();
    if (schema.empty()) return of;  // anything includes null
    const value* type = schema.if_contains("type");
    if (type == nullptr || !type->is_string())
        return {{"anyOf", json::array{std::move(of), {{"type", "null"}}}}};
    schema["type"] = json::array{*type, "null"};
    return of;
}

value list_schema(value of) {
    return {{"type", "array"}, {"items", std::move(of)}};
}

value map_schema(value of) {
    return {{"type", "object"}, {"additionalProperties", std::move(of)}};
}

value names_schema(JsonSchemas& schemas, const std::type_info& type, std::span<const char* const> names) {
    const auto [name, fresh] = schemas.name_of(type, false);
    if (fresh) {
        json::array values;
        for (const char* one : names) values.emplace_back(one);
        schemas.put(name, {{"type", "string"}, {"enum", std::move(values)}});
    }
    return reference(name);
}

value object_schema(JsonSchemas& schemas, const std::type_info& type, std::span<const JsonMember> members) {
    const auto [name, fresh] = schemas.name_of(type, true);
    if (!fresh) return reference(name);
    const bool in = schemas.direction() == JsonSchemas::Direction::in;
    json::object properties;
    json::array required;
    for (const JsonMember& member : members) {
        properties[member.name] = member.schema(schemas);
        if (!in || !member.may_be_absent) required.emplace_back(member.name);
    }
    json::object schema{
        {"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
    if (!required.empty()) schema["required"] = std::move(required);
    schemas.put(name, std::move(schema));
    return reference(name);
}

}  // namespace json_detail
}  // namespace lianxin::http
