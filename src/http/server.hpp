// http/server.hpp — sockets on one side, the Api on the other. One io_context per core reads and writes
// (Boost.Asio coroutines, Beast's parser); handlers run on a pool of workers and may block there. Timers
// close what stalls, limits refuse what is too large, so that slow or greedy peers cost a socket and nothing
// more.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "http/api.hpp"

namespace lianxin::http {

class EventHub;

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  // 0: any spare one, see Server::port
    int io_threads = 0;      // 0: one per core
    int workers = 64;        // handlers block on commits, so many of them wait at once
    // For handlers that leave instead of blocking (Api::route_later): as many as can work at once, so that
    // none is woken for nothing. 0: they share `workers`, where the engine below makes them block after all.
    int brisk_workers = 0;
    std::size_t most_connections = 4096;
    std::size_t waiting_requests = 1024;  // beyond workers; more are answered 503 busy
    std::size_t header_limit = 16 << 10;
    std::size_t body_limit = 1 << 20;
    // Octets of large bodies (over 64 KiB) held at once: two hundred photos at a time must not become two
    // gigabytes. Who finds no room waits for it so long, then is told to come again (503 busy).
    std::size_t bodies_limit = 64 << 20;
    std::chrono::milliseconds room_timeout{10'000};
    std::chrono::milliseconds header_timeout{
        10'000};  // from the first octet of a request to the end of its header
    std::chrono::milliseconds idle_timeout{60'000};   // between requests on a kept connection
    std::chrono::milliseconds body_timeout{60'000};   // for the whole body
    std::chrono::milliseconds write_timeout{30'000};  // for an answer, or one piece of a stream
    std::chrono::milliseconds heartbeat{15'000};      // a comment on silent event streams
    std::chrono::milliseconds grace{10'000};          // for requests under way at the stop
    bool behind_proxy = false;  // believe X-Forwarded-For and X-Forwarded-Proto of the peer
    bool log_requests = true;   // a line each, with the route's pattern, never the path
    std::string content_security_policy =
        "default-src 'self'; img-src 'self' blob: data:; style-src 'self'; worker-src 'self'; object-src "
        "'none'; "
        "base-uri 'none'; frame-ancestors 'none'";
};

// Counts since the start, for /metrics.
struct ServerCounts {
    std::atomic<std::uint64_t> connections{0}, open_connections{0}, requests{0}, refused{0}, faults{0},
        timed_out{0};
    std::atomic<std::uint64_t> by_class[6]{};  // 1xx … 5xx at [1] … [5]
    std::atomic<std::uint64_t> micros{0};      // spent in handlers
};

class Server {
 public:
    // Listens at once (throws Fault when the address is taken) and serves until stop(). The api must not
    // change any more. `clock` stamps Date and the log; hub may be null.
    Server(const Api& api, const Clock& clock, ServerOptions options, EventHub* hub = nullptr);
    ~Server();  // stops
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] const ServerCounts& counts() const;
    // No new requests; those under way are finished (at most `grace`), then everything is closed. Any thread,
    // any number of times.
    void stop();

 private:
    class Room;
    std::unique_ptr<Room> room_;
};

// Throws the Fault that a Server at this address would: asked before long work that would be for nothing.
void expect_free(const std::string& address, std::uint16_t port);
// Blocks until SIGTERM or SIGINT arrives (both are to be blocked in every thread before any is started).
void block_stop_signals();
void wait_for_stop_signal();
// Whether one arrives, or waits already, before so long.
[[nodiscard]] bool stop_signal_within(std::chrono::milliseconds limit);

}  // namespace lianxin::http
