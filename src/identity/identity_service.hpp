// identity/identity_service.hpp — use cases of signing in: sign in, resolve a session to an acting person,
// change a password, second factor, revoke; accounts for the command line. A session's token is random and
// stored hashed; its CSRF token is derived from it, so a page that cannot read the cookie cannot know it.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "county/county.hpp"
#include "identity/account.hpp"
#include "identity/password_service.hpp"

namespace lianxin::identity {

struct SignIn {
    std::string login, password;
    std::string second_factor;  // six digits where the account asks for them
    std::string address;        // whose failures are counted; stored as a keyed hash only
};
struct SignedIn {
    std::string token;  // the cookie's value; known to the browser alone
    std::string csrf;
    AccountId account;
    PartyId party;
    std::string name;
    std::vector<access::HeldPost> posts;
    bool password_must_change = false;
    bool second_factor = false;  // switched on
};
struct Refused {
    IdentityRefusal code;
    std::chrono::seconds wait{0};  // too_many_attempts: when to come again
};
struct SessionView {
    std::int64_t id = 0;
    Instant created_at, last_used_at;
    bool present = false;  // the one that asks
};

class IdentityService {
 public:
    explicit IdentityService(PasswordCost cost = {});

    [[nodiscard]] Result<SignedIn, Refused> sign_in(County& county, const SignIn& attempt);
    // Nothing when unknown, idle for 12 hours, older than a week, revoked, or the account is disabled.
    [[nodiscard]] std::optional<SignedIn> session(County& county, std::string_view token);
    void sign_out(County& county, std::string_view token);
    [[nodiscard]] std::vector<SessionView> sessions(County& county, AccountId account,
                                                    std::string_view present_token);
    // Ends one session of the account, or all but the present one (`id` 0).
    void revoke(County& county, AccountId account, std::int64_t id, std::string_view present_token);

    // Ends every other session of the account.
    [[nodiscard]] Result<void, Refused> change_password(County& county, AccountId account,
                                                        std::string_view old_password,
                                                        std::string_view new_password,
                                                        std::string_view present_token);
    struct SecondFactor {
        std::string secret;  // base32
        std::string uri;     // for the QR code
    };
    [[nodiscard]] Result<SecondFactor, Refused> begin_second_factor(County& county, AccountId account,
                                                                    std::string_view issuer);
    [[nodiscard]] Result<void, Refused> confirm_second_factor(County& county, AccountId account,
                                                              std::string_view code);
    [[nodiscard]] Result<void, Refused> remove_second_factor(County& county, AccountId account,
                                                             std::string_view password);

    // For the command line and the demo: `who` needs the right "administer" or is the engine.
    [[nodiscard]] Result<AccountId, Refused> create_account(County& county, const access::ActingPerson& who,
                                                            std::string_view login, PartyId party,
                                                            std::string_view password, bool must_change);
    [[nodiscard]] Result<void, Refused> reset_password(County& county, const access::ActingPerson& who,
                                                       std::string_view login, std::string_view password);
    [[nodiscard]] Result<void, Refused> disable(County& county, const access::ActingPerson& who,
                                                std::string_view login);
    // Removes sessions, failures and codes nobody can use any more; once an hour is enough.
    void forget_old(County& county);

 private:
    // What a party holds is the same until the offices change or the day does: a number and a date are asked
    // for, not the posts.
    struct Offices {
        std::int64_t version = 0;
        Day day;
        std::string name;
        std::vector<access::HeldPost> posts;
    };
    [[nodiscard]] Offices offices_of(store::Transaction& tx, const County& county, PartyId party);
    [[nodiscard]] SignedIn signed_in(store::Transaction& tx, const County& county, const Account& account,
                                     std::string token);

    PasswordPool passwords_;
    std::mutex offices_mutex_;
    std::unordered_map<PartyId, Offices> offices_;
};

[[nodiscard]] std::string csrf_token(std::string_view session_token);

}  // namespace lianxin::identity
