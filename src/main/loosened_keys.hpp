// main/loosened_keys.hpp — one key of a document held against the same key of what it builds on, each by what
// it is there for. (Internal to loosened.cpp and loosened_steps.cpp.)
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pack/value.hpp"

namespace lianxin {

struct Loss {
    std::string path;
    std::string what;
};
using Losses = std::vector<Loss>;

enum class Keep {
    words,             // what is listed stays listed
    effects,           // … and may come to hold without its `when`
    no_new,            // nothing is listed beside
    least,             // no smaller figure
    most,              // no greater figure; absent it had no bound
    no_more,           // … absent it was none
    set,               // yes stays yes
    not_set,           // no stays no
    not_unset,         // what holds by itself is not set to no
    kept,              // what is there stays as it is
    same,              // … and what is not there stays away
    no_longer,         // a time
    if_any_no_longer,  // … that may be left out
    no_shorter,        // a time
    no_lower,          // a share of votes
    tables,            // none of its tables goes
};
struct KeptKey {
    std::string_view table;  // "fields.*"; empty: the document
    std::string_view key;
    Keep how;
};

[[nodiscard]] const pack::Value* value_of(const pack::Table& table, std::string_view key);
[[nodiscard]] const pack::Table* table_of(const pack::Table& table, std::string_view key);
// A list of words, of which one alone is one; empty where it is absent or something else.
[[nodiscard]] std::vector<std::string> words_of(const pack::Table& table, std::string_view key);
[[nodiscard]] std::string word_of(const pack::Table& table, std::string_view key);
[[nodiscard]] bool is_among(const std::vector<std::string>& words, std::string_view word);
// Whether a time lasts no longer, on whatever day it begins; of what is no time, whether it is the same.
[[nodiscard]] bool lasts_no_longer(const std::string& own, const std::string& base);

// Of every table that both have: `*` in a pattern is each. A pattern's tables that the own document lacks are
// no loss here: who asks for them says so.
void each_table(const pack::Table& base, const pack::Table& own, std::string_view pattern,
                const std::string& path,
                const std::function<void(const pack::Table&, const pack::Table&, const std::string&)>& look);

void hold(const KeptKey& kept, const pack::Table& base, const pack::Table& own, const std::string& path,
          Losses& losses);
void hold_all(std::span<const KeptKey> keys, const pack::Table& base, const pack::Table& own,
              const std::string& path, Losses& losses);

// What only ever stands at the end of a path.
[[nodiscard]] std::string under(const std::string& path, std::string_view key);

}  // namespace lianxin
