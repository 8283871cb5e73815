// matter/ballot.hpp — a vote of a frozen electorate. Counted in whole numbers: fractions are compared
// crosswise, never rounded. A secret ballot keeps who voted apart from what was voted; what is counted here
// is the same for both.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lianxin::matter {

enum class ShareOf { electorate, present, votes };  // votes: yes and no, abstentions left out

// "2/3 of electorate": at least that share. "more than 1/2 of present": strictly more.
struct Share {
    std::int64_t numerator = 1;
    std::int64_t denominator = 2;
    bool more_than = false;
    ShareOf of = ShareOf::present;
    [[nodiscard]] bool reached(std::int64_t count, std::int64_t whole) const;
    [[nodiscard]] std::int64_t least(std::int64_t whole) const;  // the smallest count that reaches it
    bool operator==(const Share&) const = default;
};
[[nodiscard]] std::optional<Share> parse_share(std::string_view text);     // 0 < share ≤ 1
[[nodiscard]] std::optional<Share> parse_fraction(std::string_view text);  // "2/3", of whatever it is held to
[[nodiscard]] std::string share_text(const Share& share);

struct BallotCount {
    std::int64_t electorate = 0;
    std::int64_t present = 0;  // who handed in a vote, valid or not
    std::int64_t yes = 0;
    std::int64_t no = 0;
    std::int64_t abstained = 0;
    // Nobody votes twice and nobody from outside: 0 ≤ yes + no + abstained ≤ present ≤ electorate.
    [[nodiscard]] bool consistent() const;
    bool operator==(const BallotCount&) const = default;
};

enum class BallotOutcome { passed, failed, no_quorum };
[[nodiscard]] const char* name_of(BallotOutcome outcome);

// An empty electorate has no quorum. Requires a consistent count.
[[nodiscard]] BallotOutcome outcome_of(const BallotCount& count, const Share& quorum, const Share& majority);

}  // namespace lianxin::matter
