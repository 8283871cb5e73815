#include "matter/certificate_service.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "base/public_number.hpp"
#include "matter/matter_store.hpp"
#include "matter/numbering_service.hpp"
#include "matter/timeline_service.hpp"
#include "party/party_store.hpp"
#include "party/term_store.hpp"

namespace lianxin::matter {

namespace {

namespace json = boost::json;

template <class Noun>
std::optional<Id<Noun>> id_in(const journal::Entry& entry, std::string_view field) {
    const auto text = entry.field(field);
    return text ? Id<Noun>::parse(*text) : std::nullopt;
}

// The conferring entry is the last of them.
std::vector<journal::Entry> entries_until_conferred(store::Transaction& tx, County& county, MatterId matter) {
    std::vector<journal::Entry> entries;
    for (const auto& sealed : journal::load_chain(tx, {"matter", matter.value()}))
        entries.push_back(journal::unseal(sealed, county.keys));
    while (!entries.empty() && !entries.back().field(conferring)) entries.pop_back();
    return entries;
}

// Who held the posts it concerns on the day: they are named in public.
std::string holders_on(store::Transaction& tx, MatterId matter, access::Relation whom, Day day) {
    std::string names;
    for (const InvolvedRow& involved : load_involved(tx, matter)) {
        if (!involved.post || involved.role != access::name_of(whom)) continue;
        for (const PartyId holder : party::holders(tx, *involved.post, day)) {
            const auto person = party::load_party(tx, holder);
            if (person && !person->name.empty()) names += (names.empty() ? "" : "、") + person->name;
        }
    }
    return names;
}

// The term that began with it, where one did.
std::optional<Day> end_of_term(store::Transaction& tx, const MatterRow& matter, access::Relation whom,
                               Day conferred, Day today) {
    if (matter.about_kind != "post") return {};
    for (const InvolvedRow& involved : load_involved(tx, matter.id)) {
        if (!involved.party || involved.role != access::name_of(whom)) continue;
        const auto until = party::term_ends(tx, PostId(matter.about_id), *involved.party, conferred);
        if (until && *until <= today) return until;
    }
    return {};
}

std::string called(store::Transaction& tx, PostId post, Day day) {
    const auto named = named_post(tx, post, day);
    return named ? named->called : std::string();
}

void fill_by(Certificate& certificate, store::Transaction& tx, const journal::Entry& entry, Day day) {
    if (const auto post = id_in<PostNoun>(entry, "actor.post")) certificate.by_post = called(tx, *post, day);
    if (const auto person = id_in<PartyNoun>(entry, "actor.party"))
        if (const auto party = party::load_party(tx, *person)) certificate.by_person = party->name;
}

}  // namespace

std::optional<Certificate> certificate_of(store::Transaction& tx, County& county, const Workflows& workflows,
                                          MatterId id) {
    const auto matter = load_matter(tx, id);
    if (!matter || matter->row.sealed_line) return {};
    const auto entries = entries_until_conferred(tx, county, id);
    if (entries.empty()) return {};
    const journal::Entry& conferred = entries.back();
    Certificate certificate;
    certificate.matter = id;
    certificate.number = matter->row.number;
    certificate.rules = workflows.by_hash(conferred.header.workflow);
    certificate.subkind = matter->row.subkind;
    certificate.entry = conferred.hash;
    certificate.conferred_at = conferred.header.happened_at;
    if (!certificate.rules) return {};
    const access::Relation whom = certificate.rules->answer_to;
    const Day day = county.zone.day_of(certificate.conferred_at);
    const Day today = county.zone.day_of(county.clock.now());
    certificate.person = name_of_answered(tx, county, matter->row, whom);
    if (certificate.person.empty()) certificate.person = holders_on(tx, id, whom, day);
    if (certificate.person.empty()) return {};
    if (matter->row.about_kind == "post") certificate.post = called(tx, PostId(matter->row.about_id), day);
    fill_by(certificate, tx, conferred, day);
    if (const auto& declared = certificate.rules->certificate) {
        const auto& rules = *certificate.rules;
        look_up(certificate.said, tx, county, matter->row, rules, declared->shows);
        const auto kept = recorded(tx, county, id, rules, declared->shows, certificate.conferred_at);
        add_kept(certificate.said, rules, declared->shows, json::serialize(kept), {});
        name_posts(certificate.said, tx, day);
    }
    certificate.ended_on = end_of_term(tx, matter->row, whom, day, today);
    return certificate;
}

std::optional<Certificate> certificate_numbered(County& county, const Workflows& workflows,
                                                std::string_view number) {
    const auto parsed = PublicNumber::parse(number);
    if (!parsed) return {};
    return county.database.read([&](store::Transaction& tx) -> std::optional<Certificate> {
        const auto matter = matter_by_number(tx, county, *parsed);
        return matter ? certificate_of(tx, county, workflows, *matter) : std::nullopt;
    });
}

}  // namespace lianxin::matter
