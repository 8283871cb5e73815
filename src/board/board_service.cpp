#include "board/board_service.hpp"

#include "board/board_store.hpp"
#include "matter/publication.hpp"
#include "matter/worklist_store.hpp"
#include "place/place_store.hpp"

namespace lianxin::board {

namespace {

constexpr int lines_shown = 20;
// A village shows everybody who goes from door to door; of a township's thousand nobody finds anyone.
constexpr std::size_t most_representatives = 200;
// Fewer are sorted sooner than the county's newest are looked through for those that lie here.
constexpr std::int64_t few_matters = 3000;

using report::Figures;
using report::Metric;
using report::number_of;

// What rates leave out because it was merged was received and closed all the same; what only the county
// counts is on no board.
Counts read_counts(const Figures& figures, PlaceId place, const Month& month, Zone zone, Instant now) {
    const report::Below below{place};
    const auto in_month = [&](Metric metric) {
        return figures.sum(below, number_of(metric), zone.day_of(month.from).number,
                           zone.day_of(month.until).number);
    };
    return {in_month(Metric::received) + in_month(Metric::received_merged),
            in_month(Metric::closed) + in_month(Metric::closed_merged),
            in_month(Metric::closed_solved),
            figures.sum(below, number_of(Metric::open)),
            figures.sum(below, number_of(Metric::open), Figures::ever, now.micros),
            figures.sum(below, number_of(Metric::explained))};
}

std::int64_t all_received(const Figures& figures, PlaceId place) {
    const report::Below below{place};
    const std::int64_t first_day = 1;
    return figures.sum(below, number_of(Metric::received), first_day) +
           figures.sum(below, number_of(Metric::received_merged), first_day);
}

void list(const matter::Workflow& workflow, Kinds& unlisted) {
    switch (matter::listing_of(workflow, {})) {
        case matter::Listing::never:
            unlisted.insert(workflow.name);
            break;
        case matter::Listing::once_published:
            unlisted.insert(workflow.name + "*");
            break;
        case matter::Listing::always:
            break;
    }
    for (const std::string& subkind : workflow.unlisted) unlisted.insert(workflow.name + "/" + subkind);
}

std::vector<MatterId> explained_next(const Figures& figures, PlaceId place, int limit) {
    std::vector<MatterId> matters;
    for (const auto& [due_and_matter, n] :
         figures.cells({place}, number_of(Metric::explained_publicly), Figures::ever, Figures::never, limit))
        matters.emplace_back(due_and_matter.second);
    return matters;
}

// As the number alone tells it: what the office keeps itself in time by is nobody else's.
void tell_limit(store::Transaction& tx, const matter::Workflow& rules, Line& line) {
    for (const RunningClock& clock : running_clocks(tx, line.matter)) {
        const auto known = rules.find_clock(clock.name);
        if (!known || !rules.is_told(*known)) continue;
        if (!line.promised || clock.due < *line.promised) line.promised = clock.due;
    }
}

// How it stands, by the rules it is under.
void tell_standing(store::Transaction& tx, const matter::Workflows& workflows, Line& line, Instant now) {
    constexpr std::int64_t is_open = 0;
    line.late = line.phase == is_open && line.due < now;
    const auto rules = workflows.by_hash(line.workflow_hash);
    if (!rules) return;
    line.tone = matter::tone_in(*rules, {}, line.state);
    if (line.phase == is_open) tell_limit(tx, *rules, line);
}

// Pieces of a matter are late on the same list; the matter itself is what is shown.
std::vector<MatterId> late_matters(store::Transaction& tx, const matter::Workflows& workflows,
                                   const place::Place& at, Instant now) {
    constexpr int looked_through = 200;
    const matter::WorkRange below{matter::WorkRange::Of::level, at.level, at.id.value()};
    std::vector<MatterId> matters;
    const matter::WorkStates open{workflows.states_counting_as(matter::CountsAs::open),
                                  matter::CountsAs::open, matter::CountsAs::open};
    for (const auto& key : matter::work_keys(tx, {below}, open, {}, now, looked_through))
        if (key.part == 0) matters.push_back(key.matter);
    return matters;
}

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
                {},
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
    const Apart aside = apart(county, board.place.place.level);
    if (!read_counters(county, board, aside, now)) count_matters(county, board, aside, now);
    add_late(county, board, aside, now);
    add_published(county, board, aside);
    return board;
}

BoardService::Apart BoardService::apart(County& county, int level) const {
    Apart apart;
    std::optional<place::Kinds> kinds;
    for (const auto& workflow : workflows_.all_current()) {
        list(*workflow, apart.unlisted);
        if (matter::has_page(*workflow, {})) {
            apart.with_page.insert(workflow->name);
            if (matter::listing_of(*workflow, {}) == matter::Listing::once_published)
                apart.by_office.insert(workflow->name);
        }
        if (workflow->counted_from.empty()) continue;
        if (!kinds)
            kinds = county.database.read([](store::Transaction& tx) { return place::load_kinds(tx); });
        const auto* from = kinds->find(workflow->counted_from);
        if (from == nullptr || level > from->level) apart.uncounted.insert(workflow->name);
    }
    return apart;
}

// The counters know no kinds of matter: where some do not count, the few that lie there are counted afresh.
bool BoardService::read_counters(County& county, Board& board, const Apart& apart, Instant now) const {
    if (counters_ == nullptr || !apart.uncounted.empty()) return false;
    const PlaceId place = board.place.place.id;
    const int level = board.place.place.level;
    return counters_->look(county, [&](const report::Figures& figures) {
        board.counts = read_counts(figures, place, board.month, county.zone, now);
        const Size size = all_received(figures, place) < few_matters ? Size::small : Size::large;
        board.lately = lately(figures.county(), place, level, lines_shown, apart.unlisted, size);
        board.explained =
            lines_of(figures.county(), explained_next(figures, place, lines_shown), apart.unlisted);
    });
}

void BoardService::add_late(County& county, Board& board, const Apart& apart, Instant now) const {
    county.database.read([&](store::Transaction& tx) {
        board.late = lines_of(tx, late_matters(tx, workflows_, board.place.place, now), apart.unlisted);
        if (std::ssize(board.late) > lines_shown) board.late.resize(lines_shown);
        for (auto* lines : {&board.lately, &board.late})
            for (Line& line : *lines) tell_standing(tx, workflows_, line, now);
    });
}

void BoardService::add_published(County& county, Board& board, const Apart& apart) const {
    const auto& at = board.place.place;
    board.with_page = apart.with_page;
    county.database.read([&](store::Transaction& tx) {
        for (const MatterId id : published(tx, at.id, at.level, lines_shown, apart.by_office, apart.unlisted))
            if (auto one = matter::public_matter(tx, county, workflows_, id))
                board.published.push_back(std::move(*one));
    });
}

void BoardService::count_matters(County& county, Board& board, const Apart& apart, Instant now) const {
    const PlaceId place = board.place.place.id;
    const int level = board.place.place.level;
    county.database.read([&](store::Transaction& tx) {
        board.counts = count(tx, place, level, board.month, now, apart.uncounted);
        board.lately = lately(tx, place, level, lines_shown, apart.unlisted);
        board.explained = explained(tx, place, level, lines_shown, apart.unlisted);
    });
}

}  // namespace lianxin::board
