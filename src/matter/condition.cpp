#include "matter/condition.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace lianxin::matter {
namespace {

using Subject = ConditionSubject;

constexpr std::array<std::pair<std::string_view, Comparison>, 6> operators = {{
    {"!=", Comparison::is_not},
    {"<=", Comparison::at_most},
    {">=", Comparison::at_least},
    {"=", Comparison::is},
    {"<", Comparison::less},
    {">", Comparison::more},
}};

constexpr std::array<std::pair<std::string_view, Subject>, 8> flags = {{
    {"yellow", Subject::card_is_yellow},
    {"red", Subject::card_is_red},
    {"anonymous", Subject::anonymous},
    {"told_twice", Subject::told_twice},
    {"binding", Subject::binding},
    {"ballot.passed", Subject::ballot_passed},
    {"ballot.failed", Subject::ballot_failed},
    {"ballot.no_quorum", Subject::ballot_no_quorum},
}};

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

bool is_name(std::string_view text) {
    return !text.empty() && text.front() >= 'a' && text.front() <= 'z' &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

std::optional<std::int64_t> number_in(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return {};
    return number;
}

// "category.no_photo" → {"category", "no_photo"}; without a dot the second is empty.
std::pair<std::string_view, std::string_view> split_at_dot(std::string_view name) {
    const auto dot = name.find('.');
    if (dot == std::string_view::npos) return {name, {}};
    return {name.substr(0, dot), name.substr(dot + 1)};
}

std::optional<ParsedCondition> parse_flag(std::string_view name, Comparison comparison) {
    ParsedCondition parsed;
    parsed.condition.comparison = comparison;
    for (const auto& [word, subject] : flags) {
        if (name != word) continue;
        parsed.condition.subject = subject;
        return parsed;
    }
    const auto [head, tail] = split_at_dot(name);
    if (!is_name(head)) return {};
    if (tail.empty()) {
        if (head == "subkind" || name.find('.') != std::string_view::npos) return {};
        parsed.condition.subject = Subject::field_filled;
        parsed.field = std::string(head);
        return parsed;
    }
    if (!is_name(tail)) return {};
    if (head != "category" && head != "parts") return {};
    parsed.condition.subject = head == "category" ? Subject::category_flag : Subject::part_ended_as;
    parsed.condition.text = std::string(tail);
    return parsed;
}

bool is_equality(Comparison comparison) {
    return comparison == Comparison::is || comparison == Comparison::is_not;
}

std::optional<ParsedCondition> parse_comparison(std::string_view name, Comparison comparison,
                                                std::string_view value) {
    ParsedCondition parsed;
    auto& condition = parsed.condition;
    condition.comparison = comparison;
    const auto [head, tail] = split_at_dot(name);
    const auto number = number_in(value);
    if (!is_name(head) || (!number && !is_name(value))) return {};
    if (name == "subkind") {
        condition.subject = Subject::subkind;
    } else if (tail == "solved") {
        condition.subject = Subject::rating_solved;
        if (value != "yes" && value != "partly" && value != "no") return {};
    } else if (tail == "grade") {
        condition.subject = Subject::rating_grade;
        if (!number) return {};
    } else if (tail.empty() && name.find('.') == std::string_view::npos) {
        condition.subject = number ? Subject::field_number : Subject::field_choice;
    } else {
        return {};
    }
    const bool counts =
        condition.subject == Subject::rating_grade || condition.subject == Subject::field_number;
    if (!counts && !is_equality(comparison)) return {};
    if (counts) condition.number = *number;
    if (!counts) condition.text = std::string(value);
    if (condition.subject != Subject::subkind) parsed.field = std::string(head);
    return parsed;
}

}  // namespace

std::optional<ParsedCondition> parse_condition(std::string_view text) {
    text = trimmed(text);
    for (const auto& [sign, comparison] : operators) {
        const auto at = text.find(sign);
        if (at == std::string_view::npos) continue;
        return parse_comparison(trimmed(text.substr(0, at)), comparison,
                                trimmed(text.substr(at + sign.size())));
    }
    if (text.substr(0, 4) == "not ") return parse_flag(trimmed(text.substr(4)), Comparison::is_not);
    return parse_flag(text, Comparison::is);
}

std::string condition_text(const Condition& condition, std::string_view field_name) {
    std::string sign;
    for (const auto& [word, comparison] : operators)
        if (comparison == condition.comparison) sign = " " + std::string(word) + " ";
    const std::string field(field_name);
    const std::string negation = condition.comparison == Comparison::is_not ? "not " : "";
    switch (condition.subject) {
        case Subject::always:
            return "";
        case Subject::rating_solved:
            return field + ".solved" + sign + condition.text;
        case Subject::rating_grade:
            return field + ".grade" + sign + std::to_string(condition.number);
        case Subject::subkind:
            return "subkind" + sign + condition.text;
        case Subject::category_flag:
            return negation + "category." + condition.text;
        case Subject::part_ended_as:
            return negation + "parts." + condition.text;
        case Subject::field_filled:
            return negation + field;
        case Subject::field_number:
            return field + sign + std::to_string(condition.number);
        case Subject::field_choice:
            return field + sign + condition.text;
        default:
            break;
    }
    for (const auto& [word, subject] : flags)
        if (subject == condition.subject) return negation + std::string(word);
    return "";
}

}  // namespace lianxin::matter
