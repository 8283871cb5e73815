#include "rating/rate.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>

#include "base/result.hpp"

namespace lianxin::rating {

std::int64_t left_out_of(const Rate& rate) {
    return std::accumulate(rate.left_out.begin(), rate.left_out.end(), std::int64_t{0},
                           [](std::int64_t sum, const LeftOut& left) { return sum + left.count; });
}

bool is_small_sample(const Rate& rate, std::int64_t minimum) {
    return rate.denominator < minimum;
}

std::optional<std::int64_t> per_mille(std::int64_t numerator, std::int64_t denominator) {
    require(denominator >= 0, "a rate counts something");
    if (denominator == 0) return {};
    // Twice the distance to the half decides; every number stays whole.
    const std::int64_t magnitude = (2000 * std::abs(numerator) + denominator) / (2 * denominator);
    return numerator < 0 ? -magnitude : magnitude;
}

std::optional<std::string> percent_text(std::int64_t numerator, std::int64_t denominator) {
    const std::optional<std::int64_t> tenths = per_mille(numerator, denominator);
    if (!tenths) return {};
    const std::int64_t magnitude = std::abs(*tenths);
    return (*tenths < 0 ? "-" : "") + std::to_string(magnitude / 10) + "." + std::to_string(magnitude % 10);
}

std::optional<Interval> wilson(std::int64_t numerator, std::int64_t denominator) {
    if (denominator == 0) return {};
    require(numerator >= 0 && numerator <= denominator, "a share lies between none and all");
    constexpr double z = 1.959963984540054;
    const auto n = static_cast<double>(denominator);
    const double share = static_cast<double>(numerator) / n;
    const double scale = 1.0 + z * z / n;
    const double middle = (share + z * z / (2.0 * n)) / scale;
    const double reach = z * std::sqrt(share * (1.0 - share) / n + z * z / (4.0 * n * n)) / scale;
    return Interval{std::max(0.0, middle - reach), std::min(1.0, middle + reach)};
}

bool ranks_before(const Rate& a, const Rate& b) {
    const double low_a = wilson(a.numerator, a.denominator).value_or(Interval{0, 0}).low;
    const double low_b = wilson(b.numerator, b.denominator).value_or(Interval{0, 0}).low;
    if (low_a != low_b) return low_a > low_b;
    return a.denominator > b.denominator;
}

}  // namespace lianxin::rating
