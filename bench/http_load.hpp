// bench/http_load.hpp — asks a server over HTTP as hard as one thread can: a fixed number of keep-alive
// connections, each with one request under way, epoll. What is asked is made by the caller; what is answered
// is counted by status, and its time kept, so that a rate is never a rate of refusals.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace lianxin::bench {

struct LoadOptions {
    std::uint16_t port = 8311;
    int connections = 64;
    std::chrono::milliseconds time{5000};  // no new request after that
    std::uint64_t most_requests = UINT64_MAX;
    // The n-th request as it goes over the wire, header and body; n counts from 0.
    std::function<std::string(std::uint64_t)> request;
    std::string* keep_body = nullptr;  // of the last 2xx answer
    std::string* keep_head = nullptr;
};

struct LoadResult {
    double seconds = 0;  // from the first request to the last answer
    std::map<int, std::uint64_t> by_status;
    std::vector<std::uint32_t> micros;  // of every answer, sorted
    std::string first_refusal;          // body of the first answer that is no 2xx

    [[nodiscard]] std::uint64_t succeeded() const {
        std::uint64_t count = 0;
        for (const auto& [status, n] : by_status) count += status / 100 == 2 ? n : 0;
        return count;
    }
    [[nodiscard]] double per_second() const {
        return seconds > 0 ? static_cast<double>(succeeded()) / seconds : 0;
    }
    // What another run under the same conditions brought.
    void add(const LoadResult& other) {
        seconds += other.seconds;
        for (const auto& [status, n] : other.by_status) by_status[status] += n;
        micros.insert(micros.end(), other.micros.begin(), other.micros.end());
        std::sort(micros.begin(), micros.end());
        if (first_refusal.empty()) first_refusal = other.first_refusal;
    }
    // Nearest rank.
    [[nodiscard]] std::uint32_t percentile(double p) const {
        if (micros.empty()) return 0;
        const auto rank = static_cast<std::size_t>(p * static_cast<double>(micros.size()));
        return micros[std::min(rank, micros.size() - 1)];
    }
};

// "POST /path" with a JSON body and further header lines, each ended by \r\n.
[[nodiscard]] inline std::string json_post(std::string_view path, std::string_view body,
                                           std::string_view headers = "") {
    std::string text = "POST ";
    text.append(path).append(" HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n");
    text.append(headers)
        .append("Content-Length: ")
        .append(std::to_string(body.size()))
        .append("\r\n\r\n")
        .append(body);
    return text;
}

class HttpLoad {
 public:
    explicit HttpLoad(LoadOptions options) : options_(std::move(options)) {}

    // Throws std::runtime_error when the server cannot be reached or hangs up.
    [[nodiscard]] LoadResult run() {
        epoll_ = ::epoll_create1(EPOLL_CLOEXEC);
        std::vector<Line> lines(static_cast<std::size_t>(options_.connections));
        for (Line& line : lines) open(line);
        const auto begin = Time::now();
        end_ = begin + options_.time;
        for (Line& line : lines) ask(line);
        std::vector<epoll_event> events(lines.size());
        while (under_way_ > 0) {
            const int ready = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 30'000);
            if (ready <= 0) throw std::runtime_error("no answer for 30 s");
            for (int i = 0; i < ready; ++i)
                advance(*static_cast<Line*>(events[static_cast<std::size_t>(i)].data.ptr));
        }
        result_.seconds = std::chrono::duration<double>(Time::now() - begin).count();
        for (const Line& line : lines) ::close(line.socket);
        ::close(epoll_);
        std::sort(result_.micros.begin(), result_.micros.end());
        return std::move(result_);
    }

 private:
    using Time = std::chrono::steady_clock;
    struct Line {
        int socket = -1;
        std::string out, in;
        std::size_t sent = 0;
        bool waiting_to_send = false, under_way = false;
        Time::time_point asked;
    };

    void open(Line& line) {
        line.socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_port = htons(options_.port);
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(line.socket, reinterpret_cast<sockaddr*>(&at), sizeof at) != 0)
            throw std::runtime_error("cannot connect to port " + std::to_string(options_.port));
        const int on = 1;
        ::setsockopt(line.socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.ptr = &line;
        ::epoll_ctl(epoll_, EPOLL_CTL_ADD, line.socket, &event);
    }

    void ask(Line& line) {
        line.under_way = asked_ < options_.most_requests && Time::now() < end_;
        if (!line.under_way) return;
        line.out = options_.request(asked_++);
        line.sent = 0;
        line.asked = Time::now();
        ++under_way_;
        write(line);
    }

    void write(Line& line) {
        while (line.sent < line.out.size()) {
            const ssize_t n = ::send(line.socket, line.out.data() + line.sent, line.out.size() - line.sent,
                                     MSG_DONTWAIT | MSG_NOSIGNAL);
            if (n < 0 && errno != EAGAIN) throw std::runtime_error("the server hung up");
            if (n < 0) break;
            line.sent += static_cast<std::size_t>(n);
        }
        const bool wait = line.sent < line.out.size();
        if (wait == line.waiting_to_send) return;
        line.waiting_to_send = wait;
        epoll_event event{};
        event.events = wait ? EPOLLIN | EPOLLOUT : EPOLLIN;
        event.data.ptr = &line;
        ::epoll_ctl(epoll_, EPOLL_CTL_MOD, line.socket, &event);
    }

    void advance(Line& line) {
        if (line.waiting_to_send) write(line);
        char piece[16384];
        const ssize_t n = ::recv(line.socket, piece, sizeof piece, MSG_DONTWAIT);
        if (n == 0 || (n < 0 && errno != EAGAIN)) throw std::runtime_error("the server hung up");
        if (n < 0) return;
        line.in.append(piece, static_cast<std::size_t>(n));
        const std::size_t head = line.in.find("\r\n\r\n");
        if (head == std::string::npos) return;
        const std::size_t size = head + 4 + content_length(std::string_view(line.in).substr(0, head + 2));
        if (line.in.size() < size || !line.under_way) return;
        note(line, head + 4, size);
        line.in.erase(0, size);
        --under_way_;
        ask(line);
    }

    static std::size_t content_length(std::string_view head) {
        constexpr std::string_view name = "\r\nContent-Length: ";
        const std::size_t at = head.find(name);
        std::size_t length = 0;
        if (at != std::string_view::npos)
            std::from_chars(head.data() + at + name.size(), head.data() + head.size(), length);
        return length;
    }

    void note(const Line& line, std::size_t body, std::size_t end) {
        int status = 0;
        std::from_chars(line.in.data() + 9, line.in.data() + 12, status);
        ++result_.by_status[status];
        const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Time::now() - line.asked);
        result_.micros.push_back(static_cast<std::uint32_t>(took.count()));
        if (status / 100 == 2 && options_.keep_body != nullptr)
            options_.keep_body->assign(line.in, body, end - body);
        if (options_.keep_head != nullptr) options_.keep_head->assign(line.in, 0, body);
        if (status / 100 != 2 && result_.first_refusal.empty())
            result_.first_refusal =
                std::to_string(status) + " " + line.in.substr(body, std::min(end - body, std::size_t{500}));
    }

    LoadOptions options_;
    LoadResult result_;
    int epoll_ = -1;
    std::uint64_t asked_ = 0;
    int under_way_ = 0;
    Time::time_point end_;
};

}  // namespace lianxin::bench
