#include "main/loosened_keys.hpp"

#include <algorithm>
#include <optional>

#include "matter/ballot.hpp"
#include "matter/period_words.hpp"
#include "matter/share_order.hpp"
#include "notice/notice_period.hpp"

namespace lianxin {
namespace {

using pack::List;
using pack::Table;
using pack::Value;

std::string text_of(const Value* value) {
    if (value == nullptr) return "";
    if (const auto* text = std::get_if<std::string>(&value->data)) return *text;
    if (const auto* number = std::get_if<std::int64_t>(&value->data)) return std::to_string(*number);
    if (const auto* real = std::get_if<double>(&value->data)) return std::to_string(*real);
    if (const auto* flag = std::get_if<bool>(&value->data)) return *flag ? "true" : "false";
    std::string text;
    if (const auto* list = std::get_if<List>(&value->data))
        for (const auto& each : *list) text += (text.empty() ? "" : ", ") + text_of(&each);
    if (const auto* table = std::get_if<Table>(&value->data))
        for (const auto& member : table->members)
            text += (text.empty() ? "" : ", ") + member.key + " = " + text_of(&member.value);
    return text;
}

std::string shown(const Value* value) {
    return value == nullptr ? "not there" : "`" + text_of(value) + "`";
}

std::optional<std::int64_t> number_of(const Value* value) {
    const auto* number = value == nullptr ? nullptr : std::get_if<std::int64_t>(&value->data);
    return number == nullptr ? std::nullopt : std::optional(*number);
}

bool is_flag(const Value* value, bool wanted) {
    const auto* flag = value == nullptr ? nullptr : std::get_if<bool>(&value->data);
    return flag != nullptr && *flag == wanted;
}

std::optional<matter::Share> share_in(std::string_view text) {
    const auto share = matter::parse_share(text);
    return share ? share : matter::parse_fraction(text);
}

bool is_lower(const std::string& own, const std::string& base) {
    const auto is = share_in(own), was = share_in(base);
    return is && was ? matter::is_lower(*is, *was) : own != base;
}

// By the subkind of the matter, or the same for every one.
std::string share_for(const Value* value, std::string_view subkind) {
    const auto* by_subkind = value == nullptr ? nullptr : std::get_if<Table>(&value->data);
    if (by_subkind == nullptr) return text_of(value);
    const auto* own = value_of(*by_subkind, subkind);
    return text_of(own != nullptr ? own : value_of(*by_subkind, "any"));
}

bool any_lower(const Value* own, const Value* base) {
    std::vector<std::string> subkinds{"any"};
    for (const auto* value : {own, base})
        if (const auto* table = value == nullptr ? nullptr : std::get_if<Table>(&value->data))
            for (const auto& member : table->members) subkinds.push_back(member.key);
    return std::any_of(subkinds.begin(), subkinds.end(), [&](const std::string& subkind) {
        const auto was = share_for(base, subkind);
        return !was.empty() && is_lower(share_for(own, subkind), was);
    });
}

// "open accountability when red" is kept where it is opened in any case.
bool is_kept(const std::vector<std::string>& own, const std::string& word, Keep how) {
    if (is_among(own, word)) return true;
    const auto when = word.find(" when ");
    return how == Keep::effects && when != std::string::npos && is_among(own, word.substr(0, when));
}

// Whether the one value gives less than the other, of which neither is a list of words.
bool gives_less(Keep how, const Value* own, const Value* base) {
    const auto is = number_of(own), was = number_of(base);
    switch (how) {
        case Keep::least:
            return was && (!is || *is < *was);
        case Keep::most:
            return was && (!is || *is > *was);
        case Keep::no_more:
            return is.value_or(0) > was.value_or(0);
        case Keep::set:
            return is_flag(base, true) && !is_flag(own, true);
        case Keep::not_unset:
            return is_flag(own, false) && !is_flag(base, false);
        case Keep::not_set:
            return is_flag(own, true) && !is_flag(base, true);
        case Keep::kept:
            return base != nullptr && text_of(own) != text_of(base);
        case Keep::same:
            return text_of(own) != text_of(base);
        case Keep::no_longer:
            return base != nullptr && (own == nullptr || !lasts_no_longer(text_of(own), text_of(base)));
        case Keep::if_any_no_longer:
            return base != nullptr && own != nullptr && !lasts_no_longer(text_of(own), text_of(base));
        case Keep::no_shorter:
            return base != nullptr && (own == nullptr || !lasts_no_longer(text_of(base), text_of(own)));
        case Keep::no_lower:
            return base != nullptr && any_lower(own, base);
        case Keep::words:
        case Keep::effects:
        case Keep::no_new:
        case Keep::tables:
            return false;
    }
    return false;
}

}  // namespace

const Value* value_of(const Table& table, std::string_view key) {
    const auto* member = table.find(key);
    return member == nullptr ? nullptr : &member->value;
}

const Table* table_of(const Table& table, std::string_view key) {
    const auto* value = value_of(table, key);
    return value == nullptr ? nullptr : std::get_if<Table>(&value->data);
}

std::vector<std::string> words_of(const Table& table, std::string_view key) {
    const auto* value = value_of(table, key);
    if (value == nullptr) return {};
    if (const auto* text = std::get_if<std::string>(&value->data)) return {*text};
    std::vector<std::string> words;
    if (const auto* list = std::get_if<List>(&value->data))
        for (const auto& each : *list)
            if (const auto* text = std::get_if<std::string>(&each.data)) words.push_back(*text);
    return words;
}

std::string word_of(const Table& table, std::string_view key) {
    const auto* value = value_of(table, key);
    const auto* text = value == nullptr ? nullptr : std::get_if<std::string>(&value->data);
    return text == nullptr ? "" : *text;
}

bool is_among(const std::vector<std::string>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool lasts_no_longer(const std::string& own, const std::string& base) {
    if (own == base) return true;
    const auto is = matter::parse_period(own), was = matter::parse_period(base);
    if (is && was) return notice::surely_at_most(*is, *was);
    // "every 3 months", "1 year"
    const auto stretch = matter::days_within(own), bound = matter::days_within(base);
    return stretch && bound && *stretch <= *bound;
}

std::string under(const std::string& path, std::string_view key) {
    return path.empty() ? std::string(key) : path + "." + std::string(key);
}

void each_table(const Table& base, const Table& own, std::string_view pattern, const std::string& path,
                const std::function<void(const Table&, const Table&, const std::string&)>& look) {
    if (pattern.empty()) return look(base, own, path);
    const auto dot = pattern.find('.');
    const auto first = pattern.substr(0, dot);
    const auto rest = dot == std::string_view::npos ? std::string_view() : pattern.substr(dot + 1);
    for (const auto& member : base.members) {
        if (first != "*" && first != member.key) continue;
        const auto* was = std::get_if<Table>(&member.value.data);
        const auto* is = table_of(own, member.key);
        if (was != nullptr && is != nullptr) each_table(*was, *is, rest, under(path, member.key), look);
    }
}

void hold(const KeptKey& kept, const Table& base, const Table& own, const std::string& path, Losses& losses) {
    const auto key = under(path, kept.key);
    const auto was = words_of(base, kept.key), is = words_of(own, kept.key);
    if (kept.how == Keep::words || kept.how == Keep::effects) {
        for (const auto& word : was)
            if (!is_kept(is, word, kept.how))
                losses.push_back({under(key, word), "`" + key + "` lacks `" + word + "`"});
    } else if (kept.how == Keep::no_new) {
        for (const auto& word : is)
            if (!is_among(was, word))
                losses.push_back({under(key, word), "`" + key + "` names `" + word + "` beside"});
    } else if (kept.how == Keep::tables) {
        const auto *before = table_of(base, kept.key), *now = table_of(own, kept.key);
        for (const auto& member : before == nullptr ? std::vector<pack::Member>() : before->members)
            if (now == nullptr || now->find(member.key) == nullptr)
                losses.push_back({under(key, member.key), "`" + key + "` is without `" + member.key + "`"});
    } else if (gives_less(kept.how, value_of(own, kept.key), value_of(base, kept.key))) {
        losses.push_back({key, "`" + key + "` is " + shown(value_of(own, kept.key)) + " and was " +
                                   shown(value_of(base, kept.key))});
    }
}

void hold_all(std::span<const KeptKey> keys, const Table& base, const Table& own, const std::string& path,
              Losses& losses) {
    for (const auto& kept : keys)
        each_table(base, own, kept.table, path,
                   [&](const Table& was, const Table& is, const std::string& at) {
                       hold(kept, was, is, at, losses);
                   });
}

}  // namespace lianxin
