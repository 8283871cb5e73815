// base/crypto.hpp — the few primitives the house uses, each under its standard name; keys and randomness come
// in as arguments.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace lianxin {

void start_crypto();  // once, at the start of every program

[[nodiscard]] Digest sha256(BytesView data);  // FIPS 180-4
// SHA-256 over several pieces without joining them.
[[nodiscard]] Digest sha256(std::initializer_list<BytesView> pieces);
[[nodiscard]] Bytes random_bytes(std::size_t count);
[[nodiscard]] bool equal_in_constant_time(BytesView a, BytesView b);

// XChaCha20-Poly1305 (IETF): 24-byte nonce ‖ ciphertext ‖ tag; the context is authenticated, not stored.
using SecretKey = std::array<std::uint8_t, 32>;
[[nodiscard]] SecretKey random_key();
[[nodiscard]] Bytes seal(const SecretKey& key, BytesView plain, std::string_view context);
[[nodiscard]] std::optional<Bytes> unseal(const SecretKey& key, BytesView sealed, std::string_view context);

// BLAKE2b-256 keyed: blind indexes, secrets at rest, keys derived for one purpose.
[[nodiscard]] Digest keyed_hash(const SecretKey& key, BytesView data);
[[nodiscard]] SecretKey derive_key(const SecretKey& master, std::string_view purpose);

// Ed25519 (RFC 8032).
struct SigningKey {
    std::array<std::uint8_t, 64> secret{};
    std::array<std::uint8_t, 32> open{};
    [[nodiscard]] static SigningKey from_seed(const SecretKey& seed);
};
using Signature = std::array<std::uint8_t, 64>;
[[nodiscard]] Signature sign(const SigningKey& key, BytesView message);
[[nodiscard]] bool verify(BytesView open_key, BytesView message, BytesView signature);

// argon2id, 64 MiB, 2 passes (RFC 9106); about 70 ms, never on an I/O thread. `ops`/`memory` may be lowered
// by tests.
struct PasswordCost {
    unsigned long long ops = 2;
    std::size_t memory_bytes = std::size_t{64} << 20U;
};
[[nodiscard]] std::string hash_password(std::string_view password, PasswordCost cost = {});
[[nodiscard]] bool password_matches(std::string_view hash, std::string_view password);

}  // namespace lianxin
