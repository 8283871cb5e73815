// identity/one_time_code_service.hpp — six digits sent to a contact prove, for ten minutes and five tries,
// that who asks can read what is sent there. Stored hashed with the subject; a new code ends the one before.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "access/access.hpp"
#include "county/county.hpp"
#include "store/outbox.hpp"
#include "store/transaction.hpp"

namespace lianxin::identity {

// Where the code goes: an outbox message whose payload is written by `seal` once the code is known.
struct CodeDestination {
    std::string channel;          // "email", "sms"
    std::int64_t sealed_for = 0;  // whose key seals it
    Bytes recipient;              // sealed address
    std::string template_name = "one_time_code";
    std::string language = "zh-Hans";
};
enum class CodeOutcome { proved, wrong_code, no_code, code_expired, no_tries_left };
[[nodiscard]] std::string_view code_of(CodeOutcome outcome);

// Makes a code and puts it into the outbox; `seal` turns the payload's JSON text into sealed octets. Nothing
// is sent when the last one is too young: a minute, longer where nobody proves them. Random digits are drawn
// before the transaction (see new_code).
[[nodiscard]] std::string new_code();
bool send_code(store::Transaction& tx, County& county, const Subject& subject, const std::string& code,
               const CodeDestination& to, const Bytes& sealed_payload, Instant now);
// Counts the try. Call in a write whose closure does not refuse, or the count is rolled back.
[[nodiscard]] CodeOutcome prove_code(store::Transaction& tx, County& county, const Subject& subject,
                                     std::string_view code, Instant now);

}  // namespace lianxin::identity
