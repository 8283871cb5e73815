#include "place/door.hpp"

#include <array>
#include <cctype>
#include <utility>
#include <vector>

#include "base/text.hpp"

namespace lianxin::place {
namespace {

constexpr std::array<std::pair<std::string_view, int>, 12> numerals{{{"零", 0},
                                                                     {"一", 1},
                                                                     {"二", 2},
                                                                     {"两", 2},
                                                                     {"三", 3},
                                                                     {"四", 4},
                                                                     {"五", 5},
                                                                     {"六", 6},
                                                                     {"七", 7},
                                                                     {"八", 8},
                                                                     {"九", 9},
                                                                     {"〇", 0}}};
constexpr int not_a_numeral = -1, tens = -2, hundreds = -3;
constexpr std::size_t numeral_bytes = 3;

int numeral_at(std::string_view text) {
    for (const auto& [sign, value] : numerals)
        if (text.starts_with(sign)) return value;
    if (text.starts_with("十")) return tens;
    if (text.starts_with("百")) return hundreds;
    return not_a_numeral;
}

// "十二", "一百零三", "三五" (read digit by digit); `length` is how much of the text that was.
std::optional<int> spoken_number(std::string_view text, std::size_t& length) {
    int sum = 0, digit = 0;
    bool any = false, placed = false;
    length = 0;
    for (int sign = numeral_at(text); sign != not_a_numeral; sign = numeral_at(text.substr(length))) {
        length += numeral_bytes;
        any = true;
        if (sign == tens || sign == hundreds) {
            sum += (digit == 0 ? 1 : digit) * (sign == tens ? 10 : 100);
            digit = 0;
            placed = true;
        } else {
            digit = placed ? sign : digit * 10 + sign;
        }
        if (sum + digit > 9999) return {};
    }
    return any ? std::optional(sum + digit) : std::nullopt;
}

// Digits, perhaps with parts behind a hyphen: 12, 12-3.
std::string digits_at(std::string_view text) {
    std::size_t end = 0;
    const auto digit = [&](std::size_t at) {
        return at < text.size() && std::isdigit(static_cast<unsigned char>(text[at])) != 0;
    };
    while (digit(end) || (end > 0 && end < text.size() && text[end] == '-' && digit(end + 1))) ++end;
    return std::string(text.substr(0, end));
}

struct Number {
    std::string text;
    bool of_house = false;  // 号 stands behind it, and it is not the number of something else
    bool alone = false;     // nothing else was said
};

// "2号路灯" is no house: behind a house's 号 the text ends, or says where about the house.
bool marks_house(std::string_view behind) {
    while (behind.starts_with(' ')) behind.remove_prefix(1);
    if (!behind.starts_with("号") && !behind.starts_with("號")) return false;
    behind.remove_prefix(numeral_bytes);
    if (behind.empty()) return true;
    for (const std::string_view next :
         {" ",  "(",  "（", ",",  "，", "。", ".",  "、", ";",  "；", "门", "門", "家", "屋", "户", "戶",
          "院", "前", "后", "後", "旁", "边", "邊", "对", "對", "附", "隔", "和", "与", "與", "之", "到"})
        if (behind.starts_with(next)) return true;
    return false;
}

std::string without_leading_zeros(const std::string& digits) {
    const auto first = digits.find_first_not_of('0');
    return first == std::string::npos ? "0" : digits.substr(first);
}

std::vector<Number> numbers_in(std::string_view text) {
    std::vector<Number> found;
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view rest = text.substr(at);
        std::string number = digits_at(rest);
        std::size_t length = number.size();
        if (number.empty()) {
            const auto spoken = spoken_number(rest, length);
            if (spoken) number = std::to_string(*spoken);
        }
        if (number.empty()) {
            ++at;
            continue;
        }
        found.push_back(
            {without_leading_zeros(number), marks_house(rest.substr(length)), length == text.size()});
        at += length;
    }
    return found;
}

}  // namespace

std::optional<std::string> house_number(std::string_view text) {
    std::optional<std::string> one;
    for (const Number& number : numbers_in(fold(text))) {
        if (!number.of_house && !number.alone) continue;
        if (one && *one != number.text) return {};
        one = number.text;
    }
    return one;
}

std::optional<PlaceId> door_meant(std::string_view text, std::span<const Door> doors) {
    const std::string said = fold(text);
    if (said.empty()) return {};
    const auto number = house_number(said);
    std::optional<PlaceId> meant;
    for (const Door& door : doors) {
        const std::string name = fold(door.name);
        const auto own = house_number(name);
        // A door with a number is known by it; one with a name alone by the name.
        const bool is_meant = own ? number == own : said.find(name) != std::string::npos;
        if (!is_meant) continue;
        if (meant) return {};
        meant = door.place;
    }
    return meant;
}

}  // namespace lianxin::place
