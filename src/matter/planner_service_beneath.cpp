// Whom somebody may give work to, posts that sit where they lead or dispatch for, and below; and whom they
// stand over.
#include <algorithm>

#include "matter/planner_service.hpp"
#include "place/place_store.hpp"

namespace lianxin::matter {

bool Planner::is_beneath(const Actor& actor, PlaceId place) {
    const auto lineage = place::load_lineage(tx_, place, today());
    return lineage && std::any_of(actor.reach.begin(), actor.reach.end(),
                                  [&](PlaceId reached) { return lineage->within(reached); });
}

// Above in the line, or in charge of the place where the owner sits and not below them.
bool Planner::stands_over(const access::ActingPerson& who, PostId owner) {
    const auto above = posts_.line_above(owner);
    const auto has = [](const std::vector<PostId>& line, PostId post) {
        return std::find(line.begin(), line.end(), post) != line.end();
    };
    const auto post = posts_.post(owner);
    const auto lineage = post ? place::load_lineage(tx_, post->place, today()) : std::nullopt;
    return std::any_of(who.posts.begin(), who.posts.end(), [&](const access::HeldPost& held) {
        if (has(above, held.post)) return true;
        const bool in_charge = std::any_of(held.rights.begin(), held.rights.end(), [](const auto& right) {
            return right == access::right::lead || right == access::right::dispatch ||
                   right == access::right::oversee;
        });
        return in_charge && !held.unit && lineage && lineage->within(held.place) &&
               !has(posts_.line_above(held.post), owner);
    });
}

void Planner::look_beneath(const Standing& matter, const Actor& actor, const Form& form, Asked& asked) {
    if (actor.engine) return;
    const auto& fields = matter.workflow->fields;
    for (const Form::Entry& entry : form.entries()) {
        const auto* named = std::get_if<PostsValue>(&entry.value);
        if (named == nullptr || !rule_at(fields, entry.field).beneath) continue;
        for (const PostId id : named->posts) {
            const auto post = posts_.post(id);
            if (!post || !is_beneath(actor, post->place)) asked.beyond.push_back(id);
        }
    }
    for (std::size_t at = 0; at < fields.size(); ++at) {
        if (!fields[at].beneath) continue;
        const bool somebody = std::any_of(actor.reach.begin(), actor.reach.end(), [&](PlaceId place) {
            return !party::load_post_views(tx_, {place, today(), true, fields[at].post_kind, false, {}, 1})
                        .empty();
        });
        if (!somebody) asked.nobody_beneath.push_back(FieldIndex{static_cast<std::uint16_t>(at)});
    }
}

}  // namespace lianxin::matter
