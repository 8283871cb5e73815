// store/postgresql_url.hpp — whether an address of a PostgreSQL database can be one at all; nobody is asked.
#pragma once

#include <optional>
#include <string>

namespace lianxin::store {

// What is wrong with it; nothing when it can be read.
[[nodiscard]] std::optional<std::string> postgresql_url_fault(const std::string& url);

}  // namespace lianxin::store
