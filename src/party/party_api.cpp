#include "party/party_api.hpp"

#include "http/page_size.hpp"
#include "party/post_answer_api.hpp"

namespace lianxin::party {

struct PostList {
    std::vector<PostAnswer> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(PostList, (), (items, next))
struct PostsAsked {
    bool below = false;
    std::optional<std::string> kind;
    bool vacant = false;
    std::optional<PostId> after;
    std::optional<http::PageSize<500>> limit;
};
BOOST_DESCRIBE_STRUCT(PostsAsked, (), (below, kind, vacant, after, limit))
struct VacanciesAsked {
    std::optional<PlaceId> place;     // absent: the whole county
    std::optional<std::string> kind;  // of post; absent: all
    std::optional<PostId> after;
};
BOOST_DESCRIBE_STRUCT(VacanciesAsked, (), (place, kind, after))
namespace {

using http::Method;
using http::None;
using http::Problem;
using http::Reply;
using http::Request;
using place::acting_person;
using place::Titles;

constexpr int page_of_posts = 100, most_posts = 500;

PostList page(const std::vector<PostView>& views, std::size_t limit, const std::string& language,
              const Titles& titles) {
    PostList list;
    for (const auto& view : views) {
        if (list.items.size() == limit) {
            list.next = list.items.back().id.text();
            break;
        }
        list.items.push_back(answer_of(view, language, titles));
    }
    return list;
}

PostList posts(County& county, PartyService& parties, PostsQuery query, const std::string& language,
               const Titles& titles) {
    const auto limit = query.limit;
    ++query.limit;  // one more tells whether there is a next page
    return page(parties.posts(county, query), static_cast<std::size_t>(limit), language, titles);
}

// Kinds are the pack's: which there are is known only here.
std::optional<Problem> refuse_kind(County& county, const std::optional<std::string>& kind) {
    if (!kind) return {};
    const auto kinds = county.database.read([](store::Transaction& tx) { return load_offices(tx).posts; });
    if (kinds.find(*kind) != nullptr) return {};
    std::string allowed;
    for (const auto& each : kinds.all()) allowed += (allowed.empty() ? "" : ", ") + each.name;
    return http::problem(422, "invalid_input", {{"/kind", "unknown_value", {}, std::move(allowed)}});
}

void add_post_routes(http::Api& api, County& county, PartyService& parties, const Titles& titles) {
    api.route<None, PostList>(
        Method::get, "/api/v1/places/{id}/representatives",
        {.id = "representatives",
         .summary = "Who keeps in touch with this place",
         .tag = "parties",
         .refusals = {404}},
        [&county, &parties, titles](Request& request, None) -> Result<Reply<PostList>, Problem> {
            const auto id = http::path_id<PlaceNoun>(request);
            if (!id) return fail(id.error());
            if (!place::is_there(county, *id)) return fail(http::problem(404, "not_found"));
            return Reply{page(parties.representatives(county, *id), most_posts, request.language, titles)};
        });
    api.route<PostsAsked, PostList>(
        Method::get, "/api/v1/places/{id}/posts",
        {.id = "posts",
         .summary = "Posts at a place and who holds them",
         .tag = "parties",
         .refusals = {404}},
        [&county, &parties, titles](Request& request, PostsAsked asked) -> Result<Reply<PostList>, Problem> {
            const auto id = http::path_id<PlaceNoun>(request);
            if (!id) return fail(id.error());
            if (!place::is_there(county, *id)) return fail(http::problem(404, "not_found"));
            if (auto refused = refuse_kind(county, asked.kind)) return fail(std::move(*refused));
            const int limit = asked.limit ? asked.limit->items : page_of_posts;
            return Reply{posts(county, parties,
                               {*id, place::today(county), asked.below, asked.kind.value_or(""), asked.vacant,
                                asked.after.value_or(PostId()), limit},
                               request.language, titles)};
        });
    api.route<VacanciesAsked, PostList>(
        Method::get, "/api/v1/vacancies",
        {.id = "vacancies",
         .summary = "Posts that nobody holds and somebody ought to, at a place and below it",
         .tag = "parties"},
        [&county, &parties, titles](Request& request,
                                    VacanciesAsked asked) -> Result<Reply<PostList>, Problem> {
            if (asked.place && !place::is_there(county, *asked.place))
                return fail(http::problem(404, "not_found"));
            if (auto refused = refuse_kind(county, asked.kind)) return fail(std::move(*refused));
            return Reply{posts(county, parties,
                               {asked.place.value_or(place::root_of(county)), place::today(county), true,
                                asked.kind.value_or(""), true, asked.after.value_or(PostId()), page_of_posts},
                               request.language, titles)};
        });
}

}  // namespace

void add_party_routes(http::Api& api, County& county, PartyService& parties, Titles titles) {
    add_post_routes(api, county, parties, titles);
    add_staffing_routes(api, county, parties, titles);
    add_liaison_routes(api, county, parties, titles);
}

}  // namespace lianxin::party
