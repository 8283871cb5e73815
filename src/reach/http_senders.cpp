#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/hmac.h>
#include <sys/socket.h>

#include <array>
#include <cstring>

#include "base/bytes.hpp"
#include "reach/curl_transfer.hpp"

namespace lianxin::reach {

namespace {

std::string json_escaped(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20) {
            out += "\\u00";
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
        } else {
            out += c;
        }
    }
    return out;
}

std::string form_escaped(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           c == '-' || c == '_' || c == '.' || c == '~';
        if (plain) {
            out += c;
        } else {
            out += '%';
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
        }
    }
    return out;
}

std::string without_line_ends(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (c != '\r' && c != '\n') out += c;
    return out;
}

// Puts each value in once: what a value itself contains is never taken for a placeholder.
template <class Escape>
std::string filled(std::string_view pattern, const Letter& letter, const Escape& escape) {
    const std::pair<std::string_view, std::string_view> values[] = {
        {"{phone}", letter.address}, {"{text}", letter.text}, {"{reference}", letter.reference}};
    std::string out;
    while (!pattern.empty()) {
        bool replaced = false;
        for (const auto& [name, value] : values) {
            if (!pattern.starts_with(name)) continue;
            out += escape(value);
            pattern.remove_prefix(name.size());
            replaced = true;
            break;
        }
        if (replaced) continue;
        out += pattern.front();
        pattern.remove_prefix(1);
    }
    return out;
}

void post(Transfer& transfer, const std::string& url, const std::string& body) {
    transfer.set(CURLOPT_URL, url.c_str());
    transfer.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    transfer.set(CURLOPT_POSTFIELDS, body.data());
    transfer.add_header("Expect:");
}

class SmsSender final : public Sender {
 public:
    explicit SmsSender(HttpGatewayOptions options) : options_(std::move(options)) { start_curl(); }

    [[nodiscard]] Delivery send(const Letter& letter) override {
        const bool json = options_.body_type == BodyType::json;
        const std::string body = filled(options_.body, letter, json ? json_escaped : form_escaped);
        Transfer transfer(options_.timeout, options_.ca_file);
        transfer.set(CURLOPT_PROTOCOLS_STR, "http,https");
        post(transfer, options_.url, body);
        transfer.add_header(json ? "Content-Type: application/json"
                                 : "Content-Type: application/x-www-form-urlencoded");
        for (const auto& [name, value] : options_.headers)
            transfer.add_header(name + ": " + filled(value, letter, without_line_ends));
        const HttpAnswer answer = transfer.perform();
        Delivery delivery = judge_http(answer);
        const bool confirmed = options_.accepted_if_contains.empty() ||
                               answer.body.find(options_.accepted_if_contains) != std::string::npos;
        if (delivery.verdict == Verdict::accepted && !confirmed)
            return {Verdict::try_later, "gateway_did_not_accept"};
        return delivery;
    }

 private:
    HttpGatewayOptions options_;
};

bool is_private_v4(std::uint32_t address) {
    const auto in = [&](std::uint32_t net, int bits) {
        return (address >> (32 - bits)) == (net >> (32 - bits));
    };
    return in(0x00000000, 8) || in(0x0A000000, 8) || in(0x64400000, 10) || in(0x7F000000, 8) ||
           in(0xA9FE0000, 16) || in(0xAC100000, 12) || in(0xC0000000, 24) || in(0xC0A80000, 16) ||
           in(0xC6120000, 15) || in(0xE0000000, 3);
}

bool is_private(const sockaddr& address) {
    if (address.sa_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &address, sizeof v4);
        return is_private_v4(ntohl(v4.sin_addr.s_addr));
    }
    if (address.sa_family != AF_INET6) return true;
    sockaddr_in6 v6{};
    std::memcpy(&v6, &address, sizeof v6);
    const std::uint8_t* bytes = v6.sin6_addr.s6_addr;
    if (IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr)) {
        std::uint32_t mapped = 0;
        std::memcpy(&mapped, bytes + 12, 4);
        return is_private_v4(ntohl(mapped));
    }
    // Global unicast is 2000::/3; everything else is this machine, this link, this site or a group.
    return (bytes[0] & 0xe0U) != 0x20;
}

// Checked on the address that is connected to, not on the name: a name may answer differently the second
// time.
curl_socket_t open_public_only(void*, curlsocktype, curl_sockaddr* address) {
    if (is_private(address->addr)) return CURL_SOCKET_BAD;
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::string signature(const std::string& secret, const std::string& signed_text) {
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    const BytesView data = as_bytes(signed_text);
    HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), data.data(), data.size(),
         digest.data(), &size);
    return hex(BytesView(digest.data(), size));
}

class WebhookSender final : public Sender {
 public:
    explicit WebhookSender(WebhookOptions options) : options_(std::move(options)) { start_curl(); }

    [[nodiscard]] Delivery send(const Letter& letter) override {
        Transfer transfer(options_.timeout, options_.ca_file);
        transfer.set(CURLOPT_PROTOCOLS_STR, options_.https_only ? "https" : "http,https");
        if (options_.public_addresses_only) transfer.set(CURLOPT_OPENSOCKETFUNCTION, &open_public_only);
        post(transfer, letter.address, letter.text);
        const std::string timestamp = std::to_string(letter.written.micros / micros_per_second);
        transfer.add_header("Content-Type: application/json");
        transfer.add_header("Lianxin-Delivery: " + without_line_ends(letter.reference));
        transfer.add_header("Lianxin-Timestamp: " + timestamp);
        transfer.add_header("Lianxin-Signature: sha256=" +
                            signature(options_.secret, timestamp + "." + letter.text));
        const HttpAnswer answer = transfer.perform();
        if (answer.code == CURLE_UNSUPPORTED_PROTOCOL || answer.code == CURLE_URL_MALFORMAT)
            return {Verdict::refused, "not_an_address"};
        return judge_http(answer);
    }

 private:
    WebhookOptions options_;
};

}  // namespace

std::unique_ptr<Sender> sms_sender(HttpGatewayOptions options) {
    return std::make_unique<SmsSender>(std::move(options));
}
std::unique_ptr<Sender> webhook_sender(WebhookOptions options) {
    return std::make_unique<WebhookSender>(std::move(options));
}

}  // namespace lianxin::reach
