#include "pack/reader.hpp"

#include <algorithm>

namespace lianxin::pack {
namespace {

std::string in_quotes(std::string_view key) {
    return "`" + std::string(key) + "`";
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

const Table& empty_table() {
    static const Table empty;  // immutable: stands in for a table that is missing
    return empty;
}

}  // namespace

Reader::Reader(const Table& table, std::string path, Findings& findings)
    : table_(&table), path_(std::move(path)), name_(path_), findings_(&findings) {}

Reader Reader::stand_in(std::string path, Findings& findings) {
    Reader reader(empty_table(), std::move(path), findings);
    reader.absent_ = true;
    return reader;
}

Reader Reader::below(const Member& member, const Table& table) const {
    Reader reader(table, full(member.key), *findings_);
    reader.name_ = member.key;
    return reader;
}

Reader::Reader(Reader&& other) noexcept
    : table_(other.table_),
      path_(std::move(other.path_)),
      name_(std::move(other.name_)),
      findings_(other.findings_),
      asked_(std::move(other.asked_)),
      check_rest_(other.check_rest_),
      absent_(other.absent_) {
    other.check_rest_ = false;
}

Reader::~Reader() {
    if (!check_rest_) return;
    for (const auto& member : table_->members) {
        if (asked_.contains(member.key)) continue;
        const auto guess = nearest(member.key, {asked_.begin(), asked_.end()});
        findings_->error(
            member.at, "unknown_key",
            in_quotes(member.key) + " means nothing " + (path_.empty() ? "here" : "in " + in_quotes(path_)),
            guess.empty() ? "take it out, or see docs/packs.md for what may stand here"
                          : "did you mean " + in_quotes(guess) + "?");
    }
}

std::vector<std::string> Reader::keys() const {
    std::vector<std::string> keys;
    for (const auto& member : table_->members) keys.push_back(member.key);
    return keys;
}

Position Reader::at(std::string_view key) const {
    const auto* member = table_->find(key);
    return member == nullptr ? table_->at : member->at;
}

std::string Reader::full(std::string_view key) const {
    return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
}

const Member* Reader::ask(std::string_view key) {
    asked_.emplace(key);
    return table_->find(key);
}

const Member* Reader::need(std::string_view key) {
    const auto* member = ask(key);
    if (member == nullptr && !absent_)
        findings_->error(table_->at, "missing_key", in_quotes(full(key)) + " is missing",
                         "add " + std::string(key) + " = … here");
    return member;
}

void Reader::wrong_kind(const Member& member, std::string_view wanted) {
    findings_->error(
        member.value.at, "wrong_kind",
        in_quotes(full(member.key)) + " is " + member.value.kind() + ", but must be " + std::string(wanted),
        "write " + std::string(wanted));
}

std::optional<std::string> Reader::text_if(std::string_view key) {
    const auto* member = ask(key);
    if (member == nullptr) return {};
    if (const auto* text = std::get_if<std::string>(&member->value.data)) return *text;
    wrong_kind(*member, "a text");
    return {};
}

std::string Reader::text(std::string_view key) {
    const auto* member = need(key);
    if (member == nullptr) return {};
    auto text = text_if(key).value_or("");
    if (text.empty() && std::holds_alternative<std::string>(member->value.data))
        findings_->error(member->value.at, "empty_text", in_quotes(full(key)) + " is empty", "write a text");
    return text;
}

std::string Reader::text_or(std::string_view key, std::string_view fallback) {
    return text_if(key).value_or(std::string(fallback));
}

std::optional<std::int64_t> Reader::integer_of(const Member& member, std::int64_t min, std::int64_t max) {
    const auto* number = std::get_if<std::int64_t>(&member.value.data);
    if (number == nullptr) {
        wrong_kind(member, "a whole number");
        return {};
    }
    if (*number >= min && *number <= max) return *number;
    std::string bounds = min == INT64_MIN   ? "at most " + std::to_string(max)
                         : max == INT64_MAX ? "at least " + std::to_string(min)
                                            : "from " + std::to_string(min) + " to " + std::to_string(max);
    findings_->error(member.value.at, "out_of_range",
                     in_quotes(full(member.key)) + " is " + std::to_string(*number),
                     "write a whole number " + bounds);
    return {};
}

std::int64_t Reader::integer(std::string_view key, std::int64_t min, std::int64_t max) {
    const auto* member = need(key);
    const auto harmless = min == INT64_MIN ? 0 : min;
    return member == nullptr ? harmless : integer_of(*member, min, max).value_or(harmless);
}

std::optional<std::int64_t> Reader::integer_if(std::string_view key, std::int64_t min, std::int64_t max) {
    const auto* member = ask(key);
    return member == nullptr ? std::nullopt : integer_of(*member, min, max);
}

std::int64_t Reader::integer_or(std::string_view key, std::int64_t fallback, std::int64_t min,
                                std::int64_t max) {
    return integer_if(key, min, max).value_or(fallback);
}

std::optional<double> Reader::real_if(std::string_view key) {
    const auto* member = ask(key);
    if (member == nullptr) return {};
    if (const auto* real = std::get_if<double>(&member->value.data)) return *real;
    if (const auto* number = std::get_if<std::int64_t>(&member->value.data))
        return static_cast<double>(*number);
    wrong_kind(*member, "a number");
    return {};
}

bool Reader::flag(std::string_view key, bool fallback) {
    const auto* member = ask(key);
    if (member == nullptr) return fallback;
    if (const auto* flag = std::get_if<bool>(&member->value.data)) return *flag;
    wrong_kind(*member, "true or false");
    return fallback;
}

std::optional<Day> Reader::day_of(const Member& member) {
    if (const auto* day = std::get_if<Day>(&member.value.data)) return *day;
    if (const auto* text = std::get_if<std::string>(&member.value.data))
        if (const auto day = Day::parse(*text)) return day;
    wrong_kind(member, "a date (2024-05-06)");
    return {};
}

Day Reader::day(std::string_view key) {
    const auto* member = need(key);
    return member == nullptr ? Day{} : day_of(*member).value_or(Day{});
}

std::optional<Day> Reader::day_if(std::string_view key) {
    const auto* member = ask(key);
    return member == nullptr ? std::nullopt : day_of(*member);
}

std::vector<Reader::PlacedText> Reader::placed_texts(std::string_view key) {
    const auto* member = ask(key);
    if (member == nullptr) return {};
    if (const auto* text = std::get_if<std::string>(&member->value.data)) return {{*text, member->value.at}};
    const auto* list = std::get_if<List>(&member->value.data);
    if (list == nullptr) {
        wrong_kind(*member, "a list of texts");
        return {};
    }
    std::vector<PlacedText> texts;
    for (const auto& each : *list) {
        if (const auto* text = std::get_if<std::string>(&each.data))
            texts.push_back({*text, each.at});
        else
            findings_->error(each.at, "wrong_kind",
                             in_quotes(full(key)) + " holds " + each.kind() + " among its texts",
                             "put it in quotation marks, or take it out");
    }
    return texts;
}

std::vector<std::string> Reader::texts(std::string_view key) {
    std::vector<std::string> texts;
    for (auto& placed : placed_texts(key)) texts.push_back(std::move(placed.text));
    return texts;
}

std::vector<std::int64_t> Reader::integers(std::string_view key) {
    const auto* member = ask(key);
    if (member == nullptr) return {};
    const auto* list = std::get_if<List>(&member->value.data);
    std::vector<std::int64_t> numbers;
    if (list == nullptr) {
        wrong_kind(*member, "a list of whole numbers");
        return numbers;
    }
    for (const auto& each : *list) {
        if (const auto* number = std::get_if<std::int64_t>(&each.data))
            numbers.push_back(*number);
        else
            findings_->error(each.at, "wrong_kind",
                             in_quotes(full(key)) + " holds " + each.kind() + " among its numbers",
                             "write whole numbers only");
    }
    return numbers;
}

std::optional<std::ptrdiff_t> Reader::choice_index(std::string_view key,
                                                   const std::vector<std::string>& names, bool optional) {
    const auto* member = optional ? ask(key) : need(key);
    if (member == nullptr) return {};
    const auto* text = std::get_if<std::string>(&member->value.data);
    if (text == nullptr) {
        wrong_kind(*member, "one of: " + joined(names));
        return {};
    }
    const auto found = std::find(names.begin(), names.end(), *text);
    if (found != names.end()) return found - names.begin();
    const auto guess = nearest(*text, names);
    findings_->error(
        member->value.at, "unknown_word", in_quotes(full(key)) + " cannot be " + in_quotes(*text),
        guess.empty() ? "write one of: " + joined(names) : "did you mean " + in_quotes(guess) + "?");
    return {};
}

Reader Reader::table(std::string_view key) {
    const auto* member = need(key);
    const Table* found = member == nullptr ? nullptr : std::get_if<Table>(&member->value.data);
    if (found != nullptr) return below(*member, *found);
    if (member != nullptr) wrong_kind(*member, "a table");
    return stand_in(full(key), *findings_);
}

std::optional<Reader> Reader::table_if(std::string_view key) {
    const auto* member = ask(key);
    if (member == nullptr) return {};
    if (const auto* found = std::get_if<Table>(&member->value.data)) return below(*member, *found);
    wrong_kind(*member, "a table");
    return {};
}

std::vector<Reader> Reader::tables(std::string_view key) {
    auto inner = table_if(key);
    return inner ? inner->tables() : std::vector<Reader>();
}

std::vector<Reader> Reader::tables() {
    std::vector<Reader> readers;
    readers.reserve(table_->members.size());
    for (const auto& member : table_->members) {
        const auto* found = std::get_if<Table>(&member.value.data);
        if (found == nullptr || asked_.contains(member.key))
            continue;  // not a table: reported as a key that means nothing
        asked_.insert(member.key);
        readers.push_back(below(member, *found));
    }
    return readers;
}

std::vector<Reader> Reader::list_of_tables(std::string_view key) {
    std::vector<Reader> readers;
    const auto* member = ask(key);
    if (member == nullptr) return readers;
    const auto* list = std::get_if<List>(&member->value.data);
    if (list == nullptr) {
        wrong_kind(*member, "a list of tables");
        return readers;
    }
    std::size_t index = 0;
    for (const auto& each : *list) {
        const auto path = full(key) + "[" + std::to_string(index++) + "]";
        if (const auto* found = std::get_if<Table>(&each.data))
            readers.emplace_back(*found, path, *findings_);
        else
            findings_->error(each.at, "wrong_kind", in_quotes(path) + " is " + each.kind(), "write a table");
    }
    return readers;
}

const Value* Reader::value(std::string_view key) {
    const auto* member = ask(key);
    return member == nullptr ? nullptr : &member->value;
}

void Reader::error(std::string_view key, std::string_view code, std::string message, std::string remedy) {
    findings_->error(at(key), code, std::move(message), std::move(remedy));
}

void Reader::warning(std::string_view key, std::string_view code, std::string message, std::string remedy) {
    findings_->warning(at(key), code, std::move(message), std::move(remedy));
}

}  // namespace lianxin::pack
