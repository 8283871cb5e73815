#include "base/public_number.hpp"

#include "base/check_digit.hpp"
#include "base/permutation.hpp"
#include "base/result.hpp"

namespace lianxin {
namespace {
constexpr std::size_t serial_digits = 8;
constexpr std::size_t number_digits = 2 + serial_digits + 1;

std::string padded(std::uint32_t value, std::size_t digits) {
    std::string text = std::to_string(value);
    return std::string(digits - text.size(), '0') + text;
}
}  // namespace

PublicNumber PublicNumber::make(const SecretKey& key, int year, std::uint32_t serial) {
    require(year >= 2000 && year <= 2099, "a number shows two digits of its year");
    const auto short_year = static_cast<std::uint32_t>(year - 2000);
    std::string digits = padded(short_year, 2) + padded(permuted(key, short_year, serial), serial_digits);
    digits += check_digit(digits);
    return PublicNumber(std::move(digits));
}

std::optional<PublicNumber> PublicNumber::parse(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (c == ' ' || c == '-') continue;
        if (c < '0' || c > '9' || digits.size() == number_digits) return {};
        digits += c;
    }
    if (digits.size() != number_digits || !has_valid_check_digit(digits)) return {};
    return PublicNumber(std::move(digits));
}

std::string PublicNumber::spaced() const {
    return digits_.substr(0, 2) + ' ' + digits_.substr(2, 4) + ' ' + digits_.substr(6, 4) + ' ' +
           digits_.substr(10);
}

std::uint32_t PublicNumber::serial(const SecretKey& key) const {
    const auto short_year = static_cast<std::uint32_t>(std::stoul(digits_.substr(0, 2)));
    const auto shuffled = static_cast<std::uint32_t>(std::stoul(digits_.substr(2, serial_digits)));
    return unpermuted(key, short_year, shuffled);
}

}  // namespace lianxin
