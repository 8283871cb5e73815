#include "board/board.hpp"

namespace lianxin::board {

Month month_of(Instant at, Zone zone) {
    const Day day = zone.day_of(at);
    const bool december = day.month() == 12;
    return {
        zone.start_of(Day::of(day.year(), day.month(), 1)),
        zone.start_of(Day::of(december ? day.year() + 1 : day.year(), december ? 1U : day.month() + 1, 1))};
}

}  // namespace lianxin::board
