#include "party/people_service.hpp"

#include "base/text.hpp"
#include "party/contact_service.hpp"
#include "place/place_service.hpp"

namespace lianxin::party {

using access::PlacePermission;
using store::Transaction;

namespace {

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

}  // namespace lianxin::party
