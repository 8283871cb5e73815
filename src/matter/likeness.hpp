// matter/likeness.hpp — how likely two matters are the same thing asked twice: by their words, rare ones
// counting most (the name of an estate says more than "noise"), by how near their places stand in the tree,
// and by the days between them. Pure; how rare a token is in this county is counted elsewhere and handed in.
// It only proposes: a person compares and decides.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"

namespace lianxin {
using PlaceId = Id<struct PlaceNoun>;
}

namespace lianxin::matter {

inline constexpr int likeness_bits = 16;

// In how many matters each token (hashed) stands. 256 KiB, whatever the size of the county.
class TokenFrequencies {
 public:
    TokenFrequencies() : having_(std::size_t{1} << likeness_bits, 0) {}
    // Each token of a matter once; `sign` -1 takes it out again.
    void count(std::span<const std::uint32_t> tokens, int sign = 1);
    [[nodiscard]] float rarity(std::uint32_t token) const;
    [[nodiscard]] std::int64_t matters() const { return matters_; }
    [[nodiscard]] std::string packed() const;
    // Nothing counted when the bytes are not such a table.
    [[nodiscard]] static TokenFrequencies unpack(std::string_view bytes);

 private:
    std::int64_t matters_ = 0;
    std::vector<std::uint32_t> having_;
};

// The tokens of a matter with how much each says: ascending, of length 1.
using TokenWeights = std::vector<std::pair<std::uint32_t, float>>;
// Distinct tokens, ascending; pairs of Han characters and words. The text is simplified and folded.
[[nodiscard]] std::vector<std::uint32_t> likeness_tokens(std::string_view text);
[[nodiscard]] TokenWeights weigh(std::string_view subject, std::string_view text,
                                 const TokenFrequencies& frequencies);

struct Likeness {
    float text = 0;   // 0 … 1
    float place = 1;  // 1: the same place or one within the other
    float time = 1;
    [[nodiscard]] float score() const { return text * place * time; }
};
// `path`s: from the root down.
[[nodiscard]] Likeness likeness(const TokenWeights& a, std::span<const PlaceId> path_a, Instant at_a,
                                const TokenWeights& b, std::span<const PlaceId> path_b, Instant at_b);
[[nodiscard]] float shared_words(const TokenWeights& a, const TokenWeights& b);

// Below this a pair is not shown; docs/near-duplicates.md has what it lets through and what it loses.
inline constexpr float worth_showing = 0.3F;

}  // namespace lianxin::matter
