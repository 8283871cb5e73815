#include <cstring>

#include "reach/curl_transfer.hpp"

namespace lianxin::reach {

namespace {

struct Source {
    std::string text;
    std::size_t at = 0;
};

std::size_t give_next(char* buffer, std::size_t size, std::size_t count, void* from) {
    auto& source = *static_cast<Source*>(from);
    const std::size_t bytes = std::min(size * count, source.text.size() - source.at);
    std::memcpy(buffer, source.text.data() + source.at, bytes);
    source.at += bytes;
    return bytes;
}

// One address of RFC 5321's kind, with nothing in it that could end the command it stands in.
bool is_address(std::string_view text) {
    const std::size_t at = text.rfind('@');
    if (at == std::string_view::npos || at == 0 || at + 1 == text.size() || text.size() > 254) return false;
    return text.find_first_of(" \t\r\n<>,;\"") == std::string_view::npos &&
           text.find('\0') == std::string_view::npos;
}

class SmtpSender final : public Sender {
 public:
    explicit SmtpSender(SmtpOptions options) : options_(std::move(options)) { start_curl(); }

    [[nodiscard]] Delivery send(const Letter& letter) override {
        if (!is_address(letter.address)) return {Verdict::refused, "not_an_address"};
        Source source{mail_message(letter, options_)};
        Transfer transfer(options_.timeout, options_.ca_file);
        const bool wrapped = options_.security == MailSecurity::tls;
        const std::string url = (wrapped ? "smtps://" : "smtp://") + options_.host + ":" +
                                std::to_string(options_.port) + "/" + domain();
        transfer.set(CURLOPT_URL, url.c_str());
        transfer.set(CURLOPT_PROTOCOLS_STR, wrapped ? "smtps" : "smtp");
        if (options_.security == MailSecurity::starttls)
            transfer.set(CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
        if (!options_.user.empty()) {
            transfer.set(CURLOPT_USERNAME, options_.user.c_str());
            transfer.set(CURLOPT_PASSWORD, options_.password.c_str());
        }
        const std::string from = "<" + options_.from_address + ">";
        transfer.set(CURLOPT_MAIL_FROM, from.c_str());
        transfer.add_recipient("<" + letter.address + ">");
        transfer.set(CURLOPT_UPLOAD, 1L);
        transfer.set(CURLOPT_READFUNCTION, &give_next);
        transfer.set(CURLOPT_READDATA, static_cast<void*>(&source));
        return judge(transfer.perform());
    }

 private:
    [[nodiscard]] std::string domain() const {
        return options_.message_id_domain.empty() ? "localhost" : options_.message_id_domain;
    }
    // RFC 5321 4.2.1: 4yz may pass, 5yz will not. A fault after the text was sent is tried again with the
    // same Message-ID.
    static Delivery judge(const HttpAnswer& answer) {
        if (answer.code == CURLE_OK) return {Verdict::accepted, "smtp_" + std::to_string(answer.status)};
        if (answer.status >= 500 && answer.status < 600 && answer.code != CURLE_LOGIN_DENIED)
            return {Verdict::refused, "smtp_" + std::to_string(answer.status)};
        if (answer.status >= 400) return {Verdict::try_later, "smtp_" + std::to_string(answer.status)};
        return {Verdict::try_later, fault_note(answer.code)};
    }

    SmtpOptions options_;
};

}  // namespace

std::unique_ptr<Sender> smtp_sender(SmtpOptions options) {
    return std::make_unique<SmtpSender>(std::move(options));
}

}  // namespace lianxin::reach
