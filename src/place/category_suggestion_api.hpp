// place/category_suggestion_api.hpp — POST /api/v1/categories/suggestions: three leaves for a text being
// typed. A POST only so that nobody's words stand in an address or a log; nothing is written.
#pragma once

#include "http/api.hpp"
#include "place/category_suggestion_service.hpp"

namespace lianxin::place {

inline constexpr std::string_view suggestions_path = "/api/v1/categories/suggestions";
void add_suggestion_routes(http::Api& api, County& county, CategorySuggestions& suggestions);

}  // namespace lianxin::place
