// identity/identity_api.hpp — the filter that finds out who asks, and the routes of signing in. The cookie is
// HttpOnly and SameSite=Strict, Secure unless the page came over plain loopback.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "county/county.hpp"
#include "http/api.hpp"
#include "identity/identity_service.hpp"

namespace lianxin::identity {

// Which matter a receipt's secret belongs to; bound by main to the floor that keeps the hashes.
using ReceiptProof = std::function<std::optional<MatterId>(std::string_view number, std::string_view secret)>;

inline constexpr std::string_view session_cookie = "lianxin_session";

// Puts an access::ActingPerson into every request's context and the scope for idempotency keys into
// Request::scope. A write with a session needs its X-CSRF-Token (403 csrf_token_wrong). A cookie that names
// no session, or a token without a cookie, is told so whatever is asked (401 not_signed_in, and the cookie
// goes): it is never taken for a stranger's. A receipt that proves nothing: 401 receipt_not_proved.
[[nodiscard]] http::Filter authenticate(County& county, IdentityService& identity, ReceiptProof proof);

// POST GET DELETE /api/v1/session, POST /api/v1/session/password, /api/v1/session/second-factor,
// /api/v1/sessions
void add_identity_routes(http::Api& api, County& county, IdentityService& identity);

}  // namespace lianxin::identity
