// party/contact_service.hpp — seals what may be known of a person, field by field, with the person's own key,
// and opens it again. Who may ask is the caller's to decide and to log; nothing here is ever written to a
// log.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "journal/key_ring.hpp"
#include "party/contact_store.hpp"

namespace lianxin::party {

// `value` is kept as it was given; the blind index is made of its normal form, and of names and addresses
// there is none.
[[nodiscard]] SealedContact sealed_contact(journal::KeyRing& keys, journal::KeyId key, PartyId party,
                                           ContactField field, std::string_view value);
// Nothing when the key is erased.
[[nodiscard]] std::optional<std::string> opened_contact(journal::KeyRing& keys, const SealedContact& contact);
// By phone or e-mail, in whatever form it was typed; empty when it is neither.
[[nodiscard]] std::optional<Digest> contact_blind(const journal::KeyRing& keys, ContactField field,
                                                  std::string_view value);

// A resident's own name; empty where none was left or it was erased.
[[nodiscard]] std::string opened_name(store::Transaction& tx, journal::KeyRing& keys, PartyId party);
// Whoever holds a post is named in public: the sealed name of somebody who is about to. Empty when it is
// public already, or there is none to open.
[[nodiscard]] std::string name_to_publish(store::Transaction& tx, journal::KeyRing& keys, PartyId person);

}  // namespace lianxin::party
