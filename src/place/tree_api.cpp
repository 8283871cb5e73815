// The tree as it changes: renamed, moved, merged, split, closed, each from a day and for a reason; and how a
// place came to be what it is.
#include "place/place_answer_api.hpp"

namespace lianxin::place {

struct RenameAsked {
    std::string name;
    std::optional<std::string> division_code;  // as it is when left out; empty: none from now on
    std::optional<Day> from;                   // today when left out, as in the others
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(RenameAsked, (), (name, division_code, from, reason))
struct MoveAsked {
    PlaceId parent;
    std::optional<std::string> division_code;  // as it is when left out
    std::optional<Day> from;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(MoveAsked, (), (parent, division_code, from, reason))
struct MergeAsked {
    std::vector<PlaceId> sources;  // what becomes part of the place of the path
    std::optional<Day> from;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(MergeAsked, (), (sources, from, reason))
struct SplitAsked {
    std::string name;  // of the new place beside it
    std::optional<std::string> division_code;
    std::vector<PlaceId> children;  // what goes with the new one
    std::optional<Day> from;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(SplitAsked, (), (name, division_code, children, from, reason))
struct CloseAsked {
    std::optional<Day> from;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(CloseAsked, (), (from, reason))

struct SpanAnswer {
    std::string name;
    std::optional<PlaceId> parent;
    std::string parent_name;
    std::optional<std::string> division_code;
    Day from;
    std::optional<Day> until;  // the first day it was no longer so
};
BOOST_DESCRIBE_STRUCT(SpanAnswer, (), (name, parent, parent_name, division_code, from, until))
struct TreeChangeAnswer {
    std::string kind;
    std::string kind_title;
    Day day;
    std::string reason;
    PlaceId source;
    std::string source_name;
    std::optional<PlaceId> target;
    std::string target_name;
    std::string by;  // empty: not by a person
    Instant recorded_at;
};
BOOST_DESCRIBE_STRUCT(TreeChangeAnswer, (),
                      (kind, kind_title, day, reason, source, source_name, target, target_name, by,
                       recorded_at))
struct PlaceHistoryAnswer {
    std::vector<SpanAnswer> spans;
    std::vector<TreeChangeAnswer> changes;
};
BOOST_DESCRIBE_STRUCT(PlaceHistoryAnswer, (), (spans, changes))

namespace {

using http::Method;
using http::None;
using http::Problem;
using http::Reply;
using http::Request;

Problem problem_of(PlaceRefusal refusal) {
    switch (refusal) {
        // What may not be seen and what is not there answer alike.
        case PlaceRefusal::place_not_found:
            return http::problem(404, "not_found");
        case PlaceRefusal::not_allowed:
            return http::problem(403, "not_allowed");
        default:
            return http::problem(422, std::string(code_of(refusal)));
    }
}

// Nothing was given: nothing. Given and no code: a refusal.
Result<std::optional<DivisionCode>, Problem> read_code(const std::optional<std::string>& text) {
    if (!text || text->empty()) return std::optional<DivisionCode>();
    const auto code = DivisionCode::parse(*text);
    if (!code) return fail(problem_of(PlaceRefusal::division_code_malformed));
    return std::optional(code);
}

// What the handlers share.
struct Tree {
    County& county;
    PlaceService& places;
    Titles titles;

