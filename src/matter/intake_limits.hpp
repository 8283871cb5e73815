// matter/intake_limits.hpp — how much may be said when something is brought in, in code points. The pages are
// served these numbers and the server judges by them, so that neither takes what the other refuses.
#pragma once

#include <cstddef>

namespace lianxin::matter {

struct IntakeLimits {
    std::size_t subject = 200;
    std::size_t least_text = 2;  // "漏水" says enough; blanks say nothing
    std::size_t text = 4000;
    std::size_t address = 300;
    std::size_t house = 40;
    std::size_t name = 80;
};
inline constexpr IntakeLimits intake_limits;

}  // namespace lianxin::matter
