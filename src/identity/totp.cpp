#include "identity/totp.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "base/crypto.hpp"
#include "base/result.hpp"

namespace lianxin::identity {
namespace {
constexpr std::int64_t step_micros = 30 * micros_per_second;
}

std::int64_t totp_step(Instant at) {
    return at.micros / step_micros;
}

// RFC 4226 §5.3 over the step as eight octets, high first.
std::string totp_code(BytesView secret, std::int64_t step) {
    std::array<std::uint8_t, 8> counter{};
    for (std::size_t i = 0; i < counter.size(); ++i)
        counter.at(i) = static_cast<std::uint8_t>(static_cast<std::uint64_t>(step) >> (56 - 8 * i));
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    const bool made = HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter.data(),
                           counter.size(), digest.data(), &length) != nullptr;
    require(made && length == 20, "HMAC-SHA-1 gives twenty octets");
    const std::size_t offset = digest[19] & 15U;
    const std::uint32_t number =
        (std::uint32_t(digest.at(offset)) & 127U) << 24U | std::uint32_t(digest.at(offset + 1)) << 16U |
        std::uint32_t(digest.at(offset + 2)) << 8U | std::uint32_t(digest.at(offset + 3));
    std::string code = std::to_string(number % 1'000'000);
    return std::string(6 - code.size(), '0') + code;
}

std::optional<std::int64_t> totp_matches(BytesView secret, std::string_view code, Instant now,
                                         std::int64_t last_step) {
    const std::int64_t present = totp_step(now);
    std::optional<std::int64_t> found;
    for (const std::int64_t step : {present - 1, present, present + 1}) {
        // No early end: how long it takes tells nothing.
        if (equal_in_constant_time(as_bytes(totp_code(secret, step)), as_bytes(code)) && step > last_step)
            found = step;
    }
    return found;
}

std::string base32(BytesView bytes) {
    static constexpr char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string out;
    std::uint32_t held = 0;
    unsigned bits = 0;
    for (const std::uint8_t octet : bytes) {
        held = (held << 8U | octet) & 0xfffU;
        for (bits += 8; bits >= 5; bits -= 5) out += letters[held >> (bits - 5) & 31U];
    }
    if (bits > 0) out += letters[held << (5 - bits) & 31U];
    return out;
}

std::string otpauth_uri(std::string_view issuer, std::string_view login, BytesView secret) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string uri = "otpauth://totp/";
    const auto add = [&](std::string_view text) {
        for (const char c : text) {
            const auto octet = static_cast<unsigned char>(c);
            const bool plain = (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z') ||
                               (octet >= '0' && octet <= '9') || c == '-' || c == '.' || c == '_';
            if (plain) {
                uri += c;
            } else {
                uri += '%';
                uri += digits[octet >> 4U];
                uri += digits[octet & 15U];
            }
        }
    };
    add(issuer);
    uri += ':';
    add(login);
    uri += "?secret=" + base32(secret) + "&issuer=";
    add(issuer);
    return uri + "&algorithm=SHA1&digits=6&period=30";
}

}  // namespace lianxin::identity
