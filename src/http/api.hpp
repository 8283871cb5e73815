// http/api.hpp — the table of routes. A typed route names what goes in and what comes out as described
// structs; reading, writing, faults with JSON pointers and the OpenAPI 3.1 document are made from that. GET
// and DELETE read In from the query, the others from the body. A handler answers Reply or Problem; it may
// block, it runs on a worker. One that ends in a commit may leave and answer later (route_later).
//
//   api.route<None, SiteView>(Method::get, "/api/v1/site", {.id = "site", .summary = "What this county is"},
//       [&](Request& request, None) -> Result<Reply<SiteView>, Problem> { return Reply{view}; });
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/json.hpp"
#include "http/json_schema.hpp"
#include "http/message.hpp"
#include "http/pending.hpp"

namespace lianxin::http {

struct None {};  // no body, no query

struct RouteInfo {
    std::string id = {};                     // operationId of the OpenAPI document; unique
    std::string summary = {};                // one sentence
    std::string tag = "lianxin";             // its group in the document
    bool idempotent = false;                 // a write that takes an Idempotency-Key
    int status = 200;                        // of success; 204 is set by itself when Out is None
    std::size_t body_limit = 0;              // octets; 0: the server's default (1 MiB)
    std::string takes = "application/json";  // media type of the body, for raw routes
    std::string gives = "application/json";  // media type of the answer, for raw routes
    std::vector<int> refusals = {};          // further statuses of problems worth naming in the document
    bool hidden = false;                     // not in the document (pages)
};

template <class Out>
struct Reply {
    Out body{};
    int status = 0;  // 0: the route's
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string etag = {};      // a version; If-None-Match with it answers 304
    std::string rendered = {};  // the JSON text to send instead of body, where it was written before
};
template <class Out>
Reply(Out) -> Reply<Out>;

[[nodiscard]] Problem problem(int status, std::string code, Faults faults = {});
[[nodiscard]] Response respond(const Problem& problem);
[[nodiscard]] Response respond_json(int status, std::string body);
// The {name} of the path as an id; what is not an id answers like what does not exist: 404 not_found.
template <class Noun>
[[nodiscard]] Result<Id<Noun>, Problem> path_id(const Request& request, std::string_view name = "id") {
    const auto id = Id<Noun>::parse(request.param(name));
    if (!id) return fail(problem(404, "not_found"));
    return *id;
}

// What a fault below is to whoever asked. Without a naming every Fault is this one.
struct FaultAnswer {
    int status = 503;
    const char* code = "temporarily_unavailable";
    int retry_after_s = 2;  // 0: not said, a repeat would not help
};
using FaultNaming = std::function<FaultAnswer(const Fault&)>;

// Where a handler puts its answer that does not wait for it.
template <class Out>
class Later {
 public:
    using Outcome = Result<Reply<Out>, Problem>;
    Later(Pending pending, std::function<Response(Outcome)> written)
        : pending_(std::move(pending)), written_(std::move(written)) {}

    // `make` () -> Outcome runs on a worker and is the answer; to be called once, from any thread.
    template <class F>
    void come_back(F make) const {
        pending_.come_back([written = written_, make = std::move(make)] { return written(make()); });
    }

    void meanwhile(std::function<void()> job) const { pending_.meanwhile(std::move(job)); }

 private:
    Pending pending_;
    std::function<Response(Outcome)> written_;
};

using PendingHandler = std::function<void(Request&, const Pending&)>;

struct Route {
    Method method = Method::get;
    std::string pattern;  // "/api/v1/places/{id}"; a last segment {name...} takes the rest of the path
    RouteInfo info;
    Handler handler;                            // answers when it returns; or
    PendingHandler later;                       // answers by itself
    std::optional<boost::json::value> in, out;  // schemas
    std::vector<std::pair<std::string, boost::json::value>>
        query;  // name → schema, for what is read from the query
};

class Api {
 public:
    // Clients say `Lianxin-Api: N`; this and the one before are served, others are told 426 and keep what
    // they have.
    static constexpr int version = 1;
    static constexpr std::size_t most_parts = 20;  // of multipart/form-data

    explicit Api(Zone zone = {});
    ~Api();
    Api(const Api&) = delete;
    Api& operator=(const Api&) = delete;

    // Handler: (Request&, In) -> Result<Reply<Out>, Problem>.
    template <class In, class Out, class F>
    void route(Method method, std::string pattern, RouteInfo info, F handler);
    // Handler: (Request&, In, Later<Out>) -> void. It sees to it that the answer comes back, or throws.
    template <class In, class Out, class F>
    void route_later(Method method, std::string pattern, RouteInfo info, F handler);
    // The handler answers by itself: pictures, uploads, pages, streams of events.
    void raw(Method method, std::string pattern, RouteInfo info, Handler handler);
    // Before every routed request, in the order given: authenticate, then what needs to know who asks.
    void filter(Filter filter) { filters_.push_back(std::move(filter)); }
    // What no route serves (the client's files); without it, 404 not_found.
    void otherwise(Handler handler) { otherwise_ = std::move(handler); }
    // Words for the titles of problems.
    void words(ProblemWords words) { words_ = std::move(words); }
    // Kinds of faults told apart: http knows no store.
    void faults(FaultNaming naming) { faults_ = std::move(naming); }

