// journal/county_log_api.hpp — the county's log for whoever wants to check it: the signed head, inclusion and
// consistency proofs (RFC 6962 §2.1).
#pragma once

#include <array>
#include <cstdint>

#include "http/api.hpp"
#include "store/transaction.hpp"

namespace lianxin::journal {

// `open_key`: the county's Ed25519 key, published beside the head.
void add_log_routes(http::Api& api, store::Database& database, const std::array<std::uint8_t, 32>& open_key);

}  // namespace lianxin::journal
