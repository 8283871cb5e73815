// identity/totp.hpp — time-based one-time passwords (RFC 6238: HMAC-SHA-1, 30 s, 6 digits), what every
// authenticator program speaks.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/time.hpp"

namespace lianxin::identity {

[[nodiscard]] std::int64_t totp_step(Instant at);
[[nodiscard]] std::string totp_code(BytesView secret, std::int64_t step);
// The step the code belongs to: the present one or a neighbour (clocks drift), later than the last one used;
// else nothing.
[[nodiscard]] std::optional<std::int64_t> totp_matches(BytesView secret, std::string_view code, Instant now,
                                                       std::int64_t last_step);
[[nodiscard]] std::string base32(BytesView bytes);  // RFC 4648 §6, no padding
[[nodiscard]] std::string otpauth_uri(std::string_view issuer, std::string_view login, BytesView secret);

}  // namespace lianxin::identity
