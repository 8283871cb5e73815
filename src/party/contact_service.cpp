#include "party/contact_service.hpp"

#include "party/party_store.hpp"

namespace lianxin::party {
namespace {

// Authenticated with the sealed bytes: a sealed phone copied into another column does not open.
std::string context_of(ContactField field) {
    return "contact." + std::string(name_of(field));
}

}  // namespace

std::optional<Digest> contact_blind(const journal::KeyRing& keys, ContactField field,
                                    std::string_view value) {
    std::optional<std::string> normal;
    if (field == ContactField::phone) normal = normal_phone(value);
    if (field == ContactField::email) normal = normal_email(value);
    if (!normal) return {};
    return keys.blind_index(context_of(field), *normal);
}

SealedContact sealed_contact(journal::KeyRing& keys, journal::KeyId key, PartyId party, ContactField field,
                             std::string_view value) {
    return {party, field, key.value(), keys.seal(key, value, context_of(field)),
            contact_blind(keys, field, value)};
}

std::optional<std::string> opened_contact(journal::KeyRing& keys, const SealedContact& contact) {
    return keys.unseal_text(journal::KeyId(contact.key), contact.sealed, context_of(contact.field));
}

std::string opened_name(store::Transaction& tx, journal::KeyRing& keys, PartyId party) {
    for (const SealedContact& contact : load_contacts(tx, party))
        if (contact.field == ContactField::name) return opened_contact(keys, contact).value_or("");
    return {};
}

std::string name_to_publish(store::Transaction& tx, journal::KeyRing& keys, PartyId person) {
    const auto party = load_party(tx, person);
    return party && party->name.empty() ? opened_name(tx, keys, person) : std::string();
}

}  // namespace lianxin::party
