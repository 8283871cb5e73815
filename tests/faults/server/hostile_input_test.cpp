// Whatever is sent to any route of the program, in any field: a clear answer, never a fault, and nothing
// changes that was not asked for. Routes and fields are read from the program's own OpenAPI document, so that
// a new one is asked too.
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>
#include <set>

#include "http/parsing.hpp"
#include "tests/faults/server/county_server.hpp"

namespace lianxin::faults {
namespace {

namespace json = boost::json;

constexpr const char* sql = "'; drop table matter; --\" or 1=1 /*";
constexpr const char* markup = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>";

struct Operation {
    std::string method, path;
    json::object body;               // properties → schemas, references resolved
    std::vector<std::string> query;  // names
};

class Document {
 public:
    explicit Document(const http::Api& api) : all_(json::parse(api.openapi("t", "1"))) {}

    [[nodiscard]] std::vector<Operation> operations() const {
        std::vector<Operation> found;
        for (const auto& [path, methods] : all_.at("paths").as_object()) {
            for (const auto& [method, what] : methods.as_object()) {
                Operation one{upper(method), concrete(std::string(path)), {}, {}};
                if (one.path.find("/events") != std::string::npos) continue;  // a stream never ends
                if (const auto* parameters = what.as_object().if_contains("parameters")) {
                    for (const auto& p : parameters->as_array())
                        if (const auto* in = p.as_object().if_contains("in"); in != nullptr && *in == "query")
                            one.query.push_back(json::value_to<std::string>(p.at("name")));
                }
                if (const auto* body = what.as_object().if_contains("requestBody")) {
                    const auto& content = body->at("content").as_object();
                    if (const auto* typed = content.if_contains("application/json"))
                        one.body = properties(typed->at("schema"));
                }
                found.push_back(std::move(one));
            }
        }
        return found;
    }
    // Something of the right type.
    [[nodiscard]] json::value example(const json::value& given, int depth = 0) const {
        const json::value& schema = resolved(given);
        const auto* object = schema.if_object();
        if (object == nullptr || depth > 4) return nullptr;
        for (const char* choice : {"oneOf", "anyOf"}) {
            if (const auto* some = object->if_contains(choice))
                return example(some->as_array().at(0), depth + 1);
        }
        if (const auto* list = object->if_contains("enum")) return list->as_array().at(0);
        const std::string type = type_of(*object);
        if (const auto* format = object->if_contains("format"); format != nullptr)
            return *format == "date" ? "2024-05-07" : "2024-05-06T01:00:00Z";
        if (type == "string") return "1";
        if (type == "integer" || type == "number") return 1;
        if (type == "boolean") return false;
        if (type == "array") return json::array();
        if (type == "object") {
            json::object made;
            for (const auto& [name, member] : properties(schema)) made[name] = example(member, depth + 1);
            return made;
        }
        return nullptr;
    }
    [[nodiscard]] bool takes_text(const json::value& given) const {
        const auto* object = resolved(given).if_object();
        return object != nullptr && type_of(*object) == "string";
    }

 private:
    static std::string upper(std::string_view text) {
        std::string out(text);
        for (char& c : out) c = static_cast<char>(std::toupper(c));
        return out;
    }
    static std::string concrete(std::string path) {
        for (std::size_t at; (at = path.find('{')) != std::string::npos;)
            path.replace(at, path.find('}', at) - at + 1, "1");
        return path;
    }
    static std::string type_of(const json::object& schema) {
        const auto* type = schema.if_contains("type");
        if (type == nullptr) return {};
        return json::value_to<std::string>(type->is_array() ? type->as_array().at(0) : *type);
    }
    [[nodiscard]] const json::value& resolved(const json::value& schema) const {
        const auto* object = schema.if_object();
        const auto* reference = object == nullptr ? nullptr : object->if_contains("$ref");
        if (reference == nullptr) return schema;
        const std::string name = json::value_to<std::string>(*reference);
        return all_.at("components").at("schemas").at(name.substr(name.rfind('/') + 1));
    }
    [[nodiscard]] json::object properties(const json::value& schema) const {
        const auto* found = resolved(schema).as_object().if_contains("properties");
        return found == nullptr ? json::object() : found->as_object();
    }

