// base/permutation.hpp — a keyed one-to-one shuffle of 0 … 10^8-1, so that numbers made of a serial show
// neither gaps nor volume. A Feistel network of six rounds of keyed BLAKE2b over 28 bits, walked until it
// falls below 10^8 (cycle walking, as NIST SP 800-38G has it; 2.7 walks on average, a few microseconds).
#pragma once

#include <cstdint>

#include "base/crypto.hpp"

namespace lianxin {

inline constexpr std::uint32_t permutation_size = 100'000'000;

// `serial` below permutation_size; so is the answer. `tweak` gives each year its own shuffle.
[[nodiscard]] std::uint32_t permuted(const SecretKey& key, std::uint32_t tweak, std::uint32_t serial);
[[nodiscard]] std::uint32_t unpermuted(const SecretKey& key, std::uint32_t tweak, std::uint32_t shuffled);

}  // namespace lianxin
