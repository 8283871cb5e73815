// place/short_code.hpp — what a QR plate at a door or station says: eight characters of Crockford's base 32
// (no I, L, O, U), drawn at random so that nobody can count through the county. Read back whatever the case,
// with O for 0 and I, L for 1.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace lianxin::place {

inline constexpr std::size_t short_code_length = 8;
// From five random bytes.
[[nodiscard]] std::string short_code(BytesView five_bytes);
// The canonical form, or nothing when the text cannot be a code. Spaces and hyphens are passed over.
[[nodiscard]] std::optional<std::string> parse_short_code(std::string_view text);

// A QR symbol (ISO/IEC 18004, level M) as SVG with a quiet zone of four modules; `text` at most 1,000 bytes.
[[nodiscard]] std::string qr_svg(std::string_view text, int module_pixels = 4);

}  // namespace lianxin::place
