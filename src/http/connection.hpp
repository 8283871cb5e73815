// http/connection.hpp — one socket: reads requests one after the other, has them answered by a worker, writes
// the answers in order. Everything but the handler happens on the connection's own I/O thread, so nothing
// here is locked. Only server.cpp and connection.cpp include this: they alone pay for Asio and Beast.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <unordered_set>

#include "http/api.hpp"
#include "http/server.hpp"
#include "http/wire.hpp"
#include "http/worker_pool.hpp"

namespace lianxin::http {

namespace net = boost::asio;
namespace beast = boost::beast;

// What all connections share.
struct Serving {
    Serving(const Api& api_in, const Clock& clock_in, ServerOptions options_in);
    const Api& api;
    const Clock& clock;
    const ServerOptions options;
    const ResponseHeads heads;
    WorkerPool workers;
    std::optional<WorkerPool> brisk;
    ServerCounts counts;
    std::atomic<std::size_t> large_bodies{0};  // octets
    std::atomic<bool> stopping{false};
};

// A large body's share of the room there is for all of them, given back at the latest with the connection.
class BodyRoom {
 public:
    explicit BodyRoom(Serving& serving) : serving_(serving) {}
    ~BodyRoom() { give_back(); }
    BodyRoom(const BodyRoom&) = delete;
    BodyRoom& operator=(const BodyRoom&) = delete;
    // A body larger than all the room there is gets in alone.
    [[nodiscard]] bool take(std::size_t octets);
    void give_back();

 private:
    Serving& serving_;
    std::size_t taken_ = 0;
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
    using Siblings = std::unordered_set<Connection*>;  // of one I/O thread, and touched by that thread only
    Connection(net::ip::tcp::socket socket, Serving& serving, Siblings& siblings);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    net::awaitable<void> run();
    // Closes what has taken too long.
    void sweep(std::chrono::steady_clock::time_point now);
    // Closes what waits for a request; one under way is finished first.
    void stop();

 private:
    using Parser = beast::http::request_parser<beast::http::string_body>;
    enum class Outcome { ready, refused, gone };

    net::awaitable<void> serve();
    net::awaitable<Outcome> read_request(Parser& parser);
    net::awaitable<Outcome> read_header(Parser& parser);
    net::awaitable<Outcome> read_body(Parser& parser);
    net::awaitable<bool> find_room(std::size_t octets);
    net::awaitable<bool> read_some();
    // Gives what was read to the parser; false when it was refused (then refusal_ says why).
    bool feed(Parser& parser);
    Outcome refuse(int status, const char* code);
    bool take_head(Parser& parser);  // method, target, headers → request_
    void take_peer();
    net::awaitable<void> work();
    static void answer(std::shared_ptr<Connection> self, std::function<void()> resume);
    [[nodiscard]] WorkerPool& workers() {
        return leaves_ && serving_.brisk ? *serving_.brisk : serving_.workers;
    }
    net::awaitable<bool> write(std::string_view first, std::string_view second);
    net::awaitable<bool> send(bool keep_alive);
    net::awaitable<void> send_events(std::shared_ptr<EventStream> stream);
    net::awaitable<void> linger();
    void within(std::chrono::milliseconds time);
    void note_answer();

    net::ip::tcp::socket socket_;
    Serving& serving_;
    Siblings& siblings_;
    net::steady_timer ready_;
    beast::flat_buffer buffer_;
    BodyRoom room_;
    Request request_;
    Response response_;
    std::string peer_;
    std::chrono::steady_clock::time_point deadline_;
    std::chrono::microseconds took_{0};
    bool between_requests_ = true;
    bool leaves_ = false;  // the handler does not block on its commit
};

}  // namespace lianxin::http
