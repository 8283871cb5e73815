#include "base/tokens.hpp"

#include <algorithm>
#include <array>

namespace lianxin {
namespace {

struct Range {
    char32_t first, last;
};
constexpr std::array<Range, 9> han_ranges{{{0x3007, 0x3007},
                                           {0x3040, 0x30ff},
                                           {0x3400, 0x4dbf},
                                           {0x4e00, 0x9fff},
                                           {0xac00, 0xd7af},
                                           {0xf900, 0xfaff},
                                           {0x20000, 0x2fa1f},
                                           {0x30000, 0x3134f},
                                           {0x31350, 0x323af}}};
// Latin with its accents, Greek, Cyrillic: scripts with spaces.
constexpr std::array<Range, 6> letter_ranges{
    {{'0', '9'}, {'a', 'z'}, {0xc0, 0xd6}, {0xd8, 0xf6}, {0xf8, 0x24f}, {0x370, 0x52f}}};

template <std::size_t N>
bool within(char32_t character, const std::array<Range, N>& ranges) {
    return std::any_of(ranges.begin(), ranges.end(), [&](const Range& range) {
        return range.first <= character && character <= range.last;
    });
}

struct Read {
    char32_t character = 0;
    std::size_t bytes = 1;
};
// Valid UTF-8 is the caller's promise; a damaged end reads as a separator, never beyond the text.
Read read_at(std::string_view text, std::size_t at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80) return {lead, 1};
    const std::size_t bytes = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (at + bytes > text.size()) return {0, 1};
    char32_t character = lead & (0xffU >> (bytes + 1));
    for (std::size_t i = 1; i < bytes; ++i)
        character = (character << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3fU);
    return {character, bytes};
}

enum class Script { han, letters, none };
Script script_of(char32_t character) {
    if (within(character, letter_ranges)) return Script::letters;
    return character >= 0x3007 && within(character, han_ranges) ? Script::han : Script::none;
}

}  // namespace

bool is_han(char32_t character) {
    return within(character, han_ranges);
}

void each_token(std::string_view folded, const std::function<bool(const Token&)>& sink) {
    Script run = Script::none;
    std::size_t begin = 0;     // of the run
    std::size_t previous = 0;  // the last character's first byte
    const auto end_run = [&](std::size_t at) {
        if (run == Script::letters) return sink({Token::Kind::word, folded.substr(begin, at - begin)});
        if (run == Script::han) return sink({Token::Kind::last, folded.substr(previous, at - previous)});
        return true;
    };
    std::size_t at = 0;
    while (at < folded.size()) {
        const Read read = read_at(folded, at);
        const Script script = script_of(read.character);
        if (script != run) {
            if (!end_run(at)) return;
            run = script;
            begin = at;
        } else if (script == Script::han) {
            if (!sink({Token::Kind::pair, folded.substr(previous, at + read.bytes - previous)})) return;
        }
        previous = at;
        at += read.bytes;
    }
    end_run(at);
}

std::vector<AskedToken> asked_tokens(std::string_view folded) {
    std::vector<AskedToken> asked;
    bool in_run = false;
    each_token(folded, [&](const Token& token) {
        const bool alone = token.kind == Token::Kind::last && !in_run;
        in_run = token.kind == Token::Kind::pair;
        if (token.kind == Token::Kind::last && !alone) return true;
        AskedToken wanted{std::string(token.text), token.kind != Token::Kind::pair};
        if (std::find(asked.begin(), asked.end(), wanted) == asked.end()) asked.push_back(std::move(wanted));
        return true;
    });
    return asked;
}

std::uint32_t token_bucket(std::string_view token, int bits) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;  // FNV-1a, then folded to the bits wanted
    for (const char c : token) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 0x100000001b3ULL;
    }
    hash ^= hash >> 32;
    hash *= 0x9e3779b97f4a7c15ULL;
    return static_cast<std::uint32_t>(hash >> (64 - bits));
}

}  // namespace lianxin
