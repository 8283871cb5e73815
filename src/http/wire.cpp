#include "http/wire.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "http/parsing.hpp"

namespace lianxin::http {
namespace {

bool has_header(const Response& response, std::string_view lower_case_name) {
    return std::any_of(response.headers.begin(), response.headers.end(),
                       [&](const auto& header) { return ascii_lower(header.first) == lower_case_name; });
}

void add(std::string& head, std::string_view name, std::string_view value) {
    head += name;
    head += ": ";
    // A line end in a value would begin another header.
    std::transform(value.begin(), value.end(), std::back_inserter(head),
                   [](char c) { return c == '\r' || c == '\n' || c == '\0' ? ' ' : c; });
    head += "\r\n";
}

}  // namespace

std::string_view reason_of(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 302:
            return "Found";
        case 303:
            return "See Other";
        case 304:
            return "Not Modified";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 413:
            return "Content Too Large";
        case 415:
            return "Unsupported Media Type";
        case 422:
            return "Unprocessable Content";
        case 426:
            return "Upgrade Required";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 503:
            return "Service Unavailable";
        default:
            return "Status";
    }
}

ResponseHeads::ResponseHeads(std::string_view content_security_policy) {
    add(always_, "Content-Security-Policy", content_security_policy);
    add(always_, "X-Content-Type-Options", "nosniff");
    add(always_, "Referrer-Policy", "same-origin");
    add(always_, "Cross-Origin-Opener-Policy", "same-origin");
    add(always_, "Cross-Origin-Resource-Policy", "same-origin");
    add(always_, "Permissions-Policy",
        "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()");
}

std::string ResponseHeads::head(const Response& response, std::size_t length, bool keep_alive, bool secure,
                                Instant now) const {
    std::string head;
    head.reserve(1024);
    head += "HTTP/1.1 ";
    head += std::to_string(response.status);
    head += ' ';
    head += reason_of(response.status);
    head += "\r\n";
    add(head, "Date", http_date(now));
    const bool bodiless = response.status == 204 || response.status == 304;
    if (!bodiless) add(head, "Content-Type", response.content_type);
    if (!bodiless && !response.stream) add(head, "Content-Length", std::to_string(length));
    for (const auto& [name, value] : response.headers) add(head, name, value);
    // Answers hold what one person may see: no cache in between keeps them. With a tag the browser may, and
    // asks again.
    if (!has_header(response, "cache-control"))
        add(head, "Cache-Control", has_header(response, "etag") ? "private, no-cache" : "no-store");
    if (response.stream) add(head, "X-Accel-Buffering", "no");
    head += always_;
    if (secure) add(head, "Strict-Transport-Security", "max-age=31536000");
    if (!keep_alive) add(head, "Connection", "close");
    head += "\r\n";
    return head;
}

}  // namespace lianxin::http
