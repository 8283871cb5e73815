#include "identity/one_time_code_service.hpp"

#include <algorithm>

#include "base/crypto.hpp"
#include "identity/account.hpp"
#include "identity/identity_store.hpp"

namespace lianxin::identity {
namespace {

// Five tries a code are few, five tries a minute for days are not: after three codes that nobody proved, the
// next one takes twice as long each time, up to an hour.
std::chrono::microseconds pause_after(int unproved) {
    constexpr int freely = 3;
    constexpr std::chrono::microseconds longest = std::chrono::hours(1);
    std::chrono::microseconds pause = std::chrono::minutes(1);
    for (int i = freely; i < unproved && pause < longest; ++i) pause *= 2;
    return std::min(pause, longest);
}

// Bound to its subject: the code of one matter proves nothing about another.
Digest hash_of(County& county, const Subject& subject, std::string_view code) {
    const std::string text = subject.kind + " " + std::to_string(subject.id) + " " + std::string(code);
    return keyed_hash(county.keys.purpose_key("identity.one_time_code"), as_bytes(text));
}

}  // namespace

std::string_view code_of(CodeOutcome outcome) {
    switch (outcome) {
        case CodeOutcome::proved:
            return "proved";
        case CodeOutcome::wrong_code:
            return "wrong_code";
        case CodeOutcome::no_code:
            return "no_code";
        case CodeOutcome::code_expired:
            return "code_expired";
        case CodeOutcome::no_tries_left:
            return "no_tries_left";
    }
    return "no_code";
}

std::string new_code() {
    // 2^32 is no multiple of a million: what lies above the largest one is drawn again.
    constexpr std::uint32_t fair = 4'294'000'000U;
    for (;;) {
        std::uint32_t number = 0;
        for (const std::uint8_t octet : random_bytes(4)) number = number << 8U | octet;
        if (number >= fair) continue;
        const std::string digits = std::to_string(number % 1'000'000U);
        return std::string(6 - digits.size(), '0') + digits;
    }
}

bool send_code(store::Transaction& tx, County& county, const Subject& subject, const std::string& code,
               const CodeDestination& to, const Bytes& sealed_payload, Instant now) {
    const auto present = load_code(tx, subject);
    const int unproved = present ? present->unproved : 0;
    if (present && now - present->sent_at < pause_after(unproved) && now >= present->sent_at) return false;
    save_code(tx, subject, {hash_of(county, subject, code), now, 0, unproved + 1});
    store::OutgoingMessage message;
    message.id = county.new_id<store::Outbox>();
    message.channel = to.channel;
    message.sealed_for = to.sealed_for;
    message.recipient = to.recipient;
    message.template_name = to.template_name;
    message.payload = sealed_payload;
    message.language = to.language;
    message.not_before = now;
    return store::enqueue(tx, message, now);
}

CodeOutcome prove_code(store::Transaction& tx, County& county, const Subject& subject, std::string_view code,
                       Instant now) {
    auto stored = load_code(tx, subject);
    if (!stored) return CodeOutcome::no_code;
    if (stored->tries >= code_tries) return CodeOutcome::no_tries_left;
    if (now - stored->sent_at > code_life || now < stored->sent_at) return CodeOutcome::code_expired;
    if (equal_in_constant_time(stored->hash, hash_of(county, subject, code))) {
        remove_code(tx, subject);  // it serves once
        return CodeOutcome::proved;
    }
    ++stored->tries;
    save_code(tx, subject, *stored);
    return stored->tries >= code_tries ? CodeOutcome::no_tries_left : CodeOutcome::wrong_code;
}

}  // namespace lianxin::identity
