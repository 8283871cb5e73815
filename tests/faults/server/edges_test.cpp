// What is asked of the routes at their edges: a value nobody knows, a page of no size, a thing of another
// kind, the wrong method, somebody else's matter. Each gets a refusal that names it; nothing answers with an
// empty page, and nothing tells a stranger what is there. Routes and parameters are the OpenAPI document's.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>
#include <map>

#include "http/parsing.hpp"
#include "tests/faults/server/county_server.hpp"

namespace lianxin::faults {
namespace {

namespace json = boost::json;

struct Parameter {
    std::string name;
    json::object schema;
};
struct Asked {
    std::string method, pattern;
    std::vector<Parameter> query;
};

std::string text_of(const json::value& value) {
    return json::value_to<std::string>(value);
}

std::vector<Asked> routes_of(const http::Api& api) {
    std::vector<Asked> all;
    const json::value document = json::parse(api.openapi("t", "1"));
    for (const auto& [path, methods] : document.at("paths").as_object()) {
        for (const auto& [method, what] : methods.as_object()) {
            Asked one{std::string(method), std::string(path), {}};
            for (char& c : one.method) c = static_cast<char>(std::toupper(c));
            for (const json::value& p : what.at("parameters").as_array()) {
                const auto* in = p.as_object().if_contains("in");
                if (in != nullptr && *in == "query")
                    one.query.push_back({text_of(p.at("name")), p.at("schema").as_object()});
            }
            all.push_back(std::move(one));
        }
    }
    return all;
}

std::string filled(std::string pattern, const std::string& with) {
    for (std::size_t at; (at = pattern.find('{')) != std::string::npos;)
        pattern.replace(at, pattern.find('}', at) - at + 1, with);
    return pattern;
}

bool is_id(const json::object& schema) {
    return schema.contains("pattern");
}

class Edges : public ServedCounty {
 protected:
    void SetUp() override {
        server = &serve();
        staff = server->sign_in_almighty();
    }
    http::Answer get(const std::string& target, const std::string& who) {
        return server->ask("GET", target, "", who);
    }
    // 422 with the parameter named; what is allowed, where that can be listed.
    void expect_fault(const http::Answer& answer, const std::string& name, const std::string& what) {
        EXPECT_EQ(answer.status, 422) << what << answer.body;
        EXPECT_NE(answer.body.find("\"pointer\":\"/" + name), std::string::npos) << what << answer.body;
    }
    [[nodiscard]] std::vector<std::string> ids(const std::string& select) {
        return database().read([&](store::Transaction& tx) {
            std::vector<std::string> found;
            for (const store::Row row : tx.query(select))
                found.push_back(std::to_string(row.get<std::int64_t>(0)));
            return found;
        });
    }

