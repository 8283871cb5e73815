#include "identity/account.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace lianxin::identity {

std::string_view code_of(IdentityRefusal refusal) {
    switch (refusal) {
        case IdentityRefusal::wrong_login_or_password:
            return "wrong_login_or_password";
        case IdentityRefusal::second_factor_required:
            return "second_factor_required";
        case IdentityRefusal::wrong_second_factor:
            return "wrong_second_factor";
        case IdentityRefusal::too_many_attempts:
            return "too_many_attempts";
        case IdentityRefusal::sign_in_busy:
            return "sign_in_busy";
        case IdentityRefusal::not_signed_in:
            return "not_signed_in";
        case IdentityRefusal::csrf_token_wrong:
            return "csrf_token_wrong";
        case IdentityRefusal::login_malformed:
            return "login_malformed";
        case IdentityRefusal::login_taken:
            return "login_taken";
        case IdentityRefusal::password_too_short:
            return "password_too_short";
        case IdentityRefusal::password_too_long:
            return "password_too_long";
        case IdentityRefusal::password_is_login:
            return "password_is_login";
        case IdentityRefusal::password_too_common:
            return "password_too_common";
        case IdentityRefusal::party_not_found:
            return "party_not_found";
        case IdentityRefusal::account_not_found:
            return "account_not_found";
        case IdentityRefusal::second_factor_already_on:
            return "second_factor_already_on";
        case IdentityRefusal::second_factor_not_begun:
            return "second_factor_not_begun";
        case IdentityRefusal::not_allowed:
            return "not_allowed";
    }
    return "not_allowed";
}

std::optional<std::string> normal_login(std::string_view text) {
    std::string login = fold(text);
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-' ||
               c == '@';
    };
    const bool fits =
        login.size() >= 3 && login.size() <= 40 && std::all_of(login.begin(), login.end(), allowed);
    if (!fits) return {};
    return login;
}

namespace {
// Once, or over and over, the last time perhaps in part.
bool is_repeated(std::string_view text, std::string_view word) {
    for (std::size_t at = 0; at < text.size(); ++at)
        if (word.empty() || text[at] != word[at % word.size()]) return false;
    return true;
}
}  // namespace

std::optional<IdentityRefusal> password_fault(std::string_view password, std::string_view login) {
    constexpr std::array common{"1234567890", "0123456789",   "password123",
                                "qwertyuiop", "1qaz2wsx3edc", "administrator"};
    if (!is_valid_utf8(password) || code_points(password) < 10) return IdentityRefusal::password_too_short;
    if (password.size() > 128) return IdentityRefusal::password_too_long;
    const std::string folded = fold(password);
    if (is_repeated(folded, fold(login))) return IdentityRefusal::password_is_login;
    const bool one_character =
        std::all_of(folded.begin(), folded.end(), [&](char c) { return c == folded.front(); });
    if (one_character || std::find(common.begin(), common.end(), folded) != common.end())
        return IdentityRefusal::password_too_common;
    return {};
}

Instant open_again(const ThrottleRule& rule, const Failures& failures, Instant now) {
    const bool forgotten = now - failures.last > rule.forgotten;
    if (forgotten || failures.count < rule.free) return now;
    auto wait = rule.first;
    for (int i = rule.free; i < failures.count && wait < rule.longest; ++i) wait *= 2;
    return failures.last + std::min(wait, rule.longest);
}

Failures one_more(const ThrottleRule& rule, const Failures& failures, Instant now) {
    const bool forgotten = now - failures.last > rule.forgotten;
    return {forgotten ? 1 : failures.count + 1, now};
}

}  // namespace lianxin::identity
