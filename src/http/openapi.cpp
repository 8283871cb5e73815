// The OpenAPI 3.1 document, from the table of routes.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <map>
#include <set>

#include "base/text.hpp"
#include "http/api.hpp"
#include "http/parsing.hpp"

namespace lianxin::http {
namespace {

namespace json = boost::json;

constexpr const char* problem_type = "application/problem+json";

json::value problem_response(const char* description) {
    return {{"description", description},
            {"content", {{problem_type, {{"schema", {{"$ref", "#/components/schemas/Problem"}}}}}}}};
}

// The names in {braces}, in order; {name...} becomes {name}, as OpenAPI knows no rest of a path.
std::string path_of(const std::string& pattern, json::array& parameters) {
    std::string path;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        if (pattern[at] != '{') {
            path += pattern[at];
            continue;
        }
        const std::size_t end = pattern.find('}', at);
        std::string name = pattern.substr(at + 1, end - at - 1);
        if (name.ends_with("...")) name.resize(name.size() - 3);
        path += '{' + name + '}';
        parameters.push_back(
            {{"name", name}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}});
        at = end;
    }
    return path;
}

void add_headers(const Route& route, json::array& parameters) {
    const auto refer = [&](const char* name) {
        parameters.push_back(json::object{{"$ref", std::string("#/components/parameters/") + name}});
    };
    if (route.info.idempotent) refer("IdempotencyKey");
    refer("ApiVersion");
}

json::object responses_of(const Route& route) {
    json::object success{{"description", route.info.status == 204 ? "Done; no content" : "Done"}};
    if (route.out)
        success["content"] = {{"application/json", {{"schema", *route.out}}}};
    else if (route.info.status != 204)
        success["content"] = {{route.info.gives, json::object()}};
    json::object responses{{std::to_string(route.info.status), std::move(success)}};
    std::set<int> refusals(route.info.refusals.begin(), route.info.refusals.end());
    refusals.insert({400, 404});
    if (route.in || !route.query.empty()) refusals.insert(422);
    if (route.in) refusals.insert({413, 415});
    for (const int status : refusals) responses[std::to_string(status)] = problem_response("Refused");
    responses["default"] = problem_response("Refused, or temporarily unavailable");
    return responses;
}

json::object operation_of(const Route& route, json::array parameters) {
    for (const auto& [name, schema] : route.query) {
        json::value plain = schema;
        // A query has no null; an absent parameter is absent.
        if (auto* types = plain.is_object() && plain.as_object().contains("type")
                              ? plain.as_object()["type"].if_array()
                              : nullptr)
            plain.as_object()["type"] = json::value((*types)[0]);
        if (auto* any = plain.is_object() && plain.as_object().contains("anyOf") ? &plain.as_object()["anyOf"]
                                                                                 : nullptr)
            plain = json::value(any->as_array()[0]);
        parameters.push_back(
            {{"name", name}, {"in", "query"}, {"required", false}, {"schema", std::move(plain)}});
    }
    add_headers(route, parameters);
    json::object operation{{"operationId", route.info.id},
                           {"summary", route.info.summary},
                           {"tags", json::array{json::value(route.info.tag)}},
                           {"parameters", std::move(parameters)}};
    const bool writes =
        route.method == Method::post || route.method == Method::put || route.method == Method::patch;
    if (route.in) {
        operation["requestBody"] = {{"required", true},
                                    {"content", {{"application/json", {{"schema", *route.in}}}}}};
    } else if (writes && route.info.takes != "application/json") {
        operation["requestBody"] = {{"required", true}, {"content", {{route.info.takes, json::object()}}}};
    }
    operation["responses"] = responses_of(route);
    return operation;
}

json::object components_of(const JsonSchemas& schemas) {
    json::object components;
    json::object all = schemas.components();
    json::object text{{"type", "string"}};
    const json::object fault{
        {"type", "object"},
        {"required", json::array{"pointer", "code", "message"}},
        {"properties", {{"pointer", text}, {"code", text}, {"message", text}, {"limit", text}}}};
    all["Problem"] = {{"type", "object"},
                      {"description", "RFC 9457 problem details; code is stable"},
                      {"required", json::array{"type", "title", "status", "code", "faults"}},
                      {"properties",
                       {{"type", text},
                        {"title", text},
                        {"status", {{"type", "integer"}}},
                        {"code", text},
                        {"detail", text},
                        {"incident", text},
                        {"faults", {{"type", "array"}, {"items", fault}}}}}};
    components["schemas"] = std::move(all);
    components["parameters"] = {
        {"IdempotencyKey",
         {{"name", "Idempotency-Key"},
          {"in", "header"},
          {"description", "Made once per write by the client; a repeat gets the first answer"},
          {"schema", {{"type", "string"}, {"minLength", 1}, {"maxLength", 128}}}}},
        {"ApiVersion",
         {{"name", "Lianxin-Api"},
          {"in", "header"},
          {"schema", {{"type", "integer"}, {"const", Api::version}}}}}};
    components["securitySchemes"] = {
        {"session", {{"type", "apiKey"}, {"in", "cookie"}, {"name", "lianxin_session"}}},
        {"csrf", {{"type", "apiKey"}, {"in", "header"}, {"name", "X-CSRF-Token"}}},
        {"receipt",
         {{"type", "apiKey"},
          {"in", "header"},
          {"name", "Lianxin-Receipt"},
          {"description", "NUMBER.SECRET: what the receipt's link leads to, and what follows its #"}}}};
    return components;
}

}  // namespace

std::string Api::openapi(std::string_view title, std::string_view version_text) const {
    std::map<std::string, json::object> paths;
    std::set<std::string> tags;
    for (const auto& route : routes_) {
        if (route->info.hidden) continue;
        json::array parameters;
        const std::string path = path_of(route->pattern, parameters);
        paths[path][ascii_lower(method_name(route->method))] = operation_of(*route, std::move(parameters));
        tags.insert(route->info.tag);
    }
    json::object ordered;
    for (auto& [path, item] : paths) ordered[path] = std::move(item);
    json::array tag_list;
    for (const std::string& tag : tags)
        tag_list.push_back({{"name", tag}, {"description", "Routes of " + tag}});
    json::object document{
        {"openapi", "3.1.0"},
        {"info", {{"title", title}, {"version", version_text}}},
        {"servers", json::array{json::object{{"url", "/"}, {"description", "This server"}}}},
        {"security",
         json::array{json::object{}, json::object{{"session", json::array()}, {"csrf", json::array()}},
                     json::object{{"receipt", json::array()}}}},
        {"tags", std::move(tag_list)},
        {"paths", std::move(ordered)},
        {"components", components_of(schemas_)}};
    return json::serialize(document);
}

}  // namespace lianxin::http
