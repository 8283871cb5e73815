// party/party.hpp — who can owe or be owed something: people, units and teams. Whoever holds a post is named
// in public; of a resident everything personal is sealed with a key of their own (contact), findable by blind
// index only, and there is no attribute for what a person believes or belongs to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "access/access.hpp"
#include "base/time.hpp"

namespace lianxin::party {

enum class PartyKind { person, unit, team };
[[nodiscard]] std::string_view name_of(PartyKind kind);
[[nodiscard]] std::optional<PartyKind> party_kind(std::string_view name);

struct Party {
    PartyId id;
    PartyKind kind = PartyKind::person;
    std::string unit_kind;  // of units and teams: the pack's kind
    std::string key;        // of units: the pack's or importer's key, unique; empty: none
    std::string name;       // public name of a unit, team or post holder; empty for residents (sealed)
    PlaceId place;          // a unit's territory, a person's household or place of work
    std::optional<PartyId> parent;  // the unit it belongs to
    Day from;
    Day until;
};

// What may be known of a person for service, each field sealed on its own.
enum class ContactField { name, phone, email, address };
[[nodiscard]] std::string_view name_of(ContactField field);
[[nodiscard]] std::optional<ContactField> contact_field(std::string_view name);

// Digits only, in the form blind indexes are made of; nothing when it is not a phone number (5 to 15 digits).
[[nodiscard]] std::optional<std::string> normal_phone(std::string_view text);
// Trimmed and folded; nothing without a local part, a domain, or with white space or control characters.
[[nodiscard]] std::optional<std::string> normal_email(std::string_view text);

}  // namespace lianxin::party
