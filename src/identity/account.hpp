// identity/account.hpp — who may sign in as whom: an account is bound to a party, what it may do comes from
// the posts that party holds today. Pure: what a login and a password may look like, how long to wait after
// failures, codes' life.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "access/access.hpp"
#include "base/bytes.hpp"
#include "base/time.hpp"

namespace lianxin::identity {

struct Account {
    AccountId id;
    std::string login;  // folded; unique
    PartyId party;
    std::string password;             // argon2id, encoded
    std::optional<Bytes> totp;        // sealed shared secret; there from enabling on
    bool totp_confirmed = false;      // a code was shown once: from now on it is asked for
    std::int64_t totp_last_step = 0;  // a code serves once
    bool password_must_change = false;
    std::optional<Instant> disabled_at;
};

enum class IdentityRefusal {
    wrong_login_or_password,  // one answer for no such login, wrong password, disabled account
    second_factor_required,
    wrong_second_factor,
    too_many_attempts,
    sign_in_busy,  // more sign-ins at once than the password pool takes
    not_signed_in,
    csrf_token_wrong,
    login_malformed,
    login_taken,
    password_too_short,
    password_too_long,
    password_is_login,
    password_too_common,
    party_not_found,
    account_not_found,
    second_factor_already_on,
    second_factor_not_begun,
    not_allowed,
};
[[nodiscard]] std::string_view code_of(IdentityRefusal refusal);

// 3–40 of a–z 0–9 . _ - @, folded; nothing otherwise.
[[nodiscard]] std::optional<std::string> normal_login(std::string_view text);
// NIST SP 800-63B: length counts, composition does not; at least 10 code points, at most 128 octets, not the
// login, not one of the few everybody tries first.
[[nodiscard]] std::optional<IdentityRefusal> password_fault(std::string_view password,
                                                            std::string_view login);

// After `free` failures each further one doubles the wait, from `first` up to `longest`. Failures older than
// `forgotten` do not count.
struct ThrottleRule {
    int free;
    std::chrono::microseconds first, longest, forgotten;
};
inline constexpr ThrottleRule account_throttle{5, std::chrono::seconds(5), std::chrono::minutes(15),
                                               std::chrono::hours(24)};
inline constexpr ThrottleRule address_throttle{30, std::chrono::seconds(5), std::chrono::minutes(15),
                                               std::chrono::hours(1)};
struct Failures {
    int count = 0;
    Instant last;
};
// The instant from which on another try is looked at.
[[nodiscard]] Instant open_again(const ThrottleRule& rule, const Failures& failures, Instant now);
[[nodiscard]] Failures one_more(const ThrottleRule& rule, const Failures& failures, Instant now);

inline constexpr std::chrono::microseconds session_idle = std::chrono::hours(12);
inline constexpr std::chrono::microseconds session_longest = std::chrono::hours(24 * 7);
inline constexpr std::chrono::microseconds code_life = std::chrono::minutes(10);
inline constexpr int code_tries = 5;
inline constexpr std::chrono::microseconds codes_remembered =
    std::chrono::hours(24);  // how many nobody proved

}  // namespace lianxin::identity
