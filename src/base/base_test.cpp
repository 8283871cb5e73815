#include <gtest/gtest.h>

#include <random>
#include <set>
#include <thread>

#include "base/check_digit.hpp"
#include "base/crypto.hpp"
#include "base/id.hpp"
#include "base/permutation.hpp"
#include "base/public_number.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace lianxin {
namespace {

using Thing = Id<struct ThingNoun>;

TEST(Ids, NeverRepeatThoughTheClockStandsOrJumpsBack) {
    IdSource ids(3);
    std::set<std::int64_t> seen;
    std::int64_t last = 0;
    for (int i = 0; i < 200'000; ++i) {
        const std::int64_t now = 1'700'000'000'000 - (i % 7) * 1'000;
        const std::int64_t id = ids.next(now);
        ASSERT_GT(id, last);
        last = id;
        ASSERT_TRUE(seen.insert(id).second);
    }
}

TEST(Ids, DifferBetweenNodesInTheSameMillisecond) {
    EXPECT_NE(IdSource(1).next(1'700'000'000'000), IdSource(2).next(1'700'000'000'000));
    EXPECT_GT(IdSource(0).next(0), 0);
}

TEST(Ids, ComeUniqueFromManyThreads) {
    IdSource ids;
    std::vector<std::vector<std::int64_t>> made(4);
    std::vector<std::thread> threads;
    for (auto& mine : made) {
        threads.emplace_back([&] {
            for (int i = 0; i < 20'000; ++i) mine.push_back(ids.next(1'700'000'000'000));
        });
    }
    for (auto& thread : threads) thread.join();
    std::set<std::int64_t> all;
    for (const auto& mine : made) all.insert(mine.begin(), mine.end());
    EXPECT_EQ(all.size(), 80'000U);
}

TEST(Ids, AreReadFromDecimalDigitsAlone) {
    EXPECT_EQ(Thing::parse("9223372036854775807")->value(), INT64_MAX);
    for (const char* text : {"", "0", "01", "-1", "+1", " 1", "1 ", "1x", "9223372036854775808"})
        EXPECT_FALSE(Thing::parse(text)) << text;
}

TEST(Days, GoThereAndBackForFourHundredYears) {
    for (Day day = Day::of(1900, 1, 1); day < Day::of(2300, 1, 1); day = day + 1) {
        ASSERT_EQ(Day::parse(day.text()), day);
        ASSERT_EQ((day + 1).iso_weekday(), day.iso_weekday() % 7 + 1);
    }
    EXPECT_EQ(Day::of(2024, 2, 29).text(), "2024-02-29");
    EXPECT_EQ(Day::of(2024, 5, 6).iso_weekday(), 1U);
    for (const char* text :
         {"2023-02-29", "2024-13-01", "2024-00-01", "2024-1-01", "2024-01-01 ", "20240101", "２０24-01-01"}) {
        EXPECT_FALSE(Day::parse(text)) << text;
    }
}

TEST(Zones, CutTheDayAtTheCountysMidnight) {
    const Zone zone;
    EXPECT_EQ(zone.day_of(parse_instant("2024-05-05T16:00:00Z").value()).text(), "2024-05-06");
    EXPECT_EQ(zone.day_of(parse_instant("2024-05-05T15:59:59.999999Z").value()).text(), "2024-05-05");
    EXPECT_EQ(zone.day_of(Instant{-8 * micros_per_hour}).text(), "1970-01-01");
    EXPECT_EQ(zone.day_of(Instant{-8 * micros_per_hour - 1}).text(), "1969-12-31");
    EXPECT_EQ(zone.end_of(Day::of(2024, 5, 6)), zone.start_of(Day::of(2024, 5, 7)));
}

TEST(Instants, AreReadAndWrittenAsRfc3339) {
    const Zone zone;
    for (const char* text :
         {"2024-05-06T09:30:00+08:00", "1969-12-31T23:59:59.000001+08:00", "2024-02-29T23:59:59.5+08:00"}) {
        const Instant instant = parse_instant(text).value();
        EXPECT_EQ(parse_instant(zone.text(instant)), instant) << text;
        EXPECT_EQ(parse_instant(utc_text(instant)), instant) << text;
    }
    EXPECT_EQ(zone.text(parse_local("2019-04-25 09:32:09", zone).value()), "2019-04-25T09:32:09+08:00");
    EXPECT_EQ(utc_text(parse_local("2019-04-25 09:32:09", zone).value()), "2019-04-25T01:32:09Z");
    for (const char* text : {"2024-05-06T09:30:00", "2024-05-06 09:30:00Z", "2024-05-06T24:00:00Z",
                             "2024-05-06T09:60:00Z", "2024-05-06T09:30:00.Z", "2024-05-06T09:30:00+0800",
                             "2024-05-06T09:30:00Zx", "2024-02-30T09:30:00Z"}) {
        EXPECT_FALSE(parse_instant(text)) << text;
    }
    EXPECT_FALSE(parse_local("2019-04-25 9:32:09", zone));
    EXPECT_FALSE(parse_local("2019-04-25 09:32:09x", zone));
}

TEST(CheckDigit, FollowsTheStandardsOwnExample) {
    EXPECT_EQ(check_digit("0794"), '5');  // ISO/IEC 7064:2003, MOD 11,10
    EXPECT_TRUE(has_valid_check_digit("07945"));
    EXPECT_FALSE(has_valid_check_digit("5"));
    EXPECT_FALSE(has_valid_check_digit("0794a"));
    EXPECT_THROW((void)check_digit("07a"), Bug);
}

TEST(CheckDigit, FindsEverySingleWrongDigit) {
    std::mt19937 random(5);
    for (int i = 0; i < 500; ++i) {
        std::string number = std::to_string(1'000'000'000U + random() % 1'000'000'000U);
        number += check_digit(number);
        for (std::size_t at = 0; at < number.size(); ++at) {
            for (char wrong = '0'; wrong <= '9'; ++wrong) {
                std::string other = number;
                other[at] = wrong;
                ASSERT_EQ(has_valid_check_digit(other), other == number) << number;
            }
        }
    }
}

TEST(Permutation, IsOneToOneAndItsOwnInverse) {
    const SecretKey key = derive_key({}, "test");
    std::set<std::uint32_t> seen;
    for (std::uint32_t serial = 0; serial < 20'000; ++serial) {
        const std::uint32_t shuffled = permuted(key, 24, serial);
        ASSERT_LT(shuffled, permutation_size);
        ASSERT_TRUE(seen.insert(shuffled).second);
        ASSERT_EQ(unpermuted(key, 24, shuffled), serial);
    }
    ASSERT_EQ(unpermuted(key, 24, permuted(key, 24, permutation_size - 1)), permutation_size - 1);
    EXPECT_NE(permuted(key, 24, 1), permuted(key, 25, 1));
}

TEST(PublicNumber, IsReadBackHoweverItIsSpaced) {
    const SecretKey key = derive_key({}, "numbers");
    const PublicNumber number = PublicNumber::make(key, 2024, 1'234);
    EXPECT_EQ(number.text().size(), 11U);
    EXPECT_TRUE(number.text().starts_with("24"));
    EXPECT_EQ(PublicNumber::parse(number.spaced()), number);
    EXPECT_EQ(number.serial(key), 1'234U);
    EXPECT_EQ(number.in_order(key), 2024'00'001'234);
    EXPECT_LT(PublicNumber::in_order(2024, 99'999'999), PublicNumber::in_order(2025, 0));
    EXPECT_FALSE(PublicNumber::parse(number.text().substr(1)));
    EXPECT_FALSE(PublicNumber::parse(number.text() + "0"));
    EXPECT_FALSE(PublicNumber::parse("a" + number.text().substr(1)));
    EXPECT_FALSE(PublicNumber::parse("\xFF" + number.text()));
    EXPECT_FALSE(PublicNumber::parse(std::string(300, ' ') + number.text()));
}

TEST(PublicNumber, IsReadAsItIsPastedFromAPhoneOrAnInputMethod) {
    const PublicNumber number = PublicNumber::make(derive_key({}, "numbers"), 2024, 1'234);
    const std::string& digits = number.text();
    EXPECT_EQ(PublicNumber::parse("　２４" + digits.substr(2) + "\u00A0\n"), number);
    EXPECT_EQ(PublicNumber::parse(digits.substr(0, 4) + "－" + digits.substr(4)), number);
    EXPECT_EQ(PublicNumber::parse(digits.substr(0, 4) + "—" + digits.substr(4, 3) + "–" + digits.substr(7)),
              number);
}

TEST(PublicNumber, AnySingleWrongDigitIsSeen) {
    const PublicNumber number = PublicNumber::make(derive_key({}, "numbers"), 2024, 1'234);
    for (std::size_t at = 0; at < number.text().size(); ++at) {
        for (char digit = '0'; digit <= '9'; ++digit) {
            std::string typed = number.text();
            typed[at] = digit;
            EXPECT_EQ(PublicNumber::parse(typed).has_value(), typed == number.text()) << typed;
        }
    }
}

TEST(Crypto, AnswersTheStandardsKnownTexts) {
    start_crypto();
    EXPECT_EQ(hex(sha256(as_bytes("abc"))),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sha256({as_bytes("a"), as_bytes(""), as_bytes("bc")}), sha256(as_bytes("abc")));
    SecretKey seed{};  // RFC 8032, 7.1, test 1
    const Bytes seed_bytes =
        parse_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60").value();
    std::copy(seed_bytes.begin(), seed_bytes.end(), seed.begin());
    const SigningKey key = SigningKey::from_seed(seed);
    EXPECT_EQ(hex(key.open), "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    const Signature signature = sign(key, {});
    EXPECT_EQ(hex(signature).substr(0, 32), "e5564300c360ac729086e2cc806e828a");
    EXPECT_TRUE(verify(key.open, {}, signature));
    EXPECT_FALSE(verify(key.open, as_bytes("x"), signature));
    EXPECT_FALSE(verify(BytesView(key.open).first(31), {}, signature));
}

TEST(Sealing, OpensOnlyWithKeyAndContextAndWhole) {
    const SecretKey key = random_key();
    const Bytes sealed = seal(key, as_bytes("連心"), "party.name");
    EXPECT_EQ(as_text(unseal(key, sealed, "party.name").value()), "連心");
    EXPECT_NE(seal(key, as_bytes("連心"), "party.name"), sealed);
    EXPECT_FALSE(unseal(key, sealed, "party.phone"));
    EXPECT_FALSE(unseal(random_key(), sealed, "party.name"));
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        Bytes altered = sealed;
        altered[i] ^= 1U;
        ASSERT_FALSE(unseal(key, altered, "party.name"));
        ASSERT_FALSE(unseal(key, BytesView(sealed).first(i), "party.name"));
    }
    EXPECT_EQ(unseal(key, seal(key, {}, ""), ""), Bytes{});
}

TEST(Passwords, MatchOnlyThemselves) {
    const PasswordCost cheap{1, std::size_t{8} << 10U};
    const std::string hash = hash_password("correct horse", cheap);
    EXPECT_TRUE(password_matches(hash, "correct horse"));
    EXPECT_FALSE(password_matches(hash, "correct horsf"));
    EXPECT_FALSE(password_matches("nonsense", "correct horse"));
    EXPECT_FALSE(password_matches(std::string(500, '$'), "correct horse"));
}

TEST(Texts, OfBytesGoThereAndBack) {
    std::mt19937 random(3);
    for (std::size_t size = 0; size < 70; ++size) {
        Bytes bytes(size);
        for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
        ASSERT_EQ(parse_hex(hex(bytes)), bytes);
        ASSERT_EQ(parse_base64url(base64url(bytes)), bytes);
    }
    EXPECT_EQ(base64url(as_bytes("foob")), "Zm9vYg");  // RFC 4648, 10
    for (const char* text : {"A", "Zm9vYh", "Zm9v=", "Zm 9"}) EXPECT_FALSE(parse_base64url(text)) << text;
    for (const char* text : {"0", "0g", "0x"}) EXPECT_FALSE(parse_hex(text)) << text;
}

}  // namespace
}  // namespace lianxin
