// What a person is to a matter: from posts, parties and the receipt. Permissions follow from relations alone.
#include <algorithm>

#include "matter/planner_service.hpp"

namespace lianxin::matter {

using access::Relation;
using access::RelationSet;

bool is_sealed(const MatterRow& row) {
    return row.sealed_line.has_value();
}

namespace {

// A unit's people read what their unit handles and what it handled, and nothing else for being its people.
void add_unit(RelationSet& set, const access::ActingPerson& who, const Standing& matter,
              party::OwnerResolver& posts) {
    const auto of_my_unit = [&](PostId id) {
        const auto post = posts.post(id);
        return post && post->unit &&
               std::any_of(who.posts.begin(), who.posts.end(),
                           [&](const access::HeldPost& held) { return held.unit == post->unit; });
    };
    if (std::none_of(who.posts.begin(), who.posts.end(),
                     [](const auto& held) { return held.unit.has_value(); }))
        return;
    const bool owns = std::any_of(matter.state.parts.begin(), matter.state.parts.end(),
                                  [&](const PartState& part) { return of_my_unit(part.owner); });
    const bool owned =
        std::any_of(matter.involved.begin(), matter.involved.end(), [&](const InvolvedRow& row) {
            return row.post && row.role == access::name_of(Relation::has_handled) && of_my_unit(*row.post);
        });
    if (owns || owned) set.add(Relation::has_handled);
}

// Whoever works on a piece handles the matter while the piece is open; whose piece is done has handled it.
void add_parts(RelationSet& set, const access::ActingPerson& who, const Standing& matter,
               party::OwnerResolver& posts, Day today) {
    if (who.posts.empty()) return;
    for (const PartState& part : matter.state.parts) {
        if (part.no != 0 && who.holds(part.owner))
            set.add(part.ended ? Relation::has_handled : Relation::co_handler);
        if (part.no != 0) continue;
        if (who.holds(part.owner)) set.add(Relation::owner);
        const auto superior = posts.answers_to(part.owner, today);
        if (superior && who.holds(*superior)) set.add(Relation::superior_of_owner);
        // The lead answers for all until the matter goes on, its own piece done or not.
        const auto* leading = matter.state.leading();
        if (!part.ended && leading != nullptr && who.holds(leading->leader()) &&
            matter.workflow->matter().state(part.state).parts == leading->machine)
            set.add(Relation::lead);
    }
}

// Leads its owner: from above in the line, or by leading a place in which the owner sits. Whoever leads less
// than the owner (a group, while the township has it) or something else (another unit) does not.
bool leads(const access::HeldPost& held, const Standing& matter, party::OwnerResolver& posts) {
    if (matter.state.parts.empty()) return true;
    const PostId owner = matter.state.parts.front().owner;
    const auto line = posts.line_above(owner);
    if (held.post == owner || std::find(line.begin(), line.end(), held.post) != line.end()) return true;
    const auto post = posts.post(owner);
    if (held.unit || !post) return false;
    for (int level = 1; level <= place::max_level && matter.lineage.has(level); ++level) {
        if (matter.lineage.at(level) == held.place) return true;
        if (matter.lineage.at(level) == post->place) return false;
    }
    return false;
}

bool stands_above_the_concerned(PostId post, const Standing& matter, party::OwnerResolver& posts) {
    return std::any_of(matter.involved.begin(), matter.involved.end(), [&](const InvolvedRow& involved) {
        if (!involved.post || involved.role == access::name_of(Relation::has_handled)) return false;
        const auto line = posts.line_above(*involved.post);
        return std::find(line.begin(), line.end(), post) != line.end();
    });
}

// What is confidential, once begun, is not for everybody in charge of the place: whoever oversees or audits
// has a part in it, and who stands above those it concerns reads it.
void add_territory(RelationSet& set, const access::ActingPerson& who, const Standing& matter,
                   party::OwnerResolver& posts) {
    const bool confidential = matter.workflow->confidential && !matter.state.parts.empty();
    for (const access::HeldPost& held : who.posts) {
        if (!matter.lineage.within(held.place)) continue;
        for (const std::string& right : held.rights) {
            if (right == access::right::oversee) set.add(Relation::oversight);
            if (right == access::right::audit) set.add(Relation::auditor);
            if (confidential) {
                if (stands_above_the_concerned(held.post, matter, posts)) set.add(Relation::reader_of_place);
                continue;
            }
            // A sealed complaint is heard outside the line, and not by whoever is in charge of the place.
            if (matter.row.sealed_line) continue;
            if (right == access::right::lead && leads(held, matter, posts)) set.add(Relation::leader);
            if (right == access::right::dispatch) set.add(Relation::dispatcher);
            if (right == access::right::read_place) set.add(Relation::reader_of_place);
        }
    }
}

void add_involved(RelationSet& set, const access::ActingPerson& who, const Standing& matter) {
    for (const InvolvedRow& involved : matter.involved) {
        const bool same_party = involved.party && who.party && *involved.party == *who.party;
        const bool same_post = involved.post && who.holds(*involved.post);
        if (!same_party && !same_post) continue;
        if (const auto relation = access::relation_named(involved.role)) set.add(*relation);
    }
}

void add_complained_of(RelationSet& set, const access::ActingPerson& who, const Standing& matter,
                       party::OwnerResolver& posts) {
    if (!matter.row.sealed_line) return;
    for (const access::HeldPost& held : who.posts) {
        if (held.post == *matter.row.sealed_line) set.add(Relation::complained_of);
        const auto above = posts.line_above(held.post);
        if (std::find(above.begin(), above.end(), *matter.row.sealed_line) != above.end())
            set.add(Relation::below_complained_of);
    }
}

}  // namespace

RelationSet relations_to(const access::ActingPerson& who, const Standing& matter, party::OwnerResolver& posts,
                         Day today) {
    RelationSet set;
    set.add(Relation::anyone);
    if (who.kind == access::ActingPerson::Kind::engine) set.add(Relation::engine);
    // A piece split off is its resident's under the receipt of the whole.
    const bool piece = matter.row.parent && matter.row.about_kind.empty();
    if (who.receipt_matter &&
        (*who.receipt_matter == matter.row.id || (piece && *who.receipt_matter == *matter.row.parent))) {
        set.add(Relation::reporter);
        set.add(matter.workflow->answer_to);
    }
    add_involved(set, who, matter);
    if (matter.row.host && who.holds(*matter.row.host)) set.add(Relation::host);
    add_parts(set, who, matter, posts, today);
    add_unit(set, who, matter, posts);
    add_territory(set, who, matter, posts);
    add_complained_of(set, who, matter, posts);
    return set;
}

}  // namespace lianxin::matter
