// base/text.hpp — what the house asks of text: UTF-8, lengths in code points, tidy white space, masks. No
// locale.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace lianxin {

// Well-formed UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF.
[[nodiscard]] bool is_valid_utf8(std::string_view text);
// The text must be valid UTF-8.
[[nodiscard]] std::size_t code_points(std::string_view text);
// The first `count` code points, never half of one.
[[nodiscard]] std::string_view first_code_points(std::string_view text, std::size_t count);

// White space: ASCII, no-break space U+00A0, ideographic space U+3000.
[[nodiscard]] std::string_view trim(std::string_view text);
// Trimmed, and every run of white space one space.
[[nodiscard]] std::string collapse(std::string_view text);
[[nodiscard]] std::string ascii_lower(std::string_view text);

// C0, DEL and C1 controls, bidirectional overrides, zero-width joiners of nothing: what has no place in a
// name or a title.
[[nodiscard]] bool has_control_characters(std::string_view text);
// The same, but tab and line ends are welcome: long texts.
[[nodiscard]] bool has_control_characters_but_line_ends(std::string_view text);

// For comparing and searching: full-width ASCII to half width, ASCII lower case, white space collapsed.
[[nodiscard]] std::string fold(std::string_view text);

// "13812341234" → "138****1234"; shorter numbers keep their last two digits at most.
[[nodiscard]] std::string mask_phone(std::string_view phone);
// "somebody@example.org" → "s***@example.org"
[[nodiscard]] std::string mask_email(std::string_view email);
// The digits of a phone as typed, without spaces, dashes, brackets and a leading +86; for blind indexes.
[[nodiscard]] std::string normalised_phone(std::string_view phone);

}  // namespace lianxin
