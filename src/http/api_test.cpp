#include "http/api.hpp"

#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include <unistd.h>

#include <boost/json/parse.hpp>
#include <filesystem>
#include <fstream>

#include "http/filters.hpp"
#include "http/static_files.hpp"

namespace lianxin::http {
namespace {

struct Item {
    std::string text;
    std::optional<Id<struct Thing>> parent;
    std::vector<std::string> tags;
};
BOOST_DESCRIBE_STRUCT(Item, (), (text, parent, tags))
struct Query {
    std::optional<std::int64_t> limit;
    std::string q;
};
BOOST_DESCRIBE_STRUCT(Query, (), (limit, q))

void add_routes(Api& api) {
    api.route<Item, Item>(Method::post, "/items", {.id = "make", .summary = "Makes one", .idempotent = true},
                          [](Request&, Item in) -> Result<Reply<Item>, Problem> { return Reply{in}; });
    api.route<Query, Item>(Method::get, "/items/search", {.id = "search", .summary = "Finds one"},
                           [](Request&, Query in) -> Result<Reply<Item>, Problem> {
                               if (in.q == "none") return fail(problem(404, "not_found"));
                               return Reply{Item{.text = in.q, .parent = {}, .tags = {}}};
                           });
    api.route<None, Item>(
        Method::get, "/items/{id}/parts/{part}", {.id = "part", .summary = "Shows a part"},
        [](Request& r, None) -> Result<Reply<Item>, Problem> {
            return Reply{Item{.text = r.param("id") + "." + r.param("part"), .parent = {}, .tags = {}}};
        });
    api.route<None, None>(Method::del, "/items/{id}", {.id = "drop", .summary = "Drops one"},
                          [](Request&, None) -> Result<Reply<None>, Problem> { return Reply<None>{}; });
    api.raw(Method::get, "/files/{path...}", {.id = "file", .summary = "A file", .gives = "image/png"},
            [](Request& r) { return respond_json(200, r.param("path")); });
}

Request request(Method method, std::string path, std::string body = "") {
    Request made;
    made.method = method;
    made.path = std::move(path);
    made.body = std::move(body);
    made.remote_address = "10.0.0.1";
    return made;
}

class ApiTest : public testing::Test {
 protected:
    ApiTest() {
        spdlog::set_level(spdlog::level::off);
        add_routes(api);
    }
    Response ask(Request made) { return api.answer(made); }
    Api api;
};

TEST_F(ApiTest, a_literal_goes_before_a_parameter_and_gives_way_where_it_leads_nowhere) {
    Request search = request(Method::get, "/items/search");
    search.query.emplace("q", "x");
    EXPECT_EQ(ask(search).body, R"({"text":"x","parent":null,"tags":[]})");
    EXPECT_EQ(ask(request(Method::get, "/items/search/parts/2")).body,
              R"({"text":"search.2","parent":null,"tags":[]})");
    EXPECT_EQ(ask(request(Method::del, "/items/9")).status, 204);
    EXPECT_EQ(ask(request(Method::get, "/files/a/b.png")).body, "a/b.png");
    EXPECT_EQ(ask(request(Method::get, "/items/")).status, 404);
}

TEST_F(ApiTest, other_methods_are_named) {
    const Response refused = ask(request(Method::put, "/items/9"));
    EXPECT_EQ(refused.status, 405);
    EXPECT_EQ(refused.headers.front(), (std::pair<std::string, std::string>("Allow", "DELETE")));
    EXPECT_EQ(ask(request(Method::options, "/items")).status, 204);
}

TEST_F(ApiTest, titles_come_from_the_words) {
    api.words([](std::string_view language, std::string_view code) {
        return std::string(language) + ":" + std::string(code);
    });
    Request asked = request(Method::post, "/items", "{}");
    asked.language = "en";
    const Response refused = ask(asked);
    EXPECT_EQ(refused.body,
              R"({"type":"urn:lianxin:problem:invalid_input","title":"en:invalid_input",)"
              R"("status":422,"code":"invalid_input",)"
              R"("faults":[{"pointer":"/text","code":"missing_field","message":"en:missing_field"}]})");
}

TEST_F(ApiTest, filters_run_in_order_and_may_end_the_request) {
    std::string order;
    api.filter([&](Request& r) -> std::optional<Response> {
        order += "a";
        r.context = std::string("who");
        return {};
    });
    api.filter([&](Request& r) -> std::optional<Response> {
        order += context<std::string>(r);
        return respond(problem(403, "not_allowed"));
    });
    EXPECT_EQ(ask(request(Method::del, "/items/9")).status, 403);
    EXPECT_EQ(order, "awho");
}

TEST_F(ApiTest, a_repeat_gets_the_first_answer_and_another_content_is_refused) {
    std::map<std::pair<std::string, std::string>, Digest> stored;
    api.filter(replay_stored_answers([&](const Idempotency& asked) -> std::optional<FoundAnswer> {
        const auto [found, fresh] = stored.try_emplace({asked.scope, asked.key}, asked.request_hash);
        if (fresh) return {};
        return FoundAnswer{201, "\"first\"", found->second != asked.request_hash};
    }));
    const auto ask_with = [&](const char* key, const char* body, const char* address) {
        Request made = request(Method::post, "/items", body);
        made.headers.emplace("idempotency-key", key);
        made.remote_address = address;
        return ask(made);
    };
    const char* const one = R"({"text":"1"})";
    EXPECT_EQ(ask_with("k", one, "10.0.0.1").status, 200);
    EXPECT_EQ(ask_with("k", one, "10.0.0.1").body, "\"first\"");
    EXPECT_EQ(ask_with("k", R"({"text":"2"})", "10.0.0.1").status, 422);
    EXPECT_EQ(ask_with("k", one, "10.0.0.2").status, 200) << "a short key is its address's";
    const char* const uuid = "3f0c9f5e-0000-4000-8000-1234567890ab";
    EXPECT_EQ(ask_with(uuid, one, "10.0.0.1").status, 200);
    EXPECT_EQ(ask_with(uuid, one, "10.0.0.2").status, 201) << "a phone may have changed its network";
    EXPECT_EQ(ask_with("a b", one, "10.0.0.1").status, 400);
}

TEST_F(ApiTest, anonymous_writes_are_counted_per_address) {
    ManualClock clock({0});
    api.filter([](Request& r) -> std::optional<Response> {
        r.scope = r.header("who").value_or("");
        return {};
    });
    api.filter(
        limit_writes(std::make_shared<RateLimit>(clock, RateLimit::Rate{.burst = 2, .per_minute = 6}, 10),
                     strangers_only));
    const auto write = [&](const std::string& who, const std::string& address) {
        Request made = request(Method::del, "/items/1");
        made.remote_address = address;
        if (!who.empty()) made.headers.emplace("who", who);
        return ask(made);
    };
    EXPECT_EQ(write("", "a").status, 204);
    EXPECT_EQ(write("", "a").status, 204);
    const Response refused = write("", "a");
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.headers.front().second, "10");
    EXPECT_EQ(write("", "b").status, 204);
    EXPECT_EQ(write("account 1", "a").status, 204);
    clock.advance(std::chrono::seconds(10));
    EXPECT_EQ(write("", "a").status, 204);
    for (int i = 0; i < 100; ++i) EXPECT_EQ(write("", "c" + std::to_string(i)).status, 204);
}

TEST_F(ApiTest, the_document_refers_only_to_what_it_holds) {
    const auto document = boost::json::parse(api.openapi("t", "1"));
    EXPECT_EQ(document.at("openapi").as_string(), "3.1.0");
    const auto& make = document.at("paths").at("/items").at("post");
    EXPECT_EQ(make.at("operationId").as_string(), "make");
    EXPECT_EQ(
        document.at("paths").at("/items/{id}/parts/{part}").at("get").at("parameters").as_array().size(), 3U);
    EXPECT_TRUE(document.at("paths").at("/files/{path}").is_object());
    const std::string text = api.openapi("t", "1");
    std::size_t references = 0;
    for (std::size_t at = 0; (at = text.find("\"$ref\":\"#/components/", at)) != std::string::npos;
         ++references) {
        at += 21;
        const std::string path = text.substr(at, text.find('"', at) - at);
        const std::size_t slash = path.find('/');
        EXPECT_TRUE(
            document.at("components").at(path.substr(0, slash)).as_object().contains(path.substr(slash + 1)))
            << path;
    }
    EXPECT_GT(references, 10U);
}

class StaticFilesTest : public testing::Test {
 protected:
    StaticFilesTest() {
        folder = std::filesystem::temp_directory_path() / ("lianxin-static-" + std::to_string(::getpid()));
        put("portal/index.html", "<!doctype html>portal");
        put("portal/assets/app-1a2b3c4d.js", std::string(2000, 'a'));
        put("portal/assets/app-1a2b3c4d.js.br", "brotli");
        put("desk/index.html", "<!doctype html>desk");
    }
    ~StaticFilesTest() override { std::filesystem::remove_all(folder); }
    void put(const std::string& name, const std::string& text) {
        std::filesystem::create_directories((folder / name).parent_path());
        std::ofstream(folder / name) << text;
    }
    static std::string header(const Response& response, const std::string& name) {
        for (const auto& [key, value] : response.headers) {
            if (key == name) return value;
        }
        return "";
    }
    static std::string body(const Response& response) {
        return response.shared_body ? *response.shared_body : "";
    }
    std::filesystem::path folder;
};

TEST_F(StaticFilesTest, pages_are_asked_again_and_assets_never) {
    const StaticFiles files(
        {{"/", folder / "portal"}, {"/desk", folder / "desk"}, {"/board", folder / "none"}});
    const Response page = files.answer(request(Method::get, "/track/2400000010"));
    EXPECT_EQ(body(page), "<!doctype html>portal");
    EXPECT_EQ(header(page, "Cache-Control"), "no-cache");
    EXPECT_EQ(body(files.answer(request(Method::get, "/desk/matters/5"))), "<!doctype html>desk");
    EXPECT_EQ(body(files.answer(request(Method::get, "/desks"))), "<!doctype html>portal");
    const Response asset = files.answer(request(Method::get, "/assets/app-1a2b3c4d.js"));
    EXPECT_EQ(header(asset, "Cache-Control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(files.answer(request(Method::get, "/assets/gone.js")).status, 404);
    EXPECT_EQ(files.answer(request(Method::get, "/api/v1/nothing")).status, 404);
    EXPECT_EQ(files.answer(request(Method::post, "/")).status, 405);
}

TEST_F(StaticFilesTest, the_smallest_encoding_the_asker_takes_is_sent) {
    const StaticFiles files({{"/", folder / "portal"}});
    Request asked = request(Method::get, "/assets/app-1a2b3c4d.js");
    asked.headers.emplace("accept-encoding", "gzip, deflate, br");
    const Response brotli = files.answer(asked);
    EXPECT_EQ(header(brotli, "Content-Encoding"), "br");
    EXPECT_EQ(body(brotli), "brotli");
    asked.headers.find("accept-encoding")->second = "gzip";
    const Response gzip = files.answer(asked);
    EXPECT_EQ(header(gzip, "Content-Encoding"), "gzip");
    EXPECT_LT(body(gzip).size(), 200U);
    EXPECT_NE(header(gzip, "ETag"), header(brotli, "ETag"));
    asked.headers.emplace("if-none-match", header(gzip, "ETag"));
    EXPECT_EQ(files.answer(asked).status, 304);
}

}  // namespace
}  // namespace lianxin::http
