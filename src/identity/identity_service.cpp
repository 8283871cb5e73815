#include "identity/identity_service.hpp"

#include "access/policy.hpp"
#include "base/crypto.hpp"
#include "base/text.hpp"
#include "identity/identity_store.hpp"
#include "identity/totp.hpp"
#include "party/owner_resolver_store.hpp"
#include "party/party_store.hpp"
#include "place/place_store.hpp"

namespace lianxin::identity {
namespace {

constexpr std::chrono::microseconds touched_each = std::chrono::minutes(5);

Digest token_hash(std::string_view token) {
    return sha256(as_bytes(token));
}

SecretKey totp_key(County& county) {
    return county.keys.purpose_key("identity.totp");
}
std::string totp_context(AccountId account) {
    return "account.totp " + account.text();
}

Bytes open_totp(County& county, const Account& account) {
    auto secret = unseal(totp_key(county), *account.totp, totp_context(account.id));
    require(secret.has_value(), "a stored second factor opens with the county's key");
    return std::move(*secret);
}

// Under which names a try is counted; neither the login nor the address is stored.
struct Names {
    Digest account, address;
};
Names names_of(County& county, const std::string& login, const std::string& address) {
    return {county.keys.blind_index("identity.failure.login", login),
            county.keys.blind_index("identity.failure.address", address)};
}

// Counts the try before the password is looked at, so that a hundred tries at once are a hundred tries. The
// wait, if there is one; then nothing was counted.
std::optional<std::chrono::seconds> count_try(store::Transaction& tx, const Names& names, Instant now) {
    const Failures account = load_failures(tx, names.account), address = load_failures(tx, names.address);
    const Instant open =
        std::max(open_again(account_throttle, account, now), open_again(address_throttle, address, now));
    if (open > now) return std::chrono::ceil<std::chrono::seconds>(open - now);
    save_failures(tx, names.account, one_more(account_throttle, account, now));
    save_failures(tx, names.address, one_more(address_throttle, address, now));
    return {};
}

// A success forgets the account's failures, and of the address's this one try only: else one's own account
// would be the way to try others' without end.
void forgive_try(store::Transaction& tx, const Names& names) {
    clear_failures(tx, names.account);
    Failures address = load_failures(tx, names.address);
    if (--address.count > 0)
        save_failures(tx, names.address, address);
    else
        clear_failures(tx, names.address);
}

// Accounts of people at a place are the affair of whoever administers above it.
bool may_administer_party(store::Transaction& tx, County& county, const access::ActingPerson& who,
                          PartyId id) {
    if (who.kind == access::ActingPerson::Kind::engine) return true;
    const auto party = party::load_party(tx, id);
    if (!party) return false;
    const auto lineage = place::load_lineage(tx, party->place, county.zone.day_of(county.clock.now()));
    if (!lineage) return false;
    std::vector<PlaceId> path;
    for (const PlaceId place : lineage->by_level) {
        if (place.value() != 0) path.push_back(place);
    }
    return access::may_administer(who, path);
}

auto refused(IdentityRefusal code) {
    return fail(Refused{code, {}});
}

}  // namespace

std::string csrf_token(std::string_view session_token) {
    return base64url(BytesView(sha256({as_bytes("lianxin csrf "), as_bytes(session_token)})).first(24));
}

IdentityService::IdentityService(PasswordCost cost) : passwords_(2, 16, cost) {}

IdentityService::Offices IdentityService::offices_of(store::Transaction& tx, const County& county,
                                                     PartyId id) {
    constexpr std::size_t most_remembered = 10'000;
    const Day today = county.zone.day_of(county.clock.now());
    const std::int64_t version = party::staffing_version(tx);
    {
        const std::lock_guard lock(offices_mutex_);
        const auto known = offices_.find(id);
        if (known != offices_.end() && known->second.version == version && known->second.day == today)
            return known->second;
    }
    Offices fresh{version, today, {}, {}};
    if (const auto party = party::load_party(tx, id)) fresh.name = party->name;
    fresh.posts = party::held_posts(tx, id, today);
    const std::lock_guard lock(offices_mutex_);
    if (offices_.size() >= most_remembered) offices_.clear();
    offices_[id] = fresh;
    return fresh;
}

SignedIn IdentityService::signed_in(store::Transaction& tx, const County& county, const Account& account,
                                    std::string token) {
    Offices offices = offices_of(tx, county, account.party);
    SignedIn in;
    in.csrf = csrf_token(token);
    in.token = std::move(token);
    in.account = account.id;
    in.party = account.party;
    in.name = std::move(offices.name);
    in.posts = std::move(offices.posts);
    in.password_must_change = account.password_must_change;
    in.second_factor = account.totp_confirmed;
    return in;
}

Result<SignedIn, Refused> IdentityService::sign_in(County& county, const SignIn& attempt) {
    const std::string login = normal_login(attempt.login).value_or(std::string());
    const Names names = names_of(county, login.empty() ? fold(attempt.login) : login, attempt.address);
    struct Begun {
        std::optional<std::chrono::seconds> wait;
        std::optional<Account> account;
    };
    const Begun begun = county.database.write([&](store::Transaction& tx) -> Begun {
        const auto wait = count_try(tx, names, county.clock.now());
        if (wait) return {wait, {}};
        return {{}, account_by_login(tx, login)};
    });
    if (begun.wait) return fail(Refused{IdentityRefusal::too_many_attempts, *begun.wait});
    const auto& account = begun.account;
    const auto matches = passwords_.matches(account ? account->password : std::string(), attempt.password);
    if (!matches) {
        county.database.write([&](store::Transaction& tx) { forgive_try(tx, names); });
        return refused(IdentityRefusal::sign_in_busy);
    }
    if (!*matches || !account || account->disabled_at)
        return refused(IdentityRefusal::wrong_login_or_password);
    std::optional<std::int64_t> step;
    if (account->totp_confirmed) {
        if (attempt.second_factor.empty()) {
            county.database.write([&](store::Transaction& tx) { forgive_try(tx, names); });
            return refused(IdentityRefusal::second_factor_required);
        }
        step = totp_matches(open_totp(county, *account), attempt.second_factor, county.clock.now(),
                            account->totp_last_step);
        if (!step) return refused(IdentityRefusal::wrong_second_factor);
    }
    const std::string token = base64url(random_bytes(32));
    const SessionId id = county.new_id<SessionNoun>();
    return county.database.write([&](store::Transaction& tx) -> Result<SignedIn, Refused> {
        if (step && !use_totp_step(tx, account->id, *step))
            return refused(IdentityRefusal::wrong_second_factor);
        forgive_try(tx, names);
        insert_session(tx, {id, account->id, county.clock.now(), county.clock.now(), token_hash(token)});
        return signed_in(tx, county, *account, token);
    });
}

std::optional<SignedIn> IdentityService::session(County& county, std::string_view token) {
    const Instant now = county.clock.now();
    struct Found {
        Session session;
        SignedIn in;
    };
    auto found = county.database.read([&](store::Transaction& tx) -> std::optional<Found> {
        const auto session = session_by_hash(tx, token_hash(token));
        if (!session || now - session->last_used_at > session_idle ||
            now - session->created_at > session_longest)
            return {};
        const auto account = load_account(tx, session->account);
        if (!account || account->disabled_at) return {};
        return Found{*session, signed_in(tx, county, *account, std::string(token))};
    });
    if (!found) return {};
    // Not at each request: reading would become writing.
    if (now - found->session.last_used_at > touched_each)
        county.database.write([&](store::Transaction& tx) { touch_session(tx, found->session.id, now); });
    return std::move(found->in);
}

void IdentityService::sign_out(County& county, std::string_view token) {
    county.database.write([&](store::Transaction& tx) { end_session(tx, token_hash(token)); });
}

std::vector<SessionView> IdentityService::sessions(County& county, AccountId account,
                                                   std::string_view present_token) {
    const auto sessions =
        county.database.read([&](store::Transaction& tx) { return sessions_of(tx, account); });
    std::vector<SessionView> views;
    for (const Session& one : sessions) {
        if (county.clock.now() - one.last_used_at > session_idle) continue;
        views.push_back(
            {one.id.value(), one.created_at, one.last_used_at, one.token_hash == token_hash(present_token)});
    }
    return views;
}

void IdentityService::revoke(County& county, AccountId account, std::int64_t id,
                             std::string_view present_token) {
    county.database.write([&](store::Transaction& tx) {
        if (id == 0)
            end_other_sessions(tx, account, token_hash(present_token));
        else
            end_session_of(tx, account, SessionId(id));
    });
}

Result<void, Refused> IdentityService::change_password(County& county, AccountId account_id,
                                                       std::string_view old_password,
                                                       std::string_view new_password,
                                                       std::string_view present_token) {
    const auto account =
        county.database.read([&](store::Transaction& tx) { return load_account(tx, account_id); });
    if (!account) return refused(IdentityRefusal::account_not_found);
    if (const auto fault = password_fault(new_password, account->login)) return refused(*fault);
    // Somebody at an unlocked desk must not guess here what sign-in would not let them guess.
    const Digest name = county.keys.blind_index("identity.failure.login", account->login);
    const auto wait = county.database.write([&](store::Transaction& tx) {
        return count_try(tx, {name, county.keys.blind_index("identity.failure.account", account_id.text())},
                         county.clock.now());
    });
    if (wait) return fail(Refused{IdentityRefusal::too_many_attempts, *wait});
    const auto matches = passwords_.matches(account->password, old_password);
    if (!matches) return refused(IdentityRefusal::sign_in_busy);
    if (!*matches) return refused(IdentityRefusal::wrong_login_or_password);
    const auto hash = passwords_.hash(new_password);
    if (!hash) return refused(IdentityRefusal::sign_in_busy);
    county.database.write([&](store::Transaction& tx) {
        clear_failures(tx, name);
        set_password(tx, account_id, *hash, false);
        end_other_sessions(tx, account_id, token_hash(present_token));
    });
    return {};
}

Result<IdentityService::SecondFactor, Refused> IdentityService::begin_second_factor(County& county,
                                                                                    AccountId account_id,
                                                                                    std::string_view issuer) {
    const Bytes secret = random_bytes(20);  // RFC 4226 §4: 160 bits
    const Bytes sealed = seal(totp_key(county), secret, totp_context(account_id));
    return county.database.write([&](store::Transaction& tx) -> Result<SecondFactor, Refused> {
        const auto account = load_account(tx, account_id);
        if (!account) return refused(IdentityRefusal::account_not_found);
        if (account->totp_confirmed) return refused(IdentityRefusal::second_factor_already_on);
        set_totp(tx, account_id, sealed, false);
        return SecondFactor{base32(secret), otpauth_uri(issuer, account->login, secret)};
    });
}

Result<void, Refused> IdentityService::confirm_second_factor(County& county, AccountId account_id,
                                                             std::string_view code) {
    return county.database.write([&](store::Transaction& tx) -> Result<void, Refused> {
        const auto account = load_account(tx, account_id);
        if (!account || !account->totp) return refused(IdentityRefusal::second_factor_not_begun);
        if (account->totp_confirmed) return refused(IdentityRefusal::second_factor_already_on);
        const auto step =
            totp_matches(open_totp(county, *account), code, county.clock.now(), account->totp_last_step);
        if (!step || !use_totp_step(tx, account_id, *step))
            return refused(IdentityRefusal::wrong_second_factor);
        set_totp(tx, account_id, account->totp, true);
        return {};
    });
}

Result<void, Refused> IdentityService::remove_second_factor(County& county, AccountId account_id,
                                                            std::string_view password) {
    const auto account =
        county.database.read([&](store::Transaction& tx) { return load_account(tx, account_id); });
    if (!account) return refused(IdentityRefusal::account_not_found);
    const Names names = names_of(county, account->login, account_id.text());
    const auto wait = county.database.write(
        [&](store::Transaction& tx) { return count_try(tx, names, county.clock.now()); });
    if (wait) return fail(Refused{IdentityRefusal::too_many_attempts, *wait});
    const auto matches = passwords_.matches(account->password, password);
    if (!matches) return refused(IdentityRefusal::sign_in_busy);
    if (!*matches) return refused(IdentityRefusal::wrong_login_or_password);
    county.database.write([&](store::Transaction& tx) {
        forgive_try(tx, names);
        set_totp(tx, account_id, {}, false);
    });
    return {};
}

Result<AccountId, Refused> IdentityService::create_account(County& county, const access::ActingPerson& who,
                                                           std::string_view login_text, PartyId party,
                                                           std::string_view password, bool must_change) {
    const auto login = normal_login(login_text);
    if (!login) return refused(IdentityRefusal::login_malformed);
    if (const auto fault = password_fault(password, *login)) return refused(*fault);
    const auto hash = passwords_.hash(password);
    if (!hash) return refused(IdentityRefusal::sign_in_busy);
    const AccountId id = county.new_id<AccountNoun>();
    return county.database.write([&](store::Transaction& tx) -> Result<AccountId, Refused> {
        if (!may_administer_party(tx, county, who, party)) return refused(IdentityRefusal::not_allowed);
        if (!party::load_party(tx, party)) return refused(IdentityRefusal::party_not_found);
        if (account_by_login(tx, *login)) return refused(IdentityRefusal::login_taken);
        Account account;
        account.id = id;
        account.login = *login;
        account.party = party;
        account.password = *hash;
        account.password_must_change = must_change;
        insert_account(tx, account, county.clock.now());
        return id;
    });
}

Result<void, Refused> IdentityService::reset_password(County& county, const access::ActingPerson& who,
                                                      std::string_view login, std::string_view password) {
    if (const auto fault = password_fault(password, login)) return refused(*fault);
    const auto hash = passwords_.hash(password);
    if (!hash) return refused(IdentityRefusal::sign_in_busy);
    return county.database.write([&](store::Transaction& tx) -> Result<void, Refused> {
        const auto account = account_by_login(tx, normal_login(login).value_or(std::string()));
        if (!account) return refused(IdentityRefusal::account_not_found);
        if (!may_administer_party(tx, county, who, account->party))
            return refused(IdentityRefusal::not_allowed);
        set_password(tx, account->id, *hash, true);
        set_totp(tx, account->id, {}, false);  // whoever lost both begins anew
        clear_failures(tx, county.keys.blind_index("identity.failure.login", account->login));
        end_other_sessions(tx, account->id, {});
        return {};
    });
}

Result<void, Refused> IdentityService::disable(County& county, const access::ActingPerson& who,
                                               std::string_view login) {
    return county.database.write([&](store::Transaction& tx) -> Result<void, Refused> {
        const auto account = account_by_login(tx, normal_login(login).value_or(std::string()));
        if (!account) return refused(IdentityRefusal::account_not_found);
        if (!may_administer_party(tx, county, who, account->party))
            return refused(IdentityRefusal::not_allowed);
        set_disabled(tx, account->id, county.clock.now());
        end_other_sessions(tx, account->id, {});
        return {};
    });
}

void IdentityService::forget_old(County& county) {
    const Instant now = county.clock.now();
    county.database.write([&](store::Transaction& tx) {
        forget_sessions(tx, now - session_idle);
        forget_failures(tx, now - std::max(account_throttle.forgotten, address_throttle.forgotten));
        forget_codes(tx, now - codes_remembered);
    });
}

}  // namespace lianxin::identity
