#include "http/api.hpp"

#include <spdlog/spdlog.h>

#include <charconv>
#include <future>
#include <typeinfo>

#include "base/crypto.hpp"
#include "base/text.hpp"
#include "http/event_hub.hpp"
#include "http/parsing.hpp"
#include "http/problem.hpp"
#include "http/route_tree.hpp"

namespace lianxin::http {
namespace {

Response with_header(Problem problem, std::string name, std::string value) {
    problem.headers.emplace_back(std::move(name), std::move(value));
    return respond(problem);
}

bool is_write(Method method) {
    return method != Method::get && method != Method::head && method != Method::options;
}

// 426 for a client of another version; one that says nothing is taken as present.
std::optional<Response> refuse_version(const Request& request) {
    const auto given = request.header("lianxin-api");
    if (!given) return {};
    int asked = 0;
    const auto [end, error] = std::from_chars(given->data(), given->data() + given->size(), asked);
    const bool number = error == std::errc{} && end == given->data() + given->size();
    if (number && asked <= Api::version && asked >= 1 && asked >= Api::version - 1) return {};
    return with_header(problem(426, "api_version_not_served"), "Lianxin-Api", std::to_string(Api::version));
}

// The scope is completed by the filter that looks the key up, once somebody knows who asks.
std::optional<Response> read_idempotency_key(Request& request) {
    const auto key = request.header("idempotency-key");
    if (!key) return {};
    const bool plain = std::all_of(key->begin(), key->end(), [](char c) { return c > ' ' && c < '\x7f'; });
    if (key->empty() || key->size() > 128 || !plain)
        return respond(problem(400, "idempotency_key_malformed"));
    Idempotency idempotency;
    idempotency.key = *key;
    idempotency.request_hash = sha256({as_bytes(method_name(request.method)), as_bytes(" "),
                                       as_bytes(request.path), as_bytes("\n"), as_bytes(request.body)});
    request.idempotency = std::move(idempotency);
    return {};
}

std::optional<Response> read_uploads(Request& request) {
    const std::string type = request.header("content-type").value_or("");
    if (!ascii_lower(type).starts_with("multipart/form-data")) return {};
    auto parts = parse_multipart(type, request.body, Api::most_parts);
    if (!parts) {
        const bool many = parts.error() == MultipartRefusal::too_many_parts;
        return respond(many ? problem(413, "too_many_parts") : problem(400, "malformed_multipart"));
    }
    request.uploads = std::move(*parts);
    return {};
}

Response broken(const Request& request, const FaultAnswer& answer, const std::string& what) {
    Problem made = problem(answer.status, answer.code);
    made.incident = new_incident();
    if (answer.retry_after_s > 0)
        made.headers.emplace_back("Retry-After", std::to_string(answer.retry_after_s));
    spdlog::error("incident={} method={} status={} code={} what=\"{}\"", made.incident,
                  method_name(request.method), answer.status, answer.code, what);
    return respond(made);
}

constexpr FaultAnswer our_own{500, "internal_error", 0};

}  // namespace

Api::Api(Zone zone) : zone_(zone), root_(std::make_unique<Step>()) {}
Api::~Api() = default;

void Api::add(Route route) {
    routes_.push_back(std::make_unique<Route>(std::move(route)));
    root_->add(*routes_.back());
}

void Api::raw(Method method, std::string pattern, RouteInfo info, Handler handler) {
    Handler strict = [handler = std::move(handler)](Request& request) {
        const auto refused = refuse_query(request);
        return refused ? respond(*refused) : handler(request);
    };
    add({method, std::move(pattern), std::move(info), std::move(strict), {}, {}, {}, {}});
}

Api::Match Api::match(Method method, std::string_view path) const {
    Match match;
    Step::Found found;
    if (path.empty() || !root_->find(path.substr(1), found)) return match;
    auto leaf = found.leaves->find(method);
    if (leaf == found.leaves->end() && method == Method::head) leaf = found.leaves->find(Method::get);
    if (leaf == found.leaves->end()) {
        for (const auto& [allowed, unused] : *found.leaves) {
            match.allow += match.allow.empty() ? "" : ", ";
            match.allow += method_name(allowed);
            if (allowed == Method::get) match.allow += ", HEAD";
        }
        return match;
    }
    match.route = leaf->second.route;
    for (std::size_t i = 0; i < found.values.size(); ++i)
        match.params.emplace(leaf->second.names[i], found.values[i]);
    return match;
}

void Api::answer(Request& request, WayBack way) const {
    const Pending pending(*this, request, std::move(way));
    bool left = false;
    Response response = guarded(request, [&] {
        Answer answer = answer_matched(request, pending);
        left = !answer;
        return answer ? std::move(*answer) : Response();
    });
    if (left) return;
    if (request.method == Method::head && response.stream) {
        response.stream->close();  // only its header was asked for
        response.stream.reset();
    }
    pending.answer(std::move(response));
}

// What comes back is run here, not on whatever thread knew that it could.
Response Api::answer(Request& request) const {
    std::optional<Response> answer;
    std::promise<std::function<void()>> rest;
    this->answer(request, {[&](std::function<void()> job) { rest.set_value(std::move(job)); },
                           [&](Response response) { answer = std::move(response); }});
    if (!answer) rest.get_future().get()();
    return std::move(answer).value();
}

void Pending::answer(Response response) const {
    try {
        held_->api.finish(held_->request.language, response);
    } catch (...) {  // out of memory while a problem was being written
        response = {.status = 500, .content_type = "text/plain"};
    }
    held_->way.answered(std::move(response));
}

void Pending::come_back(std::function<Response()> make) const {
    held_->way.come_back([pending = *this, make = std::move(make)] {
        pending.answer(pending.held_->api.guarded(pending.held_->request, make));
    });
}

void Pending::meanwhile(std::function<void()> job) const {
    if (!held_->way.meanwhile) return;
    held_->way.meanwhile([job = std::move(job)] {
        try {
            job();
        } catch (...) {  // whoever needs it does it again, and says so
        }
    });
}

// A fault is somebody else's (disk, database, network) and may be over soon; everything else is ours.
Response Api::guarded(const Request& request, const std::function<Response()>& make) const {
    try {
        return make();
    } catch (const Fault& fault) {
        return broken(request, faults_ ? faults_(fault) : FaultAnswer{}, fault.what());
    } catch (const Bug& bug) {
        return broken(request, our_own, bug.what());
    } catch (const std::exception& other) {
        // Whatever text it carries may hold what the request held.
        return broken(request, our_own, typeid(other).name());
    }
}

Api::Answer Api::answer_matched(Request& request, const Pending& pending) const {
    Match match = this->match(request.method, request.path);
    if (match.route != nullptr) {
        request.params = std::move(match.params);
        request.route = match.route->pattern;
        return answer_route(*match.route, request, pending);
    }
    if (request.method == Method::options && !match.allow.empty()) {
        Response allowed{.status = 204, .headers = {{"Allow", match.allow + ", OPTIONS"}}};
        return allowed;
    }
    if (!match.allow.empty()) return with_header(problem(405, "method_not_allowed"), "Allow", match.allow);
    if (otherwise_) return otherwise_(request);
    return respond(problem(404, "not_found"));
}

Api::Answer Api::answer_route(const Route& route, Request& request, const Pending& pending) const {
    if (auto refused = refuse_version(request)) return refused;
    if (route.info.idempotent) {
        if (auto refused = read_idempotency_key(request)) return refused;
    }
    if (is_write(request.method)) {
        if (auto refused = read_uploads(request)) return refused;
    }
    for (const Filter& filter : filters_) {
        if (auto ended = filter(request)) return ended;
    }
    if (route.handler) return route.handler(request);
    route.later(request, pending);
    return {};
}

void Api::finish(std::string_view language, Response& response) const {
    if (!response.problem) return;
    response.content_type = "application/problem+json; charset=utf-8";
    response.body = problem_text(std::move(*response.problem), language, words_);
    response.problem.reset();
}

std::optional<Problem> Api::read_body(const Request& request, boost::json::value& out) {
    if (const auto type = request.header("content-type")) {
        const std::string media = ascii_lower(trim(std::string_view(*type).substr(0, type->find(';'))));
        if (media != "application/json" && !media.ends_with("+json"))
            return problem(415, "unsupported_media_type");
    }
    auto value = parse_value(request.body);
    if (!value) return invalid(std::move(value.error()));
    out = std::move(*value);
    return {};
}

// A parameter that no one reads would change nothing without a word.
std::optional<Problem> Api::refuse_query(const Request& request) {
    JsonReading in;
    json_detail::read_query(in, request.query, nullptr, {});
    if (in.faults().empty()) return {};
    return invalid(std::move(in.faults()));
}

Problem Api::invalid(Faults faults) {
    for (const std::string_view code : {"malformed_json", "malformed_utf8", "nested_too_deep"}) {
        if (faults.front().code == code) {
            Problem made = problem(400, std::string(code));
            made.detail = faults.front().message;
            return made;
        }
    }
    return problem(422, "invalid_input", std::move(faults));
}

Response Api::reply(const Request& request, Plain plain) {
    Response response;
    response.status = plain.status;
    response.headers = std::move(plain.headers);
    response.body = std::move(plain.text);
    if (plain.etag.empty()) return response;
    // A version reads differently in each language and to each who may read it: what is answered is the tag,
    // so that whoever sends another's tag never hears that nothing has changed.
    const std::string tag = '"' + plain.etag + '-' + hex(sha256(as_bytes(response.body))).substr(0, 32) + '"';
    response.headers.emplace_back("ETag", tag);
    response.headers.emplace_back("Vary", "Accept-Language, Cookie, Lianxin-Receipt");
    const auto known = request.header("if-none-match");
    const bool reading = request.method == Method::get || request.method == Method::head;
    if (reading && known && matches_etag(*known, tag)) {
        response.status = 304;
        response.body.clear();
    }
    return response;
}

}  // namespace lianxin::http
