// http/parsing.hpp — the texts a request is made of, each parser total: any octets in, a value or nothing
// out.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "http/message.hpp"

namespace lianxin::http {

// Percent-decoding (RFC 3986); nothing when a % is not followed by two digits, or the outcome is not UTF-8 or
// has a NUL.
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space = false);
[[nodiscard]] std::string percent_encode(std::string_view text);  // all but unreserved

struct Target {
    std::string path;  // decoded; no "." or ".." segment survives, an encoded slash is refused
    std::multimap<std::string, std::string, std::less<>> query;
};
// "http://host/path" (RFC 9112 §3.2.2) → "/path"
[[nodiscard]] std::string_view origin_form(std::string_view target);
[[nodiscard]] std::optional<Target> parse_target(std::string_view target);
// What can be read of one that parse_target refuses: its path, or the folders before the piece that is
// broken.
[[nodiscard]] std::string readable_part(std::string_view target);
// application/x-www-form-urlencoded
[[nodiscard]] std::optional<std::multimap<std::string, std::string, std::less<>>> parse_form(
    std::string_view text);
[[nodiscard]] std::map<std::string, std::string, std::less<>> parse_cookies(std::string_view header);

// multipart/form-data (RFC 7578) with at most `most_parts`.
enum class MultipartRefusal { no_boundary, malformed_multipart, too_many_parts };
[[nodiscard]] Result<std::vector<Upload>, MultipartRefusal> parse_multipart(std::string_view content_type,
                                                                            std::string_view body,
                                                                            std::size_t most_parts);
// "multipart/form-data; boundary=x" → the value of one parameter; quotes removed.
[[nodiscard]] std::optional<std::string> header_parameter(std::string_view header, std::string_view name);

// The quality Accept-Encoding or Accept-Language gives a token: 0 … 1; absent: 0 (or that of "*").
[[nodiscard]] double quality_of(std::string_view header, std::string_view token);
// zh-Hans, zh-Hant or en, whichever the asker likes best; zh-Hans where nothing fits.
[[nodiscard]] std::string choose_language(std::string_view accept_language);

[[nodiscard]] std::string http_date(Instant at);  // RFC 9110 §5.6.7
// Whether If-None-Match names this tag (weak comparison); tags are compared with their quotes.
[[nodiscard]] bool matches_etag(std::string_view if_none_match, std::string_view etag);
[[nodiscard]] std::string_view method_name(Method method);

}  // namespace lianxin::http
