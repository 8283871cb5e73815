#include "matter/search_api.hpp"

#include <cmath>

#include "http/page_size.hpp"
#include "matter/matter_api_shapes.hpp"
#include "matter/matter_api_tone.hpp"

namespace lianxin::matter {

struct SearchAsked {
    std::string q;
    std::optional<PlaceId> place;
    std::optional<std::string> after;
    std::optional<http::PageSize<50>> limit;
};
BOOST_DESCRIBE_STRUCT(SearchAsked, (), (q, place, after, limit))
struct FoundShape {
    MatterId id;
    std::string number, subject, excerpt, kind_title;
    std::optional<std::string> category;
    std::string place_name, state, state_title, phase;
    Tone tone = Tone::neutral;
    Instant received_at;
};
BOOST_DESCRIBE_STRUCT(FoundShape, (),
                      (id, number, subject, excerpt, kind_title, category, place_name, state, state_title,
                       phase, tone, received_at))
struct FoundPage {
    std::vector<FoundShape> items;
    std::optional<std::string> next;
    std::int64_t behind = 0;  // entries not yet indexed
};
BOOST_DESCRIBE_STRUCT(FoundPage, (), (items, next, behind))
struct SimilarShape {
    FoundShape matter;
    double likeness = 0, words = 0;
    bool same_place = false;
    int days_apart = 0;
    bool mergeable = false;  // else it can be linked
};
BOOST_DESCRIBE_STRUCT(SimilarShape, (), (matter, likeness, words, same_place, days_apart, mergeable))
struct SimilarList {
    std::vector<SimilarShape> items;
};
BOOST_DESCRIBE_STRUCT(SimilarList, (), (items))

namespace {

using http::Method;
using http::None;
using http::Problem;
using http::Reply;
using http::Request;

constexpr std::size_t longest_question = 400;  // octets

FoundShape shape_of(const FoundRow& row, const api::Wording& words) {
    return {row.id,
            row.number,
            row.subject,
            row.excerpt,
            words.kind(row.workflow, row.subkind),
            row.category ? std::optional(row.category_name) : std::nullopt,
            row.place_name,
            row.state,
            words.of(row.workflow, "state", row.state),
            row.phase,
            row.tone,
            row.received_at};
}

// Likeness is a rough thing: two decimals.
double rough(float value) {
    return std::round(static_cast<double>(value) * 100) / 100;
}

}  // namespace

void add_search_routes(http::Api& api, County& county, SearchService& search, place::Titles titles) {
    api.route<SearchAsked, FoundPage>(
        Method::get, "/api/v1/search",
        {.id = "search",
         .summary = "Matters that have all these words, newest first, a matter before what is about it",
         .tag = "matters",
         .refusals = {403, 404, 422}},
        [&county, &search, titles](Request& request, SearchAsked asked) -> Result<Reply<FoundPage>, Problem> {
            if (asked.q.size() > longest_question) return fail(http::problem(422, "text_too_long"));
            const auto page = search.search(
                county, place::acting_person(request),
                {asked.q, asked.place, asked.after.value_or(""), asked.limit ? asked.limit->items : 20});
            if (!page) return fail(api::problem_of(page.error()));
            const api::Wording words(titles, request.language);
            FoundPage out;
            for (const FoundRow& row : page->rows) out.items.push_back(shape_of(row, words));
            if (!page->next.empty()) out.next = page->next;
            out.behind = page->behind;
            return Reply{std::move(out)};
        });
    api.route<None, SimilarList>(
        Method::get, "/api/v1/matters/{id}/similar",
        {.id = "similar_matters",
         .summary = "What may be the same thing and could be merged or linked by me, most likely first",
         .tag = "matters",
         .refusals = {404}},
        [&county, &search, titles](Request& request, None) -> Result<Reply<SimilarList>, Problem> {
            const auto id = http::path_id<MatterNoun>(request);
            if (!id) return fail(id.error());
            const auto rows = search.similar(county, place::acting_person(request), *id);
            if (!rows) return fail(api::problem_of(rows.error()));
            const api::Wording words(titles, request.language);
            SimilarList out;
            for (const SimilarRow& row : *rows)
                out.items.push_back({shape_of(row.row, words), rough(row.likeness), rough(row.words),
                                     row.same_place, row.days_apart, row.mergeable});
            return Reply{std::move(out)};
        });
}

}  // namespace lianxin::matter
