// base/tokens.hpp — what search, likeness and suggestions see of a text. Chinese writes no spaces, so every
// two neighbouring Han characters are one token (most words have two), and the last character of a run is one
// more, so that a single character is found as the beginning of a token; letters and digits are whole words.
// The text must be folded (base/text.hpp); both database engines index the tokens of this one function.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace lianxin {

struct Token {
    enum class Kind {
        pair,  // two neighbouring Han characters
        last,  // the last Han character of a run
        word   // letters and digits
    };
    Kind kind = Kind::word;
    std::string_view text;  // of the folded text
};
// In order, until the sink answers false.
void each_token(std::string_view folded, const std::function<bool(const Token&)>& sink);

// What a word asked for must have: its pairs and words; a single Han character only when it stands alone, and
// then, like a word still being typed, as the beginning of a token.
struct AskedToken {
    std::string text;
    bool beginning = false;
    bool operator==(const AskedToken&) const = default;
};
[[nodiscard]] std::vector<AskedToken> asked_tokens(std::string_view folded);

// A token as a number below 2^bits; the same on every machine and for ever, for it is stored.
[[nodiscard]] std::uint32_t token_bucket(std::string_view token, int bits);

// Whether the character is written without spaces between words: Han, kana, hangul.
[[nodiscard]] bool is_han(char32_t character);

}  // namespace lianxin
