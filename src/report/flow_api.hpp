// report/flow_api.hpp — GET /api/v1/workflows, /workflows/{name}, /workflows/{name}/picture: how matters of
// each kind flow, for staff with the inner view of a place.
#pragma once

#include "http/api.hpp"
#include "pack/words.hpp"
#include "report/flow_service.hpp"

namespace lianxin::report {

void add_flow_routes(http::Api& api, FlowService& flows, County& county, const pack::Words& words);

}  // namespace lianxin::report
