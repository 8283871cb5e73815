#include "party/post_title.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace lianxin::party {

namespace {

constexpr std::size_t shortest_word = 2;  // code points

bool latin(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Octets at the end of the seat that the title begins with.
std::size_t said_already(std::string_view seat, std::string_view title) {
    for (std::size_t length = std::min(seat.size(), title.size()); length > 0; --length) {
        const std::string_view word = title.substr(0, length);
        if (seat.ends_with(word) && is_valid_utf8(word) && code_points(word) >= shortest_word) return length;
    }
    return 0;
}

}  // namespace

std::string post_title(std::string_view seat, std::string_view title) {
    std::string said(seat);
    const std::string_view rest = title.substr(said_already(seat, title));
    if (!said.empty() && !rest.empty() && latin(rest.front()) && rest.size() == title.size()) said += ' ';
    said += rest;
    return said;
}

}  // namespace lianxin::party
