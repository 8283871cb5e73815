#include "identity/identity_api.hpp"

#include <algorithm>
#include <set>

#include "base/crypto.hpp"
#include "base/text.hpp"

namespace lianxin::identity {

// At namespace scope, not hidden: Boost.Describe and the document's component names want names with linkage.
struct SessionRequest {
    std::string login, password;
    std::optional<std::string> second_factor;
};
BOOST_DESCRIBE_STRUCT(SessionRequest, (), (login, password, second_factor))

struct SessionPost {
    PostId post;
    std::string kind;
    PlaceId place;
    std::optional<PartyId> unit;  // the department or team it belongs to
    std::vector<std::string> rights;
};
BOOST_DESCRIBE_STRUCT(SessionPost, (), (post, kind, place, unit, rights))

struct SessionAnswer {
    AccountId account;
    PartyId party;
    std::string name;
    std::vector<SessionPost> posts;
    std::vector<std::string> rights;
    std::string csrf;
    bool password_must_change = false;
    bool second_factor = false;
};
BOOST_DESCRIBE_STRUCT(SessionAnswer, (),
                      (account, party, name, posts, rights, csrf, password_must_change, second_factor))

struct PasswordChange {
    std::string old_password, new_password;
};
BOOST_DESCRIBE_STRUCT(PasswordChange, (), (old_password, new_password))

struct SecondFactorSecret {
    std::string secret, uri;
};
BOOST_DESCRIBE_STRUCT(SecondFactorSecret, (), (secret, uri))

struct SecondFactorCode {
    std::string code;
};
BOOST_DESCRIBE_STRUCT(SecondFactorCode, (), (code))

struct SecondFactorRemoval {
    std::string password;
};
BOOST_DESCRIBE_STRUCT(SecondFactorRemoval, (), (password))

struct SessionItem {
    Id<struct SessionItemNoun> id;
    Instant created_at, last_used_at;
    bool present = false;
};
BOOST_DESCRIBE_STRUCT(SessionItem, (), (id, created_at, last_used_at, present))

struct SessionItems {
    std::vector<SessionItem> items;
};
BOOST_DESCRIBE_STRUCT(SessionItems, (), (items))

namespace {

using http::Method;
using http::None;
using http::problem;
using http::Problem;
using http::Reply;
using http::Request;
using http::Response;

int status_of(IdentityRefusal refusal) {
    switch (refusal) {
        case IdentityRefusal::wrong_login_or_password:
        case IdentityRefusal::second_factor_required:
        case IdentityRefusal::wrong_second_factor:
        case IdentityRefusal::not_signed_in:
            return 401;
        case IdentityRefusal::csrf_token_wrong:
        case IdentityRefusal::not_allowed:
            return 403;
        case IdentityRefusal::party_not_found:
        case IdentityRefusal::account_not_found:
            return 404;
        case IdentityRefusal::login_taken:
        case IdentityRefusal::second_factor_already_on:
        case IdentityRefusal::second_factor_not_begun:
            return 409;
        case IdentityRefusal::too_many_attempts:
            return 429;
        case IdentityRefusal::sign_in_busy:
            return 503;
        default:
            return 422;
    }
}

Problem problem_of(const Refused& refused) {
    Problem made = problem(status_of(refused.code), std::string(code_of(refused.code)));
    if (refused.wait.count() > 0)
        made.headers.emplace_back("Retry-After", std::to_string(refused.wait.count()));
    if (refused.code == IdentityRefusal::sign_in_busy) made.headers.emplace_back("Retry-After", "1");
    return made;
}

Problem problem_of(IdentityRefusal code) {
    return problem_of(Refused{code, {}});
}

bool is_write(const Request& request) {
    return request.method != Method::get && request.method != Method::head &&
           request.method != Method::options;
}

bool is_loopback(const std::string& address) {
    return address == "::1" || address.starts_with("127.") || address.starts_with("::ffff:127.");
}

std::string session_token(const Request& request) {
    const auto found = request.cookies.find(session_cookie);
    return found == request.cookies.end() ? std::string() : found->second;
}

// RFC 6265bis. Plain HTTP is for loopback only; there browsers would drop a Secure cookie.
std::string cookie_line(const Request& request, std::string_view token) {
    std::string line =
        std::string(session_cookie) + "=" + std::string(token) + "; Path=/; HttpOnly; SameSite=Strict";
    if (request.secure || !is_loopback(request.remote_address)) line += "; Secure";
    if (token.empty()) line += "; Max-Age=0";
    return line;
}

SessionAnswer answer_of(const SignedIn& in) {
    SessionAnswer answer;
    answer.account = in.account;
    answer.party = in.party;
    answer.name = in.name;
    std::set<std::string> rights;
    for (const access::HeldPost& post : in.posts) {
        answer.posts.push_back({post.post, post.kind, post.place, post.unit, post.rights});
        rights.insert(post.rights.begin(), post.rights.end());
    }
    answer.rights.assign(rights.begin(), rights.end());
    answer.csrf = in.csrf;
    answer.password_must_change = in.password_must_change;
    answer.second_factor = in.second_factor;
    return answer;
}

// The account of whoever is signed in, for the routes about oneself.
Result<AccountId, Problem> own_account(const Request& request) {
    const auto& who = http::context<access::ActingPerson>(request);
    if (!who.account) return fail(problem_of(IdentityRefusal::not_signed_in));
    return *who.account;
}

// For handlers that only do: a refusal, or 204.
Result<Reply<None>, Problem> done(const Result<void, Refused>& outcome) {
    if (!outcome) return fail(problem_of(outcome.error()));
    return Reply<None>{};
}

// Signing in must work from the page that still holds a dead session's cookie, so it asks for no token. A
// page of another origin cannot send JSON here: nothing answers its preflight, and the cookie is
// SameSite=Strict.
bool is_sign_in(const Request& request) {
    return request.method == Method::post && request.path == "/api/v1/session";
}

class Authentication {
 public:
    Authentication(County& county, IdentityService& identity, ReceiptProof proof)
        : county_(county), identity_(identity), proof_(std::move(proof)) {}

