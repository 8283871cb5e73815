#include "identity/identity_api.hpp"

#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "identity/identity_fixture_test.hpp"

namespace lianxin::identity {
namespace {

using http::Method;
using http::Request;
using http::Response;

struct Seen {
    std::string kind;
    std::string scope;
    std::optional<MatterId> matter;
};
BOOST_DESCRIBE_STRUCT(Seen, (), (kind, scope, matter))

class IdentityApi : public SmallCounty {
 protected:
    IdentityApi() {
        api.filter(authenticate(county, identity, [](std::string_view number, std::string_view secret) {
            return number == "2400000017" && secret == "s3cret" ? std::optional(MatterId(5)) : std::nullopt;
        }));
        add_identity_routes(api, county, identity);
        const auto see = [](Request& request, http::None) -> Result<http::Reply<Seen>, http::Problem> {
            const auto& who = http::context<access::ActingPerson>(request);
            constexpr std::array kinds{"anonymous", "resident", "staff", "engine"};
            return http::Reply{
                Seen{kinds.at(static_cast<std::size_t>(who.kind)), request.scope, who.receipt_matter}};
        };
        api.route<http::None, Seen>(Method::get, "/api/v1/see", {.id = "see", .summary = "Who asks"}, see);
        api.route<http::None, Seen>(Method::post, "/api/v1/see", {.id = "write", .summary = "Who writes"},
                                    see);
        make_account();
    }
    Response ask(Method method, const std::string& path, const std::string& body = "",
                 const std::map<std::string, std::string>& headers = {}) {
        Request request;
        request.method = method;
        request.path = path;
        request.body = body;
        request.remote_address = remote;
        for (const auto& [name, value] : headers) request.headers.emplace(name, value);
        if (!cookie.empty()) request.cookies.emplace(session_cookie, cookie);
        return api.answer(request);
    }
    // Signs in and keeps the cookie, as a browser does.
    boost::json::value sign_in_here() {
        const Response response =
            ask(Method::post, "/api/v1/session", R"({"login":"cun.zhang","password":")" + password + "\"}");
        EXPECT_EQ(response.status, 200) << response.body;
        set_cookie = response.headers.front().second;
        cookie = set_cookie.substr(set_cookie.find('=') + 1, set_cookie.find(';') - set_cookie.find('=') - 1);
        return boost::json::parse(response.body);
    }
    static std::string code(const Response& response) {
        return std::to_string(response.status) + " " +
               boost::json::parse(response.body).at("code").as_string().c_str();
    }
    std::string kind(const Response& response) {
        return response.status == 200 ? boost::json::parse(response.body).at("kind").as_string().c_str()
                                      : code(response);
    }

