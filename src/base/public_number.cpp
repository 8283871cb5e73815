#include "base/public_number.hpp"

#include <array>

#include "base/check_digit.hpp"
#include "base/permutation.hpp"
#include "base/result.hpp"
#include "base/text.hpp"

namespace lianxin {
namespace {
constexpr std::size_t serial_digits = 8;
constexpr std::size_t number_digits = 2 + serial_digits + 1;

std::string padded(std::uint32_t value, std::size_t digits) {
    std::string text = std::to_string(value);
    return std::string(digits - text.size(), '0') + text;
}

// What phones and word processors put between digits. Folding has already made full-width ones and the other
// blanks plain.
constexpr std::array<std::string_view, 10> between{
    " ", "-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015", "\u2212", "\u200B",
};

std::size_t size_of_gap(std::string_view text) {
    for (const std::string_view gap : between)
        if (text.starts_with(gap)) return gap.size();
    return 0;
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
    constexpr std::size_t longest = 256;  // nobody types more; folding it would only cost
    if (text.size() > longest) return {};
    const std::string plain = fold(text);
    std::string digits;
    for (std::string_view rest = plain; !rest.empty();) {
        if (const std::size_t gap = size_of_gap(rest); gap != 0) {
            rest.remove_prefix(gap);
            continue;
        }
        if (rest.front() < '0' || rest.front() > '9' || digits.size() == number_digits) return {};
        digits += rest.front();
        rest.remove_prefix(1);
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

std::int64_t PublicNumber::in_order(int year, std::uint32_t serial) {
    constexpr std::int64_t serials_of_a_year = 100'000'000;
    return year * serials_of_a_year + serial;
}

std::int64_t PublicNumber::in_order(const SecretKey& key) const {
    return in_order(2000 + std::stoi(digits_.substr(0, 2)), serial(key));
}

}  // namespace lianxin
