#include "board/board_api.hpp"

#include "matter/matter_api_published.hpp"
#include "matter/matter_api_tone.hpp"

namespace lianxin::board {

struct PathStepJson {
    PlaceId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(PathStepJson, (), (id, name))
struct BoardPlaceJson {
    PlaceId id;
    std::string name, kind, kind_title, short_code;
    std::vector<PathStepJson> path;
};
BOOST_DESCRIBE_STRUCT(BoardPlaceJson, (), (id, name, kind, kind_title, short_code, path))
struct RepresentativeJson {
    std::string post_kind, post_title, place_name, unit_name;
    std::vector<std::string> names;  // empty: a vacancy
};
BOOST_DESCRIBE_STRUCT(RepresentativeJson, (), (post_kind, post_title, place_name, unit_name, names))
struct CountsJson {
    std::int64_t received, closed, solved, open, late, explained;
};
BOOST_DESCRIBE_STRUCT(CountsJson, (), (received, closed, solved, open, late, explained))
struct LineJson {
    std::string kind_title, state_title, place_name;
    std::optional<std::string> category;
    std::int64_t phase;
    matter::Tone tone;
    Instant received_at;
    std::optional<Instant> closed_at;
    std::optional<Instant> due;  // while it is open: what whoever asked was promised
    bool late;
    std::optional<MatterId> published;  // it has a page of its own
};
BOOST_DESCRIBE_STRUCT(LineJson, (),
                      (kind_title, state_title, place_name, category, phase, tone, received_at, closed_at,
                       due, late, published))
struct ExplainedJson {  // cannot be solved for now: looked at again on a day that was told
    std::string kind_title, state_title, place_name;
    std::optional<std::string> category;
    Instant received_at;
    Day review_on;
};
BOOST_DESCRIBE_STRUCT(ExplainedJson, (),
                      (kind_title, state_title, place_name, category, received_at, review_on))
struct BoardJson {
    BoardPlaceJson place;
    std::vector<RepresentativeJson> representatives;
    std::string month;  // YYYY-MM
    CountsJson counts;
    std::vector<LineJson> lately, late;
    std::vector<ExplainedJson> explained;
    std::vector<matter::api::PublishedShape> published;  // what office made public, with what it says
};
BOOST_DESCRIBE_STRUCT(BoardJson, (),
                      (place, representatives, month, counts, lately, late, explained, published))

namespace {

BoardPlaceJson place_json(const place::PlaceView& view, const pack::Words& words,
                          const std::string& language) {
    BoardPlaceJson json{view.place.id,         view.place.name,
                        view.place.kind,       words.get(language, "place.kind." + view.place.kind),
                        view.place.short_code, {}};
    for (const auto& step : view.path) json.path.push_back({step.id, step.name});
    return json;
}

LineJson line_json(const Line& line, const Kinds& with_page, const pack::Words& words,
                   const std::string& language) {
    const auto workflow = "workflow." + line.workflow;
    std::string kind = words.get(language, workflow + ".title");
    if (!line.subkind.empty())
        kind += " · " +
                words.get_first(language, {workflow + ".subkind." + line.subkind, "subkind." + line.subkind});
    return {std::move(kind),
            words.get_first(language, {workflow + ".state." + line.state, "state." + line.state}),
            line.place_name,
            line.category,
            line.phase,
            line.tone,
            line.received_at,
            line.closed_at,
            line.promised,
            line.late,
            line.published && with_page.contains(line.workflow) ? std::optional(line.matter) : std::nullopt};
}

BoardJson board_json(const Board& board, const pack::Words& words, const place::Titles& titles,
                     const std::string& language, Zone zone) {
    const auto& c = board.counts;
    BoardJson json{place_json(board.place, words, language),
                   {},
                   zone.day_of(board.month.from).text().substr(0, 7),
                   {c.received, c.closed, c.solved, c.open, c.late, c.explained},
                   {},
                   {},
                   {},
                   {}};
    for (const auto& view : board.representatives) {
        // A desk that a leader's office covers is no vacancy, and nobody to turn to by name.
        if (view.holders.empty() && !view.vacant_since) continue;
        RepresentativeJson one{view.post.kind,
                               words.get(language, "post.kind." + view.post.kind),
                               view.place_name,
                               view.unit_name,
                               {}};
        for (const auto& holder : view.holders) one.names.push_back(holder.name);
        json.representatives.push_back(std::move(one));
    }
    for (const auto& line : board.lately)
        json.lately.push_back(line_json(line, board.with_page, words, language));
    for (const auto& line : board.late)
        json.late.push_back(line_json(line, board.with_page, words, language));
    for (const auto& line : board.explained) {
        LineJson said = line_json(line, board.with_page, words, language);
        // The deadline is the end of that day: midnight belongs to it.
        const Day review = zone.day_of(line.due - std::chrono::microseconds(1));
        json.explained.push_back({std::move(said.kind_title), std::move(said.state_title),
                                  std::move(said.place_name), std::move(said.category), line.received_at,
                                  review});
    }
    const matter::api::Wording wording(titles, language);
    for (const auto& one : board.published)
        json.published.push_back(matter::api::published_shape(one, wording));
    return json;
}

}  // namespace

void add_board_routes(http::Api& api, BoardService& boards, County& county, const pack::Words& words,
                      const place::Titles& titles) {
    api.route<http::None, BoardJson>(
        http::Method::get, "/api/v1/places/{id}/board",
        {.id = "place_board", .summary = "The public page of a place", .tag = "boards", .refusals = {404}},
        [&, titles](http::Request& request, http::None) -> Result<http::Reply<BoardJson>, http::Problem> {
            const auto id = http::path_id<PlaceNoun>(request);
            if (!id) return fail(id.error());
            const auto board = boards.board(county, http::context<access::ActingPerson>(request), *id);
            if (!board) return fail(http::problem(404, "not_found"));
            return http::Reply{board_json(*board, words, titles, request.language, county.zone)};
        });
}

}  // namespace lianxin::board
