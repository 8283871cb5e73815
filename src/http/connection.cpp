#include "http/connection.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>

#include "base/text.hpp"
#include "http/broken_address.hpp"
#include "http/event_hub.hpp"
#include "http/parsing.hpp"
#include "http/problem.hpp"

namespace lianxin::http {
namespace {

constexpr auto answered = net::as_tuple(net::use_awaitable);
constexpr std::size_t read_piece = 16 << 10;
constexpr std::size_t small_body = 64 << 10;
constexpr std::size_t write_piece =
    256 << 10;  // each piece has the whole write timeout, so slow lines get large pictures

std::optional<Method> method_of(beast::http::verb named) {
    using beast::http::verb;
    switch (named) {
        case verb::get:
            return Method::get;
        case verb::head:
            return Method::head;
        case verb::post:
            return Method::post;
        case verb::put:
            return Method::put;
        case verb::patch:
            return Method::patch;
        case verb::delete_:
            return Method::del;
        case verb::options:
            return Method::options;
        default:
            return {};
    }
}

}  // namespace

Serving::Serving(const Api& api_in, const Clock& clock_in, ServerOptions options_in)
    : api(api_in),
      clock(clock_in),
      options(std::move(options_in)),
      heads(options.content_security_policy),
      workers(options.workers, options.waiting_requests) {
    if (options.brisk_workers > 0) brisk.emplace(options.brisk_workers, options.waiting_requests);
}

bool BodyRoom::take(std::size_t octets) {
    std::size_t held = serving_.large_bodies.load();
    do {
        if (held != 0 && held + octets > serving_.options.bodies_limit) return false;
    } while (!serving_.large_bodies.compare_exchange_weak(held, held + octets));
    taken_ += octets;
    return true;
}

void BodyRoom::give_back() {
    serving_.large_bodies -= taken_;
    taken_ = 0;
}

Connection::Connection(net::ip::tcp::socket socket, Serving& serving, Siblings& siblings)
    : socket_(std::move(socket)),
      serving_(serving),
      siblings_(siblings),
      ready_(socket_.get_executor()),
      room_(serving) {
    siblings_.insert(this);
    serving_.counts.connections++;
    serving_.counts.open_connections++;
    boost::system::error_code ignored;
    peer_ = socket_.remote_endpoint(ignored).address().to_string();
    within(serving_.options.header_timeout);
}

Connection::~Connection() {
    siblings_.erase(this);
    serving_.counts.open_connections--;
}

void Connection::within(std::chrono::milliseconds time) {
    deadline_ = std::chrono::steady_clock::now() + time;
}

void Connection::sweep(std::chrono::steady_clock::time_point now) {
    if (now < deadline_ || !socket_.is_open()) return;
    serving_.counts.timed_out++;
    boost::system::error_code ignored;
    socket_.close(ignored);
}

void Connection::stop() {
    boost::system::error_code ignored;
    if (between_requests_) socket_.close(ignored);
    ready_.cancel();
}

net::awaitable<void> Connection::run() {
    const auto self = shared_from_this();  // the coroutine keeps its connection
    try {
        co_await serve();
    } catch (const std::exception& fault) {
        spdlog::error("a connection ended by {}", typeid(fault).name());
    }
    boost::system::error_code ignored;
    socket_.close(ignored);
}

net::awaitable<void> Connection::serve() {
    for (;;) {
        between_requests_ = true;
        if (serving_.stopping) co_return;
        // Parser and request are new each time: nothing of one request is left for the next.
        Parser parser;
        request_ = {};
        response_ = {};
        room_.give_back();
        const Outcome outcome = co_await read_request(parser);
        if (outcome == Outcome::gone) co_return;
        if (outcome == Outcome::ready) co_await work();
        serving_.counts.requests++;
        const bool keep_alive = outcome == Outcome::ready && parser.keep_alive() && !serving_.stopping;
        if (response_.stream) {
            co_await send_events(response_.stream);
            co_return;
        }
        const bool sent = co_await send(keep_alive);
        note_answer();
        if (!sent) co_return;
        if (!keep_alive) {
            co_await linger();
            co_return;
        }
    }
}

net::awaitable<Connection::Outcome> Connection::read_request(Parser& parser) {
    // Limits of the body are known once the route is: until then none, and nothing of the body is taken.
    parser.header_limit(static_cast<std::uint32_t>(serving_.options.header_limit));
    parser.body_limit(boost::none);
    parser.eager(false);
    const Outcome header = co_await read_header(parser);
    if (header != Outcome::ready) co_return header;
    if (!take_head(parser)) co_return Outcome::refused;

    const Route* route = serving_.api.route_for(request_.method, request_.path);
    leaves_ = route != nullptr && route->later != nullptr;
    const std::size_t limit = route != nullptr && route->info.body_limit != 0 ? route->info.body_limit
                                                                              : serving_.options.body_limit;
    if (const auto length = parser.content_length(); length && *length > limit)
        co_return refuse(413, "body_too_large");
    parser.body_limit(limit);
    const std::size_t expected = parser.content_length().value_or(parser.chunked() ? limit : 0);
    if (expected > small_body && !co_await find_room(expected)) co_return refuse(503, "busy");
    parser.eager(true);
    const bool asks_first = beast::iequals(parser.get()[beast::http::field::expect], "100-continue");
    if (asks_first && buffer_.size() == 0 && !parser.is_done()) {
        if (!co_await write("HTTP/1.1 100 Continue\r\n\r\n", {})) co_return Outcome::gone;
    }
    const Outcome body = co_await read_body(parser);
    if (body == Outcome::ready) request_.body = std::move(parser.get().body());
    co_return body;
}

net::awaitable<Connection::Outcome> Connection::read_header(Parser& parser) {
    within(buffer_.size() > 0 ? serving_.options.header_timeout : serving_.options.idle_timeout);
    while (!parser.is_header_done()) {
        if (buffer_.size() > 0) {
            between_requests_ = false;
            if (!feed(parser)) co_return Outcome::refused;
            if (parser.is_header_done()) break;
        }
        const bool fresh = between_requests_;
        if (!co_await read_some()) co_return Outcome::gone;
        if (fresh) within(serving_.options.header_timeout);
    }
    co_return Outcome::ready;
}

net::awaitable<Connection::Outcome> Connection::read_body(Parser& parser) {
    within(serving_.options.body_timeout);
    while (!parser.is_done()) {
        const std::size_t before = buffer_.size();
        if (before > 0 && !feed(parser)) co_return Outcome::refused;
        if (parser.is_done()) break;
        if (before > 0 && buffer_.size() > 0 && buffer_.size() != before) continue;
        if (!co_await read_some()) co_return Outcome::gone;
    }
    co_return Outcome::ready;
}

bool Connection::feed(Parser& parser) {
    beast::error_code error;
    const std::size_t used = parser.put(buffer_.data(), error);
    buffer_.consume(used);
    if (!error || error == beast::http::error::need_more) return true;
    if (error == beast::http::error::header_limit)
        refuse(431, "header_too_large");
    else if (error == beast::http::error::body_limit)
        refuse(413, "body_too_large");
    else
        refuse(400, "malformed_request");
    return false;
}

// Before anything of the body is read: what waits here waits in the peer's socket, not in our memory.
net::awaitable<bool> Connection::find_room(std::size_t octets) {
    constexpr std::chrono::milliseconds look_again{20};
    const auto end = std::chrono::steady_clock::now() + serving_.options.room_timeout;
    deadline_ = std::chrono::steady_clock::time_point::max();
    while (!room_.take(octets)) {
        if (serving_.stopping || std::chrono::steady_clock::now() >= end) co_return false;
        ready_.expires_after(look_again);
        co_await ready_.async_wait(answered);
    }
    co_return true;
}

net::awaitable<bool> Connection::read_some() {
    const auto room = buffer_.prepare(read_piece);
    const auto [error, got] = co_await socket_.async_read_some(room, answered);
    buffer_.commit(got);
    co_return !error;
}

Connection::Outcome Connection::refuse(int status, const char* code) {
    serving_.counts.refused++;
    Problem made = problem(status, code);
    if (status == 503) made.headers.emplace_back("Retry-After", "2");
    response_ = respond(made);
    serving_.api.finish(request_.language, response_);
    return Outcome::refused;
}

bool Connection::take_head(Parser& parser) {
    const auto& message = parser.get();
    for (const auto& field : message)
        request_.headers.emplace(ascii_lower(field.name_string()), std::string(field.value()));
    take_peer();
    request_.language = choose_language(request_.header("accept-language").value_or(""));
    const auto method = method_of(message.method());
    auto target = target_or_page(serving_.api, request_, method, origin_form(message.target()));
    const bool named = message.version() < 11 || request_.headers.count("host") == 1;  // RFC 9112 §3.2
    // Both lengths at once is how requests are smuggled past a proxy (RFC 9112 §6.1).
    const bool two_lengths =
        request_.headers.contains("content-length") && request_.headers.contains("transfer-encoding");
    if (!method || !target || !named || two_lengths) {
        method || !target ? refuse(400, "malformed_request") : refuse(405, "method_not_allowed");
        return false;
    }
    request_.method = *method;
    request_.path = std::move(target->path);
    request_.query = std::move(target->query);
    if (const auto asked = request_.query_value("lang")) request_.language = choose_language(*asked);
    if (const auto cookies = request_.header("cookie")) request_.cookies = parse_cookies(*cookies);
    return true;
}

void Connection::take_peer() {
    request_.remote_address = peer_;
    if (!serving_.options.behind_proxy) return;
    request_.secure = request_.header("x-forwarded-proto").value_or("") == "https";
    // The last entry is the one our own proxy wrote; those before it are what the peer claims.
    if (const auto chain = request_.header("x-forwarded-for")) {
        const std::size_t comma = chain->rfind(',');
        const std::string last(trim(comma == std::string::npos ? *chain : chain->substr(comma + 1)));
        if (!last.empty()) request_.remote_address = last;
    }
}

net::awaitable<void> Connection::work() {
    deadline_ = std::chrono::steady_clock::time_point::max();
    bool taken = true;
    co_await net::async_initiate<const net::use_awaitable_t<>&, void()>(
        [this, &taken](auto handler) {
            auto resume = std::make_shared<decltype(handler)>(std::move(handler));
            taken = workers().submit([self = shared_from_this(), resume]() mutable {
                answer(std::move(self), [resume] { std::move (*resume)(); });
            });
            if (!taken) net::post(socket_.get_executor(), [resume] { std::move (*resume)(); });
        },
        net::use_awaitable);
    if (taken) co_return;
    Problem busy = problem(503, "busy");
    busy.headers.emplace_back("Retry-After", "1");
    serving_.counts.refused++;
    response_ = respond(busy);
    serving_.api.finish(request_.language, response_);
}

// On a worker. The last hold on the connection is given back to its own thread, with the answer.
void Connection::answer(std::shared_ptr<Connection> self, std::function<void()> resume) {
    WorkerPool& workers = self->workers();
    Request& request = self->request_;
    const Api& api = self->serving_.api;
    const auto begin = std::chrono::steady_clock::now();
    WayBack way;
    way.come_back = [&workers](std::function<void()> job) { workers.come_back(std::move(job)); };
    way.meanwhile = [&workers](std::function<void()> job) { workers.meanwhile(std::move(job)); };
    way.answered = [self = std::move(self), resume = std::move(resume), begin](Response response) mutable {
        self->response_ = std::move(response);
        self->took_ = std::chrono::floor<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
        const auto executor = self->socket_.get_executor();
        net::post(executor, [self = std::move(self), resume = std::move(resume)] { resume(); });
    };
    way.expected = workers.expect();
    api.answer(request, std::move(way));
}

net::awaitable<bool> Connection::write(std::string_view first, std::string_view second) {
    within(serving_.options.write_timeout);
    std::string_view piece = second.substr(0, write_piece);
    const std::array<net::const_buffer, 2> both{net::buffer(first), net::buffer(piece)};
    auto [error, sent] = co_await net::async_write(socket_, both, answered);
    while (!error && piece.size() < second.size()) {
        second.remove_prefix(piece.size());
        piece = second.substr(0, write_piece);
        within(serving_.options.write_timeout);
        std::tie(error, sent) = co_await net::async_write(socket_, net::buffer(piece), answered);
    }
    co_return !error;
}

net::awaitable<bool> Connection::send(bool keep_alive) {
    const std::string_view body = response_.shared_body ? *response_.shared_body : response_.body;
    const std::string head =
        serving_.heads.head(response_, body.size(), keep_alive, request_.secure, serving_.clock.now());
    const bool bodiless =
        request_.method == Method::head || response_.status == 204 || response_.status == 304;
    co_return co_await write(head, bodiless ? std::string_view() : body);
}

net::awaitable<void> Connection::send_events(std::shared_ptr<EventStream> stream) {
    struct Unhook {
        std::shared_ptr<EventStream> stream;
        ~Unhook() {
            stream->on_ready({});
            stream->close();
        }
    };
    const Unhook at_the_end{stream};
    const std::string head = serving_.heads.head(response_, 0, false, request_.secure, serving_.clock.now());
    if (!co_await write(head, {})) co_return;
    stream->on_ready([executor = socket_.get_executor(), weak = weak_from_this()] {
        net::post(executor, [weak] {
            if (const auto self = weak.lock()) self->ready_.cancel();
        });
    });
    while (!serving_.stopping && !stream->closed()) {
        std::string text = stream->take();
        if (text.empty()) {
            deadline_ = std::chrono::steady_clock::time_point::max();
            ready_.expires_after(serving_.options.heartbeat);
            const auto [woken] = co_await ready_.async_wait(answered);
            if (woken) continue;
            text = ":\n\n";
        }
        if (!co_await write(text, {})) co_return;
    }
}

// Closing while the peer still sends would reset the connection, and the answer with it (RFC 9112 §9.6).
net::awaitable<void> Connection::linger() {
    constexpr std::size_t most = 32 << 20;
    between_requests_ = true;  // a stop need not wait for the peer
    within(std::min(serving_.options.body_timeout, std::chrono::milliseconds(5000)));
    boost::system::error_code ignored;
    socket_.shutdown(net::ip::tcp::socket::shutdown_send, ignored);
    for (std::size_t thrown_away = 0; thrown_away < most;) {
        buffer_.clear();
        if (!co_await read_some()) co_return;
        thrown_away += buffer_.size();
    }
}

// The pattern of the route, never the path: paths hold numbers and ids of residents' matters.
void Connection::note_answer() {
    const auto status_class = static_cast<std::size_t>(std::clamp(response_.status / 100, 0, 5));
    serving_.counts.by_class[status_class]++;
    serving_.counts.micros += static_cast<std::uint64_t>(took_.count());
    if (!serving_.options.log_requests) return;
    spdlog::info("{} {} status={} us={} in={} out={}", method_name(request_.method),
                 request_.route.empty() ? "-" : request_.route, response_.status, took_.count(),
                 request_.body.size(),
                 response_.shared_body ? response_.shared_body->size() : response_.body.size());
}

}  // namespace lianxin::http
