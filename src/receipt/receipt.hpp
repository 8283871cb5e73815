// receipt/receipt.hpp — what the resident takes home: the county's signed word that this matter was taken in,
// when, and as which entry of the record. It is one small text file; anybody can check it offline against the
// county's open key, and with a proof of inclusion also against any signed head of the county log that
// somebody else kept.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "journal/county_log.hpp"

namespace lianxin::receipt {

using OpenKey = std::array<std::uint8_t, 32>;  // Ed25519

struct Statement {
    std::string county;
    std::string number;  // with its check digit
    std::string kind;    // workflow/subkind
    std::string channel;
    Instant received_at;
    Digest entry{};  // hash of the first entry
    bool operator==(const Statement&) const = default;
};
// The octets that are signed: six lines "name: value", each ended by LF, after "lianxin receipt 1". The
// values hold no line ends (require()d).
[[nodiscard]] std::string text_of(const Statement& statement);

// That the entry is a leaf of the log the county signed.
struct LogProof {
    journal::LogHead head;
    std::uint64_t index = 0;
    std::vector<Digest> path;
};

struct Receipt {
    Statement statement;
    OpenKey key{};
    Signature signature{};
    std::optional<LogProof> proof;
};
[[nodiscard]] Receipt signed_receipt(const Statement& statement, const OpenKey& key,
                                     const Signature& signature);
// The file `lianxin verify` reads.
[[nodiscard]] std::string file_of(const Receipt& receipt);

enum class ReceiptFlaw {
    not_a_receipt,        // not such a file, or a newer format
    number_wrong,         // the check digit does not fit
    other_key,            // signed with another key than the one asked for
    signature_wrong,      // somebody altered the statement
    log_signature_wrong,  // the head was not signed by this county
    not_in_log,           // the path does not lead from the entry to the head
};
[[nodiscard]] std::string_view name_of(ReceiptFlaw flaw);

[[nodiscard]] Result<Receipt, ReceiptFlaw> parse_receipt(std::string_view file);
// `open_key`: the county's, from elsewhere. Without it the file's own key is taken, and the answer only means
// that the file is whole, not who made it.
[[nodiscard]] Result<Receipt, ReceiptFlaw> verify_receipt(std::string_view file,
                                                          const std::optional<OpenKey>& open_key = {});
// base64url of the key, as receipts show it.
[[nodiscard]] std::optional<OpenKey> parse_open_key(std::string_view text);

// A QR code (error correction M) as SVG, `quiet zone` included, black on white; throws Bug when the text does
// not fit.
[[nodiscard]] std::string qr_svg(std::string_view text);

}  // namespace lianxin::receipt
