// receipt/certificate.hpp — a certificate as a signed file, like a receipt: for whom, what was conferred and
// in which words, by whom and on which day, and the entry of the record that conferred it. It says what was
// conferred; whether that still holds, the county's page of that number says.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "receipt/signed_file.hpp"

namespace lianxin::receipt {

struct Conferral {
    std::string county;
    std::string number;  // of the matter, with its check digit
    std::string kind;    // workflow/subkind
    std::string title;
    std::string person;
    std::string text;
    std::vector<std::string> says;  // "title: value", one a line
    std::string by;
    Day on;
    Digest entry{};  // hash of the conferring entry
    bool operator==(const Conferral&) const = default;
};
// The octets that are signed: lines "name: value", each ended by LF, after "lianxin certificate 1".
[[nodiscard]] std::string text_of(const Conferral& conferral);

struct SignedCertificate : Seal {
    Conferral conferral;
};
[[nodiscard]] std::string file_of(const SignedCertificate& certificate);
// Whether a file calls itself one: what it is worth is verified.
[[nodiscard]] bool is_certificate(std::string_view file);
// As verify_receipt.
[[nodiscard]] Result<SignedCertificate, ReceiptFlaw> verify_certificate(
    std::string_view file, const std::optional<OpenKey>& open_key = {});

// Words of several lines on one.
[[nodiscard]] std::string on_one_line(std::string_view words);

}  // namespace lianxin::receipt
