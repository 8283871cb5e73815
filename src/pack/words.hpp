// pack/words.hpp — everything people read, keyed, per language. words/LANGUAGE.toml holds nested tables that
// flatten to dotted keys. The keys in use:
//   pack.title  place.kind.K  place.station.K  post.kind.K  party.unit.K  workflow.W.title
//   workflow.W.subkind.S workflow.W.state.S  workflow.W.action.A  workflow.W.field.F  workflow.W.field.F.hint
//   workflow.W.clock.C state.S action.A field.F clock.C subkind.S (shared by all workflows: the fallback of
//   the above, see find_first) phase.P  channel.C  relation.R  card.yellow  problem.CODE (every refusal of
//   the API)  mail.NAME.subject / .body unit.U  why.* (how a deadline was counted)  category.CODE (only where
//   a title is not in categories.toml)
// Placeholders are {name}; every language of a key must use the same ones.
#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pack/pack.hpp"

namespace lianxin::pack {

class Words {
 public:
    using Filling = std::initializer_list<std::pair<std::string_view, std::string_view>>;

    // Reads words/*.toml of the pack. Findings: a key missing in a language, placeholders that disagree,
    // empty words.
    [[nodiscard]] static Words read(const Pack& pack, Findings& findings);

    [[nodiscard]] const std::vector<std::string>& languages() const { return languages_; }
    [[nodiscard]] const std::string& default_language() const { return default_language_; }
    // In exactly that language.
    [[nodiscard]] const std::string* find(std::string_view language, std::string_view key) const;
    // The word; where the language lacks it, the default language's; where that does too, the key itself.
    [[nodiscard]] std::string get(std::string_view language, std::string_view key) const;
    // The first of several keys that has a word ("workflow.W.state.S", then "state.S").
    [[nodiscard]] std::string get_first(std::string_view language,
                                        std::initializer_list<std::string> keys) const;
    // get() with {name} replaced; a placeholder without a value stays as it stands.
    [[nodiscard]] std::string fill(std::string_view language, std::string_view key, Filling values) const;
    [[nodiscard]] bool has(std::string_view key) const;  // in the default language
    // A noun's reader asks that a word exists (in every language), naming where it is needed.
    void expect(std::string_view key, const Position& needed_at, Findings& findings) const;
    // The best of what the pack offers for an Accept-Language header or a bare tag ("zh-TW" → zh-Hant).
    [[nodiscard]] std::string choose(std::string_view accept_language) const;
    // All words of one language, for the web client: key → text, default language filling the gaps.
    [[nodiscard]] std::map<std::string, std::string, std::less<>> all(std::string_view language) const;

 private:
    struct Word {
        std::string text;
        Position at;
    };
    using Book = std::map<std::string, Word, std::less<>>;
    std::map<std::string, Book, std::less<>> books_;
    std::vector<std::string> languages_;
    std::string default_language_;
    friend void check_words(const Words& words, Findings& findings);
};

// "{a} … {b}" → a, b sorted, each once.
[[nodiscard]] std::vector<std::string> placeholders(std::string_view text);
[[nodiscard]] std::string fill_placeholders(std::string_view text, Words::Filling values);

}  // namespace lianxin::pack
