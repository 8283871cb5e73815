// base/public_number.hpp — the number a resident writes down: two digits of the year, eight shuffled digits,
// one check digit. It is an address, not a secret: it shows neither how many there are nor who came before.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/crypto.hpp"

namespace lianxin {

class PublicNumber {
 public:
    // `serial`: the year's running number, below 10^8. Years 2000 … 2099.
    [[nodiscard]] static PublicNumber make(const SecretKey& key, int year, std::uint32_t serial);
    // Eleven digits with a right check digit, however they were typed or pasted: blanks and dashes of any
    // script are skipped, full-width digits read. Nothing: mistyped, for no number of the county reads so.
    [[nodiscard]] static std::optional<PublicNumber> parse(std::string_view text);

    [[nodiscard]] const std::string& text() const { return digits_; }
    // In groups for people: "2412345678 9" → "24 1234 5678 9".
    [[nodiscard]] std::string spaced() const;
    [[nodiscard]] std::uint32_t serial(const SecretKey& key) const;
    // The serial after its year, year * 10^8 + serial: numbers in the order in which they were handed out.
    [[nodiscard]] static std::int64_t in_order(int year, std::uint32_t serial);
    [[nodiscard]] std::int64_t in_order(const SecretKey& key) const;
    bool operator==(const PublicNumber&) const = default;

 private:
    explicit PublicNumber(std::string digits) : digits_(std::move(digits)) {}
    std::string digits_;
};

}  // namespace lianxin
