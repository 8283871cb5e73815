#include "place/place_api.hpp"

#include "http/page_size.hpp"
#include "place/category_answer_api.hpp"
#include "place/place_answer_api.hpp"
#include "place/short_code.hpp"

namespace lianxin::place {

struct PlaceList {
    std::vector<PlaceAnswer> items;
    std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(PlaceList, (), (items, next))
struct ChildrenAsked {
    std::optional<PlaceId> parent;
    std::optional<PlaceId> after;
    std::optional<http::PageSize<500>> limit;
    std::optional<Day> on;  // the tree as it was that day; today's when left out
};
BOOST_DESCRIBE_STRUCT(ChildrenAsked, (), (parent, after, limit, on))
struct PlaceAsked {
    std::optional<Day> on;
};
BOOST_DESCRIBE_STRUCT(PlaceAsked, (), (on))
struct SearchAsked {
    std::string q;
};
BOOST_DESCRIBE_STRUCT(SearchAsked, (), (q))
struct StationAnswer {
    StationId id;
    std::string name;
    std::string kind;
    std::string kind_title;
    std::string hours;
    std::string contact;
    std::string short_code;
};
BOOST_DESCRIBE_STRUCT(StationAnswer, (), (id, name, kind, kind_title, hours, contact, short_code))
struct StationList {
    std::vector<StationAnswer> items;
};
BOOST_DESCRIBE_STRUCT(StationList, (), (items))
struct CodeAnswer {
    std::string kind;
    PlaceAnswer place;
    std::optional<StationAnswer> station;
};
BOOST_DESCRIBE_STRUCT(CodeAnswer, (), (kind, place, station))
struct CategoriesAsked {
    std::optional<std::string> q;
    std::optional<CategoryId> parent;
};
BOOST_DESCRIBE_STRUCT(CategoriesAsked, (), (q, parent))
struct CategoryList {
    std::vector<CategoryAnswer> items;
};
BOOST_DESCRIBE_STRUCT(CategoryList, (), (items))

namespace {

using http::Method;
using http::None;
using http::Problem;
using http::Reply;
using http::Request;

constexpr int page_of_places = 100;
constexpr std::size_t longest_search = 400;  // octets: an address, not a letter

StationAnswer answer_of(const Station& station, const std::string& language, const Titles& titles) {
    return {
        station.id,    station.name,    station.kind,      titles(language, "place.station." + station.kind),
        station.hours, station.contact, station.short_code};
}

Result<Reply<PlaceList>, Problem> children(Request& request, const ChildrenAsked& asked, County& county,
                                           PlaceService& places, const Titles& titles) {
    const int limit = asked.limit ? asked.limit->items : page_of_places;
    const auto found = places.children(county, acting_person(request), asked.parent,
                                       asked.after.value_or(PlaceId()), limit + 1, asked.on);
    if (!found) return fail(http::problem(404, "not_found"));
    PlaceList list;
    for (const auto& view : *found) {
        if (list.items.size() == static_cast<std::size_t>(limit)) {
            list.next = list.items.back().id.text();
            break;
        }
        list.items.push_back(answer_of(view, request.language, titles));
    }
    return Reply{std::move(list)};
}

Result<Reply<CategoryList>, Problem> categories(const CategoriesAsked& asked, County& county,
                                                PlaceService& places) {
    if (asked.q && asked.q->size() > longest_search) return fail(http::problem(422, "text_too_long"));
    const auto index = county.database.read(
        [&](store::Transaction& tx) { return places.lookup().categories(tx, today(county)); });
    CategoryList list;
    if (asked.q && !asked.q->empty()) {
        for (const auto& hit : index->search(*asked.q))
            list.items.push_back(answer_of(*index, *hit.category));
    } else {
        if (asked.parent && index->find(*asked.parent) == nullptr)
            return fail(http::problem(404, "not_found"));
        for (const auto* category : index->children(asked.parent))
            list.items.push_back(answer_of(*index, *category));
    }
    return Reply{std::move(list)};
}

// What a plate's code leads to, and the plate itself.
void add_code_routes(http::Api& api, County& county, PlaceService& places, const Titles& titles,
                     const std::function<std::string(const Request&, std::string_view)>& address_of) {
    api.route<None, CodeAnswer>(
        Method::get, "/api/v1/codes/{code}",
        {.id = "code",
         .summary = "What the plate with this code stands at",
         .tag = "places",
         .refusals = {404}},
        [&county, &places, titles](Request& request, None) -> Result<Reply<CodeAnswer>, Problem> {
            const auto view = places.by_code(county, acting_person(request), request.param("code"));
            if (!view) return fail(http::problem(404, "not_found"));
            CodeAnswer answer{
                view->station ? "station" : "place", answer_of(view->place, request.language, titles), {}};
            if (view->station) answer.station = answer_of(*view->station, request.language, titles);
            return Reply{std::move(answer)};
        });
    api.raw(Method::get, "/api/v1/codes/{code}/qr.svg",
            {.id = "code_qr",
             .summary = "The plate's QR symbol to print",
             .tag = "places",
             .gives = "image/svg+xml"},
            [&county, &places, address_of](Request& request) {
                const auto code = parse_short_code(request.param("code"));
                if (!code || !places.by_code(county, acting_person(request), *code)) {
                    return http::respond(http::problem(404, "not_found"));
                }
                http::Response response;
                response.content_type = "image/svg+xml";
                response.body = qr_svg(address_of(request, *code));
                return response;
            });
}

}  // namespace

bool is_there(County& county, PlaceId id) {
    return county.database.read(
        [&](store::Transaction& tx) { return load_place(tx, id, today(county)).has_value(); });
}

access::ActingPerson acting_person(const Request& request) {
    const auto* person = std::any_cast<access::ActingPerson>(&request.context);
    return person == nullptr ? access::ActingPerson{} : *person;
}

void add_place_routes(http::Api& api, County& county, PlaceService& places, Titles titles,
                      const Simplify& simplify,
                      std::function<std::string(const Request&, std::string_view)> address_of) {
    api.route<ChildrenAsked, PlaceList>(
        Method::get, "/api/v1/places",
        {.id = "places", .summary = "The places below one, or the root", .tag = "places", .refusals = {404}},
        [&county, &places, titles](Request& request, ChildrenAsked asked) {
            return children(request, asked, county, places, titles);
        });
    api.route<SearchAsked, PlaceList>(
        Method::get, "/api/v1/places/search",
        {.id = "find_places",
         .summary = "The places an address can mean, best first",
         .tag = "places",
         .refusals = {422}},
        [&county, &places, titles, simplify](Request& request,
                                             SearchAsked asked) -> Result<Reply<PlaceList>, Problem> {
            if (asked.q.size() > longest_search) return fail(http::problem(422, "text_too_long"));
            PlaceList list;
            for (const auto& view : places.search(county, acting_person(request), simplify(asked.q))) {
                list.items.push_back(answer_of(view, request.language, titles));
            }
            return Reply{std::move(list)};
        });
    api.route<PlaceAsked, PlaceAnswer>(
        Method::get, "/api/v1/places/{id}",
        {.id = "place", .summary = "One place with its path", .tag = "places", .refusals = {404}},
        [&county, &places, titles](Request& request,
                                   PlaceAsked asked) -> Result<Reply<PlaceAnswer>, Problem> {
            const auto id = http::path_id<PlaceNoun>(request);
            if (!id) return fail(id.error());
            const auto view = places.place(county, acting_person(request), *id, asked.on);
            if (!view) return fail(http::problem(404, "not_found"));
            return Reply{answer_of(*view, request.language, titles)};
        });
    api.route<None, StationList>(
        Method::get, "/api/v1/places/{id}/stations",
        {.id = "stations", .summary = "The stations at a place", .tag = "places", .refusals = {404}},
        [&county, &places, titles](Request& request, None) -> Result<Reply<StationList>, Problem> {
            const auto id = http::path_id<PlaceNoun>(request);
            if (!id) return fail(id.error());
            if (!is_there(county, *id)) return fail(http::problem(404, "not_found"));
            StationList list;
            for (const auto& station : places.stations(county, *id)) {
                list.items.push_back(answer_of(station, request.language, titles));
            }
            return Reply{std::move(list)};
        });
    add_code_routes(api, county, places, titles, address_of);
    api.route<CategoriesAsked, CategoryList>(Method::get, "/api/v1/categories",
                                             {.id = "categories",
                                              .summary = "What a matter can be about: by words or below one",
                                              .tag = "places",
                                              .refusals = {422}},
                                             [&county, &places, simplify](Request&, CategoriesAsked asked) {
                                                 if (asked.q) asked.q = simplify(*asked.q);
                                                 return categories(asked, county, places);
                                             });
}

}  // namespace lianxin::place
