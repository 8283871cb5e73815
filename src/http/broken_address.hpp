// http/broken_address.hpp — whoever follows a link that lost its end is shown a page that says so; a program
// is refused, and no question is answered without the part of it that cannot be read.
#pragma once

#include <optional>
#include <string_view>

#include "http/api.hpp"
#include "http/parsing.hpp"

namespace lianxin::http {

// What parse_target reads; where it can read nothing and a person asks for a page, the folder it would lie
// in.
[[nodiscard]] std::optional<Target> target_or_page(const Api& api, const Request& request,
                                                   std::optional<Method> method, std::string_view target);

}  // namespace lianxin::http
