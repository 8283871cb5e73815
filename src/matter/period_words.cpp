#include "matter/period_words.hpp"

#include <string_view>
#include <utility>

namespace lianxin::matter {
namespace {

// The calendar's short form of the words.
std::string short_period(std::string text) {
    for (const auto& [word, unit] : {std::pair<std::string_view, std::string_view>{" working days", "wd"},
                                     {" working day", "wd"},
                                     {" days", "d"},
                                     {" day", "d"},
                                     {" hours", "h"},
                                     {" hour", "h"},
                                     {" minutes", "min"},
                                     {" minute", "min"}})
        if (text.size() > word.size() && std::string_view(text).substr(text.size() - word.size()) == word)
            return text.substr(0, text.size() - word.size()) + std::string(unit);
    return text;
}

}  // namespace

std::optional<calendar::Period> parse_period(std::string text) {
    return calendar::Period::parse(short_period(std::move(text)));
}

std::optional<std::int64_t> days_within(const std::string& text) {
    std::string digits;
    for (const char c : text)
        if (c >= '0' && c <= '9') digits += c;
    if (digits.empty() || digits.size() > 4) return {};
    const auto amount = std::stoll(digits);
    const auto has = [&](std::string_view word) { return text.find(word) != std::string::npos; };
    if (has("year") || has("Y")) return amount * 366;
    if (has("month") || has("M")) return amount * 31;
    if (has("day") || has("D")) return amount;
    return {};
}

}  // namespace lianxin::matter
