#include "matter/ballot.hpp"

#include <charconv>

#include "base/result.hpp"

namespace lianxin::matter {
namespace {

constexpr std::string_view more_than_words = "more than ";

std::optional<std::int64_t> number_in(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < 1 || number > 1'000) return {};
    return number;
}

}  // namespace

bool Share::reached(std::int64_t count, std::int64_t whole) const {
    const auto left = count * denominator;
    const auto right = whole * numerator;
    return more_than ? left > right : left >= right;
}

// By parts: no product of the whole, which may be any number that somebody fills in.
std::int64_t Share::least(std::int64_t whole) const {
    const auto rest = whole % denominator * numerator;
    const auto covered = whole / denominator * numerator + rest / denominator;
    return more_than || rest % denominator != 0 ? covered + 1 : covered;
}

std::optional<Share> parse_fraction(std::string_view text) {
    Share share;
    if (text.starts_with(more_than_words)) {
        share.more_than = true;
        text.remove_prefix(more_than_words.size());
    }
    const auto slash = text.find('/');
    if (slash == std::string_view::npos) return {};
    const auto numerator = number_in(text.substr(0, slash));
    const auto denominator = number_in(text.substr(slash + 1));
    if (!numerator || !denominator || *numerator > *denominator) return {};
    if (share.more_than && *numerator == *denominator) return {};  // more than all: never
    share.numerator = *numerator;
    share.denominator = *denominator;
    return share;
}

std::optional<Share> parse_share(std::string_view text) {
    const auto of = text.find(" of ");
    if (of == std::string_view::npos) return {};
    auto share = parse_fraction(text.substr(0, of));
    if (!share) return {};
    const auto whole = text.substr(of + 4);
    if (whole == "electorate")
        share->of = ShareOf::electorate;
    else if (whole == "present")
        share->of = ShareOf::present;
    else if (whole == "votes")
        share->of = ShareOf::votes;
    else
        return {};
    return share;
}

std::string share_text(const Share& share) {
    const char* of = share.of == ShareOf::electorate ? "electorate"
                     : share.of == ShareOf::present  ? "present"
                                                     : "votes";
    return std::string(share.more_than ? more_than_words : "") + std::to_string(share.numerator) + "/" +
           std::to_string(share.denominator) + " of " + of;
}

bool BallotCount::consistent() const {
    return yes >= 0 && no >= 0 && abstained >= 0 && yes + no + abstained <= present && present <= electorate;
}

const char* name_of(BallotOutcome outcome) {
    switch (outcome) {
        case BallotOutcome::passed:
            return "passed";
        case BallotOutcome::failed:
            return "failed";
        case BallotOutcome::no_quorum:
            return "no_quorum";
    }
    return "";
}

BallotOutcome outcome_of(const BallotCount& count, const Share& quorum, const Share& majority) {
    require(count.consistent(), "a ballot counts nobody twice and nobody from outside");
    const auto whole = [&](ShareOf of) {
        if (of == ShareOf::electorate) return count.electorate;
        return of == ShareOf::present ? count.present : count.yes + count.no;
    };
    if (count.present == 0 || !quorum.reached(count.present, whole(quorum.of)))
        return BallotOutcome::no_quorum;
    const bool carried = count.yes > 0 && majority.reached(count.yes, whole(majority.of));
    return carried ? BallotOutcome::passed : BallotOutcome::failed;
}

}  // namespace lianxin::matter
