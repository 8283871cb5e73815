#include "measure/quantity.hpp"

#include <algorithm>

namespace lianxin::measure {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::optional<std::int64_t> sum(std::int64_t a, std::int64_t b) {
    std::int64_t total = 0;
    if (__builtin_add_overflow(a, b, &total)) return {};
    return total;
}

}  // namespace

std::optional<std::int64_t> parse_scaled(std::string_view text) {
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    std::int64_t value = 0;
    int decimals = -1;  // none yet
    if (text.empty() || !is_digit(text.front()) || !is_digit(text.back())) return {};
    for (const char c : text) {
        if (c == '.' && decimals < 0) {
            decimals = 0;
            continue;
        }
        if (!is_digit(c) || decimals == 3) return {};
        if (decimals >= 0) ++decimals;
        if (__builtin_mul_overflow(value, 10, &value) || __builtin_add_overflow(value, c - '0', &value))
            return {};
    }
    for (int left = std::max(decimals, 0); left < 3; ++left)
        if (__builtin_mul_overflow(value, 10, &value)) return {};
    return negative ? -value : value;
}

std::string scaled_text(std::int64_t scaled) {
    const bool negative = scaled < 0;
    // The least number has no positive of its own in 64 bits.
    const auto amount =
        negative ? ~static_cast<std::uint64_t>(scaled) + 1 : static_cast<std::uint64_t>(scaled);
    const auto unit = static_cast<std::uint64_t>(scale);
    auto text = std::to_string(amount / unit);
    if (const auto rest = amount % unit; rest != 0) {
        auto decimals = std::to_string(unit + rest).substr(1);
        while (decimals.back() == '0') decimals.pop_back();
        text += "." + decimals;
    }
    return negative ? "-" + text : text;
}

Result<Quantity, SumRefusal> add(const Quantity& a, const Quantity& b) {
    if (a.unit != b.unit) return fail(SumRefusal::units_differ);
    const auto total = sum(a.scaled, b.scaled);
    if (!total) return fail(SumRefusal::too_large);
    return Quantity{*total, a.unit};
}

Result<std::vector<Total>, SumRefusal> totals(std::span<const Measure> measures) {
    std::vector<Total> all;
    for (const auto& measure : measures) {
        const auto found = std::find_if(all.begin(), all.end(), [&](const Total& total) {
            return total.kind == measure.kind && total.unit == measure.unit;
        });
        if (found == all.end()) {
            all.push_back({measure.kind, measure.unit, measure.quantity});
            continue;
        }
        const auto total = sum(found->quantity, measure.quantity);
        if (!total) return fail(SumRefusal::too_large);
        found->quantity = *total;
    }
    return all;
}

}  // namespace lianxin::measure
