#include "base/check_digit.hpp"

#include <algorithm>

#include "base/result.hpp"

namespace lianxin {
namespace {
bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// The standard's recursive sum: start with 10; add the digit mod 10 (0 counts as 10); double mod 11.
int carried_product(std::string_view digits) {
    int product = 10;
    for (const char c : digits) {
        int sum = (product + (c - '0')) % 10;
        if (sum == 0) sum = 10;
        product = (sum * 2) % 11;
    }
    return product;
}
}  // namespace

char check_digit(std::string_view digits) {
    require(!digits.empty() && all_digits(digits), "a check digit is made of decimal digits");
    return static_cast<char>('0' + (11 - carried_product(digits)) % 10);
}

bool has_valid_check_digit(std::string_view number) {
    if (number.size() < 2 || !all_digits(number)) return false;
    return check_digit(number.substr(0, number.size() - 1)) == number.back();
}

}  // namespace lianxin
