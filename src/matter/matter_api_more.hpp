// matter/matter_api_more.hpp — the routes beside a matter itself.
#pragma once

#include "matter/matter_api.hpp"

namespace lianxin::matter::api {

void add_tracking(http::Api& api, County& county, MatterService& matters, const place::Titles& titles);
void add_pictures(http::Api& api, County& county, MatterService& matters);
void add_notices(http::Api& api, County& county, MatterService& matters, const place::Titles& titles);

}  // namespace lianxin::matter::api
