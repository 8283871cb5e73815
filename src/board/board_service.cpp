#include "board/board_service.hpp"

#include "board/board_store.hpp"

namespace lianxin::board {

namespace {
constexpr int lines_shown = 20;
}

std::optional<Board> BoardService::board(County& county, const access::ActingPerson& who, PlaceId place) {
    auto view = places_.place(county, who, place);
    if (!view || view->place.household) return {};
    const Instant now = county.clock.now();
    Board board{
        std::move(*view), parties_.representatives(county, place), month_of(now, county.zone), {}, {}};
    const int level = board.place.place.level;
    county.database.read([&](store::Transaction& tx) {
        board.counts = count(tx, place, level, board.month, now);
        board.lately = lately(tx, place, level, lines_shown);
    });
    return board;
}

}  // namespace lianxin::board
