// Whoever has a hand in a matter does not judge what is said against it.
#include <algorithm>

#include "matter/planner_service.hpp"
#include "notice/notice_store.hpp"

namespace lianxin::matter {

Hands Planner::hands_above(const Standing& matter) {
    if (!matter.workflow->apart_from_parent || !matter.row.parent) return {};
    const Standing* above = standing(*matter.row.parent);
    if (above == nullptr) return {};
    std::optional<NoticeIndex> objected_to;
    if (matter.row.about_kind == "notice")
        if (const auto notice = notice::find_notice(tx_, NoticeId(matter.row.about_id)))
            objected_to = above->workflow->find_notice(notice->name);
    return hands_in(*above->workflow, above->state, objected_to);
}

// The post itself, or one that nobody holds who had no hand in it.
bool Planner::had_a_hand(const Hands& hands, PostId post) {
    if (std::find(hands.posts.begin(), hands.posts.end(), post) != hands.posts.end()) return true;
    if (hands.people.empty()) return false;
    const auto holders = party::holders(tx_, post, today());
    return !holders.empty() && std::all_of(holders.begin(), holders.end(), [&](PartyId holder) {
        return std::binary_search(hands.people.begin(), hands.people.end(), holder);
    });
}

// When everybody the workflow names had one: the nearest above them who had none.
std::optional<PostId> Planner::outsider(const Hands& hands) {
    for (const PostId owner : hands.posts)
        for (const PostId above : posts_.line_above(owner))
            if (!had_a_hand(hands, above)) return above;
    return {};
}

}  // namespace lianxin::matter
