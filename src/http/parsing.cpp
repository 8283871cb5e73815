#include "http/parsing.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

#include "base/text.hpp"

namespace lianxin::http {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string_view strip(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// What stands before the separator; the rest stays in `text`.
std::string_view next_piece(std::string_view& text, char separator) {
    const std::size_t end = std::min(text.find(separator), text.size());
    const std::string_view piece = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return piece;
}

bool has_dot_segment(std::string_view path) {
    while (!path.empty()) {
        const std::string_view segment = next_piece(path, '/');
        if (segment == "." || segment == "..") return true;
    }
    return false;
}

bool same_token(std::string_view a, std::string_view b) {
    return ascii_lower(a) == ascii_lower(b);
}

double quality_in(std::string_view parameters) {
    while (!parameters.empty()) {
        std::string_view value = strip(next_piece(parameters, ';'));
        if (!same_token(strip(next_piece(value, '=')), "q")) continue;
        double quality = 0;
        value = strip(value);
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), quality);
        if (error != std::errc{} || end != value.data() + value.size()) return 0;
        return std::clamp(quality, 0.0, 1.0);
    }
    return 1;
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '+' && plus_is_space) {
            c = ' ';
        } else if (c == '%') {
            if (i + 2 >= text.size()) return {};
            const int high = hex_digit(text[i + 1]), low = hex_digit(text[i + 2]);
            if (high < 0 || low < 0) return {};
            c = static_cast<char>(high * 16 + low);
            i += 2;
        }
        if (c == '\0') return {};
        out += c;
    }
    if (!is_valid_utf8(out)) return {};
    return out;
}

std::string percent_encode(std::string_view text) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto octet = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) {
            out += c;
        } else {
            out += '%';
            out += digits[octet >> 4U];
            out += digits[octet & 15U];
        }
    }
    return out;
}

// "http://host/path" (RFC 9112 §3.2.2) → "/path"
std::string_view origin_form(std::string_view target) {
    const std::size_t scheme = target.find("://");
    if (target.starts_with('/') || scheme == std::string_view::npos) return target;
    const std::size_t path = target.find('/', scheme + 3);
    return path == std::string_view::npos ? "/" : target.substr(path);
}

std::optional<Target> parse_target(std::string_view target) {
    if (target.empty() || target.front() != '/') return {};
    target = target.substr(0, target.find('#'));
    const std::string_view raw_path = next_piece(target, '?');
    // An encoded slash would stand for something else than the separators around it.
    for (std::size_t at = 0; (at = raw_path.find('%', at)) != std::string_view::npos; ++at) {
        if (same_token(raw_path.substr(at, 3), "%2f")) return {};
    }
    auto path = percent_decode(raw_path);
    auto query = parse_form(target);
    if (!path || !query || has_dot_segment(*path)) return {};
    return Target{std::move(*path), std::move(*query)};
}

std::string readable_part(std::string_view target) {
    const std::string_view path = target.substr(0, target.find_first_of("?#"));
    for (const std::string_view part : {path, path.substr(0, path.rfind('/', path.find('%')) + 1)})
        if (const auto read = parse_target(part)) return read->path;
    return "/";
}

std::optional<std::multimap<std::string, std::string, std::less<>>> parse_form(std::string_view text) {
    std::multimap<std::string, std::string, std::less<>> form;
    while (!text.empty()) {
        std::string_view value = next_piece(text, '&');
        if (value.empty()) continue;
        const auto name = percent_decode(next_piece(value, '='), true);
        const auto decoded = percent_decode(value, true);
        if (!name || !decoded) return {};
        form.emplace(*name, *decoded);
    }
    return form;
}

std::map<std::string, std::string, std::less<>> parse_cookies(std::string_view header) {
    std::map<std::string, std::string, std::less<>> cookies;
    while (!header.empty()) {
        std::string_view value = strip(next_piece(header, ';'));
        const std::string_view name = strip(next_piece(value, '='));
        value = strip(value);
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
            value = value.substr(1, value.size() - 2);
        if (!name.empty()) cookies.emplace(name, value);
    }
    return cookies;
}

std::optional<std::string> header_parameter(std::string_view header, std::string_view name) {
    (void)next_piece(header, ';');
    while (!header.empty()) {
        // A semicolon inside quotes does not end the parameter.
        std::size_t end = 0;
        for (bool quoted = false; end < header.size() && (quoted || header[end] != ';'); ++end) {
            if (header[end] == '\\' && quoted && end + 1 < header.size())
                ++end;
            else if (header[end] == '"')
                quoted = !quoted;
        }
        end = std::min(end, header.size());
        std::string_view value = header.substr(0, end);
        header.remove_prefix(std::min(end + 1, header.size()));
        if (!same_token(strip(next_piece(value, '=')), name)) continue;
        value = strip(value);
        if (value.empty() || value.front() != '"') return std::string(value);
        std::string out;
        for (std::size_t i = 1; i < value.size() && value[i] != '"'; ++i) {
            if (value[i] == '\\' && i + 1 < value.size()) ++i;
            out += value[i];
        }
        return out;
    }
    return {};
}

double quality_of(std::string_view header, std::string_view token) {
    double of_any = 0;
    while (!header.empty()) {
        std::string_view parameters = strip(next_piece(header, ','));
        const std::string_view name = strip(next_piece(parameters, ';'));
        if (same_token(name, token)) return quality_in(parameters);
        if (name == "*") of_any = quality_in(parameters);
    }
    return of_any;
}

std::string choose_language(std::string_view accept_language) {
    std::string best = "zh-Hans";
    double best_quality = 0;
    while (!accept_language.empty()) {
        std::string_view parameters = strip(next_piece(accept_language, ','));
        const std::string tag = ascii_lower(strip(next_piece(parameters, ';')));
        const double quality = quality_in(parameters);
        std::string language;
        if (tag == "en" || tag.starts_with("en-"))
            language = "en";
        else if (tag.starts_with("zh-hant") || tag == "zh-tw" || tag == "zh-hk" || tag == "zh-mo")
            language = "zh-Hant";
        else if (tag == "zh" || tag.starts_with("zh-"))
            language = "zh-Hans";
        if (language.empty() || quality <= best_quality) continue;
        best = std::move(language);
        best_quality = quality;
    }
    return best;
}

std::string http_date(Instant at) {
    static constexpr std::array weekdays{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const Day day = Zone{0}.day_of(at);
    const auto seconds = static_cast<int>((at - Zone{0}.start_of(day)).count() / micros_per_second);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
                  weekdays[day.iso_weekday() - 1], day.day_of_month(), months[day.month() - 1], day.year(),
                  seconds / 3600, seconds / 60 % 60, seconds % 60);
    return text.data();
}

bool matches_etag(std::string_view if_none_match, std::string_view etag) {
    while (!if_none_match.empty()) {
        std::string_view tag = strip(next_piece(if_none_match, ','));
        if (tag == "*") return true;
        if (tag.starts_with("W/")) tag.remove_prefix(2);
        if (tag == etag) return true;
    }
    return false;
}

std::string_view method_name(Method method) {
    static constexpr std::array<std::string_view, 7> names{"GET",   "HEAD",   "POST",   "PUT",
                                                           "PATCH", "DELETE", "OPTIONS"};
    return names.at(static_cast<std::size_t>(method));
}

}  // namespace lianxin::http
