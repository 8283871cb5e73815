// Who holds a post, from when to when: appointed by hand or by a selection, stood in for, and leaving. Each
// step goes on the post's own chain of the record.
#include <algorithm>

#include "base/text.hpp"
#include "journal/journal.hpp"
#include "party/contact_service.hpp"
#include "party/party_service.hpp"
#include "party/people_service.hpp"
#include "party/term_store.hpp"
#include "place/place_service.hpp"

namespace lianxin::party {
namespace {

using access::ActingPerson;
using access::PlacePermission;
using store::Transaction;

std::optional<PartyRefusal> refuse_at(Transaction& tx, const ActingPerson& who, PlaceId place, Day day) {
    const auto lineage = place::load_lineage(tx, place, day);
    if (!lineage) return PartyRefusal::place_not_found;
    if (!place::may(PlacePermission::administer, who, *lineage)) return PartyRefusal::not_allowed;
    return {};
}

std::optional<PartyRefusal> refuse_reason(std::string_view reason) {
    const bool bad = code_points(reason) > place::max_reason_characters || has_control_characters(reason);
    return bad ? std::optional(PartyRefusal::reason_too_long) : std::nullopt;
}

// People are named by their ids: the record outlasts a name that has to be forgotten.
void record(Transaction& tx, County& county, std::string_view kind, PostId post,
            std::vector<journal::NewField> fields) {
    const Instant now = county.clock.now();
    journal::NewEntry entry;
    entry.id = county.new_id<EntryNoun>();
    entry.chain = {"post", post.value()};
    entry.kind = kind;
    entry.happened_at = now;
    entry.fields = std::move(fields);
    (void)journal::append(tx, journal::prepare(entry, county.keys), now);
}

void record(Transaction& tx, County& county, const ActingPerson& who, std::string_view kind, PostId post,
            std::vector<journal::NewField> fields) {
    if (who.party) fields.push_back({"by", who.party->text(), {}});
    record(tx, county, kind, post, std::move(fields));
}

std::vector<journal::NewField> fields_of(const Holding& holding, const std::string& reason) {
    std::vector<journal::NewField> fields{{"holding", holding.id.text(), {}},
                                          {"party", holding.party.text(), {}},
                                          {"from", holding.from.text(), {}},
                                          {"until", holding.until.text(), {}}};
    if (holding.acting_for) fields.push_back({"acting_for", holding.acting_for->text(), {}});
    if (!reason.empty()) fields.push_back({"reason", reason, {}});
    return fields;
}

// Only those whom the acting person may look up anyway.
std::optional<PartyRefusal> refuse_person(Transaction& tx, const ActingPerson& who, PartyId person, Day day) {
    const auto party = load_party(tx, person);
    if (!party || party->kind != PartyKind::person) return PartyRefusal::party_not_found;
    const auto home = place::load_lineage(tx, party->place, day);
    if (!home || !place::may(PlacePermission::read_households, who, *home))
        return PartyRefusal::party_not_found;
    return {};
}

// Nobody stands above the highest desk to cover it.
bool top_is_covered(Transaction& tx, Day day) {
    const auto root = place::load_root(tx, day);
    if (!root) return true;
    OwnerCache cache;
    const auto desk = OwnerResolver(tx, cache).nearest_desk(root->id, day);
    return !desk || !holders(tx, desk->post, day).empty();
}

// Whoever stood in for the holder goes with them; the highest desk keeps somebody.
Result<void, PartyRefusal> end_term(Transaction& tx, const Holding& holding, Day day) {
    const bool was_covered = top_is_covered(tx, day);
    end_holding(tx, holding.id, day);
    if (!holding.acting_for) {
        for (const auto& other : holdings_of_post(tx, holding.post, day))
            if (other.acting_for == holding.party) end_holding(tx, other.id, day);
    }
    if (was_covered && !top_is_covered(tx, day)) return fail(PartyRefusal::root_desk_must_stay_held);
    bump_staffing_version(tx);
    return {};
}

// The party a stand-in stands in for: the holder of that very holding, of this post, in their own right.
std::optional<PartyId> stood_in_for(Transaction& tx, const Appointment& asked, Day day) {
    const auto holding = load_holding(tx, *asked.stands_in_for);
    if (!holding || holding->post != asked.post || holding->acting_for) return {};
    if (day < holding->from || holding->until <= day) return {};
    return holding->party;
}

// A post the county began with was held before; one founded later was not.
bool was_there(Transaction& tx, const Post& post, Day day) {
    return post.from <= day || post.from <= first_day_of_county(tx);
}

// The end of the post's term; of a stand-in and of a post without term, open.
Day end_of(Transaction& tx, const Post& post, const Holding& holding) {
    const auto offices = load_offices(tx);
    const PostKind* kind = offices.posts.find(post.kind);
    if (holding.acting_for || kind == nullptr || kind->term_months == 0) return place::open_end();
    return std::min(end_of_term(holding.from, kind->term_months), place::open_end());
}

}  // namespace

Result<void, PartyRefusal> PartyService::close_post(County& county, const ActingPerson& who, PostId id,
                                                    Day day, const std::string& reason) {
    if (const auto refusal = refuse_reason(reason)) return fail(*refusal);
    return county.database.write([&](Transaction& tx) -> Result<void, PartyRefusal> {
        const auto post = load_post(tx, id);
        if (!post) return fail(PartyRefusal::post_not_found);
        if (const auto refusal = refuse_at(tx, who, post->place, day)) return fail(*refusal);
        if (post->desk) return fail(PartyRefusal::desk_must_stay);
        if (day <= post->from || post->until <= day) return fail(PartyRefusal::day_out_of_range);
        end_post(tx, id, day);
        bump_staffing_version(tx);
        record(tx, county, who, "post.closed", id, {{"from", day.text(), {}}, {"reason", reason, {}}});
        return {};
    });
}

Result<HoldingId, PartyRefusal> PartyService::appoint_in(Transaction& tx, const Holding& holding) {
    const auto post = load_post(tx, holding.post);
    if (!post) return fail(PartyRefusal::post_not_found);
    const auto person = load_party(tx, holding.party);
    if (!person || person->kind != PartyKind::person) return fail(PartyRefusal::party_not_found);
    if (holding.until <= holding.from) return fail(PartyRefusal::ends_before_it_began);
    if (!was_there(tx, *post, holding.from) || post->until <= holding.from)
        return fail(PartyRefusal::day_out_of_range);
    // A term that began long ago may reach into somebody else's.
    const auto terms = holdings_between(tx, holding.post, holding.from, holding.until);
    const auto holds = [&](PartyId party) {
        return std::any_of(terms.begin(), terms.end(), [&](const Holding& h) { return h.party == party; });
    };
    if (holds(holding.party)) return fail(PartyRefusal::already_holds_post);
    if (holding.acting_for) {
        const auto now = holdings_of_post(tx, holding.post, holding.from);
        const bool stood_in_for = std::any_of(
            now.begin(), now.end(), [&](const Holding& h) { return h.party == *holding.acting_for; });
        if (!stood_in_for) return fail(PartyRefusal::nobody_to_stand_in_for);
    }
    // A desk is shared; any other post has one holder beside stand-ins.
    const bool taken =
        std::any_of(terms.begin(), terms.end(), [](const Holding& h) { return !h.acting_for; });
    if (!holding.acting_for && taken && !post->desk) return fail(PartyRefusal::post_has_holder);
    insert_holdings(tx, {holding});
    bump_staffing_version(tx);
    return holding.id;
}

Result<HoldingId, PartyRefusal> PartyService::appoint(County& county, const ActingPerson& who,
                                                      const Holding& draft) {
    Holding holding = draft;
    holding.id = county.new_id<HoldingNoun>();
    if (holding.until == Day{}) holding.until = place::open_end();
    return county.database.write([&](Transaction& tx) -> Result<HoldingId, PartyRefusal> {
        const auto post = load_post(tx, holding.post);
        if (!post) return fail(PartyRefusal::post_not_found);
        if (const auto refusal = refuse_at(tx, who, post->place, place::today(county))) return fail(*refusal);
        const auto appointed = appoint_in(tx, holding);
        if (appointed) record(tx, county, who, "post.appointed", holding.post, fields_of(holding, {}));
        return appointed;
    });
}

Result<HoldingId, PartyRefusal> PartyService::fill_post(County& county, const ActingPerson& who,
                                                        const Appointment& asked) {
    if (const auto refusal = refuse_reason(asked.reason)) return fail(*refusal);
    if (!asked.person && trim(asked.name).empty()) return fail(PartyRefusal::person_missing);
    std::optional<NewPerson> newcomer;
    std::string public_name;
    if (asked.person) {
        public_name = county.database.read(
            [&](Transaction& tx) { return name_to_publish(tx, county.keys, *asked.person); });
    } else {
        auto made = new_person(county, {asked.name, asked.phone, asked.email, {}, {}, true});
        if (!made) return fail(made.error());
        newcomer = std::move(*made);
    }
    Holding holding;
    holding.id = county.new_id<HoldingNoun>();
    holding.post = asked.post;
    holding.from = asked.from.value_or(place::today(county));
    return county.database.write([&](Transaction& tx) -> Result<HoldingId, PartyRefusal> {
        const auto post = load_post(tx, asked.post);
        if (!post) return fail(PartyRefusal::post_not_found);
        if (const auto refusal = refuse_at(tx, who, post->place, place::today(county))) return fail(*refusal);
        Holding taken = holding;
        if (newcomer) {
            Party person = newcomer->person;
            person.place = post->place;
            insert_parties(tx, {person});
            save_contacts(tx, newcomer->contacts, Filing::in_place);
            taken.party = person.id;
        } else {
            if (const auto refusal = refuse_person(tx, who, *asked.person, place::today(county)))
                return fail(*refusal);
            taken.party = *asked.person;
            if (!public_name.empty()) publish_name(tx, taken.party, public_name);
        }
        if (asked.stands_in_for && !(taken.acting_for = stood_in_for(tx, asked, taken.from)))
            return fail(PartyRefusal::nobody_to_stand_in_for);
        taken.until = asked.until.value_or(end_of(tx, *post, taken));
        const auto appointed = appoint_in(tx, taken);
        if (appointed) record(tx, county, who, "post.appointed", taken.post, fields_of(taken, asked.reason));
        return appointed;
    });
}

Result<void, PartyRefusal> PartyService::leave(County& county, const ActingPerson& who, HoldingId id, Day day,
                                               const std::string& reason) {
    if (const auto refusal = refuse_reason(reason)) return fail(*refusal);
    return county.database.write([&](Transaction& tx) -> Result<void, PartyRefusal> {
        const auto holding = load_holding(tx, id);
        if (!holding) return fail(PartyRefusal::holding_not_found);
        const auto post = load_post(tx, holding->post);
        if (!post) return fail(PartyRefusal::post_not_found);
        if (const auto refusal = refuse_at(tx, who, post->place, place::today(county))) return fail(*refusal);
        if (holding->until <= day) return fail(PartyRefusal::holding_already_ended);
        if (day < holding->from) return fail(PartyRefusal::ends_before_it_began);
        if (auto refused = end_term(tx, *holding, day); !refused) return refused;
        Holding ended = *holding;
        ended.until = day;
        record(tx, county, who, "post.left", post->id, fields_of(ended, reason));
        return {};
    });
}

Result<HoldingId, PartyRefusal> PartyService::select_in(Transaction& tx, County& county, Holding holding,
                                                        const std::string& because) {
    const auto post = load_post(tx, holding.post);
    if (!post) return fail(PartyRefusal::post_not_found);
    holding.until = end_of(tx, *post, holding);
    const auto appointed = appoint_in(tx, holding);
    if (!appointed) return appointed;
    auto fields = fields_of(holding, {});
    fields.push_back({"matter", because, {}});
    record(tx, county, "post.appointed", holding.post, std::move(fields));
    return appointed;
}

Result<void, PartyRefusal> PartyService::dismiss_in(Transaction& tx, County& county, PostId post,
                                                    PartyId person, const std::string& because) {
    const Day day = place::today(county);
    for (Holding holding : holdings_of_post(tx, post, day)) {
        if (holding.party != person || holding.acting_for) continue;
        if (auto refused = end_term(tx, holding, day); !refused) return refused;
        holding.until = day;
        auto fields = fields_of(holding, {});
        fields.push_back({"matter", because, {}});
        record(tx, county, "post.left", post, std::move(fields));
    }
    return {};
}

std::optional<PostHistory> PartyService::post(County& county, PostId id) {
    const Day day = place::today(county);
    return county.database.read([&](Transaction& tx) -> std::optional<PostHistory> {
        auto view = load_post_view(tx, id, day);
        if (!view) return {};
        return PostHistory{std::move(*view), past_holders(tx, id, day)};
    });
}

}  // namespace lianxin::party
