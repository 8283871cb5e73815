#include "matter/message_record_service.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <optional>

#include "access/policy.hpp"

namespace lianxin::matter {
namespace {

bool is_gone(const journal::Field& field) {
    return field.state == journal::FieldState::erased || field.state == journal::FieldState::key_erased;
}

// What an entry says under a name: nothing where it says nothing, `gone` where nobody can read it any more.
std::string said_in(const journal::Entry& entry, std::string_view name, const std::string& gone) {
    const auto field = std::find_if(entry.fields.begin(), entry.fields.end(),
                                    [&](const journal::Field& one) { return one.name == name; });
    if (field == entry.fields.end()) return {};
    return is_gone(*field) ? gone : field->value;
}

std::string text_of(const std::string& json) {
    boost::system::error_code error;
    const auto value = boost::json::parse(json, error);
    if (error || !value.is_string()) return {};
    return {value.get_string().data(), value.get_string().size()};
}

// The importer answers in the name of the post that has it, and is nobody in person: what somebody wrote here
// since is no part of the message.
std::optional<std::string> imported_reply(const journal::Entry& entry, const std::string& gone) {
    if (entry.field("actor") != access::name_of(access::Relation::owner) || entry.field("actor.party"))
        return {};
    std::optional<std::string> reply;
    for (const journal::Field& field : entry.fields) {
        if (field.name == whole_answer) return is_gone(field) ? gone : field.value;
        if (field.name.starts_with("f.")) reply = is_gone(field) ? gone : text_of(field.value);
    }
    return reply;
}

}  // namespace

RecordedMessage recorded_message(const std::vector<journal::SealedEntry>& chain, journal::KeyRing& keys,
                                 Zone zone, const MessageLine& again) {
    RecordedMessage recorded{{}, again};
    MessageLine& line = recorded.line;
    line.reply.clear();
    line.replied_at.reset();
    for (const auto& sealed : chain) {
        const auto entry = journal::unseal(sealed, keys);
        if (entry.header.seq == 1) {
            recorded.number = said_in(entry, "number", {});
            line.at = entry.header.happened_at;
            line.subject = said_in(entry, "subject", again.subject);
            line.text = said_in(entry, "text", again.text);
        } else if (auto reply = imported_reply(entry, again.reply)) {
            line.reply = *std::move(reply);
            line.replied_at = entry.header.happened_at;
        }
    }
    const auto ways = reply_as_entered(again, zone);
    if (!again.reply.empty() && std::find(ways.begin(), ways.end(), line.reply) != ways.end())
        line.reply = again.reply;
    return recorded;
}

}  // namespace lianxin::matter
