// receipt/receipt.hpp — what the resident takes home: the county's signed word that this matter was taken in,
// when, and as which entry of the record. It is one small text file; anybody can check it offline against the
// county's open key, and with a proof of inclusion also against any signed head of the county log that
// somebody else kept.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"
#include "receipt/signed_file.hpp"

namespace lianxin::receipt {

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

struct Receipt : Seal {
    Statement statement;
};
[[nodiscard]] Receipt signed_receipt(const Statement& statement, const OpenKey& key,
                                     const Signature& signature);
// The file `lianxin verify` reads.
[[nodiscard]] std::string file_of(const Receipt& receipt);

[[nodiscard]] Result<Receipt, ReceiptFlaw> parse_receipt(std::string_view file);
// `open_key`: the county's, from elsewhere. Without it the file's own key is taken, and the answer only means
// that the file is whole, not who made it.
[[nodiscard]] Result<Receipt, ReceiptFlaw> verify_receipt(std::string_view file,
                                                          const std::optional<OpenKey>& open_key = {});
// A QR code (error correction M) as SVG, `quiet zone` included, black on white; throws Bug when the text does
// not fit.
[[nodiscard]] std::string qr_svg(std::string_view text);

}  // namespace lianxin::receipt