    CountyServer* server = nullptr;
    std::string staff;
};
LIANXIN_ON_BOTH_ENGINES(Edges);

TEST_P(Edges, a_parameter_that_no_route_knows_is_refused_by_each) {
    for (const Asked& route : routes_of(server->api())) {
        if (route.method == "DELETE") continue;  // signs out
        const auto answer =
            server->ask(route.method, filled(route.pattern, "1") + "?nobody_knows=1", "", staff);
        expect_fault(answer, "nobody_knows", route.method + " " + route.pattern);
    }
}

TEST_P(Edges, a_value_of_no_kind_is_refused_by_name_and_never_answered_by_an_empty_page) {
    const std::string unknown = "4611686018427387904";
    for (const Asked& route : routes_of(server->api())) {
        for (const Parameter& p : route.query) {
            const auto ask = [&](const std::string& value) {
                const std::string target =
                    filled(route.pattern, "request") + "?" + p.name + "=" + http::percent_encode(value);
                return std::pair(get(target, staff), target);
            };
            std::vector<std::string> wrong;
            if (is_id(p.schema)) wrong = {"x", "-1", "0", "01", "1.5", "99999999999999999999"};
            const auto* type = p.schema.if_contains("type");
            if (type != nullptr && *type == "integer")
                wrong = {"x", "1.5", "1e9", "99999999999999999999", "-99999999999999999999"};
            if (type != nullptr && *type == "boolean") wrong = {"x", "2", "yes"};
            if (p.schema.contains("maximum")) wrong.insert(wrong.end(), {"0", "-1", "1000000000"});
            if (p.schema.contains("enum") || p.schema.contains("$ref")) wrong = {"nope", "1", "Open"};
            const auto* format = p.schema.if_contains("format");
            if (format != nullptr && *format == "date") wrong = {"x", "2024-02-30", "2024-2-3", "20240203"};
            for (const std::string& value : wrong) {
                const auto [answer, target] = ask(value);
                if (answer.status != 404)  // the path itself was of nothing
                    expect_fault(answer, p.name, target);
            }
            if (is_id(p.schema) && p.name != "after") {
                // Where more is asked for, what is missing may be said first.
                const auto [answer, target] = ask(unknown);
                EXPECT_TRUE(answer.status == 404 || answer.body.find("missing_field") != std::string::npos)
                    << target << " " << answer.status << answer.body;
            }
        }
    }
}

TEST_P(Edges, what_the_pack_names_is_listed_where_a_name_is_unknown) {
    const std::string root = ids("select min(id) from place").at(0);
    for (const auto& [target, name, among] : {
             std::tuple("/api/v1/matters?state=nope", "state", "in_hand"),
             std::tuple("/api/v1/matters?state=in_hand&state=nope", "state", "offered"),
             std::tuple("/api/v1/matters?phase=nope", "phase", "open_explained"),
             std::tuple("/api/v1/matters?limit=0", "limit", "1–200"),
             std::tuple("/api/v1/matters?after=nope", "after", ""),
             std::tuple("/api/v1/matters?after=1.2", "after", ""),
             std::tuple("/api/v1/search?q=a&after=nope", "after", ""),
         }) {
        const auto answer = get(target, staff);
        expect_fault(answer, name, target);
        EXPECT_NE(answer.body.find(among), std::string::npos) << answer.body;
    }
    const auto kinds = get("/api/v1/places/" + root + "/posts?kind=nope", staff);
    expect_fault(kinds, "kind", "posts");
    EXPECT_NE(kinds.body.find("representative"), std::string::npos) << kinds.body;
    // Asked for a state that is not of the phase asked for: nothing is, and that is the answer.
    (void)server->reported();
    EXPECT_EQ(json_of(get("/api/v1/matters?state=offered", staff)).at("items").as_array().size(), 1U);
    EXPECT_EQ(json_of(get("/api/v1/matters?state=offered&phase=open", staff)).at("items").as_array().size(),
              1U);
    EXPECT_TRUE(
        json_of(get("/api/v1/matters?state=offered&phase=closed", staff)).at("items").as_array().empty());
}

TEST_P(Edges, an_id_of_another_kind_is_of_nothing) {
    const Receipt receipt = server->reported();
    const std::map<std::string, std::string> real{{"/api/v1/matters/", receipt.id},
                                                  {"/api/v1/places/", ids("select min(id) from place").at(0)},
                                                  {"/api/v1/posts/", ids("select min(id) from post").at(0)}};
    for (const Asked& route : routes_of(server->api())) {
        if (route.pattern.find("{id}") == std::string::npos || route.method != "GET") continue;
        std::vector<std::string> wrong{"x", "-1", "0", "99999999999999999999"};
        for (const auto& [prefix, id] : real)
            if (!route.pattern.starts_with(prefix)) wrong.push_back(id);
        for (const std::string& id : wrong) {
            const auto answer = get(filled(route.pattern, id), staff);
            if (answer.body.find("missing_field") != std::string::npos) continue;  // more is asked for first
            EXPECT_EQ(problem_of(answer), "404 not_found") << route.pattern << " " << id;
        }
    }
}

TEST_P(Edges, every_path_says_which_methods_it_has) {
    std::map<std::string, std::string> methods;
    for (const Asked& route : routes_of(server->api())) methods[route.pattern] += route.method + " ";
    for (const auto& [pattern, known] : methods) {
        const std::string path = filled(pattern, "1");
        for (const char* method : {"GET", "POST", "PUT", "PATCH", "DELETE"}) {
            if (known.find(method) != std::string::npos) continue;
            const auto answer = server->ask(method, path, "", staff);
            EXPECT_EQ(problem_of(answer), "405 method_not_allowed") << method << " " << path;
            EXPECT_NE(answer.header("allow"), "") << path;
        }
        const auto options = server->ask("OPTIONS", path);
        EXPECT_EQ(options.status, 204) << path;
        EXPECT_NE(options.header("allow").find(known.substr(0, known.find(' '))), std::string::npos) << path;
        if (known.find("GET") == std::string::npos) continue;
        http::RawClient client(server->port());
        const auto head = client.ask("HEAD", path, "", staff);
        // Nothing but a header came: the next answer on the connection begins where it should.
        EXPECT_EQ(client.ask("GET", "/healthz").status, 200) << path;
        if (pattern == "/api/v1/events") continue;
        EXPECT_EQ(head.status, get(path, staff).status) << path;
    }
}

TEST_P(Edges, a_matter_and_its_pictures_are_not_there_for_strangers) {
    const auto groups = ids(
        "select s.place from place_span s join place p on p.id = s.place where p.kind = 'group' order by 1");
    ASSERT_GE(groups.size(), 2U);
    const auto picture = json_of(server->post("/api/v1/uploads", photo(500), "Content-Type: image/jpeg\r\n"));
    const json::object body{{"workflow", "request"},
                            {"subkind", "report"},
                            {"subject", "路灯"},
                            {"place", groups.at(0)},
                            {"uploads", json::array{picture.at("id")}}};
    const auto made = json_of(server->post("/api/v1/matters", json::serialize(body)));
    const Receipt theirs{text_at(made, "id"), text_at(made, "number"), text_at(made, "secret")};
    const Receipt mine = server->reported();
    const std::string file = ids("select id from attachment").at(0);
    ASSERT_EQ(get("/api/v1/attachments/" + file, theirs.header()).status, 200);

    const auto elsewhere =
        ids("select id from post where kind = 'representative' and place = " + groups.at(1));
    ASSERT_FALSE(elsewhere.empty());
    const std::map<std::string, std::string> strangers{
        {"nobody", ""},
        {"another resident", mine.header()},
        {"staff of another group", server->sign_in("qita", *PostId::parse(elsewhere.front()))}};
    for (const auto& [who, header] : strangers) {
        for (const std::string& path :
             {"/api/v1/matters/" + theirs.id, "/api/v1/matters/" + theirs.number,
              "/api/v1/matters/" + theirs.id + "/actions", "/api/v1/matters/" + theirs.id + "/receipt",
              "/api/v1/matters/" + theirs.id + "/similar", "/api/v1/attachments/" + file})
            EXPECT_EQ(problem_of(get(path, header)), "404 not_found") << who << " " << path;
        const auto act = server->post(
            "/api/v1/matters/" + theirs.id + "/actions",
            R"({"action":"withdraw","part":0,"version":1,"workflow":"request","fields":{}})", header);
        EXPECT_EQ(problem_of(act), "404 not_found") << who;
        const auto taken = server->post("/api/v1/matters",
                                        json::serialize(json::object{{"workflow", "request"},
                                                                     {"subkind", "report"},
                                                                     {"subject", "拿来"},
                                                                     {"uploads", json::array{file}}}),
                                        header);
        EXPECT_GE(taken.status, 400) << who << " takes another's picture: " << taken.body;
        EXPECT_LT(taken.status, 500) << who << taken.body;
    }
}

}  // namespace
}  // namespace lianxin::faults
