#include "http/server.hpp"

#include <pthread.h>
#include <spdlog/spdlog.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <thread>

#include "base/background.hpp"
#include "http/connection.hpp"
#include "http/event_hub.hpp"

namespace lianxin::http {
namespace {

using net::ip::tcp;
using ReusePort = net::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;
constexpr auto answered = net::as_tuple(net::use_awaitable);

// One I/O thread: its own acceptor on the shared port, its own connections.
struct Lane {
    Lane() : acceptor(io), sweeper(io), pause(io) {}
    Connection::Siblings connections;  // outlives io, whose end destroys them
    net::io_context io{1};
    tcp::acceptor acceptor;
    net::steady_timer sweeper, pause;
    std::thread thread;
};

void open_acceptor(tcp::acceptor& acceptor, const tcp::endpoint& at) {
    acceptor.open(at.protocol());
    acceptor.set_option(tcp::acceptor::reuse_address(true));
    acceptor.set_option(ReusePort(true));
    acceptor.bind(at);
    acceptor.listen(1024);
}

[[noreturn]] void refuse_address(const std::string& address, std::uint16_t port,
                                 const boost::system::system_error& error) {
    throw Fault("cannot listen on " + address + " port " + std::to_string(port) + ": " +
                error.code().message() + "; choose another, or stop what listens there");
}

}  // namespace

// Sharing a port with SO_REUSEPORT would also let a second server share it unseen: without that option, bind
// says so.
void expect_free(const std::string& address, std::uint16_t port) {
    try {
        net::io_context io;
        tcp::acceptor probe(io);
        const tcp::endpoint at(net::ip::make_address(address), port);
        probe.open(at.protocol());
        probe.set_option(tcp::acceptor::reuse_address(true));
        probe.bind(at);
        probe.listen(1);
    } catch (const boost::system::system_error& error) {
        refuse_address(address, port, error);
    }
}

class Server::Room {
 public:
    Room(const Api& api, const Clock& clock, ServerOptions options, EventHub* hub)
        : serving_(api, clock, std::move(options)), hub_(hub) {
        const ServerOptions& given = serving_.options;
        const int threads = given.io_threads > 0
                                ? given.io_threads
                                : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
        for (int i = 0; i < threads; ++i) lanes_.push_back(std::make_unique<Lane>());
        listen();
        for (const auto& lane : lanes_) start(*lane);
    }
    ~Room() {
        stop();
        for (const auto& lane : lanes_) lane->io.stop();
        for (const auto& lane : lanes_) lane->thread.join();
    }

    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] const ServerCounts& counts() const { return serving_.counts; }

    void stop() {
        const std::lock_guard once(stopping_);
        if (serving_.stopping.exchange(true)) return;
        if (hub_ != nullptr) hub_->close();
        for (const auto& lane : lanes_) net::post(lane->io, [this, &lane = *lane] { close_idle(lane); });
        const auto end = std::chrono::steady_clock::now() + serving_.options.grace;
        std::unique_lock lock(drained_mutex_);
        while (serving_.counts.open_connections > 0 && std::chrono::steady_clock::now() < end)
            drained_.wait_for(lock, std::chrono::milliseconds(20));
        serving_.workers.finish();
        if (serving_.brisk) serving_.brisk->finish();
    }

 private:
    void listen() {
        const ServerOptions& given = serving_.options;
        expect_free(given.address, given.port);
        try {
            tcp::endpoint at(net::ip::make_address(given.address), given.port);
            for (const auto& lane : lanes_) {
                open_acceptor(lane->acceptor, at);
                at = lane->acceptor.local_endpoint();
            }
            port_ = at.port();
        } catch (const boost::system::system_error& error) {
            refuse_address(given.address, given.port, error);
        }
    }

    void start(Lane& lane) {
        net::co_spawn(lane.io, accept(lane), net::detached);
        net::co_spawn(lane.io, sweep(lane), net::detached);
        lane.thread = std::thread([&lane] {
            call_this_thread("connections");
            lane.io.run();
        });
    }

    net::awaitable<void> accept(Lane& lane) {
        for (;;) {
            auto [error, socket] = co_await lane.acceptor.async_accept(answered);
            if (serving_.stopping) co_return;
            if (error) {  // out of descriptors: those in use are closed in time
                spdlog::warn("accept: {}", error.message());
                lane.pause.expires_after(std::chrono::milliseconds(50));
                co_await lane.pause.async_wait(answered);
                continue;
            }
            if (serving_.counts.open_connections >= serving_.options.most_connections) {
                serving_.counts.refused++;
                continue;  // the socket closes as it goes out of scope
            }
            boost::system::error_code ignored;
            socket.set_option(tcp::no_delay(true), ignored);
            auto connection = std::make_shared<Connection>(std::move(socket), serving_, lane.connections);
            net::co_spawn(lane.io, connection->run(), [connection](const std::exception_ptr&) {});
        }
    }

    // One timer for all connections of a thread: a deadline is a store, not a timer of its own.
    net::awaitable<void> sweep(Lane& lane) {
        const ServerOptions& given = serving_.options;
        const auto shortest =
            std::min({given.header_timeout, given.idle_timeout, given.body_timeout, given.write_timeout});
        const auto period =
            std::clamp(shortest / 4, std::chrono::milliseconds(5), std::chrono::milliseconds(250));
        for (;;) {
            lane.sweeper.expires_after(period);
            co_await lane.sweeper.async_wait(answered);
            const auto now = std::chrono::steady_clock::now();
            // Closing only wakes a coroutine: the set stays as it is until this one waits again.
            for (Connection* connection : lane.connections) {
                connection->sweep(now);
                if (serving_.stopping) connection->stop();
            }
        }
    }

    void close_idle(Lane& lane) {
        boost::system::error_code ignored;
        lane.acceptor.close(ignored);
        for (Connection* connection : lane.connections) connection->stop();
    }

    Serving serving_;
    EventHub* hub_;
    std::vector<std::unique_ptr<Lane>> lanes_;
    std::uint16_t port_ = 0;
    std::mutex stopping_, drained_mutex_;
    std::condition_variable drained_;
};

Server::Server(const Api& api, const Clock& clock, ServerOptions options, EventHub* hub)
    : room_(std::make_unique<Room>(api, clock, std::move(options), hub)) {}
Server::~Server() = default;
std::uint16_t Server::port() const {
    return room_->port();
}
const ServerCounts& Server::counts() const {
    return room_->counts();
}
void Server::stop() {
    room_->stop();
}

namespace {
sigset_t stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    return signals;
}
}  // namespace

void block_stop_signals() {
    const sigset_t signals = stop_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
}

void wait_for_stop_signal() {
    const sigset_t signals = stop_signals();
    int which = 0;
    sigwait(&signals, &which);
}

bool stop_signal_within(std::chrono::milliseconds limit) {
    const sigset_t signals = stop_signals();
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(limit);
    const timespec wait{.tv_sec = seconds.count(),
                        .tv_nsec = std::chrono::nanoseconds(limit - seconds).count()};
    return sigtimedwait(&signals, nullptr, &wait) > 0;
}

}  // namespace lianxin::http