    json::value all_;
};

class HostileInput : public ServedCounty {
 protected:
    void SetUp() override {
        server = &serve();
        staff = server->sign_in_almighty();
        document.emplace(server->api());
        operations = document->operations();
        ASSERT_GT(operations.size(), 30U);
    }
    // Anything but a fault; a refusal keeps all the promises of one.
    void expect_clear(const http::Answer& answer, const std::string& what) {
        ++asked;
        EXPECT_GE(answer.status, 200) << what;
        EXPECT_LT(answer.status, 500) << what << "\n" << answer.body;
        EXPECT_NE(answer.header("content-type").substr(0, 9), "text/html") << what;
        if (answer.status >= 400) codes.insert(problem_of(answer));
    }
    http::Answer send(const Operation& to, const json::value& body, const std::string& who) {
        return client().ask(to.method, to.path, json::serialize(body), who);
    }
    // Kept open as long as the server keeps it open.
    http::RawClient& client() {
        connection = std::make_unique<http::RawClient>(server->port());
        return *connection;
    }
    json::object good(const Operation& to) {
        json::object body;
        for (const auto& [name, schema] : to.body) body[name] = document->example(schema);
        if (body.contains("workflow")) body["workflow"] = "request";
        if (body.contains("subkind")) body["subkind"] = "report";
        return body;
    }

