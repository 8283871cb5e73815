#include <iostream>

#include "main/commands.hpp"
#include "main/read_file.hpp"
#include "receipt/certificate.hpp"
#include "receipt/receipt.hpp"

namespace lianxin {

namespace {

const char* sentence(receipt::ReceiptFlaw flaw) {
    switch (flaw) {
        case receipt::ReceiptFlaw::not_a_receipt:
            return "this is not a receipt or certificate of Lianxin, or one of a newer format.";
        case receipt::ReceiptFlaw::number_wrong:
            return "the number's check digit does not fit; it was copied wrongly.";
        case receipt::ReceiptFlaw::other_key:
            return "it was signed with another key than the one given.";
        case receipt::ReceiptFlaw::signature_wrong:
            return "the signature does not fit the statement: somebody altered it.";
        case receipt::ReceiptFlaw::log_signature_wrong:
            return "the head of the log was not signed by this county.";
        case receipt::ReceiptFlaw::not_in_log:
            return "the proof does not lead from the entry to the signed head of the log.";
    }
    return "it cannot be checked.";
}

ExitCode refused(const VerifyOptions& options, receipt::ReceiptFlaw flaw) {
    std::cerr << "lianxin: " << options.file.string() << ": " << sentence(flaw) << '\n';
    return flaw == receipt::ReceiptFlaw::not_a_receipt ? ExitCode::bad_input : ExitCode::refused;
}

void say_seal(const receipt::Seal& seal, bool key_given) {
    std::cout << (seal.proof
                      ? "It is entry " + std::to_string(seal.proof->index + 1) + " of the county's log.\n"
                      : "It carries no proof of the county's log yet.\n")
              << "Signed with the key " << base64url(seal.key) << ".\n";
    if (!key_given)
        std::cout << "Compare that key with the one the county publishes, or give it with --key.\n";
}

ExitCode verify_as_certificate(const VerifyOptions& options, const std::string& text,
                               const std::optional<receipt::OpenKey>& key) {
    const auto certificate = receipt::verify_certificate(text, key);
    if (!certificate) return refused(options, certificate.error());
    const auto& said = certificate->conferral;
    std::cout << "The certificate is whole: " << said.title << ", number " << said.number << ", conferred on "
              << said.person << " by " << said.by << " on " << said.on.text() << " in " << said.county
              << ".\n"
              << said.text << '\n';
    for (const std::string& line : said.says) std::cout << line << '\n';
    say_seal(*certificate, key.has_value());
    std::cout << "Whether it still holds stands on the county's page of that number.\n";
    return ExitCode::done;
}

}  // namespace

ExitCode verify_file(const VerifyOptions& options) {
    const std::string text = read_file(options.file);
    std::optional<receipt::OpenKey> key;
    if (options.key) {
        key = receipt::parse_open_key(*options.key);
        if (!key) {
            std::cerr << "lianxin: --key is not an Ed25519 key in base64url (43 characters).\n";
            return ExitCode::usage;
        }
    }
    if (receipt::is_certificate(text)) return verify_as_certificate(options, text, key);
    const auto receipt = receipt::verify_receipt(text, key);
    if (!receipt) return refused(options, receipt.error());
    const auto& statement = receipt->statement;
    std::cout << "The receipt is whole: " << statement.county << " took in " << statement.number << " on "
              << Zone{}.text(statement.received_at) << ".\n";
    say_seal(*receipt, key.has_value());
    return ExitCode::done;
}

}  // namespace lianxin
