// Whom somebody may give work to, and whom they stand over: matter/reach.hpp asked of the county's posts.
#include <algorithm>
#include <set>

#include "matter/planner_service.hpp"
#include "place/place_store.hpp"

namespace lianxin::matter {
namespace {

// Of one kind all there are, of any kind those along the way: a county has thousands.
constexpr int offered_of_a_kind = 500, offered_at_a_place = 200;

bool has_any(const party::PostKind& kind, std::initializer_list<std::string_view> rights) {
    return std::any_of(rights.begin(), rights.end(),
                       [&](std::string_view right) { return kind.has_right(right); });
}

}  // namespace

std::optional<Sitting> Planner::sitting(PostId id) {
    const auto post = posts_.post(id);
    const auto* kind = post ? posts_.offices().posts.find(post->kind) : nullptr;
    if (kind == nullptr) return {};
    Sitting sitting{id, {}, posts_.line_above(id), false, false};
    namespace right = access::right;
    sitting.gives_work = has_any(*kind, {right::lead, right::dispatch});
    sitting.in_charge = !post->unit && has_any(*kind, {right::lead, right::dispatch, right::oversee});
    const place::Lineage lineage = lineage_of(post->place).value_or(place::Lineage{});
    for (int level = place::max_level; level >= 1; --level)
        if (lineage.has(level)) sitting.way.push_back(lineage.at(level));
    return sitting;
}

bool Planner::stands_over(const access::ActingPerson& who, PostId owner) {
    const auto below = sitting(owner);
    return below && std::any_of(who.posts.begin(), who.posts.end(), [&](const access::HeldPost& held) {
               const auto above = sitting(held.post);
               return above && matter::stands_over(*above, *below);
           });
}

// Whoever owns it hands it on as its owner; whoever is above gives work by all that they hold.
std::vector<Sitting> Planner::givers(const Actor& actor, PostId owner, Reach reach) {
    std::vector<Sitting> givers;
    const bool owns = reach == Reach::beside && actor.relations.hold(owner);
    for (const PostId held : owns ? std::vector{owner} : actor.relations.posts)
        if (auto giver = sitting(held)) givers.push_back(std::move(*giver));
    return givers;
}

bool Planner::is_in_reach(const Actor& actor, const std::vector<Sitting>& givers, Reach reach, PostId id) {
    const auto receiver = sitting(id);
    if (!receiver || (reach == Reach::beside && actor.relations.hold(id))) return false;
    return std::any_of(givers.begin(), givers.end(),
                       [&](const Sitting& giver) { return may_receive(reach, giver, *receiver); });
}

std::vector<PostId> Planner::beyond_reach(const Standing& matter, const Actor& actor, PartNo part,
                                          const Form& form) {
    std::vector<PostId> beyond;
    const PartState* here = matter.state.part(part);
    if (actor.engine || here == nullptr) return beyond;
    for (const Form::Entry& entry : form.entries()) {
        const auto* named = std::get_if<PostsValue>(&entry.value);
        const Reach reach = rule_at(matter.workflow->fields, entry.field).reach;
        if (named == nullptr || reach == Reach::any) continue;
        const auto by = givers(actor, here->owner, reach);
        for (const PostId post : named->posts)  // that it stays with its owner is refused for itself
            if (post != here->owner && !is_in_reach(actor, by, reach, post)) beyond.push_back(post);
    }
    return beyond;
}

// Where those sit among whom to choose.
std::vector<party::PostView> Planner::around(const Standing& matter, const std::vector<Sitting>& givers,
                                             const FieldRule& field) {
    std::vector<party::PostView> found;
    const auto add = [&](std::vector<party::PostView> views) {
        for (auto& view : views) found.push_back(std::move(view));
    };
    for (const Sitting& giver : givers) {
        const auto above = giver.above.empty() ? std::nullopt : posts_.post(giver.above.front());
        const bool beside = field.reach == Reach::beside && above;
        if (!field.post_kind.empty() && !giver.way.empty()) {
            const PlaceId top = beside ? above->place : giver.way.front();
            add(party::load_post_views(tx_,
                                       {top, today(), true, field.post_kind, false, {}, offered_of_a_kind}));
        } else if (beside) {
            add(party::load_post_views_under(tx_, above->id, today(), offered_at_a_place));
        }
        if (field.post_kind.empty() && field.reach == Reach::beside)
            add(party::load_post_views_under(tx_, giver.post, today(), offered_at_a_place));
    }
    for (int level = place::max_level; level >= 1; --level)
        if (matter.lineage.has(level))
            add(party::load_post_views(
                tx_,
                {matter.lineage.at(level), today(), false, field.post_kind, false, {}, offered_at_a_place}));
    return found;
}

// Whoever holds a post with that right at the matter's place or above it, the nearest first.
std::vector<party::PostView> Planner::entitled(const Standing& matter, const FieldRule& field) {
    const auto barring = barring_of(matter);
    std::vector<party::PostView> found;
    for (int level = place::max_level; level >= 1; --level) {
        if (!matter.lineage.has(level)) continue;
        for (auto& view : party::load_post_views(tx_, {matter.lineage.at(level),
                                                       today(),
                                                       false,
                                                       field.post_kind,
                                                       false,
                                                       {},
                                                       offered_at_a_place})) {
            const auto* kind = posts_.offices().posts.find(view.post.kind);
            if (kind != nullptr && kind->has_right(field.right) && !view.vacant_since &&
                !bars(barring, matter, view.post.id))
                found.push_back(std::move(view));
        }
    }
    return found;
}

std::vector<party::PostView> Planner::receivers(const Standing& matter, const Actor& actor, PartNo part,
                                                FieldIndex index) {
    const FieldRule& field = rule_at(matter.workflow->fields, index);
    if (!field.right.empty() && field.reach == Reach::any) return entitled(matter, field);
    const PostId owner = matter.state.part(part)->owner;
    const auto by = givers(actor, owner, field.reach);
    const auto barring = barring_of(matter);
    auto found = around(matter, by, field);
    // Those along the way first.
    std::stable_partition(found.begin(), found.end(), [&](const party::PostView& view) {
        return matter.lineage.within(view.post.place);
    });
    std::vector<party::PostView> receivers;
    std::set<PostId> seen{owner};
    for (auto& view : found)
        if (!view.vacant_since && seen.insert(view.post.id).second &&
            is_in_reach(actor, by, field.reach, view.post.id) && !bars(barring, matter, view.post.id))
            receivers.push_back(std::move(view));
    return receivers;
}

}  // namespace lianxin::matter
