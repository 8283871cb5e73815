#include "party/party.hpp"

#include "base/result.hpp"
#include "base/text.hpp"

namespace lianxin::party {

std::string_view name_of(PartyKind kind) {
    switch (kind) {
        case PartyKind::person:
            return "person";
        case PartyKind::unit:
            return "unit";
        case PartyKind::team:
            return "team";
    }
    throw Bug("a party kind without a name");
}

std::optional<PartyKind> party_kind(std::string_view name) {
    for (const auto kind : {PartyKind::person, PartyKind::unit, PartyKind::team}) {
        if (name_of(kind) == name) return kind;
    }
    return {};
}

std::string_view name_of(ContactField field) {
    switch (field) {
        case ContactField::name:
            return "name";
        case ContactField::phone:
            return "phone";
        case ContactField::email:
            return "email";
        case ContactField::address:
            return "address";
    }
    throw Bug("a contact field without a name");
}

std::optional<ContactField> contact_field(std::string_view name) {
    for (const auto field :
         {ContactField::name, ContactField::phone, ContactField::email, ContactField::address}) {
        if (name_of(field) == name) return field;
    }
    return {};
}

std::optional<std::string> normal_phone(std::string_view text) {
    auto digits = normalised_phone(text);
    if (digits.size() < 5 || digits.size() > 15) return {};
    if (digits.find_first_not_of("0123456789") != std::string::npos) return {};
    return digits;
}

std::optional<std::string> normal_email(std::string_view text) {
    auto folded = fold(trim(text));
    const auto at = folded.find('@');
    if (at == std::string::npos || at == 0 || at != folded.rfind('@')) return {};
    const auto domain = std::string_view(folded).substr(at + 1);
    const auto dot = domain.find('.');
    if (dot == std::string_view::npos || dot == 0 || domain.ends_with('.')) return {};
    if (folded.size() > 254 || has_control_characters(folded) || folded.find(' ') != std::string::npos)
        return {};
    return folded;
}

}  // namespace lianxin::party
