// http/wire.hpp — an answer's head as octets, with the headers every answer carries.
#pragma once

#include <string>
#include <string_view>

#include "base/time.hpp"
#include "http/message.hpp"

namespace lianxin::http {

class ResponseHeads {
 public:
    explicit ResponseHeads(std::string_view content_security_policy);
    // Status line and headers up to and with the empty line. `length` is of the body as GET would get it.
    [[nodiscard]] std::string head(const Response& response, std::size_t length, bool keep_alive, bool secure,
                                   Instant now) const;

 private:
    std::string always_;
};

[[nodiscard]] std::string_view reason_of(int status);

}  // namespace lianxin::http