    std::optional<Response> operator()(Request& request) const {
        access::ActingPerson who;
        who.language = request.language;
        const auto receipt = request.header("lianxin-receipt");
        const std::string token = session_token(request);
        if (receipt) {
            if (!as_resident(*receipt, who)) return http::respond(problem(401, "receipt_not_proved"));
        } else if (!token.empty() || request.header("x-csrf-token")) {
            if (auto refused = as_staff(request, token, who)) return refused;
        }
        request.scope = who.idempotency_scope;
        request.context = std::move(who);
        return {};
    }

 private:
    bool as_resident(const std::string& receipt, access::ActingPerson& who) const {
        const std::size_t dot = receipt.find('.');
        if (dot == std::string::npos || !proof_) return false;
        const auto matter =
            proof_(std::string_view(receipt).substr(0, dot), std::string_view(receipt).substr(dot + 1));
        if (!matter) return false;
        who.kind = access::ActingPerson::Kind::resident;
        who.receipt_matter = *matter;
        who.idempotency_scope = "receipt:" + hex(BytesView(sha256(as_bytes(receipt))).first(16));
        return true;
    }

    // Whoever sends a cookie or a token believes to be signed in: neither what they read nor what they write
    // is a stranger's. The dead cookie is taken away with the answer, so that the public pages of the same
    // browser stand open at the next request.
    static std::optional<Response> session_over(const Request& request) {
        if (is_sign_in(request) || !request.path.starts_with("/api/")) return {};
        Response answer = http::respond(problem_of(IdentityRefusal::not_signed_in));
        answer.headers.emplace_back("Set-Cookie", cookie_line(request, ""));
        return answer;
    }

    std::optional<Response> as_staff(const Request& request, const std::string& token,
                                     access::ActingPerson& who) const {
        const auto given = request.header("x-csrf-token");
        auto in = identity_.session(county_, token);
        if (!in) return session_over(request);
        const bool genuine = given && equal_in_constant_time(as_bytes(*given), as_bytes(in->csrf));
        if (is_write(request) && !genuine && !is_sign_in(request))
            return http::respond(problem_of(IdentityRefusal::csrf_token_wrong));
        // A first password is known to whoever made it: nothing is done under it but changing it.
        if (in->password_must_change && !request.path.starts_with("/api/v1/session") &&
            request.path.starts_with("/api/"))
            return http::respond(problem(403, "password_must_change"));
        who.kind = access::ActingPerson::Kind::staff;
        who.party = in->party;
        who.account = in->account;
        who.posts = std::move(in->posts);
        who.idempotency_scope = "account:" + in->account.text();
        return {};
    }

