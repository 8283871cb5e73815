// matter/note_api.hpp — the routes of what came to somebody's desk: GET /api/v1/notes, POST
// /api/v1/notes/read. For staff.
#pragma once

#include "matter/matter_api.hpp"
#include "matter/note_service.hpp"

namespace lianxin::matter {

void add_note_routes(http::Api& api, County& county, MatterService& matters, place::Titles titles);

}  // namespace lianxin::matter
