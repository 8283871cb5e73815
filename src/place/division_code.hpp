// place/division_code.hpp — the 12-digit statistical division code (统计用区划代码): province 2, prefecture
// 2, county 2, township 3, village 3 digits; a code that ends early is filled with zeros and its parent's
// digits lead it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lianxin::place {

class DivisionCode {
 public:
    // Twelve digits whose filled levels are unbroken (no digits after an empty level); anything else is not a
    // code.
    [[nodiscard]] static std::optional<DivisionCode> parse(std::string_view text);
    [[nodiscard]] const std::string& text() const { return digits_; }
    // 1 province … 5 village: the deepest level that is filled.
    [[nodiscard]] int depth() const { return depth_; }
    // The digits up to this code's depth, which every code below it begins with.
    [[nodiscard]] std::string_view prefix() const;
    [[nodiscard]] bool agrees_with_parent(const DivisionCode& parent) const;
    bool operator==(const DivisionCode&) const = default;

 private:
    DivisionCode(std::string_view digits, int depth) : digits_(digits), depth_(depth) {}
    std::string digits_;
    int depth_ = 1;
};

}  // namespace lianxin::place
