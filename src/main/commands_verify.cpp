#include <iostream>

#include "main/commands.hpp"
#include "main/read_file.hpp"
#include "receipt/receipt.hpp"

namespace lianxin {

namespace {

const char* sentence(receipt::ReceiptFlaw flaw) {
    switch (flaw) {
        case receipt::ReceiptFlaw::not_a_receipt:
            return "this is not a receipt of Lianxin, or one of a newer format.";
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
    const auto receipt = receipt::verify_receipt(text, key);
    if (!receipt) {
        std::cerr << "lianxin: " << options.file.string() << ": " << sentence(receipt.error()) << '\n';
        return receipt.error() == receipt::ReceiptFlaw::not_a_receipt ? ExitCode::bad_input
                                                                      : ExitCode::refused;
    }
    const auto& statement = receipt->statement;
    std::cout << "The receipt is whole: " << statement.county << " took in " << statement.number << " on "
              << Zone{}.text(statement.received_at) << ".\n"
              << (receipt->proof
                      ? "It is entry " + std::to_string(receipt->proof->index + 1) + " of the county's log.\n"
                      : "It carries no proof of the county's log yet.\n")
              << "Signed with the key " << base64url(receipt->key) << ".\n";
    if (!key) std::cout << "Compare that key with the one the county publishes, or give it with --key.\n";
    return ExitCode::done;
}

}  // namespace lianxin
