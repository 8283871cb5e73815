#include "pack/words.hpp"

#include <algorithm>

namespace lianxin::pack {
namespace {

template <class Visit>
void flatten(const Table& table, const std::string& prefix, const Visit& visit) {
    for (const auto& member : table.members) {
        const auto key = prefix.empty() ? member.key : prefix + "." + member.key;
        if (const auto* inner = std::get_if<Table>(&member.value.data))
            flatten(*inner, key, visit);
        else
            visit(key, member.value);
    }
}

std::string braced(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names) text += (text.empty() ? "{" : ", {") + name + "}";
    return text.empty() ? "none" : text;
}

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return result;
}

// Of a file that cannot be read, of the pack or of one it builds on, that is all there is to say: none of its
// words is missed on top of it.
bool is_unread(const std::string& path, const Findings& findings) {
    return std::any_of(findings.all().begin(), findings.all().end(), [&](const Finding& finding) {
        return (finding.code == "toml_syntax" || finding.code == "file_unreadable") &&
               finding.file.ends_with("/" + path);
    });
}

// BCP 47: Chinese of Taiwan, Hong Kong and Macau is written in the traditional script unless the tag says
// otherwise.
std::string script_of_chinese(std::string_view tag) {
    const auto is = [&](std::string_view part) { return tag.find(part) != std::string_view::npos; };
    if (is("-hant")) return "zh-Hant";
    if (is("-hans")) return "zh-Hans";
    return is("-tw") || is("-hk") || is("-mo") ? "zh-Hant" : "zh-Hans";
}

}  // namespace

std::vector<std::string> placeholders(std::string_view text) {
    std::vector<std::string> names;
    for (std::size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
        const auto close = text.find('}', open);
        if (close == std::string_view::npos) break;
        const auto name = text.substr(open + 1, close - open - 1);
        if (!name.empty() &&
            name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos)
            names.emplace_back(name);
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

std::string fill_placeholders(std::string_view text, Words::Filling values) {
    std::string result;
    while (!text.empty()) {
        const auto open = text.find('{');
        const auto close = open == std::string_view::npos ? open : text.find('}', open);
        if (close == std::string_view::npos) break;
        const auto name = text.substr(open + 1, close - open - 1);
        const auto found =
            std::find_if(values.begin(), values.end(), [&](const auto& v) { return v.first == name; });
        result += text.substr(0, open);
        result += found == values.end() ? text.substr(open, close - open + 1) : found->second;
        text.remove_prefix(close + 1);
    }
    return result.append(text);
}

Words Words::read(const Pack& pack, Findings& findings) {
    Words words;
    words.languages_ = pack.manifest().languages;
    words.default_language_ = pack.manifest().default_language;
    std::erase_if(words.languages_, [&](const std::string& language) {
        return is_unread("words/" + language + ".toml", findings);
    });
    const auto& read = words.languages_;
    if (!read.empty() && std::find(read.begin(), read.end(), words.default_language_) == read.end())
        words.default_language_ = read.front();
    for (const auto& language : words.languages_) {
        auto& book = words.books_[language];
        const auto path = "words/" + language + ".toml";
        const auto* document = pack.document(path);
        if (document == nullptr) {
            const auto file = std::make_shared<const std::string>(pack.manifest().name + "/" + path);
            findings.error({file, 0, 0}, "words_are_absent",
                           "the pack speaks " + language + " but has no such words",
                           "write the file, or take the language out of pack.toml");
            continue;
        }
        flatten(*document, "", [&](const std::string& key, const Value& value) {
            const auto* text = std::get_if<std::string>(&value.data);
            if (text == nullptr || text->empty())
                findings.error(value.at, "word_is_not_a_text",
                               "`" + key + "` is " + (text == nullptr ? value.kind() : "empty"),
                               "write a text in quotation marks");
            else
                book[key] = {*text, value.at};
        });
    }
    check_words(words, findings);
    return words;
}

void check_words(const Words& words, Findings& findings) {
    std::map<std::string, const Words::Word*, std::less<>>
        known;  // every key, in whatever language it was met first
    const auto note = [&](const std::string& language) {
        const auto book = words.books_.find(language);
        if (book == words.books_.end()) return;
        for (const auto& [key, word] : book->second) known.emplace(key, &word);
    };
    note(words.default_language_);
    for (const auto& language : words.languages_) note(language);
    for (const auto& [key, word] : known) {
        const auto names = placeholders(word->text);
        for (const auto& [language, book] : words.books_) {
            const auto found = book.find(key);
            if (found == book.end())
                findings.error(word->at, "word_is_missing", "`" + key + "` has no word in " + language,
                               "add it to words/" + language + ".toml");
            else if (placeholders(found->second.text) != names)
                findings.error(found->second.at, "placeholders_disagree",
                               "`" + key + "` uses " + braced(placeholders(found->second.text)) + " in " +
                                   language + ", but " + braced(names) + " elsewhere",
                               "use the same placeholders in every language");
        }
    }
}

const std::string* Words::find(std::string_view language, std::string_view key) const {
    const auto book = books_.find(language);
    if (book == books_.end()) return nullptr;
    const auto word = book->second.find(key);
    return word == book->second.end() ? nullptr : &word->second.text;
}

std::string Words::get(std::string_view language, std::string_view key) const {
    if (const auto* word = find(language, key)) return *word;
    if (const auto* word = find(default_language_, key)) return *word;
    return std::string(key);
}

std::string Words::get_first(std::string_view language, std::initializer_list<std::string> keys) const {
    for (const auto& tongue : {std::string(language), default_language_})
        for (const auto& key : keys)
            if (const auto* word = find(tongue, key)) return *word;
    return keys.size() == 0 ? std::string() : *(keys.end() - 1);
}

std::string Words::fill(std::string_view language, std::string_view key, Filling values) const {
    return fill_placeholders(get(language, key), values);
}

bool Words::has(std::string_view key) const {
    return find(default_language_, key) != nullptr;
}

void Words::expect(std::string_view key, const Position& needed_at, Findings& findings) const {
    for (const auto& language : languages_)
        if (find(language, key) == nullptr)
            findings.error(needed_at, "word_is_missing",
                           "`" + std::string(key) + "` has no word in " + language,
                           "add it to words/" + language + ".toml");
}

std::string Words::choose(std::string_view accept_language) const {
    const auto offered = [&](const std::string& language) {
        return std::find(languages_.begin(), languages_.end(), language) != languages_.end();
    };
    // RFC 9110 §12.5.4: a list with weights; browsers send it in order of preference, so order is enough.
    while (!accept_language.empty()) {
        const auto comma = std::min(accept_language.find(','), accept_language.size());
        auto tag = accept_language.substr(0, comma);
        accept_language.remove_prefix(std::min(comma + 1, accept_language.size()));
        tag = tag.substr(0, tag.find(';'));
        while (!tag.empty() && tag.front() == ' ') tag.remove_prefix(1);
        const auto plain = lower(tag);
        if (plain.starts_with("zh") && offered(script_of_chinese(plain))) return script_of_chinese(plain);
        for (const auto& language : languages_)
            if (!plain.empty() && (plain == lower(language) || plain.starts_with(lower(language) + "-")))
                return language;
    }
    return default_language_;
}

std::map<std::string, std::string, std::less<>> Words::all(std::string_view language) const {
    std::map<std::string, std::string, std::less<>> result;
    for (const auto& tongue : {std::string(language), default_language_}) {
        const auto book = books_.find(tongue);
        if (book == books_.end()) continue;
        for (const auto& [key, word] : book->second) result.emplace(key, word.text);
    }
    return result;
}

}  // namespace lianxin::pack
