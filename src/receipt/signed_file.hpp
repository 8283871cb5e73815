// receipt/signed_file.hpp — what the small text files have in common that people take home: lines
// "name: value" under a title, the county's signature over them, and once the county log holds the entry they
// speak of, the proof of it. Each is checked offline against the county's open key.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto.hpp"
#include "base/time.hpp"
#include "journal/county_log.hpp"

namespace lianxin::receipt {

using OpenKey = std::array<std::uint8_t, 32>;  // Ed25519

// That the entry is a leaf of the log the county signed.
struct LogProof {
    journal::LogHead head;
    std::uint64_t index = 0;
    std::vector<Digest> path;
};

// What stands beneath the statement.
struct Seal {
    OpenKey key{};
    Signature signature{};
    std::optional<LogProof> proof;
};

enum class ReceiptFlaw {
    not_a_receipt,        // not such a file, or a newer format
    number_wrong,         // the check digit does not fit
    other_key,            // signed with another key than the one asked for
    signature_wrong,      // somebody altered the statement
    log_signature_wrong,  // the head was not signed by this county
    not_in_log,           // the path does not lead from the entry to the head
};
[[nodiscard]] std::string_view name_of(ReceiptFlaw flaw);

// Reads "name: value" lines one after the other; the first that is not there spoils all that follow.
class Lines {
 public:
    explicit Lines(std::string_view text);

    bool title(std::string_view expected) { return next() == expected; }
    std::string_view value(std::string_view name);
    // Whether the next line is of that name.
    [[nodiscard]] bool comes(std::string_view name) const;
    [[nodiscard]] bool at_end() const { return rest_.empty(); }
    [[nodiscard]] bool broken() const { return broken_; }

 private:
    std::string_view next();
    std::string_view rest_;
    bool broken_ = false;
};

// Values hold no line ends (require()d).
[[nodiscard]] std::string line(std::string_view name, std::string_view value);
[[nodiscard]] std::string seal_text(const Seal& seal, std::string_view county);

[[nodiscard]] bool read_digest(std::string_view text, Digest& into);
[[nodiscard]] bool read_instant(std::string_view text, Instant& into);
// To the end of the file.
[[nodiscard]] bool read_seal(Lines& lines, const std::string& county, Seal& seal);

// What the statement says of itself, as far as a seal holds for it.
struct Sealed {
    std::string text;  // the octets that are signed
    std::string number;
    Digest entry{};
};
[[nodiscard]] std::optional<ReceiptFlaw> flaw_of(const Sealed& sealed, const Seal& seal,
                                                 const std::optional<OpenKey>& open_key);

// base64url of the key, as receipts show it.
[[nodiscard]] std::optional<OpenKey> parse_open_key(std::string_view text);

}  // namespace lianxin::receipt
