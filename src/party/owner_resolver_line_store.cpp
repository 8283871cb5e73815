// Who stands above a post: as it is drawn, and in other hands.
#include <algorithm>

#include "party/owner_resolver_store.hpp"
#include "party/party_store.hpp"

namespace lianxin::party {

std::optional<PostId> OwnerResolver::superior(PostId id) {
    const auto found = post(id);
    return found ? found->superior : std::nullopt;
}

std::optional<PostId> OwnerResolver::answers_to(PostId id, Day day) {
    const auto key = "answers to " + id.text() + ' ' + std::to_string(day.number);
    if (const auto kept = cache_.find(key, version()))
        return *kept ? std::optional((*kept)->post) : std::nullopt;
    const auto own = holders(tx_, id, day);
    OwnerCache::Answer found;
    for (const auto above : line_above(id)) {
        const auto theirs = holders(tx_, above, day);
        const bool same_hands =
            !theirs.empty() && std::all_of(theirs.begin(), theirs.end(), [&](PartyId one) {
                return std::find(own.begin(), own.end(), one) != own.end();
            });
        if (same_hands) continue;
        found = ResolvedOwner{above, post(above)->place, true};
        break;
    }
    cache_.keep(key, version(), found);
    return found ? std::optional(found->post) : std::nullopt;
}

std::vector<PostId> OwnerResolver::line_above(PostId start) {
    std::vector<PostId> line;
    auto next = superior(start);
    // Superiors run in no circle; a careless change must not hang the server.
    while (next && *next != start && std::find(line.begin(), line.end(), *next) == line.end()) {
        line.push_back(*next);
        next = superior(*next);
    }
    return line;
}

}  // namespace lianxin::party
