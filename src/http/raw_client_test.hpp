// A client that sends whatever octets a test wants and reads answers as they come; nothing waits longer than
// 10 s.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <map>
#include <string>
#include <string_view>

#include "base/text.hpp"

namespace lianxin::http {

struct Answer {
    int status = 0;
    std::multimap<std::string, std::string, std::less<>> headers;
    std::string body;
    [[nodiscard]] std::string header(std::string_view name) const {
        const auto found = headers.find(name);
        return found == headers.end() ? "" : found->second;
    }
};

class RawClient {
 public:
    explicit RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        const timeval limit{10, 0};
        setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_port = htons(port);
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&at), sizeof at) == 0;
    }
    ~RawClient() { ::close(socket_); }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    [[nodiscard]] bool connected() const { return connected_; }
    // How much of it the peer took.
    std::size_t send(std::string_view text) {
        std::size_t sent = 0;
        while (sent < text.size()) {
            const ssize_t n = ::send(socket_, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
            if (n <= 0) break;
            sent += static_cast<std::size_t>(n);
        }
        return sent;
    }
    void send_end() { ::shutdown(socket_, SHUT_WR); }
    // Reads until the text is there; everything up to and with it. Short when the peer closed.
    std::string read_until(std::string_view end) {
        std::size_t at = 0;
        while ((at = got_.find(end)) == std::string::npos && more()) {
        }
        return take(at == std::string::npos ? got_.size() : at + end.size());
    }
    std::string read_all() {
        while (more()) {
        }
        return take(got_.size());
    }
    // One answer; status 0 when there came none. `bodiless`: to a HEAD.
    Answer answer(bool bodiless = false) {
        Answer out;
        const std::string head = read_until("\r\n\r\n");
        if (!head.ends_with("\r\n\r\n")) return out;
        out.status = std::stoi(head.substr(9, 3));
        for (std::size_t at = head.find("\r\n") + 2; at + 2 < head.size();) {
            const std::size_t end = head.find("\r\n", at), colon = head.find(": ", at);
            out.headers.emplace(ascii_lower(head.substr(at, colon - at)),
                                head.substr(colon + 2, end - colon - 2));
            at = end + 2;
        }
        const std::string length = out.header("content-length");
        const std::size_t size = bodiless || length.empty() ? 0 : std::stoul(length);
        while (got_.size() < size && more()) {
        }
        out.body = take(size);
        return out;
    }
    Answer ask(const std::string& method, const std::string& target, const std::string& body = "",
               const std::string& headers = "") {
        std::string text = method + " " + target + " HTTP/1.1\r\nHost: t\r\n" + headers;
        if (!body.empty()) {
            text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
            if (headers.find("ontent-") == std::string::npos) text += "Content-Type: application/json\r\n";
        }
        send(text + "\r\n" + body);
        return answer(method == "HEAD");
    }

 private:
    bool more() {
        char piece[16384];
        const ssize_t n = ::recv(socket_, piece, sizeof piece, 0);
        if (n <= 0) return false;
        got_.append(piece, static_cast<std::size_t>(n));
        return true;
    }
    std::string take(std::size_t count) {
        std::string out = got_.substr(0, count);
        got_.erase(0, count);
        return out;
    }
    int socket_;
    bool connected_ = false;
    std::string got_;
};

}  // namespace lianxin::http
