#include "party/superior_service.hpp"

#include "place/place_store.hpp"

namespace lianxin::party {

using store::Transaction;

std::optional<PostId> superior_for(Transaction& tx, OwnerCache& cache, const PostKind& kind, const Post& post,
                                   Day day) {
    OwnerResolver resolver(tx, cache);
    for (const auto& text : kind.superior) {
        const auto selector = parse_selector(text, resolver.offices());
        if (!selector) continue;
        const auto found = resolver.resolve_exactly(*selector, {post.place, day, {}, {}, {}});
        if (found && found->post != post.id) return found->post;
    }
    const auto id_of = [](const std::optional<ResolvedOwner>& desk) {
        return desk ? std::optional<PostId>(desk->post) : std::nullopt;
    };
    if (!kind.desk || post.unit || post.station) return id_of(resolver.nearest_desk(post.place, day));
    const auto lineage = place::load_lineage(tx, post.place, day);
    for (int level = place::max_level; lineage && level >= 1; --level) {
        if (!lineage->has(level) || lineage->at(level) == post.place) continue;
        return id_of(resolver.nearest_desk(lineage->at(level), day));
    }
    return {};
}

}  // namespace lianxin::party
