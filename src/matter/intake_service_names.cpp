// Who is named in a form must be there, and be somebody who can do what they are named for.
#include "access/policy.hpp"
#include "matter/conferral.hpp"
#include "matter/intake_service.hpp"
#include "party/party_store.hpp"
#include "place/place_store.hpp"

namespace lianxin::matter {
namespace {

bool handles_matters(const party::PostKind& kind) {
    return !kind.has_right(access::right::audit) && !kind.has_right(access::right::administer);
}

bool names_too_many(const FieldValue& value, const FieldRule& rule) {
    const auto* posts = std::get_if<PostsValue>(&value);
    const auto* parties = std::get_if<PartiesValue>(&value);
    const auto most = static_cast<std::size_t>(rule.max.value_or(1));
    return (posts != nullptr && posts->posts.size() > most) ||
           (parties != nullptr && parties->parties.size() > most);
}

// The place of that kind around this one; a matter of a place above it means all of its own.
PlaceId around(store::Transaction& tx, const place::Kinds& kinds, PlaceId place, std::string_view kind,
               Day today) {
    const auto* asked = kinds.find(kind);
    const auto lineage = place::load_lineage(tx, place, today);
    return asked != nullptr && lineage && lineage->has(asked->level) ? lineage->at(asked->level) : place;
}

// Somebody holds it, and it has that right over the place, which it sits at or above.
bool has_right_over(store::Transaction& tx, const party::PostKind& kind, const party::Post& post,
                    std::string_view right, PlaceId place, Day today) {
    const auto lineage = place::load_lineage(tx, place, today);
    return kind.has_right(right) && lineage && lineage->within(post.place) &&
           !party::holders(tx, post.id, today).empty();
}

}  // namespace

std::vector<FieldProblem> unknown_names(store::Transaction& tx, party::OwnerResolver& posts,
                                        const Workflow& workflow, PlaceId place, const Form& form,
                                        Day today) {
    std::vector<FieldProblem> faults;
    const auto lives_within = [&](const party::Party& person, const FieldRule& rule) {
        if (rule.lives_at.empty()) return true;
        const auto home = place::load_lineage(tx, person.place, today);
        return home && home->within(around(tx, posts.offices().places, place, rule.lives_at, today));
    };
    for (const Form::Entry& entry : form.entries()) {
        const FieldRule& rule = rule_at(workflow.fields, entry.field);
        const auto fault = [&](const char* code, const std::string& item) {
            faults.push_back({"fields." + rule.name, code, {}, item});
        };
        if (names_too_many(entry.value, rule)) {  // they are not looked up one by one
            faults.push_back({"fields." + rule.name, "too_many", rule.max.value_or(1), {}});
            continue;
        }
        if (const auto* named = std::get_if<PostsValue>(&entry.value)) {
            for (const PostId id : named->posts) {
                const auto post = posts.post(id);
                const auto* kind = post ? posts.offices().posts.find(post->kind) : nullptr;
                if (kind == nullptr || today < post->from || !(today < post->until))
                    fault("post_unknown", id.text());
                else if (!handles_matters(*kind) || (!rule.post_kind.empty() && kind->name != rule.post_kind))
                    fault("post_cannot_own_it", id.text());
                else if (!rule.right.empty() && !has_right_over(tx, *kind, *post, rule.right, place, today))
                    fault("post_lacks_the_right", id.text());
                else if (is_conferred_on(workflow, entry.field) && party::holders(tx, id, today).empty())
                    fault("post_is_vacant", id.text());
            }
        }
        if (const auto* named = std::get_if<PartiesValue>(&entry.value)) {
            for (const PartyId id : named->parties) {
                const auto person = party::load_party(tx, id);
                if (!person)
                    fault("party_unknown", id.text());
                else if (!lives_within(*person, rule))
                    fault("party_lives_elsewhere", id.text());
            }
        }
    }
    return faults;
}

}  // namespace lianxin::matter
