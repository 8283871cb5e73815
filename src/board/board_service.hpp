// board/board_service.hpp — the board of one place, for everyone. A household has none: asking for it answers
// like a place that does not exist.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "board/board.hpp"
#include "county/county.hpp"
#include "party/party_service.hpp"
#include "place/place_service.hpp"

namespace lianxin::board {

struct Board {
    place::PlaceView place;
    std::vector<party::PostView> representatives;
    Month month;
    Counts counts;
    std::vector<Line> lately;
    std::vector<Line> explained;
};

class BoardService {
 public:
    BoardService(place::PlaceService& places, party::PartyService& parties)
        : places_(places), parties_(parties) {}
    [[nodiscard]] std::optional<Board> board(County& county, const access::ActingPerson& who, PlaceId place);

 private:
    place::PlaceService& places_;
    party::PartyService& parties_;
};

}  // namespace lianxin::board
