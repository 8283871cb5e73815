#include "identity/account.hpp"

#include <gtest/gtest.h>

#include <future>
#include <latch>

#include "identity/password_service.hpp"
#include "identity/totp.hpp"

namespace lianxin::identity {
namespace {

TEST(Accounts, logins_are_folded_and_plain) {
    EXPECT_EQ(normal_login(" Li.Wei-1@Dayao "), "li.wei-1@dayao");
    for (const char* bad : {"ab", "a b c", "李伟伟", "x'--", ""}) EXPECT_FALSE(normal_login(bad)) << bad;
    EXPECT_FALSE(normal_login(std::string(41, 'a')));
}

TEST(Accounts, passwords_are_judged_by_length_not_by_composition) {
    EXPECT_FALSE(password_fault("long enough", "li"));
    EXPECT_FALSE(password_fault("十个汉字的密码已经够了", "li"));
    EXPECT_EQ(password_fault("九个汉字的密码还不够", "li").has_value(), false);
    EXPECT_EQ(password_fault("short", "li"), IdentityRefusal::password_too_short);
    EXPECT_EQ(password_fault(std::string(129, 'x') + "y", "li"), IdentityRefusal::password_too_long);
    EXPECT_EQ(password_fault("Zhang.San.1", "zhang.san.1"), IdentityRefusal::password_is_login);
    EXPECT_EQ(password_fault("li.siLI.SIli.si", "li.si"), IdentityRefusal::password_is_login);
    EXPECT_EQ(password_fault("li.sili.sili.", "li.si"), IdentityRefusal::password_is_login);
    EXPECT_EQ(password_fault("li.si2li.si3", "li.si"), std::nullopt);
    EXPECT_EQ(password_fault("aaaaaaaaaaaa", "li"), IdentityRefusal::password_too_common);
    EXPECT_EQ(password_fault("Password123", "li"), IdentityRefusal::password_too_common);
}

TEST(Throttle, doubles_up_to_its_longest_and_forgets) {
    const ThrottleRule rule{3, std::chrono::seconds(1), std::chrono::seconds(10), std::chrono::hours(1)};
    const Instant now{1'000'000'000'000};
    Failures failures;
    std::vector<std::int64_t> waits;
    for (int i = 0; i < 9; ++i) {
        waits.push_back((open_again(rule, failures, now) - now).count() / micros_per_second);
        failures = one_more(rule, failures, now);
    }
    EXPECT_EQ(waits, (std::vector<std::int64_t>{0, 0, 0, 1, 2, 4, 8, 10, 10}));
    const Instant later = now + std::chrono::hours(2);
    EXPECT_EQ(open_again(rule, failures, later), later);
    EXPECT_EQ(one_more(rule, failures, later).count, 1);
}

// RFC 6238, appendix B, cut to six digits.
TEST(Totp, gives_the_codes_of_the_standard) {
    const auto secret = as_bytes("12345678901234567890");
    for (const auto& [seconds, code] :
         {std::pair(59LL, "287082"), std::pair(1111111109LL, "081804"), std::pair(1111111111LL, "050471"),
          std::pair(1234567890LL, "005924"), std::pair(2000000000LL, "279037"),
          std::pair(20000000000LL, "353130")})
        EXPECT_EQ(totp_code(secret, totp_step({seconds * micros_per_second})), code);
}

TEST(Totp, takes_a_neighbouring_step_but_none_that_was_used) {
    const auto secret = as_bytes("12345678901234567890");
    const Instant now{1111111111LL * micros_per_second};
    const std::int64_t step = totp_step(now);
    for (const std::int64_t near : {step - 1, step, step + 1})
        EXPECT_EQ(totp_matches(secret, totp_code(secret, near), now, 0), near);
    EXPECT_FALSE(totp_matches(secret, totp_code(secret, step + 2), now, 0));
    EXPECT_FALSE(totp_matches(secret, totp_code(secret, step), now, step));
    EXPECT_FALSE(totp_matches(secret, "", now, 0));
}

TEST(Totp, secrets_are_written_as_programs_read_them) {
    EXPECT_EQ(base32(as_bytes("foobar")), "MZXW6YTBOI");
    EXPECT_EQ(base32(as_bytes("f")), "MY");
    EXPECT_EQ(otpauth_uri("连心 L", "li", as_bytes("f")),
              "otpauth://totp/"
              "%E8%BF%9E%E5%BF%83%20L:li?secret=MY&issuer=%E8%BF%9E%E5%BF%83%20L&algorithm=SHA1&digits=6"
              "&period=30");
}

TEST(PasswordPool, turns_away_what_would_wait_too_long) {
    PasswordPool pool(1, 0, PasswordCost{3, std::size_t{64} << 20U});
    std::latch begun(1);
    auto slow = std::async(std::launch::async, [&] {
        begun.count_down();
        return pool.hash("somebody's password");
    });
    begun.wait();
    // Sooner or later the other has its turn; from then on, until it ends, there is no room.
    while (slow.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
        if (!pool.matches("$argon2id$malformed", "x")) break;
    }
    const auto hash = slow.get();
    PasswordPool free(2, 2, PasswordCost{1, 8192});
    if (hash) {
        EXPECT_EQ(free.matches(*hash, "somebody's password"), true);
        EXPECT_EQ(free.matches(*hash, "another"), false);
    }
    EXPECT_EQ(free.matches("", "anything"), false);
}

}  // namespace
}  // namespace lianxin::identity
