// party/people_service.hpp — who lives or works at a place and below it, by name: what somebody at the desk
// picks from when a form asks for people. For whoever may read the households there; names only, opened one
// by one, so a place is not asked for more people than a village has.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "county/county.hpp"
#include "party/party_service.hpp"

namespace lianxin::party {

struct PersonView {
    PartyId id;
    std::string name;
    PlaceId place;
    std::string place_name;  // a door with its group: "枫林组 12号"
};
struct PeopleAsked {
    PlaceId place;
    std::string name;  // part of it; empty: everybody
    std::size_t limit = 50;
};

// Names of one place that are opened at once.
inline constexpr int most_people = 4000;

// Refused: place_not_found, not_allowed, place_has_too_many.
[[nodiscard]] Result<std::vector<PersonView>, PartyRefusal> find_people(County& county,
                                                                        const access::ActingPerson& who,
                                                                        const PeopleAsked& asked);

// Somebody who is not in the county's books yet, sealed and ready to be stored. Their key is durable already;
// a refusal afterwards leaves an unused key and nothing else.
struct NewPerson {
    Party person;
    std::vector<SealedContact> contacts;
};
// Refused: name_empty, name_too_long, phone_malformed, email_malformed.
[[nodiscard]] Result<NewPerson, PartyRefusal> new_person(County& county, const PersonDraft& draft);
[[nodiscard]] std::optional<PartyRefusal> refuse_name(std::string_view name);

}  // namespace lianxin::party
