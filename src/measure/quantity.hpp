// measure/quantity.hpp — a counted amount with its unit, in thousandths: 12.5 m is 12500. Whole numbers only,
// so that a sum of ten thousand measures is exact; sums of different units are refused, never guessed.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "measure/measure.hpp"

namespace lianxin::measure {

enum class SumRefusal { units_differ, too_large };

struct Quantity {
    std::int64_t scaled = 0;  // × scale
    std::string unit;
    bool operator==(const Quantity&) const = default;
};

// "12.5", "-3", "0.125": at most three decimals, no exponent, no spaces; nothing when malformed or beyond 63
// bits.
[[nodiscard]] std::optional<std::int64_t> parse_scaled(std::string_view text);
// Without needless zeros: 12500 → "12.5".
[[nodiscard]] std::string scaled_text(std::int64_t scaled);

[[nodiscard]] Result<Quantity, SumRefusal> add(const Quantity& a, const Quantity& b);
// One line per kind and unit, in the order in which they first appear.
[[nodiscard]] Result<std::vector<Total>, SumRefusal> totals(std::span<const Measure> measures);

}  // namespace lianxin::measure
