// board/board_service.hpp — the board of one place, for everyone. A household has none: asking for it answers
// like a place that does not exist.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "board/board.hpp"
#include "county/county.hpp"
#include "matter/publication_service.hpp"
#include "matter/workflows.hpp"
#include "party/party_service.hpp"
#include "place/place_service.hpp"
#include "report/counters_service.hpp"

namespace lianxin::board {

struct Board {
    place::PlaceView place;
    std::vector<party::PostView> representatives;
    Month month;
    Counts counts;
    std::vector<Line> lately;
    std::vector<Line> late;  // the longest first
    std::vector<Line> explained;
    std::vector<matter::PublicMatter> published;  // by office: promises, projects, warnings
    Kinds with_page;                              // what is published of these has a page of its own
};

class BoardService {
 public:
    BoardService(place::PlaceService& places, party::PartyService& parties,
                 const matter::Workflows& workflows)
        : places_(places), parties_(parties), workflows_(workflows) {}
    // As report::ReportService has it.
    void read_from(const report::Counters& counters) { counters_ = &counters; }
    [[nodiscard]] std::optional<Board> board(County& county, const access::ActingPerson& who, PlaceId place);

 private:
    // Kinds of matter that are figures at most, those among them that are none at this place; kinds that have
    // pages, and those among them that are public only by being published.
    struct Apart {
        Kinds unlisted, uncounted, with_page, by_office;
    };
    [[nodiscard]] Apart apart(County& county, int level) const;
    [[nodiscard]] bool read_counters(County& county, Board& board, const Apart& apart, Instant now) const;
    void add_late(County& county, Board& board, const Apart& apart, Instant now) const;
    void add_published(County& county, Board& board, const Apart& apart) const;
    void count_matters(County& county, Board& board, const Apart& apart, Instant now) const;

    place::PlaceService& places_;
    party::PartyService& parties_;
    const matter::Workflows& workflows_;
    const report::Counters* counters_ = nullptr;
};

}  // namespace lianxin::board
