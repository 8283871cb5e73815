#include "base/text.hpp"

#include <algorithm>
#include <cstdint>

#include "base/result.hpp"

namespace lianxin {
namespace {

constexpr char32_t malformed = 0xFFFFFFFF;

struct Decoded {
    char32_t point = malformed;
    std::size_t size = 1;
};

// RFC 3629's table: the second byte's range depends on the first, which is what keeps overlong forms and
// surrogates out.
Decoded decode(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t first = byte(at);
    if (first < 0x80) return {first, 1};
    const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || at + size > text.size()) return {};
    std::uint8_t low = 0x80;
    std::uint8_t high = 0xBF;
    if (first == 0xE0) low = 0xA0;
    if (first == 0xED) high = 0x9F;
    if (first == 0xF0) low = 0x90;
    if (first == 0xF4) high = 0x8F;
    if (byte(at + 1) < low || byte(at + 1) > high) return {};
    char32_t point = first & (0xFFU >> (size + 1));
    point = (point << 6U) | (byte(at + 1) & 0x3FU);
    for (std::size_t i = at + 2; i < at + size; ++i) {
        if (byte(i) < 0x80 || byte(i) > 0xBF) return {};
        point = (point << 6U) | (byte(i) & 0x3FU);
    }
    return {point, size};
}

bool is_space(char32_t point) {
    return point == ' ' || (point >= '\t' && point <= '\r') || point == 0x00A0 || point == 0x3000;
}

bool is_control(char32_t point) {
    if (point < 0x20 || (point >= 0x7F && point <= 0x9F)) return true;
    // Bidirectional embeddings, overrides and isolates can show a text in another order than it is stored.
    if ((point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069)) return true;
    return point == 0x2028 || point == 0x2029 || point == 0xFEFF;
}

bool is_line_end_or_tab(char32_t point) {
    return point == '\n' || point == '\r' || point == '\t';
}

bool any_control(std::string_view text, bool allow_line_ends) {
    for (std::size_t at = 0; at < text.size();) {
        const Decoded decoded = decode(text, at);
        if (is_control(decoded.point) && !(allow_line_ends && is_line_end_or_tab(decoded.point))) return true;
        at += decoded.size;
    }
    return false;
}

void append_utf8(std::string& text, char32_t point) {
    require(point < 0x80, "only ASCII comes out of folding");
    text += static_cast<char>(point);
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const Decoded decoded = decode(text, at);
        if (decoded.point == malformed) return false;
        at += decoded.size;
    }
    return true;
}

std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<std::uint8_t>(c) & 0xC0U) != 0x80U; }));
}

std::string_view first_code_points(std::string_view text, std::size_t count) {
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        const bool starts = (static_cast<std::uint8_t>(text[at]) & 0xC0U) != 0x80U;
        if (starts && count-- == 0) break;
    }
    return text.substr(0, at);
}

std::string_view trim(std::string_view text) {
    std::size_t first = text.size();
    std::size_t behind_last = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Decoded decoded = decode(text, at);
        if (!is_space(decoded.point)) {
            first = std::min(first, at);
            behind_last = at + decoded.size;
        }
        at += decoded.size;
    }
    return first < behind_last ? text.substr(first, behind_last - first) : std::string_view();
}

std::string collapse(std::string_view text) {
    std::string tidy;
    tidy.reserve(text.size());
    bool gap = false;
    for (std::size_t at = 0; at < text.size();) {
        const Decoded decoded = decode(text, at);
        if (is_space(decoded.point)) {
            gap = !tidy.empty();
        } else {
            if (gap) tidy += ' ';
            gap = false;
            tidy += text.substr(at, decoded.size);
        }
        at += decoded.size;
    }
    return tidy;
}

std::string ascii_lower(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return lower;
}

bool has_control_characters(std::string_view text) {
    return any_control(text, false);
}
bool has_control_characters_but_line_ends(std::string_view text) {
    return any_control(text, true);
}

std::string fold(std::string_view text) {
    std::string folded;
    folded.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const Decoded decoded = decode(text, at);
        // U+FF01 … U+FF5E are ASCII's ! … ~ in full width, in the same order.
        if (decoded.point >= 0xFF01 && decoded.point <= 0xFF5E) {
            append_utf8(folded, decoded.point - 0xFF01 + '!');
        } else {
            folded += text.substr(at, decoded.size);
        }
        at += decoded.size;
    }
    return ascii_lower(collapse(folded));
}

std::string mask_phone(std::string_view phone) {
    const std::string digits = normalised_phone(phone);
    if (digits.size() >= 11)
        return digits.substr(0, digits.size() - 8) + "****" + digits.substr(digits.size() - 4);
    if (digits.size() >= 5) return std::string(digits.size() - 2, '*') + digits.substr(digits.size() - 2);
    return std::string(digits.size(), '*');
}

std::string mask_email(std::string_view email) {
    const std::size_t at = email.rfind('@');
    if (at == std::string_view::npos || at == 0) return "***";
    return std::string(first_code_points(email, 1)) + "***" + std::string(email.substr(at));
}

std::string normalised_phone(std::string_view phone) {
    std::string digits;
    const std::string half_width = fold(phone);
    for (const char c : half_width) {
        if ((c >= '0' && c <= '9') || (c == '+' && digits.empty())) digits += c;
    }
    if (digits.starts_with("+86")) return digits.substr(3);
    if (digits.starts_with("0086")) return digits.substr(4);
    return digits;
}

}  // namespace lianxin
