#include "party/people_api.hpp"

#include "http/page_size.hpp"
#include "place/place_api.hpp"

namespace lianxin::party {

struct PersonAnswer {
    PartyId id;
    std::string name;
    PlaceId place;
    std::string place_name;
};
BOOST_DESCRIBE_STRUCT(PersonAnswer, (), (id, name, place, place_name))
struct PeopleAnswer {
    std::vector<PersonAnswer> items;
};
BOOST_DESCRIBE_STRUCT(PeopleAnswer, (), (items))
struct PeopleQuery {
    std::optional<std::string> name;           // part of it; left out: everybody
    std::optional<http::PageSize<200>> limit;  // 50 when left out
};
BOOST_DESCRIBE_STRUCT(PeopleQuery, (), (name, limit))

void add_people_routes(http::Api& api, County& county) {
    api.route<PeopleQuery, PeopleAnswer>(
        http::Method::get, "/api/v1/places/{id}/people",
        {.id = "people",
         .summary = "Who lives or works at a place and below it, by name",
         .tag = "parties",
         .refusals = {403, 404, 422}},
        [&county](http::Request& request,
                  PeopleQuery query) -> Result<http::Reply<PeopleAnswer>, http::Problem> {
            const auto id = http::path_id<PlaceNoun>(request);
            if (!id) return fail(id.error());
            const auto limit = static_cast<std::size_t>(query.limit ? query.limit->items : 50);
            const auto found =
                find_people(county, place::acting_person(request), {*id, query.name.value_or(""), limit});
            if (!found) {
                const PartyRefusal refusal = found.error();
                const int status = refusal == PartyRefusal::place_not_found ? 404
                                   : refusal == PartyRefusal::not_allowed   ? 403
                                                                            : 422;
                return fail(
                    http::problem(status, status == 404 ? "not_found" : std::string(code_of(refusal))));
            }
            PeopleAnswer answer;
            for (const PersonView& person : *found)
                answer.items.push_back({person.id, person.name, person.place, person.place_name});
            return http::Reply{std::move(answer)};
        });
}

}  // namespace lianxin::party
