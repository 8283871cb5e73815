// main/post_office.hpp — letters on their way out: opens what the outbox holds sealed, words it in the
// resident's language and hands it to the channel's sender. Without a mail server letters wait; nothing is
// lost.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "county/county.hpp"
#include "matter/workflows.hpp"
#include "pack/words.hpp"
#include "reach/sender.hpp"
#include "store/outbox_courier.hpp"

namespace lianxin {

struct PostOptions {
    std::string smtp_url;  // smtp://[user[:password]@]host[:port], smtps://…; empty: no mail leaves
    std::string mail_from;
    std::string county_name;
    std::string public_url;
};
// Throws Fault when the URL is not one of a mail server or there is no sender's address.
[[nodiscard]] reach::SmtpOptions read_smtp_url(std::string_view url, const PostOptions& options);

// The letter of a message whose payload and recipient were opened.
[[nodiscard]] reach::Letter write_letter(const store::ClaimedMessage& message, std::string recipient,
                                         std::string_view payload_json, const pack::Words& words,
                                         const matter::Workflows& workflows, const PostOptions& options);

class PostOffice {
 public:
    PostOffice(County& county, const pack::Words& words, const matter::Workflows& workflows,
               PostOptions options);

 private:
    [[nodiscard]] store::SendOutcome send(const store::ClaimedMessage& message);

    County& county_;
    const pack::Words& words_;
    const matter::Workflows& workflows_;
    PostOptions options_;
    std::unique_ptr<reach::Sender> mail_;
    std::unique_ptr<store::OutboxCourier> courier_;
};

}  // namespace lianxin
