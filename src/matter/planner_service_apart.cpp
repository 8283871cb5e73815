// Whoever has a hand in a matter does not judge what is said against it, nor whoever asks what they ask for.
#include <algorithm>

#include "matter/figure.hpp"
#include "matter/planner_service.hpp"
#include "notice/notice_store.hpp"
#include "party/party_store.hpp"
#include "place/place_store.hpp"

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

// On record, or about to be.
std::optional<PlaceId> Planner::home_of(PartyId person) {
    for (const party::Party& newcomer : plan_.new_parties)
        if (newcomer.id == person) return newcomer.place;
    const auto known = party::load_party(tx_, person);
    return known ? std::optional(known->place) : std::nullopt;
}

// Those under one roof with somebody; whoever is only known to be of a village lives with nobody known.
std::vector<PartyId> Planner::housemates_of(PartyId person) {
    const auto home = home_of(person);
    const auto* household = posts_.offices().places.household();
    const auto lineage = home ? lineage_of(*home) : std::nullopt;
    std::vector<PartyId> found;
    if (!lineage || household == nullptr || !lineage->has(household->level)) return found;
    for (const party::Party& each : party::people_at(tx_, *home, today()))
        if (each.id != person) found.push_back(each.id);
    return found;
}

// … nor does whoever asks, is party to it or brought it in, where the kind says so, by name or by the post
// they hold, nor those who live with them.
Planner::Apart Planner::apart_from(const Standing& matter) {
    Apart apart{hands_above(matter), {}};
    Hands& hands = apart.hands;
    const auto whom = matter.workflow->apart_from_whom;
    if (!whom) return apart;
    std::vector<PartyId> them;
    if (*whom == access::Relation::host && matter.row.host) {
        hands.posts.push_back(*matter.row.host);
        for (const PartyId holder : party::holders(tx_, *matter.row.host, today())) them.push_back(holder);
    }
    for (const InvolvedRow& involved : matter.involved) {
        if (involved.role != access::name_of(*whom)) continue;
        if (involved.party) them.push_back(*involved.party);
        if (!involved.post) continue;
        for (const PartyId holder : party::holders(tx_, *involved.post, today())) them.push_back(holder);
    }
    for (const PartyId each : them)
        for (const PartyId other : housemates_of(each)) apart.housemates.push_back(other);
    for (const auto* more : {&them, &apart.housemates})
        hands.people.insert(hands.people.end(), more->begin(), more->end());
    std::sort(hands.people.begin(), hands.people.end());
    hands.people.erase(std::unique(hands.people.begin(), hands.people.end()), hands.people.end());
    // Who asks besides living with somebody who does is apart for their own sake.
    std::erase_if(apart.housemates,
                  [&](PartyId each) { return std::find(them.begin(), them.end(), each) != them.end(); });
    return apart;
}

// As this form names them, else as the last that did.
std::vector<NamedHands> Planner::hands_named(const Standing& matter, const Form& form) {
    std::vector<Figure> asked;
    for (const FieldIndex field : fields_apart(*matter.workflow)) asked.push_back({field});
    std::vector<Figure> said = matter.row.version == 0 ? std::vector<Figure>() : figures_of(matter, asked);
    std::vector<NamedHands> named;
    for (const Figure& field : asked) {
        const auto before = std::find_if(said.begin(), said.end(),
                                         [&](const Figure& each) { return each.field == field.field; });
        Figure last = before == said.end() ? field : *before;
        if (const auto* now = form.find(field.field)) name_people(last, *now);
        Hands hands{last.posts, last.people};
        for (const PostId post : last.posts)
            for (const PartyId holder : party::holders(tx_, post, today())) hands.people.push_back(holder);
        std::sort(hands.people.begin(), hands.people.end());
        if (!hands.posts.empty() || !hands.people.empty()) named.push_back({field.field, hands, {}});
    }
    return named;
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
std::optional<PostId> Planner::outsider(const Hands& hands, const std::vector<PostId>& passed_over) {
    for (const auto* posts : {&hands.posts, &passed_over})
        for (const PostId post : *posts)
            for (const PostId above : posts_.line_above(post))
                if (!had_a_hand(hands, above)) return above;
    return {};
}

std::optional<PostId> Planner::hearer(const notice::Notice& notice, const std::string& objection) {
    const WorkflowPtr kind = around_.workflows.current(objection);
    if (!kind || notice.about.kind != "matter") return {};
    MatterRow row;
    row.id = county_.new_id<MatterNoun>();
    row.workflow = kind->name;
    row.workflow_hash = kind->hash;
    row.place = notice.place;
    row.about_kind = "notice";
    row.about_id = notice.id.value();
    row.parent = MatterId(notice.about.id);
    row.anonymous = true;
    row.received_at = now_;
    const MatterId id = row.id;
    const Standing& asked_for = open(kind, std::move(row), {});
    const Form nothing;
    const Asked asked = resolve(asked_for, Action{}, nothing);
    const auto begun = matter::begin(facts(asked_for, engine(), nothing, asked, now_));
    matters_.erase(id);
    if (!begun || begun->after.parts.empty()) return {};
    return begun->after.parts.front().owner;
}

}  // namespace lianxin::matter