    County& county_;
    IdentityService& identity_;
    ReceiptProof proof_;
};

void add_session_routes(http::Api& api, County& county, IdentityService& identity) {
    api.route<SessionRequest, SessionAnswer>(
        Method::post, "/api/v1/session",
        {.id = "sign_in", .summary = "Sign in", .tag = "session", .refusals = {401, 429, 503}},
        [&](Request& request, SessionRequest in) -> Result<Reply<SessionAnswer>, Problem> {
            const auto signed_in = identity.sign_in(
                county, {in.login, in.password, in.second_factor.value_or(""), request.remote_address});
            if (!signed_in) return fail(problem_of(signed_in.error()));
            Reply<SessionAnswer> reply{answer_of(*signed_in)};
            reply.headers.emplace_back("Set-Cookie", cookie_line(request, signed_in->token));
            return reply;
        });
    api.route<None, SessionAnswer>(
        Method::get, "/api/v1/session",
        {.id = "present_session", .summary = "Who is signed in", .tag = "session", .refusals = {401}},
        [&](Request& request, None) -> Result<Reply<SessionAnswer>, Problem> {
            const auto in = identity.session(county, session_token(request));
            if (!in) return fail(problem_of(IdentityRefusal::not_signed_in));
            return Reply{answer_of(*in)};
        });
    api.route<None, None>(Method::del, "/api/v1/session",
                          {.id = "sign_out", .summary = "Sign out", .tag = "session"},
                          [&](Request& request, None) -> Result<Reply<None>, Problem> {
                              identity.sign_out(county, session_token(request));
                              Reply<None> reply;
                              reply.headers.emplace_back("Set-Cookie", cookie_line(request, ""));
                              return reply;
                          });
    api.route<None, SessionItems>(
        Method::get, "/api/v1/sessions",
        {.id = "list_sessions", .summary = "Where one is signed in", .tag = "session", .refusals = {401}},
        [&](Request& request, None) -> Result<Reply<SessionItems>, Problem> {
            const auto account = own_account(request);
            if (!account) return fail(account.error());
            SessionItems list;
            for (const SessionView& one : identity.sessions(county, *account, session_token(request)))
                list.items.push_back(
                    {Id<SessionItemNoun>(one.id), one.created_at, one.last_used_at, one.present});
            return Reply{list};
        });
    api.route<None, None>(Method::del, "/api/v1/sessions",
                          {.id = "end_other_sessions",
                           .summary = "Sign out everywhere else",
                           .tag = "session",
                           .refusals = {401, 403}},
                          [&](Request& request, None) -> Result<Reply<None>, Problem> {
                              const auto account = own_account(request);
                              if (!account) return fail(account.error());
                              identity.revoke(county, *account, 0, session_token(request));
                              return Reply<None>{};
                          });
    api.route<None, None>(
        Method::del, "/api/v1/sessions/{id}",
        {.id = "end_session", .summary = "Sign out somewhere else", .tag = "session", .refusals = {401, 403}},
        [&](Request& request, None) -> Result<Reply<None>, Problem> {
            const auto account = own_account(request);
            const auto id = http::path_id<SessionItemNoun>(request);
            if (!account) return fail(account.error());
            if (!id) return fail(id.error());
            identity.revoke(county, *account, id->value(), session_token(request));
            return Reply<None>{};
        });
}

void add_credential_routes(http::Api& api, County& county, IdentityService& identity) {
    api.route<PasswordChange, None>(
        Method::post, "/api/v1/session/password",
        {.id = "change_password",
         .summary = "Change one's password",
         .tag = "session",
         .refusals = {401, 403, 429}},
        [&](Request& request, PasswordChange in) -> Result<Reply<None>, Problem> {
            const auto account = own_account(request);
            if (!account) return fail(account.error());
            return done(identity.change_password(county, *account, in.old_password, in.new_password,
                                                 session_token(request)));
        });
    api.route<None, SecondFactorSecret>(
        Method::post, "/api/v1/session/second-factor",
        {.id = "begin_second_factor",
         .summary = "Begin to set up a second factor",
         .tag = "session",
         .refusals = {401, 403, 409}},
        [&](Request& request, None) -> Result<Reply<SecondFactorSecret>, Problem> {
            const auto account = own_account(request);
            if (!account) return fail(account.error());
            const auto made = identity.begin_second_factor(county, *account, "Lianxin");
            if (!made) return fail(problem_of(made.error()));
            return Reply{SecondFactorSecret{made->secret, made->uri}};
        });
    api.route<SecondFactorCode, None>(
        Method::post, "/api/v1/session/second-factor/confirm",
        {.id = "confirm_second_factor",
         .summary = "Switch the second factor on",
         .tag = "session",
         .refusals = {401, 403, 409}},
        [&](Request& request, SecondFactorCode in) -> Result<Reply<None>, Problem> {
            const auto account = own_account(request);
            if (!account) return fail(account.error());
            return done(identity.confirm_second_factor(county, *account, in.code));
        });
    api.route<SecondFactorRemoval, None>(
        Method::post, "/api/v1/session/second-factor/remove",
        {.id = "remove_second_factor",
         .summary = "Switch the second factor off",
         .tag = "session",
         .refusals = {401, 403, 429}},
        [&](Request& request, SecondFactorRemoval in) -> Result<Reply<None>, Problem> {
            const auto account = own_account(request);
            if (!account) return fail(account.error());
            return done(identity.remove_second_factor(county, *account, in.password));
        });
}

}  // namespace

http::Filter authenticate(County& county, IdentityService& identity, ReceiptProof proof) {
    return Authentication(county, identity, std::move(proof));
}

void add_identity_routes(http::Api& api, County& county, IdentityService& identity) {
    add_session_routes(api, county, identity);
    add_credential_routes(api, county, identity);
}

}  // namespace lianxin::identity
