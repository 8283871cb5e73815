#include "receipt/receipt_service.hpp"

#include "receipt/receipt_store.hpp"

namespace lianxin::receipt {
namespace {

Receipt signed_by(County& county, const Statement& statement) {
    return signed_receipt(statement, county.keys.open_key(), county.keys.sign(as_bytes(text_of(statement))));
}

}  // namespace

ReceiptService::ReceiptService(std::string county, std::string address)
    : county_(std::move(county)), address_(std::move(address)) {
    while (address_.ends_with('/')) address_.pop_back();
}

std::string ReceiptService::link(const std::string& number, const std::string& secret) const {
    return address_ + "/t/" + number + "#" + secret;
}

Handout ReceiptService::hand_out(County& county, const Statement& statement,
                                 const std::string& secret) const {
    const Receipt receipt = signed_by(county, statement);
    return {text_of(statement), base64url(receipt.signature), base64url(receipt.key),
            link(statement.number, secret)};
}

Handout ReceiptService::hand_out_again(County& county, MatterId matter, const std::string& secret) const {
    const auto statement =
        county.database.read([&](store::Transaction& tx) { return load_statement(tx, matter, county_); });
    if (!statement) throw Fault("a receipt was asked for a matter that is not there");
    return hand_out(county, *statement, secret);
}

std::string ReceiptService::file(County& county, const Conferral& conferral) const {
    SignedCertificate certificate;
    certificate.conferral = conferral;
    certificate.key = county.keys.open_key();
    certificate.signature = county.keys.sign(as_bytes(text_of(conferral)));
    auto proof =
        county.database.read([&](store::Transaction& tx) { return load_proof(tx, conferral.entry); });
    if (proof && proof->head.county == county_) certificate.proof = std::move(proof);
    return file_of(certificate);
}

std::string ReceiptService::certificate_link(const std::string& number) const {
    return address_ + "/certificate/" + number;
}

std::optional<std::string> ReceiptService::file(County& county, MatterId matter) const {
    std::optional<Statement> statement;
    std::optional<LogProof> proof;
    county.database.read([&](store::Transaction& tx) {
        statement = load_statement(tx, matter, county_);
        if (statement) proof = load_proof(tx, statement->entry);
    });
    if (!statement) return {};
    Receipt receipt = signed_by(county, *statement);
    // A head signed under a former name of the county proves nothing to whoever reads this file.
    if (proof && proof->head.county == county_) receipt.proof = std::move(proof);
    return file_of(receipt);
}

}  // namespace lianxin::receipt