    // Which route serves this, with its parameters; or the methods the path does have (405), or neither
    // (404).
    struct Match {
        const Route* route = nullptr;
        std::map<std::string, std::string, std::less<>> params;
        std::string allow;
    };
    [[nodiscard]] Match match(Method method, std::string_view path) const;
    // Filters, handler and every refusal and exception in between, as an answer; what the handler does itself
    // is done when this returns, the answer comes by the way back.
    void answer(Request& request, WayBack way) const;
    // The same for whoever waits for it.
    [[nodiscard]] Response answer(Request& request) const;
    // Whatever `make` throws, as the answer it is.
    [[nodiscard]] Response guarded(const Request& request, const std::function<Response()>& make) const;
    // What the words files say is filled into a problem, and the problem becomes the answer's body.
    void finish(std::string_view language, Response& response) const;
    [[nodiscard]] const Route* route_for(Method method, std::string_view path) const {
        return match(method, path).route;
    }

    // OpenAPI 3.1, JSON.
    [[nodiscard]] std::string openapi(std::string_view title, std::string_view version) const;
    [[nodiscard]] const std::vector<std::unique_ptr<Route>>& routes() const { return routes_; }

 private:
    struct Step;  // of the routing tree
    void add(Route route);
    // Null: the handler has left.
    using Answer = std::optional<Response>;
    [[nodiscard]] Answer answer_matched(Request& request, const Pending& pending) const;
    [[nodiscard]] Answer answer_route(const Route& route, Request& request, const Pending& pending) const;
    template <class In, class Out>
    [[nodiscard]] Route described(Method method, std::string pattern, RouteInfo info);
    template <class Out>
    [[nodiscard]] static Response written(const Request& request, Result<Reply<Out>, Problem> out, int status,
                                          Zone zone);
    [[nodiscard]] static std::optional<Problem> read_body(const Request& request, boost::json::value& out);
    template <class In>
    [[nodiscard]] static Result<In, Problem> read(const Request& request, Method method);
    [[nodiscard]] static Problem invalid(Faults faults);
    [[nodiscard]] static std::optional<Problem> refuse_query(const Request& request);
    // Status, headers, ETag and 304; the typed part of a reply is already text.
    struct Plain {
        int status;
        std::vector<std::pair<std::string, std::string>> headers;
        std::string etag;
        std::string text;
    };
    [[nodiscard]] static Response reply(const Request& request, Plain plain);

    Zone zone_;
    std::vector<std::unique_ptr<Route>> routes_;
    std::unique_ptr<Step> root_;
    std::vector<Filter> filters_;
    Handler otherwise_;
    ProblemWords words_;
    FaultNaming faults_;
    JsonSchemas schemas_;
};

template <class In>
Result<In, Problem> Api::read(const Request& request, Method method) {
    Result<In, Faults> in;
    if constexpr (!std::is_same_v<In, None>) {
        if (method == Method::get || method == Method::del || method == Method::head) {
            in = from_query<In>(request.query);
        } else {
            if (auto refused = refuse_query(request)) return fail(std::move(*refused));
            boost::json::value value;
            if (auto refused = read_body(request, value)) return fail(std::move(*refused));
            in = from_value<In>(value);
        }
    } else if (auto refused = refuse_query(request)) {
        return fail(std::move(*refused));
    }
    if (!in) return fail(invalid(std::move(in.error())));
    return std::move(*in);
}

template <class In, class Out>
Route Api::described(Method method, std::string pattern, RouteInfo info) {
    constexpr bool silent = std::is_same_v<Out, None>;
    if (silent && info.status == 200) info.status = 204;
    Route route{method, std::move(pattern), std::move(info), {}, {}, {}, {}, {}};
    if constexpr (!silent) route.out = schemas_.of<Out>(JsonSchemas::Direction::out);
    if constexpr (!std::is_same_v<In, None>) {
        if (method == Method::get || method == Method::del) {
            (void)schemas_.of<bool>(JsonSchemas::Direction::in);
            for (const JsonMember& member : Json<In>::members())
                route.query.emplace_back(member.name, member.schema(schemas_));
        } else {
            route.in = schemas_.of<In>(JsonSchemas::Direction::in);
        }
    }
    return route;
}

template <class Out>
Response Api::written(const Request& request, Result<Reply<Out>, Problem> out, int status, Zone zone) {
    if (!out) return respond(out.error());
    std::string text = std::move(out->rendered);
    if constexpr (!std::is_same_v<Out, None>) {
        if (text.empty()) text = to_json(out->body, zone);
    } else {
        (void)zone;  // nothing is written
    }
    return Api::reply(request, {out->status != 0 ? out->status : status, std::move(out->headers),
                                std::move(out->etag), std::move(text)});
}

template <class In, class Out, class F>
void Api::route(Method method, std::string pattern, RouteInfo info, F handler) {
    Route route = described<In, Out>(method, std::move(pattern), std::move(info));
    route.handler = [handler = std::move(handler), method, status = route.info.status,
                     zone = zone_](Request& request) -> Response {
        auto in = Api::read<In>(request, method);
        if (!in) return respond(in.error());
        return Api::written<Out>(request, handler(request, std::move(*in)), status, zone);
    };
    add(std::move(route));
}

template <class In, class Out, class F>
void Api::route_later(Method method, std::string pattern, RouteInfo info, F handler) {
    Route route = described<In, Out>(method, std::move(pattern), std::move(info));
    route.later = [handler = std::move(handler), method, status = route.info.status, zone = zone_](
                      Request& request, const Pending& pending) {
        auto in = Api::read<In>(request, method);
        if (!in) return pending.answer(respond(in.error()));
        handler(request, std::move(*in),
                Later<Out>(pending, [&request, status, zone](Result<Reply<Out>, Problem> out) {
                    return Api::written<Out>(request, std::move(out), status, zone);
                }));
    };
    add(std::move(route));
}

}  // namespace lianxin::http
