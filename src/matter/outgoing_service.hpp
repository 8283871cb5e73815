// matter/outgoing_service.hpp — messages to residents in the outbox: address and text sealed with the
// resident's key under these contexts, opened by the courier alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "journal/key_ring.hpp"
#include "party/party_store.hpp"
#include "store/outbox.hpp"

namespace lianxin::matter {

inline constexpr std::string_view recipient_context = "outbox.recipient";
inline constexpr std::string_view payload_context = "outbox.payload";

// Nothing for fields that are no address (a name), and when the resident's key was erased. sealed_for is the
// key's id.
[[nodiscard]] std::optional<store::OutgoingMessage> outgoing(journal::KeyRing& keys,
                                                             const party::SealedContact& contact,
                                                             std::string_view payload_json);

}  // namespace lianxin::matter
