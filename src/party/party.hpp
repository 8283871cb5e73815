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

// Digits only, with the leading + or 86 of mainland numbers taken off, so that one number has one blind
// index. Nothing when it is not a phone number (5 to 15 digits).
[[nodiscard]] std::optional<std::string> normal_phone(std::string_view text);
// Trimmed and folded to lower case; nothing when there is no local part, no domain or a control character.
[[nodiscard]] std::optional<std::string> normal_email(std::string_view text);

}  // namespace lianxin::party
