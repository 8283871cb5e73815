// reach/sender.hpp — the last step out of the house: one rendered letter to one address over one channel.
// A sender says what became of it: accepted, worth trying again, or refused for good. Notes never carry
// address or text.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace lianxin::reach {

struct Letter {
    std::string reference;  // stable for every try of the same message: Message-ID, idempotency key
    std::string address;    // e-mail address, phone number, or URL
    std::string subject;    // UTF-8; unused by channels without one
    std::string text;       // UTF-8
    Instant written;        // the Date header
};

enum class Verdict { accepted, try_later, refused };
struct Delivery {
    Verdict verdict = Verdict::accepted;
    std::string note;  // for the operator's log: a code and its meaning
};

class Sender {
 public:
    virtual ~Sender() = default;
    // Blocks up to the sender's timeout; callable from several threads at once.
    [[nodiscard]] virtual Delivery send(const Letter& letter) = 0;
};

enum class MailSecurity { none, starttls, tls };
struct SmtpOptions {
    std::string host = "127.0.0.1";
    int port = 25;
    MailSecurity security = MailSecurity::starttls;
    std::string user;  // empty: no authentication
    std::string password;
    std::string from_address;
    std::string from_name;
    std::string message_id_domain;  // <reference@domain>
    std::string ca_file;            // empty: the machine's
    std::chrono::milliseconds timeout = std::chrono::seconds(20);
};
[[nodiscard]] std::unique_ptr<Sender> smtp_sender(SmtpOptions options);

// A gateway reached by one POST. Body and header values are templates with {phone}, {text}, {reference};
// `body_type` says how values are escaped in the body: as JSON strings, or form fields.
enum class BodyType { json, form };
struct HttpGatewayOptions {
    std::string url;
    BodyType body_type = BodyType::json;
    std::string body = R"({"to":"{phone}","text":"{text}","reference":"{reference}"})";
    std::map<std::string, std::string> headers;
    std::string accepted_if_contains;  // many gateways answer 200 to everything; empty: any 2xx is accepted
    std::string ca_file;
    std::chrono::milliseconds timeout = std::chrono::seconds(20);
};
[[nodiscard]] std::unique_ptr<Sender> sms_sender(HttpGatewayOptions options);

// POSTs letter.text (JSON) to letter.address, signed: Lianxin-Signature: sha256=HMAC(secret, timestamp "."
// body), with Lianxin-Timestamp and Lianxin-Delivery (the reference).
struct WebhookOptions {
    std::string secret;
    bool https_only = true;
    bool public_addresses_only = true;  // a webhook must not reach into the house
    std::string ca_file;
    std::chrono::milliseconds timeout = std::chrono::seconds(10);
};
[[nodiscard]] std::unique_ptr<Sender> webhook_sender(WebhookOptions options);

// The RFC 5322 message smtp_sender hands over: CRLF lines, encoded words, base64 text.
[[nodiscard]] std::string mail_message(const Letter& letter, const SmtpOptions& options);

}  // namespace lianxin::reach
