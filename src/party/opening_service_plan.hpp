// party/opening_service_plan.hpp — a county as it will be written on its first day: every row, with its id,
// made from the plan in memory before the one transaction that stores it. Places first, then offices upon
// them.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "party/liaison.hpp"
#include "party/made_up_people.hpp"
#include "party/opening_service.hpp"
#include "party/party.hpp"
#include "party/post.hpp"
#include "place/category.hpp"
#include "place/place_store.hpp"
#include "place/station.hpp"

namespace lianxin::party {

struct FirstDay {
    std::vector<place::NewPlace> places;  // parents first; short codes come with the store
    std::vector<place::Station> stations;
    std::vector<Party> parties;
    std::vector<Post> posts;
    std::vector<Holding> holdings;
    std::vector<LiaisonLink> links;
    std::vector<place::Category> categories;
    struct Contact {
        PartyId party;
        std::string name, phone;  // sealed before they are stored; a public name is not in here
    };
    std::vector<Contact> contacts;
};

// What is handed from step to step.
struct Opening {
    const CountyPlan& plan;
    Day from;
    std::function<std::int64_t()> next_id;
    FirstDay day;
    std::optional<MadeUpPeople> people;
    std::unordered_map<std::string, std::size_t> by_key;  // planned places
    using PostCounts =
        std::unordered_map<std::size_t, std::map<std::string, int>>;  // place → kind → how many
    PostCounts filled_posts;
    PostCounts vacant_posts;     // beside them: nobody is put there, and nobody is tied to them
    std::set<PostId> vacancies;  // the posts that were made so

    template <class Noun>
    [[nodiscard]] Id<Noun> id() const {
        return Id<Noun>(next_id());
    }
    [[nodiscard]] const place::Kind& kind_of(std::size_t at) const {
        return *plan.places.kinds.find(day.places[at].kind);
    }
};

// The tree, made-up parts included, and the stations; false when the households and representatives a fill
// asks for cannot meet the liaison's bounds.
[[nodiscard]] bool plan_places(Opening& opening);
// Units, posts with their superiors, people in them, households' people, and who keeps in touch with whom.
void plan_offices(Opening& opening);

}  // namespace lianxin::party
