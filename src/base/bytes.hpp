// base/bytes.hpp — octets and their texts.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lianxin {

using Bytes = std::vector<std::uint8_t>;
using BytesView = std::span<const std::uint8_t>;
using Digest = std::array<std::uint8_t, 32>;  // SHA-256 or BLAKE2b-256

[[nodiscard]] inline BytesView as_bytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
[[nodiscard]] inline std::string_view as_text(BytesView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

[[nodiscard]] std::string hex(BytesView bytes);  // lower case
[[nodiscard]] std::optional<Bytes> parse_hex(std::string_view text);
[[nodiscard]] std::string base64url(BytesView bytes);  // RFC 4648 §5, no padding
[[nodiscard]] std::optional<Bytes> parse_base64url(std::string_view text);

}  // namespace lianxin
