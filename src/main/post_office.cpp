#include "main/post_office.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/url/parse.hpp>
#include <random>

#include "matter/outgoing_service.hpp"

namespace lianxin {
namespace {

std::string text_of(const boost::json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    if (value == nullptr) return {};
    return value->is_string() ? std::string(value->as_string()) : boost::json::serialize(*value);
}

// What the resident is told, one paragraph a field; a list of missing papers one line each.
std::string told_text(const boost::json::object& payload) {
    std::string text;
    const auto* told = payload.if_contains("told");
    if (told == nullptr || !told->is_object()) return text;
    for (const auto& [name, value] : told->as_object()) {
        if (!text.empty()) text += "\n\n";
        if (value.is_array()) {
            for (const auto& item : value.as_array()) {
                text += "· " +
                        (item.is_string() ? std::string(item.as_string()) : boost::json::serialize(item)) +
                        "\n";
            }
        } else if (value.is_string()) {
            text += std::string_view(value.as_string());
        } else {
            text += boost::json::serialize(value);
        }
    }
    return text;
}

}  // namespace

reach::SmtpOptions read_smtp_url(std::string_view url, const PostOptions& options) {
    const auto parsed = boost::urls::parse_uri(url);
    if (!parsed || (parsed->scheme() != "smtp" && parsed->scheme() != "smtps") || parsed->host().empty()) {
        throw Fault("--smtp takes smtp://HOST:PORT or smtps://USER:PASSWORD@HOST:PORT.");
    }
    if (options.mail_from.empty()) throw Fault("--smtp needs --mail-from, the address letters come from.");
    reach::SmtpOptions smtp;
    smtp.host = parsed->host();
    const bool tls = parsed->scheme() == "smtps";
    smtp.port = parsed->has_port() ? parsed->port_number() : (tls ? 465 : 25);
    const bool loopback = smtp.host == "localhost" || smtp.host == "127.0.0.1" || smtp.host == "[::1]";
    smtp.security = tls        ? reach::MailSecurity::tls
                    : loopback ? reach::MailSecurity::none
                               : reach::MailSecurity::starttls;
    smtp.user = parsed->user();
    smtp.password = parsed->password();
    smtp.from_address = options.mail_from;
    smtp.from_name = options.county_name;
    smtp.message_id_domain = options.mail_from.substr(options.mail_from.find('@') + 1);
    return smtp;
}

reach::Letter write_letter(const store::ClaimedMessage& message, std::string recipient,
                           std::string_view payload_json, const pack::Words& words,
                           const PostOptions& options) {
    const auto payload = boost::json::parse(payload_json).as_object();
    const auto& language = message.language;
    const std::string workflow = text_of(payload, "workflow");
    const std::string state = text_of(payload, "state");
    const std::string number = text_of(payload, "number");
    // The wording for this state of this kind of matter, else of any kind, else of the occasion, else "there
    // is news".
    const auto word = [&](const char* part) {
        return words.get_first(language,
                               {"mail." + workflow + "." + state + part, "mail.state." + state + part,
                                "mail." + message.template_name + part, "mail.update" + std::string(part)});
    };
    const std::string state_title =
        words.get_first(language, {"workflow." + workflow + ".state." + state, "state." + state});
    const std::string title = words.get(language, "workflow." + workflow + ".title");
    const std::string answer = told_text(payload);
    const std::string code = text_of(payload, "code");
    const std::string link = options.public_url + "/track/" + number;
    const pack::Words::Filling filling{{"county", options.county_name},
                                       {"number", number},
                                       {"title", title},
                                       {"state", state_title},
                                       {"answer", answer},
                                       {"code", code},
                                       {"minutes", "10"},
                                       {"link", link}};
    return {message.id.text(), std::move(recipient), pack::fill_placeholders(word(".subject"), filling),
            pack::fill_placeholders(word(".body"), filling), message.created};
}

PostOffice::PostOffice(County& county, const pack::Words& words, PostOptions options)
    : county_(county), words_(words), options_(std::move(options)) {
    if (options_.smtp_url.empty()) return;
    mail_ = reach::smtp_sender(read_smtp_url(options_.smtp_url, options_));
    store::CourierOptions courier;
    courier.channel = "email";
    courier_ = std::make_unique<store::OutboxCourier>(
        county.database, county.clock, [this](const store::ClaimedMessage& message) { return send(message); },
        [engine = std::mt19937_64(std::random_device{}())]() mutable {
            return std::uniform_real_distribution<double>(0, 1)(engine);
        },
        courier);
    courier_->start();
}

store::SendOutcome PostOffice::send(const store::ClaimedMessage& message) {
    const journal::KeyId key(message.sealed_for);
    auto recipient = county_.keys.unseal_text(key, message.recipient, matter::recipient_context);
    const auto payload = county_.keys.unseal_text(key, message.payload, matter::payload_context);
    if (!recipient || !payload) return {store::SendVerdict::refused, "the resident's key was erased"};
    const auto delivery =
        mail_->send(write_letter(message, std::move(*recipient), *payload, words_, options_));
    switch (delivery.verdict) {
        case reach::Verdict::accepted:
            return {store::SendVerdict::sent, {}};
        case reach::Verdict::refused:
            return {store::SendVerdict::refused, delivery.note};
        case reach::Verdict::try_later:
            break;
    }
    return {store::SendVerdict::try_later, delivery.note};
}

}  // namespace lianxin