    [[nodiscard]] Day from(const std::optional<Day>& asked) const { return asked.value_or(today(county)); }
    [[nodiscard]] Result<Reply<PlaceAnswer>, Problem> show(const Request& request, PlaceId id) const {
        const auto view = places.place(county, acting_person(request), id);
        if (!view) return fail(http::problem(404, "not_found"));
        return Reply{answer_of(*view, request.language, titles)};
    }
};

Result<Reply<PlaceAnswer>, Problem> rename(const Tree& tree, const Request& request, RenameAsked asked) {
    const auto id = http::path_id<PlaceNoun>(request);
    if (!id) return fail(id.error());
    auto code = read_code(asked.division_code);
    if (!code) return fail(code.error());
    const auto who = acting_person(request);
    if (!asked.division_code) {
        if (const auto now = tree.places.place(tree.county, who, *id)) *code = now->place.code;
    }
    const auto renamed = tree.places.rename(tree.county, who, *id, std::move(asked.name), *code,
                                            tree.from(asked.from), std::move(asked.reason));
    if (!renamed) return fail(problem_of(renamed.error()));
    return tree.show(request, *id);
}

Result<Reply<PlaceAnswer>, Problem> move(const Tree& tree, const Request& request, MoveAsked asked) {
    const auto id = http::path_id<PlaceNoun>(request);
    if (!id) return fail(id.error());
    const auto code = read_code(asked.division_code);
    if (!code) return fail(code.error());
    const auto moved = tree.places.move(tree.county, acting_person(request), *id, asked.parent, *code,
                                        tree.from(asked.from), std::move(asked.reason));
    if (!moved) return fail(problem_of(moved.error()));
    return tree.show(request, *id);
}

Result<Reply<PlaceAnswer>, Problem> merge(const Tree& tree, const Request& request, MergeAsked asked) {
    const auto id = http::path_id<PlaceNoun>(request);
    if (!id) return fail(id.error());
    const auto merged = tree.places.merge(tree.county, acting_person(request), asked.sources, *id,
                                          tree.from(asked.from), std::move(asked.reason));
    if (!merged) return fail(problem_of(merged.error()));
    return tree.show(request, *id);
}

Result<Reply<PlaceAnswer>, Problem> split(const Tree& tree, const Request& request, SplitAsked asked) {
    const auto id = http::path_id<PlaceNoun>(request);
    if (!id) return fail(id.error());
    const auto code = read_code(asked.division_code);
    if (!code) return fail(code.error());
    const auto who = acting_person(request);
    const auto whole = tree.places.place(tree.county, who, *id);
    if (!whole) return fail(http::problem(404, "not_found"));
    const auto part = tree.places.split(tree.county, who, *id, {whole->place.kind, asked.name, *code},
                                        asked.children, tree.from(asked.from), std::move(asked.reason));
    if (!part) return fail(problem_of(part.error()));
    return tree.show(request, *part);
}

Result<Reply<None>, Problem> close(const Tree& tree, const Request& request, CloseAsked asked) {
    const auto id = http::path_id<PlaceNoun>(request);
    if (!id) return fail(id.error());
    const auto closed = tree.places.end(tree.county, acting_person(request), *id, tree.from(asked.from),
                                        std::move(asked.reason));
    if (!closed) return fail(problem_of(closed.error()));
    return Reply<None>{};
}

Result<Reply<PlaceHistoryAnswer>, Problem> history(const Tree& tree, const Request& request,
                                                   const PartyNames& name_of) {
    const auto id = http::path_id<PlaceNoun>(request);
    if (!id) return fail(id.error());
    const auto found = tree.places.history(tree.county, acting_person(request), *id);
    if (!found) return fail(http::problem(404, "not_found"));
    PlaceHistoryAnswer answer;
    for (const auto& [span, parent_name] : found->steps) {
        SpanAnswer step{span.name, span.parent, parent_name, {}, span.from, {}};
        if (span.code) step.division_code = span.code->text();
        if (span.until != open_end()) step.until = span.until;
        answer.spans.push_back(std::move(step));
    }
    for (const auto& [change, source, target] : found->decisions) {
        answer.changes.push_back({change.kind, tree.titles(request.language, "place.change." + change.kind),
                                  change.day, change.reason, change.source, source, change.target, target,
                                  change.by ? name_of(*change.by) : std::string(), change.recorded_at});
    }
    return Reply{std::move(answer)};
}

http::RouteInfo change_info(std::string id, std::string summary) {
    return {.id = std::move(id), .summary = std::move(summary), .tag = "places", .refusals = {403, 404, 422}};
}

}  // namespace

void add_tree_routes(http::Api& api, County& county, PlaceService& places, const Titles& titles,
                     const PartyNames& name_of) {
    const Tree tree{county, places, titles};
    api.route<RenameAsked, PlaceAnswer>(
        Method::post, "/api/v1/places/{id}/rename",
        change_info("rename_place", "Gives a place another name or division code"),
        [tree](Request& request, RenameAsked asked) { return rename(tree, request, std::move(asked)); });
    api.route<MoveAsked, PlaceAnswer>(
        Method::post, "/api/v1/places/{id}/move",
        change_info("move_place", "Hangs a place, with all that is below it, below another"),
        [tree](Request& request, MoveAsked asked) { return move(tree, request, std::move(asked)); });
    api.route<MergeAsked, PlaceAnswer>(
        Method::post, "/api/v1/places/{id}/merge",
        change_info("merge_places", "Makes places of the same kind part of this one"),
        [tree](Request& request, MergeAsked asked) { return merge(tree, request, std::move(asked)); });
    auto info = change_info("split_place", "Opens a new place beside this one, which takes part of it");
    info.status = 201;
    api.route<SplitAsked, PlaceAnswer>(
        Method::post, "/api/v1/places/{id}/split", std::move(info),
        [tree](Request& request, SplitAsked asked) { return split(tree, request, std::move(asked)); });
    api.route<CloseAsked, None>(
        Method::post, "/api/v1/places/{id}/close",
        change_info("close_place", "Closes a place that has nothing below it and nobody serving there"),
        [tree](Request& request, CloseAsked asked) { return close(tree, request, std::move(asked)); });
    api.route<None, PlaceHistoryAnswer>(
        Method::get, "/api/v1/places/{id}/history",
        {.id = "place_history",
         .summary = "What a place was called, where it hung, and who decided it why",
         .tag = "places",
         .refusals = {404}},
        [tree, name_of](Request& request, None) { return history(tree, request, name_of); });
}

}  // namespace lianxin::place
