#include "place/division_code.hpp"

#include <algorithm>
#include <array>

namespace lianxin::place {
namespace {

// Where each level ends: 2+2+2+3+3 digits.
constexpr std::array<std::size_t, 5> level_ends = {2, 4, 6, 9, 12};

}  // namespace

std::optional<DivisionCode> DivisionCode::parse(std::string_view text) {
    if (text.size() != level_ends.back()) return {};
    if (!std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) return {};
    int depth = 0;
    std::size_t start = 0;
    for (std::size_t level = 0; level < level_ends.size(); ++level) {
        const auto digits = text.substr(start, level_ends[level] - start);
        const bool filled = digits.find_first_not_of('0') != std::string_view::npos;
        if (filled && depth != static_cast<int>(level)) return {};
        if (filled) depth = static_cast<int>(level) + 1;
        start = level_ends[level];
    }
    if (depth == 0) return {};
    return DivisionCode(text, depth);
}

std::string_view DivisionCode::prefix() const {
    return std::string_view(digits_).substr(0, level_ends[static_cast<std::size_t>(depth_ - 1)]);
}

bool DivisionCode::agrees_with_parent(const DivisionCode& parent) const {
    return depth_ > parent.depth_ && digits_.starts_with(parent.prefix());
}

}  // namespace lianxin::place
