#include "access/access.hpp"

#include <algorithm>

namespace lianxin::access {

bool ActingPerson::holds(PostId post) const {
    return std::any_of(posts.begin(), posts.end(), [&](const HeldPost& held) { return held.post == post; });
}

bool ActingPerson::has_right(const std::string& right) const {
    return kind == Kind::engine || !places_with(right).empty();
}

std::vector<PlaceId> ActingPerson::places_with(const std::string& right) const {
    std::vector<PlaceId> places;
    for (const HeldPost& held : posts) {
        if (std::find(held.rights.begin(), held.rights.end(), right) != held.rights.end())
            places.push_back(held.place);
    }
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    return places;
}

ActingPerson ActingPerson::engine() {
    ActingPerson engine;
    engine.kind = Kind::engine;
    return engine;
}

}  // namespace lianxin::access
