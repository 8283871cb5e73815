#include "party/people_service.hpp"

#include "base/text.hpp"
#include "party/contact_service.hpp"
#include "place/place_service.hpp"

namespace lianxin::party {

using access::PlacePermission;
using store::Transaction;

namespace {

constexpr std::size_t max_name_characters = 80;

int level_of(const place::Lineage& lineage, PlaceId place) {
    int level = place::max_level;
    while (level > 1 && lineage.at(level) != place) --level;
    return level;
}

}  // namespace

Result<std::vector<PersonView>, PartyRefusal> find_people(County& county, const access::ActingPerson& who,
                                                          const PeopleAsked& asked) {
    const Day day = place::today(county);
    const std::string part(trim(asked.name));
    return county.database.read([&](Transaction& tx) -> Result<std::vector<PersonView>, PartyRefusal> {
        const auto lineage = place::load_lineage(tx, asked.place, day);
        if (!lineage) return fail(PartyRefusal::place_not_found);
        if (!place::may(PlacePermission::read_households, who, *lineage))
            return fail(PartyRefusal::not_allowed);
        const auto people =
            people_below(tx, asked.place, level_of(*lineage, asked.place), day, most_people + 1);
        if (people.size() > static_cast<std::size_t>(most_people))
            return fail(PartyRefusal::place_has_too_many);
        std::vector<PersonView> found;
        for (const NamedPerson& person : people) {
            std::string name = person.name;
            if (person.sealed_name) name = opened_contact(county.keys, *person.sealed_name).value_or("");
            if (name.empty() || name.find(part) == std::string::npos) continue;
            const auto place = place::load_place(tx, person.place, day);
            found.push_back({person.id, std::move(name), person.place,
                             place ? place::name_among_others(tx, *place, day) : std::string()});
            if (found.size() == asked.limit) break;
        }
        return found;
    });
}

std::optional<PartyRefusal> refuse_name(std::string_view name) {
    if (trim(name).empty()) return PartyRefusal::name_empty;
    if (code_points(name) > max_name_characters || has_control_characters(name))
        return PartyRefusal::name_too_long;
    return {};
}

Result<NewPerson, PartyRefusal> new_person(County& county, const PersonDraft& draft) {
    if (const auto refusal = refuse_name(draft.name)) return fail(*refusal);
    if (!draft.phone.empty() && !normal_phone(draft.phone)) return fail(PartyRefusal::phone_malformed);
    if (!draft.email.empty() && !normal_email(draft.email)) return fail(PartyRefusal::email_malformed);
    NewPerson made;
    Party& person = made.person;
    person.id = county.new_id<PartyNoun>();
    person.name = draft.public_name ? std::string(trim(draft.name)) : std::string();
    person.place = draft.place;
    person.from = place::today(county);
    person.until = place::open_end();
    const auto key = county.keys.create();
    const auto add = [&](ContactField field, const std::string& value) {
        if (!value.empty())
            made.contacts.push_back(sealed_contact(county.keys, key, person.id, field, value));
    };
    if (!draft.public_name) add(ContactField::name, draft.name);
    add(ContactField::phone, draft.phone);
    add(ContactField::email, draft.email);
    add(ContactField::address, draft.address);
    return made;
}

}  // namespace lianxin::party
