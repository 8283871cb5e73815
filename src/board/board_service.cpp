#include "board/board_service.hpp"

#include "board/board_store.hpp"

namespace lianxin::board {

namespace {

constexpr int lines_shown = 20;
// A village shows everybody who goes from door to door; of a township's thousand nobody finds anyone.
constexpr std::size_t most_representatives = 200;

}  // namespace

std::optional<Board> BoardService::board(County& county, const access::ActingPerson& who, PlaceId place) {
    auto view = places_.place(county, who, place);
    if (!view || view->place.household) return {};
    const Instant now = county.clock.now();
    Board board{std::move(*view),
                parties_.posts(county, {.place = place, .day = county.zone.day_of(now), .kind = {}}),
                month_of(now, county.zone),
                {},
                {},
                {}};
    // An empty desk is covered by whoever leads its seat or stands above: nobody is missing there.
    std::erase_if(board.representatives,
                  [](const party::PostView& post) { return post.post.desk && post.holders.empty(); });
    auto representatives = parties_.representatives(county, place);
    if (representatives.size() < most_representatives) {
        for (auto& each : representatives) board.representatives.push_back(std::move(each));
    }
    const int level = board.place.place.level;
    county.database.read([&](store::Transaction& tx) {
        board.counts = count(tx, place, level, board.month, now);
        board.lately = lately(tx, place, level, lines_shown);
        board.explained = explained(tx, place, level, lines_shown);
    });
    return board;
}

}  // namespace lianxin::board
