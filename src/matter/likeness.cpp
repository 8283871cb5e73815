#include "matter/likeness.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "base/tokens.hpp"

namespace lianxin::matter {
namespace {

constexpr float subject_counts = 2;  // a word of the subject, beside one of the text
constexpr float farthest = 0.3F;     // places that share nothing but the county
constexpr float long_ago = 0.7F;     // matters years apart
constexpr double days_of_memory = 120;
// In a county's first weeks every word seems as rare as every other: as if of this many matters.
constexpr std::int64_t fewest_to_judge_by = 200;

std::uint32_t bucket_of(const Token& token) {
    return token_bucket(token.text, likeness_bits);
}

void add(std::map<std::uint32_t, float>& times, std::string_view text, float weight) {
    each_token(text, [&](const Token& token) {
        if (token.kind != Token::Kind::last) times[bucket_of(token)] += weight;
        return true;
    });
}

float nearness(std::span<const PlaceId> a, std::span<const PlaceId> b) {
    std::size_t shared = 0;
    while (shared < a.size() && shared < b.size() && a[shared] == b[shared]) ++shared;
    const std::size_t shorter = std::min(a.size(), b.size());
    if (shorter == 0 || shared == shorter) return 1;
    return farthest + (1 - farthest) * static_cast<float>(shared) / static_cast<float>(shorter + 1);
}

float soon(Instant a, Instant b) {
    const double days = std::abs(static_cast<double>(a.micros - b.micros)) / (86400.0 * 1e6);
    return long_ago + (1 - long_ago) * static_cast<float>(std::exp(-days / days_of_memory));
}

}  // namespace

void TokenFrequencies::count(std::span<const std::uint32_t> tokens, int sign) {
    matters_ = std::max<std::int64_t>(0, matters_ + sign);
    for (const std::uint32_t token : tokens) {
        std::uint32_t& having = having_.at(token);
        if (sign > 0) ++having;
        if (sign < 0 && having > 0) --having;
    }
}

float TokenFrequencies::rarity(std::uint32_t token) const {
    const auto among = static_cast<float>(std::max(matters_, fewest_to_judge_by));
    return std::log((1.0F + among) / (0.5F + static_cast<float>(having_.at(token))));
}

// Eight octets for how many, then four for each token, lowest first.
std::string TokenFrequencies::packed() const {
    std::string bytes;
    bytes.reserve(8 + having_.size() * 4);
    for (int i = 0; i < 8; ++i)
        bytes += static_cast<char>(static_cast<std::uint64_t>(matters_) >> (8 * i) & 0xff);
    for (const std::uint32_t having : having_)
        for (int i = 0; i < 4; ++i) bytes += static_cast<char>(having >> (8 * i) & 0xffU);
    return bytes;
}

TokenFrequencies TokenFrequencies::unpack(std::string_view bytes) {
    TokenFrequencies read;
    if (bytes.size() != 8 + read.having_.size() * 4) return read;
    const auto at = [&](std::size_t i) {
        return static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i]));
    };
    for (std::size_t i = 0; i < 8; ++i) read.matters_ |= static_cast<std::int64_t>(at(i) << (8 * i));
    for (std::size_t token = 0; token < read.having_.size(); ++token)
        for (std::size_t i = 0; i < 4; ++i)
            read.having_[token] |= static_cast<std::uint32_t>(at(8 + token * 4 + i) << (8 * i));
    return read;
}

std::vector<std::uint32_t> likeness_tokens(std::string_view text) {
    std::vector<std::uint32_t> tokens;
    each_token(text, [&](const Token& token) {
        if (token.kind != Token::Kind::last) tokens.push_back(bucket_of(token));
        return true;
    });
    std::sort(tokens.begin(), tokens.end());
    tokens.erase(std::unique(tokens.begin(), tokens.end()), tokens.end());
    return tokens;
}

TokenWeights weigh(std::string_view subject, std::string_view text, const TokenFrequencies& frequencies) {
    std::map<std::uint32_t, float> times;
    add(times, subject, subject_counts);
    add(times, text, 1);
    TokenWeights weights;
    float squares = 0;
    for (const auto& [token, n] : times) {
        const float weight = (1 + std::log(n)) * std::max(0.0F, frequencies.rarity(token));
        if (weight <= 0) continue;
        weights.emplace_back(token, weight);
        squares += weight * weight;
    }
    for (auto& [token, weight] : weights) weight /= std::sqrt(squares);
    return weights;
}

float shared_words(const TokenWeights& a, const TokenWeights& b) {
    float sum = 0;
    for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
        if (i->first == j->first)
            sum += i++->second * j++->second;
        else if (i->first < j->first)
            ++i;
        else
            ++j;
    }
    return std::min(sum, 1.0F);
}

Likeness likeness(const TokenWeights& a, std::span<const PlaceId> path_a, Instant at_a, const TokenWeights& b,
                  std::span<const PlaceId> path_b, Instant at_b) {
    return {shared_words(a, b), nearness(path_a, path_b), soon(at_a, at_b)};
}

}  // namespace lianxin::matter
