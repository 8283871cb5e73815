#include "receipt/certificate.hpp"

#include <gtest/gtest.h>

#include "base/public_number.hpp"
#include "receipt/receipt.hpp"

namespace lianxin::receipt {
namespace {

const SigningKey county_key = SigningKey::from_seed(derive_key({}, "test county"));

Conferral conferral() {
    return {"532326",
            PublicNumber::make(derive_key({}, "numbers"), 2024, 7).text(),
            "kind/",
            "聘书",
            "赵大山",
            "聘请您担任村民代表。",
            {"岗位: 枫林组代表", "培训日期: 2024年6月3日"},
            "青禾村支部书记",
            *Day::parse("2024-05-15"),
            sha256(as_bytes("conferring entry"))};
}
std::string signed_file(const Conferral& said) {
    SignedCertificate certificate;
    certificate.conferral = said;
    certificate.key = county_key.open;
    certificate.signature = sign(county_key, as_bytes(text_of(said)));
    return file_of(certificate);
}
std::string replaced(std::string text, const std::string& what, const std::string& by) {
    const std::size_t at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return text.replace(at, what.size(), by);
}

TEST(Certificates, AreCheckedOffline) {
    const auto read = verify_certificate(signed_file(conferral()), county_key.open);
    ASSERT_TRUE(read.has_value()) << name_of(read.error());
    EXPECT_EQ(read->conferral, conferral());
}

TEST(Certificates, MaySayNothingBesideWhoseTheyAre) {
    auto plain = conferral();
    plain.says.clear();
    EXPECT_TRUE(verify_certificate(signed_file(plain)).has_value());
}

TEST(Certificates, ThatWereAlteredAreFound) {
    const std::string file = signed_file(conferral());
    EXPECT_EQ(verify_certificate(replaced(file, "赵大山", "钱大山")).error(), ReceiptFlaw::signature_wrong);
    EXPECT_EQ(verify_certificate(replaced(file, "says: 岗位", "says: 职务")).error(),
              ReceiptFlaw::signature_wrong);
    EXPECT_EQ(verify_certificate(replaced(file, "on: 2024-05-15", "on: some day")).error(),
              ReceiptFlaw::not_a_receipt);
    EXPECT_EQ(verify_certificate(file, OpenKey{}).error(), ReceiptFlaw::other_key);
}

TEST(Certificates, AreNoReceipts) {
    EXPECT_TRUE(is_certificate(signed_file(conferral())));
    EXPECT_FALSE(verify_receipt(signed_file(conferral())).has_value());
    EXPECT_FALSE(is_certificate("lianxin receipt 1\n"));
}

TEST(Certificates, SayWordsOfSeveralLinesOnOne) {
    EXPECT_EQ(on_one_line("一\n二\t三"), "一；二 三");
}

}  // namespace
}  // namespace lianxin::receipt