    CountyServer* server = nullptr;
    std::string staff;
    std::optional<Document> document;
    std::vector<Operation> operations;
    std::unique_ptr<http::RawClient> connection;
    std::set<std::string> codes;
    int asked = 0;
};
LIANXIN_ON_BOTH_ENGINES(HostileInput);

TEST_P(HostileInput, text_that_means_something_elsewhere_is_only_text_in_every_field) {
    const std::int64_t places = count("place");
    for (const std::string& who : {std::string(), staff}) {
        for (const Operation& to : operations) {
            if (to.method == "DELETE") continue;  // signs out
            for (const char* text : {sql, markup}) {
                for (const auto& [name, schema] : to.body) {
                    if (!document->takes_text(schema)) continue;
                    json::object body = good(to);
                    body[name] = text;
                    expect_clear(send(to, body, who), to.path + " " + std::string(name));
                }
                for (const std::string& name : to.query) {
                    const auto answer = client().ask(
                        to.method, to.path + "?" + name + "=" + http::percent_encode(text), "", who);
                    expect_clear(answer, to.path + "?" + name);
                }
            }
        }
    }
    EXPECT_GT(asked, 200);
    EXPECT_EQ(count("place"), places);
    EXPECT_EQ(server->report().status, 201);  // the table is still there
}

TEST_P(HostileInput, wrong_types_unknown_fields_and_broken_json_are_refused_by_name_on_every_route) {
    json::array wrong{nullptr, true, -1, 9223372036854775807LL, 1e308, ""};
    wrong.emplace_back(json::array{1, "2"});
    wrong.emplace_back(json::object{{"a", json::array{json::object{}}}});
    wrong.emplace_back(std::string(3000, 'x'));
    for (const Operation& to : operations) {
        if (to.body.empty() || to.path.ends_with("/session")) continue;
        for (const auto& [name, schema] : to.body) {
            for (const json::value& value : wrong) {
                json::object body = good(to);
                body[name] = value;
                expect_clear(send(to, body, staff),
                             to.path + " " + std::string(name) + " = " + json::serialize(value));
            }
        }
        json::object more = good(to);
        more["not_a_field"] = 1;
        const auto unknown = send(to, more, staff);
        EXPECT_EQ(problem_of(unknown), "422 invalid_input") << to.path;
        EXPECT_NE(unknown.body.find(R"("pointer":"/not_a_field","code":"unknown_field")"), std::string::npos)
            << unknown.body;
        EXPECT_EQ(problem_of(client().ask(to.method, to.path, "{\"a\":", staff)), "400 malformed_json")
            << to.path;
        EXPECT_EQ(problem_of(client().ask(to.method, to.path, "\"\xC3\x28\"", staff)), "400 malformed_utf8");
        EXPECT_EQ(problem_of(client().ask(to.method, to.path, std::string(5000, '['), staff)),
                  "400 nested_too_deep");
        EXPECT_EQ(problem_of(client().ask(to.method, to.path, "x=1",
                                          staff + "Content-Type: application/x-www-form-urlencoded\r\n")),
                  "415 unsupported_media_type");
    }
    EXPECT_GT(asked, 200);
}

TEST_P(HostileInput, what_a_resident_wrote_comes_back_to_the_letter) {
    for (const char* text : {sql, markup, "日本語 \xF0\x9F\x92\xA1 %00 \\u0000 ${jndi:ldap://x}"}) {
        const json::object body{{"workflow", "request"}, {"subkind", "report"},
                                {"subject", text},       {"text", text},
                                {"address", text},       {"reporter", {{"name", text}}}};
        const auto made = server->post("/api/v1/matters", json::serialize(body));
        ASSERT_EQ(made.status, 201) << made.body;
        const json::value receipt = json_of(made);
        const auto read = server->ask(
            "GET", "/api/v1/matters/" + text_at(receipt, "number"), "",
            "Lianxin-Receipt: " + text_at(receipt, "number") + "." + text_at(receipt, "secret") + "\r\n");
        ASSERT_EQ(read.status, 200) << read.body;
        EXPECT_EQ(text_at(json_of(read), "subject"), text);
        EXPECT_EQ(text_at(json_of(read), "text"), text);
        EXPECT_EQ(read.header("x-content-type-options"), "nosniff");
    }
}

TEST_P(HostileInput, problems_speak_the_askers_language) {
    std::set<std::string> titles;
    for (const char* language : {"zh-Hans", "zh-Hant", "en"})
        titles.insert(text_at(json_of(server->post("/api/v1/matters", "{",
                                                   "Accept-Language: " + std::string(language) + "\r\n")),
                              "title"));
    EXPECT_EQ(titles.size(), 3U);
}

TEST_P(HostileInput, ten_megabytes_of_text_are_refused_before_they_are_read_and_long_texts_by_their_field) {
    const std::string huge = R"({"workflow":"request","subject":")" + std::string(10 << 20, 'x') + "\"}";
    EXPECT_EQ(problem_of(server->post("/api/v1/matters", huge)), "413 body_too_large");
    const json::object body{{"workflow", "request"},
                            {"subkind", "report"},
                            {"subject", "路灯"},
                            {"text", std::string(900'000, 'x')}};
    const auto longer = server->post("/api/v1/matters", json::serialize(body));
    EXPECT_EQ(problem_of(longer), "422 invalid");
    EXPECT_NE(longer.body.find(R"("pointer":"/text","code":"too_long")"), std::string::npos) << longer.body;
    EXPECT_EQ(count("matter"), 0);
}

TEST_P(HostileInput, somebody_elses_matter_is_as_absent_as_one_that_never_was) {
    const Receipt mine = server->reported(), theirs = server->reported();
    const auto body = [&](const std::string& action) {
        return json::serialize(json::object{{"action", action}, {"part", 0}, {"fields", json::object{}}});
    };
    for (const std::string& name : {theirs.id, theirs.number}) {
        for (const auto& [method, path, text] :
             {std::tuple("GET", "", std::string()), std::tuple("GET", "/actions", std::string()),
              std::tuple("POST", "/actions", body("withdraw"))}) {
            const auto refused = server->ask(method, "/api/v1/matters/" + name + path, text, mine.header());
            const auto absent =
                server->ask(method, "/api/v1/matters/77" + std::string(path), text, mine.header());
            EXPECT_EQ(problem_of(refused).substr(0, 3), "404");
            EXPECT_EQ(refused.body, absent.body);
        }
    }
    EXPECT_EQ(problem_of(server->ask("GET", "/api/v1/matters/" + theirs.number, "",
                                     "Lianxin-Receipt: " + theirs.number + "." + mine.secret + "\r\n")),
              "401 receipt_not_proved");
    // The picture of the receipt's link is drawn for who holds that very receipt.
    const std::string picture = "/api/v1/track/" + theirs.number + "/qr.svg";
    EXPECT_EQ(server->ask("GET", picture, "", theirs.header()).status, 200);
    for (const std::string& header : {mine.header(), std::string()})
        EXPECT_EQ(problem_of(server->ask("GET", picture, "", header)), "404 not_found");
    const auto state = json_of(server->ask("GET", "/api/v1/track/" + theirs.number));
    EXPECT_EQ(text_at(state, "state"), "offered");
    // By number alone: state and deadline, nothing that anybody wrote.
    for (const auto& [name, value] : state.as_object()) {
        EXPECT_TRUE((std::set<std::string_view>{"number", "state", "state_title", "phase", "tone", "due",
                                                "closed_at"})
                        .contains(std::string_view(name.data(), name.size())))
            << name;
    }
}

}  // namespace
}  // namespace lianxin::faults