    http::Api api;
    std::string cookie, set_cookie, remote = "127.0.0.1";
};
// The routes hold no SQL: one engine is enough, the use cases below them are tested on both.
INSTANTIATE_TEST_SUITE_P(Engines, IdentityApi, testing::Values(store::Dialect::sqlite), support::engine_name);

TEST_P(IdentityApi, signing_in_sets_a_cookie_scripts_cannot_read) {
    const auto answer = sign_in_here();
    EXPECT_EQ(answer.at("name").as_string(), "村长");
    EXPECT_EQ(answer.at("rights").as_array().size(), 2U);
    EXPECT_NE(set_cookie.find("; HttpOnly; SameSite=Strict"), std::string::npos);
    EXPECT_EQ(set_cookie.find("Secure"), std::string::npos) << "plain loopback";
    EXPECT_EQ(boost::json::serialize(answer).find(cookie), std::string::npos)
        << "the token is the cookie's alone";
    remote = "10.0.0.1";
    sign_in_here();
    EXPECT_NE(set_cookie.find("; Secure"), std::string::npos);
}

TEST_P(IdentityApi, reading_needs_the_cookie_and_writing_the_token_too) {
    EXPECT_EQ(kind(ask(Method::get, "/api/v1/see")), "anonymous");
    EXPECT_EQ(kind(ask(Method::post, "/api/v1/see")), "anonymous");
    const std::string csrf(sign_in_here().at("csrf").as_string().c_str());
    EXPECT_EQ(kind(ask(Method::get, "/api/v1/see")), "staff");
    EXPECT_EQ(kind(ask(Method::post, "/api/v1/see")), "403 csrf_token_wrong");
    EXPECT_EQ(kind(ask(Method::post, "/api/v1/see", "", {{"x-csrf-token", csrf + "x"}})),
              "403 csrf_token_wrong");
    EXPECT_EQ(kind(ask(Method::post, "/api/v1/see", "", {{"x-csrf-token", csrf}})), "staff");
}

TEST_P(IdentityApi, whoever_had_a_session_that_has_ended_is_told_so_and_never_taken_for_a_stranger) {
    const std::string csrf(sign_in_here().at("csrf").as_string().c_str());
    clock.advance(std::chrono::hours(13));
    const Response seen = ask(Method::get, "/api/v1/see");
    EXPECT_EQ(code(seen), "401 not_signed_in");
    EXPECT_NE(seen.headers.back().second.find("Max-Age=0"), std::string::npos) << "the next request is open";
    EXPECT_EQ(kind(ask(Method::post, "/api/v1/see")), "401 not_signed_in");
    EXPECT_EQ(kind(ask(Method::post, "/api/v1/see", "", {{"x-csrf-token", csrf}})), "401 not_signed_in");
    cookie.clear();
    EXPECT_EQ(kind(ask(Method::get, "/api/v1/see")), "anonymous");
    EXPECT_EQ(kind(ask(Method::post, "/api/v1/see", "", {{"x-csrf-token", csrf}})), "401 not_signed_in")
        << "a token without its cookie";
    sign_in_here();
    EXPECT_EQ(kind(ask(Method::get, "/api/v1/see")), "staff");
}

TEST_P(IdentityApi, a_receipt_shows_its_matter_and_a_wrong_one_nothing) {
    const Response seen = ask(Method::post, "/api/v1/see", "", {{"lianxin-receipt", "2400000017.s3cret"}});
    EXPECT_EQ(kind(seen), "resident");
    EXPECT_EQ(boost::json::parse(seen.body).at("matter").as_string(), "5");
    EXPECT_TRUE(boost::json::parse(seen.body).at("scope").as_string().starts_with("receipt:"));
    for (const char* wrong : {"2400000017.other", "2400000017", ".", ""})
        EXPECT_EQ(kind(ask(Method::get, "/api/v1/see", "", {{"lianxin-receipt", wrong}})),
                  "401 receipt_not_proved")
            << wrong;
}

TEST_P(IdentityApi, the_session_shows_itself_and_ends) {
    EXPECT_EQ(code(ask(Method::get, "/api/v1/session")), "401 not_signed_in");
    EXPECT_EQ(code(ask(Method::get, "/api/v1/sessions")), "401 not_signed_in");
    const auto first = sign_in_here();
    const auto again = boost::json::parse(ask(Method::get, "/api/v1/session").body);
    EXPECT_EQ(again, first);
    const std::string csrf(first.at("csrf").as_string().c_str());
    const auto list = boost::json::parse(ask(Method::get, "/api/v1/sessions").body);
    EXPECT_EQ(list.at("items").as_array().size(), 1U);
    const Response out = ask(Method::del, "/api/v1/session", "", {{"x-csrf-token", csrf}});
    EXPECT_EQ(out.status, 204);
    EXPECT_NE(out.headers.front().second.find("Max-Age=0"), std::string::npos);
    EXPECT_EQ(code(ask(Method::get, "/api/v1/session")), "401 not_signed_in");
}

TEST_P(IdentityApi, too_many_tries_are_told_when_to_come_again) {
    const std::string wrong = R"({"login":"cun.zhang","password":"wrong"})";
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(code(ask(Method::post, "/api/v1/session", wrong)), "401 wrong_login_or_password");
    const Response refused = ask(Method::post, "/api/v1/session", wrong);
    EXPECT_EQ(code(refused), "429 too_many_attempts");
    EXPECT_EQ(refused.headers.front(), (std::pair<std::string, std::string>("Retry-After", "5")));
}

TEST_P(IdentityApi, a_password_is_changed_and_a_second_factor_begun_with_the_token) {
    const std::string csrf(sign_in_here().at("csrf").as_string().c_str());
    const std::map<std::string, std::string> with{{"x-csrf-token", csrf}};
    EXPECT_EQ(code(ask(Method::post, "/api/v1/session/password",
                       R"({"old_password":"x","new_password":"short"})", with)),
              "422 password_too_short");
    EXPECT_EQ(ask(Method::post, "/api/v1/session/password",
                  R"({"old_password":")" + password + R"(","new_password":"yi ge xin de mima"})", with)
                  .status,
              204);
    const Response begun = ask(Method::post, "/api/v1/session/second-factor", "", with);
    EXPECT_EQ(begun.status, 200);
    EXPECT_TRUE(boost::json::parse(begun.body)
                    .at("uri")
                    .as_string()
                    .starts_with("otpauth://totp/Lianxin:cun.zhang?"));
    EXPECT_EQ(code(ask(Method::post, "/api/v1/session/second-factor/confirm", R"({"code":"000"})", with)),
              "401 wrong_second_factor");
}

}  // namespace
}  // namespace lianxin::identity
