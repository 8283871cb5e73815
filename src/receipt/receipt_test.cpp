#include "receipt/receipt.hpp"

#include <gtest/gtest.h>

#include "base/public_number.hpp"
#include "journal/merkle.hpp"

namespace lianxin::receipt {
namespace {

const SigningKey county_key = SigningKey::from_seed(derive_key({}, "test county"));

Statement statement() {
    return {"532326",
            PublicNumber::make(derive_key({}, "numbers"), 2024, 7).text(),
            "kind/subkind",
            "portal",
            parse_instant("2024-05-06T09:30:00.123456+08:00").value(),
            sha256(as_bytes("first entry"))};
}
Receipt receipt_of(const Statement& stated) {
    return signed_receipt(stated, county_key.open, sign(county_key, as_bytes(text_of(stated))));
}
Receipt proven() {
    Receipt receipt = receipt_of(statement());
    std::vector<Digest> leaves;
    for (int i = 0; i < 11; ++i) leaves.push_back(journal::leaf_hash(as_bytes(std::to_string(i))));
    leaves[4] = receipt.statement.entry;
    const journal::NodeLookup node = [&](unsigned level, std::uint64_t index) {
        return journal::tree_root(std::span(leaves).subspan(index << level, std::size_t{1} << level));
    };
    LogProof proof{
        {"532326", 11, journal::tree_root(leaves), parse_instant("2024-05-06T02:00:00Z").value(), {}},
        4,
        journal::inclusion_proof(4, 11, node)};
    proof.head.signature = sign(county_key, as_bytes(journal::statement(proof.head)));
    receipt.proof = proof;
    return receipt;
}
ReceiptFlaw flaw_of(const std::string& file, const std::optional<OpenKey>& key = county_key.open) {
    return verify_receipt(file, key).error();
}
std::string replaced(std::string text, const std::string& what, const std::string& by) {
    const std::size_t at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return text.replace(at, what.size(), by);
}

TEST(Receipts, AreCheckedOffline) {
    const std::string file = file_of(receipt_of(statement()));
    ASSERT_TRUE(verify_receipt(file, county_key.open));
    EXPECT_TRUE(verify_receipt(file));
    EXPECT_EQ(verify_receipt(file)->statement, statement());
    EXPECT_FALSE(verify_receipt(file)->proof);
}

TEST(Receipts, SignTheseOctets) {
    Statement stated = statement();
    stated.entry = {};
    EXPECT_EQ(text_of(stated),
              "lianxin receipt 1\ncounty: 532326\nnumber: " + stated.number +
                  "\nkind: kind/subkind\nchannel: portal\nreceived_at: 2024-05-06T01:30:00.123456Z\nentry: " +
                  std::string(64, '0') + "\n");
    stated.channel = "portal\nreceived_at: 2020-01-01T00:00:00Z";
    EXPECT_THROW((void)text_of(stated), Bug);
}

TEST(Receipts, ShowWhereSomebodyWasAtThem) {
    const std::string file = file_of(receipt_of(statement()));
    EXPECT_EQ(flaw_of(replaced(file, "portal", "window")), ReceiptFlaw::signature_wrong);
    EXPECT_EQ(flaw_of(replaced(file, "01:30:00.123456", "01:30:00.123457")), ReceiptFlaw::signature_wrong);
    EXPECT_EQ(flaw_of(replaced(file, statement().number, "24000000000")), ReceiptFlaw::number_wrong);
    EXPECT_EQ(flaw_of(replaced(file, "receipt 1", "receipt 2")), ReceiptFlaw::not_a_receipt);
    EXPECT_EQ(flaw_of(file + "x"), ReceiptFlaw::not_a_receipt);
    EXPECT_EQ(flaw_of(""), ReceiptFlaw::not_a_receipt);
    EXPECT_EQ(flaw_of(file, SigningKey::from_seed(derive_key({}, "another")).open), ReceiptFlaw::other_key);
}

TEST(Receipts, FailOnEveryAlteredOctet) {
    const std::string file = file_of(proven());
    ASSERT_TRUE(verify_receipt(file, county_key.open));
    for (std::size_t i = 0; i < file.size(); ++i) {
        std::string wrong = file;
        wrong[i] = static_cast<char>(wrong[i] ^ 0x04);
        ASSERT_FALSE(verify_receipt(wrong, county_key.open)) << "octet " << i << " of\n" << file;
    }
    for (std::size_t size = 0; size < file.size(); ++size) {
        const auto cut = verify_receipt(file.substr(0, size), county_key.open);
        // Cut right behind its signature it is a whole receipt without a proof.
        ASSERT_TRUE(!cut || !cut->proof) << size;
    }
}

TEST(Receipts, ProveThatTheirEntryIsInTheLog) {
    EXPECT_EQ(verify_receipt(file_of(proven()), county_key.open)->proof->index, 4U);
    Receipt elsewhere = proven();
    elsewhere.proof->index = 5;
    EXPECT_EQ(flaw_of(file_of(elsewhere)), ReceiptFlaw::not_in_log);
    Receipt forged = proven();
    forged.proof->head.size = 12;
    EXPECT_EQ(flaw_of(file_of(forged)), ReceiptFlaw::log_signature_wrong);
}

TEST(Receipts, SurviveAMailProgram) {
    std::string file = "\xEF\xBB\xBF";
    for (const char c : file_of(proven())) file += c == '\n' ? std::string("\r\n") : std::string(1, c);
    EXPECT_TRUE(verify_receipt(file, county_key.open));
}

TEST(OpenKeys, AreReadAsReceiptsShowThem) {
    EXPECT_EQ(parse_open_key(base64url(county_key.open) + "\n"), county_key.open);
    EXPECT_FALSE(parse_open_key("AAAA"));
}

TEST(QrCodes, AreOnePathOnWhite) {
    const std::string svg = qr_svg("https://lianxin.example/t/24123456789#secret");
    EXPECT_TRUE(
        svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 41 41\""));  // version 4
    EXPECT_NE(svg.find("M4 4h7v1h-7z"), std::string::npos) << "the finder's first row";
    EXPECT_EQ(svg.find('<', svg.find("<path fill=\"#000\"") + 1), svg.find("</svg>"));
    EXPECT_THROW((void)qr_svg(std::string(5'000, 'x')), Bug);
}

}  // namespace
}  // namespace lianxin::receipt
