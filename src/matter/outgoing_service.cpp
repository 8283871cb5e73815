#include "matter/outgoing_service.hpp"

#include "party/contact_service.hpp"

namespace lianxin::matter {

std::optional<store::OutgoingMessage> outgoing(journal::KeyRing& keys, const party::SealedContact& contact,
                                               std::string_view payload_json) {
    store::OutgoingMessage message;
    switch (contact.field) {
        case party::ContactField::email:
            message.channel = "email";
            break;
        case party::ContactField::phone:
            message.channel = "sms";
            break;
        default:
            return {};
    }
    const auto address = party::opened_contact(keys, contact);
    if (!address) return {};
    const journal::KeyId key(contact.key);
    message.sealed_for = contact.key;
    message.recipient = keys.seal(key, *address, recipient_context);
    message.payload = keys.seal(key, payload_json, payload_context);
    return message;
}

}  // namespace lianxin::matter
