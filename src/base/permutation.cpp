#include "base/permutation.hpp"

#include "base/result.hpp"

namespace lianxin {
namespace {
// 28 bits in two halves of 14: the smallest even width that holds 10^8 - 1.
constexpr unsigned half_bits = 14;
constexpr std::uint32_t half_mask = (1U << half_bits) - 1U;
constexpr int rounds = 6;

std::uint32_t round_value(const SecretKey& key, std::uint32_t tweak, int round, std::uint32_t half) {
    const std::array<std::uint8_t, 7> input{
        static_cast<std::uint8_t>(round),        static_cast<std::uint8_t>(tweak >> 24U),
        static_cast<std::uint8_t>(tweak >> 16U), static_cast<std::uint8_t>(tweak >> 8U),
        static_cast<std::uint8_t>(tweak),        static_cast<std::uint8_t>(half >> 8U),
        static_cast<std::uint8_t>(half)};
    const Digest digest = keyed_hash(key, input);
    return ((std::uint32_t{digest[0]} << 8U) | digest[1]) & half_mask;
}

std::uint32_t forward(const SecretKey& key, std::uint32_t tweak, std::uint32_t value) {
    std::uint32_t left = value >> half_bits;
    std::uint32_t right = value & half_mask;
    for (int round = 0; round < rounds; ++round) {
        const std::uint32_t next = left ^ round_value(key, tweak, round, right);
        left = right;
        right = next;
    }
    return (left << half_bits) | right;
}

std::uint32_t backward(const SecretKey& key, std::uint32_t tweak, std::uint32_t value) {
    std::uint32_t left = value >> half_bits;
    std::uint32_t right = value & half_mask;
    for (int round = rounds - 1; round >= 0; --round) {
        const std::uint32_t before = right ^ round_value(key, tweak, round, left);
        right = left;
        left = before;
    }
    return (left << half_bits) | right;
}
}  // namespace

std::uint32_t permuted(const SecretKey& key, std::uint32_t tweak, std::uint32_t serial) {
    require(serial < permutation_size, "a serial has at most eight digits");
    std::uint32_t value = serial;
    do value = forward(key, tweak, value);
    while (value >= permutation_size);
    return value;
}

std::uint32_t unpermuted(const SecretKey& key, std::uint32_t tweak, std::uint32_t shuffled) {
    require(shuffled < permutation_size, "a shuffled serial has at most eight digits");
    std::uint32_t value = shuffled;
    do value = backward(key, tweak, value);
    while (value >= permutation_size);
    return value;
}

}  // namespace lianxin
