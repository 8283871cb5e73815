// base/check_digit.hpp — ISO/IEC 7064 MOD 11,10: one decimal check digit that finds every single wrong digit
// and nearly every transposition of neighbours. For numbers people write down.
#pragma once

#include <string_view>

namespace lianxin {

// `digits` is one or more of '0'…'9'; anything else is a bug of the caller.
[[nodiscard]] char check_digit(std::string_view digits);
// `number` is digits with their check digit last; false for anything that is not.
[[nodiscard]] bool has_valid_check_digit(std::string_view number);

}  // namespace lianxin
