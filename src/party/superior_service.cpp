#include "party/superior_service.hpp"

#include "party/party_store.hpp"
#include "place/place_store.hpp"

namespace lianxin::party {

using store::Transaction;

std::optional<PostId> superior_for(Transaction& tx, OwnerCache& cache, const PostKind& kind, const Post& post,
                                   Day day) {
    OwnerResolver resolver(tx, cache);
    const auto lineage = place::load_lineage(tx, post.place, day);
    int level = place::max_level;
    while (lineage && level > 1 && lineage->at(level) != post.place) --level;
    const auto of_place = [](const Post& one) { return !one.unit && !one.station; };
    // A desk answers to whoever leads its place, and so whoever leads it never to the desk.
    const bool leads_place = kind.leader && of_place(post);
    const auto above = [&](const std::optional<ResolvedOwner>& found) -> std::optional<PostId> {
        const auto candidate = found && found->post != post.id ? resolver.post(found->post) : std::nullopt;
        if (!candidate) return {};
        const bool own_desk = candidate->desk && of_place(*candidate) && candidate->place == post.place;
        return leads_place && own_desk ? std::nullopt : std::optional(candidate->id);
    };
    for (const auto& text : kind.superior)
        if (const auto selector = parse_selector(text, resolver.offices()))
            if (const auto found = above(resolver.resolve_exactly(*selector, {post.place, day, {}, {}, {}})))
                return found;
    const bool place_desk = kind.desk && of_place(post);
    if (place_desk && !kind.leader)
        if (const auto leaders = leaders_beside(tx, post, day); !leaders.empty()) return leaders.front();
    if (!place_desk && !leads_place) return above(resolver.nearest_desk(post.place, day));
    for (int higher = level - 1; lineage && higher >= 1; --higher)
        if (lineage->has(higher)) return above(resolver.nearest_desk(lineage->at(higher), day));
    return {};
}

}  // namespace lianxin::party
