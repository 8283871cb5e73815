#include "party/oversight_store.hpp"

#include <algorithm>

namespace lianxin::party {

Line line_of(OwnerResolver& posts, PostId of, PostId who) {
    const auto among = [](const std::vector<PostId>& line, PostId post) {
        return std::find(line.begin(), line.end(), post) != line.end();
    };
    if (who == of) return Line::itself;
    if (among(posts.line_above(who), of)) return Line::below;
    const auto above = posts.line_above(of);
    // Whoever leads a place sits at its desk as well.
    const auto post = posts.post(who);
    const bool desk_of_leader = post && post->desk && !post->unit && post->superior &&
                                among(above, *post->superior) &&
                                posts.post(*post->superior)->place == post->place;
    return desk_of_leader || among(above, who) ? Line::above : Line::outside;
}

std::optional<PostId> overseer_of(OwnerResolver& posts, PostId of, Day day) {
    const auto post = posts.post(of);
    if (!post) return {};
    SelectorContext context;
    context.place = post->place;
    context.day = day;
    for (const auto& selector : overseers(posts.offices())) {
        const auto found = posts.resolve_exactly(selector, context);
        if (found && line_of(posts, of, found->post) == Line::outside) return found->post;
    }
    return {};
}

std::optional<std::string> seat_of(store::Transaction& tx, PostId post) {
    for (const store::Row row :
         tx.query("select p.kind, coalesce(u.unit_kind, s.kind, t.kind) from post p join place t on t.id = "
                  "p.place left join party u on u.id = p.unit left join station s on s.id = p.station where "
                  "p.id = $1",
                  post))
        return row.get<std::string>(0) + "@" + row.get<std::string>(1);
    return {};
}

}  // namespace lianxin::party
