// board/board_api.hpp — GET /api/v1/places/{id}/board.
#pragma once

#include "board/board_service.hpp"
#include "http/api.hpp"
#include "pack/words.hpp"
#include "place/place_api.hpp"

namespace lianxin::board {

void add_board_routes(http::Api& api, BoardService& boards, County& county, const pack::Words& words,
                      const place::Titles& titles);

}  // namespace lianxin::board
