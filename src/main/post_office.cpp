#include "main/post_office.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/url/parse.hpp>
#include <random>

#include "matter/matter_api_values.hpp"
#include "matter/outgoing_service.hpp"

namespace lianxin {
namespace {

std::string text_of(const boost::json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    if (value == nullptr) return {};
    return value->is_string() ? std::string(value->as_string()) : boost::json::serialize(*value);
}

// The workflow the resident was told something under; of a message without one nothing is known.
matter::WorkflowPtr rules_of(const boost::json::object& payload, const matter::Workflows& workflows) {
    const auto octets = parse_hex(text_of(payload, "rules"));
    Digest hash{};
    if (!octets || octets->size() != hash.size()) return nullptr;
    std::copy(octets->begin(), octets->end(), hash.begin());
    return workflows.by_hash(hash);
}

matter::Names names_of(const boost::json::object& payload) {
    matter::Names names;
    const auto* named = payload.if_contains("names");
    if (named != nullptr && named->is_object())
        for (const auto& [id, name] : named->get_object()) {
            // A letter that an earlier version left to be sent names the post alone.
            const auto* both = name.if_object();
            names[std::string(id)] = both == nullptr
                                         ? matter::Named{text_of(named->get_object(), id), {}}
                                         : matter::Named{text_of(*both, "called"), text_of(*both, "holders")};
        }
    return names;
}

// A list one line each.
std::string bulleted(const std::string& lines) {
    std::string text;
    for (std::size_t from = 0; from < lines.size();) {
        const std::size_t end = std::min(lines.find('\n', from), lines.size());
        text += "· " + lines.substr(from, end - from) + "\n";
        from = end + 1;
    }
    return text;
}

// What the resident is told, in words, one paragraph a field; several say what each is.
std::string told_text(const boost::json::object& payload, const matter::WorkflowPtr& rules,
                      const matter::api::Wording& words) {
    std::string text;
    const auto* told = payload.if_contains("told");
    if (told == nullptr || !told->is_object()) return text;
    const std::string workflow = text_of(payload, "workflow");
    const auto names = names_of(payload);
    const matter::api::ValueWords values(words, workflow, names);
    for (const auto& [name, value] : told->as_object()) {
        const auto field = rules ? rules->find_field(name) : std::nullopt;
        std::string said = values.of(field ? &rule_at(rules->fields, *field) : nullptr, value);
        if (said.empty()) continue;
        if (value.is_array()) said = bulleted(said);
        const std::string title = words.of(workflow, "field", std::string(name));
        if (told->as_object().size() > 1) said = values.pair(title, (value.is_array() ? "\n" : "") + said);
        text += (text.empty() ? "" : "\n\n") + said;
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
                           const matter::Workflows& workflows, const PostOptions& options) {
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
    const place::Titles titles = [&words](std::string_view in, std::string_view key) {
        return words.get(in, key);
    };
    const matter::api::Wording wording(titles, language);
    const std::string answer = told_text(payload, rules_of(payload, workflows), wording);
    const std::string code = text_of(payload, "code");
    const std::string link = options.public_url + "/t/" + number;
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

PostOffice::PostOffice(County& county, const pack::Words& words, const matter::Workflows& workflows,
                       PostOptions options)
    : county_(county), words_(words), workflows_(workflows), options_(std::move(options)) {
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
        mail_->send(write_letter(message, std::move(*recipient), *payload, words_, workflows_, options_));
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
