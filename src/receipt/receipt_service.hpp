// receipt/receipt_service.hpp — issuing receipts: at intake, and again with a proof once the county log holds
// the entry.
#pragma once

#include <optional>
#include <string>

#include "access/access.hpp"
#include "county/county.hpp"
#include "receipt/certificate.hpp"
#include "receipt/receipt.hpp"

namespace lianxin::receipt {

// What the page shows and the resident saves; the secret stands in the link's fragment only, which no server
// sees.
struct Handout {
    std::string statement;  // text_of
    std::string signature;  // base64url
    std::string key;        // base64url
    std::string link;
};

class ReceiptService {
 public:
    // `county`: what the county signs under. `address`: where residents reach it, "https://lianxin.example".
    ReceiptService(std::string county, std::string address);

    // For the answer to an intake; `secret` is the receipt's, told this once.
    [[nodiscard]] Handout hand_out(County& county, const Statement& statement,
                                   const std::string& secret) const;
    // The same from the record. Throws Fault when there is no such matter.
    [[nodiscard]] Handout hand_out_again(County& county, MatterId matter, const std::string& secret) const;
    // Where the resident finds the matter again, as the QR code of the receipt says it.
    [[nodiscard]] std::string link(const std::string& number, const std::string& secret) const;
    // The file, with the proof of inclusion when there is one by now.
    [[nodiscard]] std::optional<std::string> file(County& county, MatterId matter) const;
    // What was conferred, signed, with its proof as the receipt has it.
    [[nodiscard]] std::string file(County& county, const Conferral& conferral) const;
    // Where everybody reads whether it still holds.
    [[nodiscard]] std::string certificate_link(const std::string& number) const;
    [[nodiscard]] const std::string& county_name() const { return county_; }

 private:
    std::string county_;
    std::string address_;
};

}  // namespace lianxin::receipt
