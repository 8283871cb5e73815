// measure/measure.hpp — a counted quantity with a unit, attached to anything. Sums never mix units; a
// correction is a new measure with the opposite sign and the entry that says why.
#pragma once

#include <cstdint>
#include <string>

#include "access/access.hpp"
#include "base/time.hpp"

namespace lianxin::measure {

inline constexpr std::int64_t scale = 1000;  // 12.5 m is stored as 12500

struct Measure {
    Id<struct MeasureNoun> id;
    Subject about;
    std::string kind;  // declared by the pack
    std::string unit;
    std::int64_t quantity = 0;  // × scale
    EntryId entry;              // which entry counted it
    Instant at;
};

struct Total {
    std::string kind;
    std::string unit;
    std::int64_t quantity = 0;
};

}  // namespace lianxin::measure
