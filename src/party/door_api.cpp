#include "party/door_api.hpp"

#include "party/door_service.hpp"

namespace lianxin::party {

struct KeeperAnswer {
    std::string kind_title, place_name;
    std::vector<std::string> names;  // empty: a vacancy
};
BOOST_DESCRIBE_STRUCT(KeeperAnswer, (), (kind_title, place_name, names))
struct DoorAnswer {
    bool known = false;  // the place has a door with this number; else a request stays with the place
    std::vector<KeeperAnswer> keepers;
};
BOOST_DESCRIBE_STRUCT(DoorAnswer, (), (known, keepers))
struct DoorAsked {
    std::string house;
};
BOOST_DESCRIBE_STRUCT(DoorAsked, (), (house))

void add_door_routes(http::Api& api, County& county, PartyService& parties, place::PlaceService& places,
                     place::Titles titles) {
    api.route<DoorAsked, DoorAnswer>(
        http::Method::get, "/api/v1/places/{id}/door",
        {.id = "door",
         .summary = "Who keeps in touch with the door of a house number",
         .tag = "parties",
         .refusals = {404}},
        [&county, &parties, &places, titles = std::move(titles)](
            http::Request& request,
            const DoorAsked& asked) -> Result<http::Reply<DoorAnswer>, http::Problem> {
            const auto id = http::path_id<PlaceNoun>(request);
            if (!id) return fail(id.error());
            const auto door = door_meant(county, places, *id, asked.house);
            if (!door) return fail(http::problem(404, "not_found"));
            DoorAnswer answer;
            answer.known = door->household;
            if (!answer.known) return http::Reply{std::move(answer)};
            for (const PostView& view : parties.representatives(county, door->id)) {
                KeeperAnswer keeper{
                    titles(request.language, "post.kind." + view.post.kind), view.place_name, {}};
                for (const auto& holder : view.holders) keeper.names.push_back(holder.name);
                answer.keepers.push_back(std::move(keeper));
            }
            return http::Reply{std::move(answer)};
        });
}

}  // namespace lianxin::party
