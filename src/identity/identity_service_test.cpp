#include "identity/identity_service.hpp"

#include "identity/identity_fixture_test.hpp"
#include "identity/identity_store.hpp"
#include "identity/one_time_code_service.hpp"
#include "identity/totp.hpp"

namespace lianxin::identity {
namespace {

class Identity : public SmallCounty {};
LIANXIN_ON_BOTH_ENGINES(Identity);

TEST_P(Identity, the_right_password_opens_a_session_with_todays_posts) {
    make_account();
    const auto in = sign_in(password);
    ASSERT_TRUE(in);
    EXPECT_EQ(in->name, "村长");
    ASSERT_EQ(in->posts.size(), 1U);
    EXPECT_EQ(in->posts.front().rights, (std::vector<std::string>{"lead", "read_place"}));
    const auto session = identity.session(county, in->token);
    ASSERT_TRUE(session);
    EXPECT_EQ(session->csrf, in->csrf);
    EXPECT_EQ(session->posts, in->posts);
    EXPECT_FALSE(identity.session(county, in->token + "x"));
    EXPECT_FALSE(identity.session(county, ""));
}

TEST_P(Identity, a_post_that_ends_is_gone_the_day_it_ends) {
    make_account();
    clock.set(*parse_instant("2024-05-31T23:00:00+08:00"));
    const auto in = sign_in(password);
    EXPECT_EQ(in->posts.size(), 1U);
    clock.advance(std::chrono::hours(2));
    EXPECT_TRUE(identity.session(county, in->token)->posts.empty());
}

TEST_P(Identity, a_change_of_offices_is_seen_at_the_next_request) {
    make_account();
    const auto in = sign_in(password);
    database().write([&](store::Transaction& tx) {
        party::end_holding(tx, HoldingId(200), Day::of(2024, 5, 6));
        party::bump_staffing_version(tx);
    });
    EXPECT_TRUE(identity.session(county, in->token)->posts.empty());
}

TEST_P(Identity, wrong_password_and_no_such_login_are_one_answer) {
    make_account();
    EXPECT_EQ(sign_in("something else").error().code, IdentityRefusal::wrong_login_or_password);
    for (const char* login : {"nobody.here", "", "x' or 1=1 --", "漢"})
        EXPECT_EQ(identity.sign_in(county, {login, password, "", "10.0.0.1"}).error().code,
                  IdentityRefusal::wrong_login_or_password);
}

TEST_P(Identity, failures_make_the_account_wait_longer_and_longer_and_success_forgets_them) {
    make_account();
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(sign_in("wrong").error().code, IdentityRefusal::wrong_login_or_password);
    const auto waits = sign_in(password);
    ASSERT_FALSE(waits);
    EXPECT_EQ(waits.error().code, IdentityRefusal::too_many_attempts);
    EXPECT_EQ(waits.error().wait, std::chrono::seconds(5));
    clock.advance(std::chrono::seconds(5));
    EXPECT_EQ(sign_in("wrong").error().code, IdentityRefusal::wrong_login_or_password);
    EXPECT_EQ(sign_in(password).error().wait, std::chrono::seconds(10));
    clock.advance(std::chrono::seconds(10));
    EXPECT_TRUE(sign_in(password));
    EXPECT_EQ(sign_in("wrong").error().code, IdentityRefusal::wrong_login_or_password);
    EXPECT_TRUE(sign_in(password));
}

TEST_P(Identity, an_address_that_tries_many_logins_has_to_wait_and_others_do_not) {
    make_account();
    for (int i = 0; i < 30; ++i)
        (void)identity.sign_in(county, {"login" + std::to_string(i), "wrong", "", "10.0.0.9"});
    EXPECT_EQ(sign_in(password, "", "10.0.0.9").error().code, IdentityRefusal::too_many_attempts);
    EXPECT_TRUE(sign_in(password, "", "10.0.0.1"));
}

TEST_P(Identity, neither_password_nor_token_nor_login_of_a_failure_is_stored) {
    make_account();
    (void)identity.sign_in(county, {"secret-login", "wrong", "", "10.99.0.1"});
    const auto in = sign_in(password);
    database().read([&](store::Transaction& tx) {
        const auto stored = load_account(tx, in->account);
        EXPECT_EQ(stored->password.find(password), std::string::npos);
        EXPECT_TRUE(stored->password.starts_with("$argon2id$"));
        const auto hash = tx.value<Bytes>("select token_hash from session");
        EXPECT_EQ(as_text(*hash).find(in->token), std::string::npos);
    });
}

TEST_P(Identity, a_session_ends_after_twelve_idle_hours_and_lives_a_week_at_most) {
    make_account();
    const auto in = sign_in(password);
    clock.advance(std::chrono::hours(11));
    EXPECT_TRUE(identity.session(county, in->token));
    clock.advance(std::chrono::hours(12));
    EXPECT_TRUE(identity.session(county, in->token)) << "it was used in between";
    clock.advance(std::chrono::hours(13));
    EXPECT_FALSE(identity.session(county, in->token));
    const auto busy = sign_in(password);
    for (int i = 0; i < 17; ++i) {
        EXPECT_TRUE(identity.session(county, busy->token)) << i;
        clock.advance(std::chrono::hours(10));
    }
    EXPECT_FALSE(identity.session(county, busy->token));
}

TEST_P(Identity, sessions_are_listed_and_revoked) {
    const AccountId account = make_account();
    const auto first = sign_in(password), second = sign_in(password), third = sign_in(password);
    const auto list = identity.sessions(county, account, second->token);
    ASSERT_EQ(list.size(), 3U);
    EXPECT_TRUE(list.at(1).present);
    identity.revoke(county, account, list.at(0).id, second->token);
    EXPECT_FALSE(identity.session(county, first->token));
    identity.revoke(county, AccountId(999), list.at(2).id, second->token);
    EXPECT_TRUE(identity.session(county, third->token))
        << "somebody else's sessions are not one's own to end";
    identity.revoke(county, account, 0, second->token);
    EXPECT_FALSE(identity.session(county, third->token));
    EXPECT_TRUE(identity.session(county, second->token));
    identity.sign_out(county, second->token);
    EXPECT_FALSE(identity.session(county, second->token));
}

TEST_P(Identity, a_new_password_ends_every_other_session) {
    const AccountId account = make_account();
    const auto here = sign_in(password), elsewhere = sign_in(password);
    const std::string fresh = "ling yi ge hen chang de";
    EXPECT_EQ(identity.change_password(county, account, "wrong", fresh, here->token).error().code,
              IdentityRefusal::wrong_login_or_password);
    EXPECT_EQ(identity.change_password(county, account, password, "short", here->token).error().code,
              IdentityRefusal::password_too_short);
    ASSERT_TRUE(identity.change_password(county, account, password, fresh, here->token));
    EXPECT_TRUE(identity.session(county, here->token));
    EXPECT_FALSE(identity.session(county, elsewhere->token));
    EXPECT_FALSE(sign_in(password));
    EXPECT_TRUE(sign_in(fresh));
}

TEST_P(Identity, the_second_factor_is_asked_for_once_confirmed_and_a_code_serves_once) {
    const AccountId account = make_account();
    EXPECT_EQ(identity.confirm_second_factor(county, account, "123456").error().code,
              IdentityRefusal::second_factor_not_begun);
    const auto made = identity.begin_second_factor(county, account, "Lianxin");
    ASSERT_TRUE(made);
    EXPECT_TRUE(sign_in(password)) << "not asked for before it is confirmed";
    Bytes secret;
    database().read([&](store::Transaction& tx) {
        secret = *unseal(keys.purpose_key("identity.totp"), *load_account(tx, account)->totp,
                         "account.totp " + account.text());
    });
    EXPECT_EQ(base32(secret), made->secret);
    const auto code = [&] { return totp_code(secret, totp_step(clock.now())); };
    EXPECT_EQ(identity.confirm_second_factor(county, account, "abcdef").error().code,
              IdentityRefusal::wrong_second_factor);
    ASSERT_TRUE(identity.confirm_second_factor(county, account, code()));
    EXPECT_EQ(sign_in(password).error().code, IdentityRefusal::second_factor_required);
    EXPECT_EQ(sign_in(password, code()).error().code, IdentityRefusal::wrong_second_factor)
        << "used to confirm";
    clock.advance(std::chrono::seconds(30));
    EXPECT_TRUE(sign_in(password, code()));
    EXPECT_FALSE(sign_in(password, code()));
    EXPECT_EQ(identity.begin_second_factor(county, account, "x").error().code,
              IdentityRefusal::second_factor_already_on);
    ASSERT_TRUE(identity.remove_second_factor(county, account, password));
    EXPECT_TRUE(sign_in(password));
}

TEST_P(Identity, accounts_are_made_by_who_administers_above_their_place) {
    access::ActingPerson who;
    who.kind = access::ActingPerson::Kind::staff;
    who.posts = {{PostId(1), "admin", PlaceId(77), {}, {"administer"}}};
    const auto make = [&] {
        return identity.create_account(county, who, "xin.lai", other_party, password, true);
    };
    EXPECT_EQ(make().error().code, IdentityRefusal::not_allowed);
    who.posts.front().place = root;
    ASSERT_TRUE(make());
    EXPECT_EQ(make().error().code, IdentityRefusal::login_taken);
    EXPECT_TRUE(identity.sign_in(county, {"XIN.LAI", password, "", "a"})->password_must_change);
    EXPECT_EQ(identity.create_account(county, who, "a b", other_party, password, true).error().code,
              IdentityRefusal::login_malformed);
    ASSERT_TRUE(identity.disable(county, who, "xin.lai"));
    EXPECT_EQ(identity.sign_in(county, {"xin.lai", password, "", "a"}).error().code,
              IdentityRefusal::wrong_login_or_password);
}

TEST_P(Identity, resetting_or_disabling_ends_all_sessions) {
    make_account();
    const auto engine = access::ActingPerson::engine();
    const auto before = sign_in(password);
    const std::string fresh = "yi ge xin de mima!";
    ASSERT_TRUE(identity.reset_password(county, engine, "cun.zhang", fresh));
    EXPECT_FALSE(identity.session(county, before->token));
    const auto after = sign_in(fresh);
    EXPECT_TRUE(after->password_must_change);
    ASSERT_TRUE(identity.disable(county, engine, "cun.zhang"));
    EXPECT_FALSE(identity.session(county, after->token));
}

class OneTimeCodes : public SmallCounty {
 protected:
    bool send(const std::string& code, const Subject& subject) {
        return database().write([&](store::Transaction& tx) {
            return send_code(tx, county, subject, code, {.channel = "email", .recipient = {1, 2}}, {3},
                             clock.now());
        });
    }
    CodeOutcome prove(const std::string& code, const Subject& subject) {
        return database().write(
            [&](store::Transaction& tx) { return prove_code(tx, county, subject, code, clock.now()); });
    }
    const Subject one{"matter", 1}, other{"matter", 2};
};
LIANXIN_ON_BOTH_ENGINES(OneTimeCodes);

TEST_P(OneTimeCodes, prove_once_and_only_their_subject) {
    EXPECT_EQ(prove("123456", one), CodeOutcome::no_code);
    EXPECT_TRUE(send("123456", one));
    EXPECT_TRUE(send("654321", other));
    EXPECT_EQ(prove("123456", other), CodeOutcome::wrong_code);
    EXPECT_EQ(prove("123456", one), CodeOutcome::proved);
    EXPECT_EQ(prove("123456", one), CodeOutcome::no_code);
    EXPECT_EQ(database().read([](store::Transaction& tx) { return store::count_messages(tx).waiting; }), 2);
}

TEST_P(OneTimeCodes, end_after_five_tries_even_for_the_right_one) {
    EXPECT_TRUE(send("123456", one));
    for (int i = 0; i < 4; ++i) EXPECT_EQ(prove("000000", one), CodeOutcome::wrong_code);
    EXPECT_EQ(prove("000000", one), CodeOutcome::no_tries_left);
    EXPECT_EQ(prove("123456", one), CodeOutcome::no_tries_left);
}

TEST_P(OneTimeCodes, end_after_ten_minutes_and_are_sent_once_a_minute) {
    EXPECT_TRUE(send("123456", one));
    EXPECT_FALSE(send("222222", one));
    clock.advance(std::chrono::minutes(10) + std::chrono::microseconds(1));
    EXPECT_EQ(prove("123456", one), CodeOutcome::code_expired);
    EXPECT_TRUE(send("333333", one));
    EXPECT_EQ(prove("333333", one), CodeOutcome::proved);
}

TEST_P(OneTimeCodes, that_nobody_proves_are_sent_less_and_less_often) {
    int sent = 0;
    for (int minute = 0; minute < 180; ++minute) {
        if (send("123456", one)) ++sent;
        clock.advance(std::chrono::minutes(1));
    }
    EXPECT_EQ(sent, 10);
    clock.advance(std::chrono::hours(1));
    EXPECT_TRUE(send("777777", one));
    EXPECT_EQ(prove("777777", one), CodeOutcome::proved);
    EXPECT_TRUE(send("888888", one)) << "a proof begins anew";
}

TEST_P(OneTimeCodes, are_six_digits) {
    for (int i = 0; i < 1000; ++i) {
        const std::string code = new_code();
        EXPECT_EQ(code.size(), 6U);
        EXPECT_EQ(code.find_first_not_of("0123456789"), std::string::npos);
    }
}

}  // namespace
}  // namespace lianxin::identity
