// rating/rate.hpp — a rate is never a number alone: numerator, denominator, what was left out and why.
// Percentages are rounded once, from whole numbers; rankings use the lower end of the 95 % Wilson interval,
// so that 3 of 3 does not lead 95 of 100.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lianxin::rating {

struct LeftOut {
    std::string reason;  // a word: left_out.REASON
    std::int64_t count = 0;
    bool operator==(const LeftOut&) const = default;
};
// Counted in the rate, and shown apart as well ("extended").
struct Apart {
    std::string name;
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;
    bool operator==(const Apart&) const = default;
};

struct Rate {
    std::string metric;
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;
    std::vector<LeftOut> left_out;  // without zeros
    std::vector<Apart> apart;
    bool is_share = true;  // numerator ⊆ denominator; false for counts per matter
    bool operator==(const Rate&) const = default;
};
[[nodiscard]] std::int64_t left_out_of(const Rate& rate);
[[nodiscard]] bool is_small_sample(const Rate& rate, std::int64_t minimum);

// numerator/denominator in tenths of a percent, half away from zero; nothing when the denominator is 0.
[[nodiscard]] std::optional<std::int64_t> per_mille(std::int64_t numerator, std::int64_t denominator);
// "94.3"; nothing when the denominator is 0.
[[nodiscard]] std::optional<std::string> percent_text(std::int64_t numerator, std::int64_t denominator);

struct Interval {
    double low = 0;
    double high = 1;
};
// Wilson score interval, 95 % (z = 1.959964), for 0 ≤ numerator ≤ denominator; nothing when the denominator
// is 0.
[[nodiscard]] std::optional<Interval> wilson(std::int64_t numerator, std::int64_t denominator);
// Whether a stands before b in a ranking: by the lower end, then by the larger sample.
[[nodiscard]] bool ranks_before(const Rate& a, const Rate& b);

}  // namespace lianxin::rating
