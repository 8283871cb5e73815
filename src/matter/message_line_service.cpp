#include "matter/message_line_service.hpp"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <map>

#include "base/text.hpp"
#include "http/json_calls.hpp"
#include "matter/intake_limits.hpp"
#include "pack/finding.hpp"

namespace lianxin::matter {
namespace {

constexpr int first_year = 2000;  // numbers of matters begin there

using Texts = std::map<std::string_view, std::string>;  // by key; what is absent is ""

auto refused(std::string reason, std::string_view key, std::string limit = {}) {
    return fail(ImportRefusal{0, std::move(reason), std::string(key), std::move(limit)});
}

// What a stranger's key was meant to be; where nothing is like it, all there are.
std::string meant_by(std::string_view key) {
    std::vector<std::string> names;
    std::string all;
    for (const auto& known : message_keys()) {
        names.emplace_back(known.name);
        all += (all.empty() ? "" : ", ") + names.back();
    }
    const auto near = pack::nearest(ascii_lower(key), names);
    return near.empty() ? all : near;
}

Result<Texts, ImportRefusal> read_keys(std::string_view text) {
    const auto parsed = http::parse_value(text);
    if (!parsed) {
        const auto& fault = parsed.error().front();
        const auto key = fault.pointer.substr(fault.pointer.rfind('/') + 1);
        return refused(fault.code, key, fault.limit);
    }
    if (!parsed->is_object()) return refused("not_an_object", {});
    const auto& keys = message_keys();
    Texts texts;
    for (const auto& member : parsed->get_object()) {
        const std::string_view name(member.key().data(), member.key().size());
        const auto known =
            std::find_if(keys.begin(), keys.end(), [&](const MessageKey& key) { return key.name == name; });
        if (known == keys.end()) return refused("key_unknown", first_code_points(name, 40), meant_by(name));
        if (member.value().is_null()) continue;
        if (!member.value().is_string()) return refused("key_not_text", name);
        const auto& value = member.value().get_string();
        texts[known->name] = std::string(value.data(), value.size());
    }
    for (const auto& key : keys)
        if (key.required && trim(texts[key.name]).empty()) return refused("key_missing", key.name);
    return texts;
}

Result<Instant, ImportRefusal> read_time(const Texts& texts, std::string_view key, Zone zone, Instant now) {
    const auto at = parse_local(texts.at(key), zone);
    if (!at) return refused("time_malformed", key);
    if (*at > now) return refused("time_in_future", key);
    if (zone.day_of(*at).year() < first_year)
        return refused("time_too_early", key, std::to_string(first_year));
    return *at;
}

// The whole of it is kept or the line is refused: nothing is cut off in silence.
std::optional<ImportRefusal> too_long(const Texts& texts, std::string_view key, std::size_t most) {
    const auto found = texts.find(key);
    if (found == texts.end() || code_points(trim(found->second)) <= most) return {};
    return ImportRefusal{0, "too_long", std::string(key), std::to_string(most)};
}

}  // namespace

const std::vector<MessageKey>& message_keys() {
    static const std::vector<MessageKey> keys{
        {"id", true, "Its number in the other system. The same number is taken in once.", "\"2549\""},
        {"at", true, "When it came, in the county's time: `2019-04-25 09:32:09`.", "\"2019-04-25 09:32:09\""},
        {"subject", false, "In a line; at most 200 characters. Empty: the text's beginning.", "\"路灯不亮\""},
        {"text", false, "What was said; at most 4000 characters. One of subject and text must be there.",
         "\"坏了很久，晚上看不见路。\""},
        {"reply", false, "The answer that was given.", "\"已经安排电工更换灯泡，请您查看。\""},
        {"replied_at", false, "When it was answered. With it the matter is answered and closed then.",
         "\"2019-05-06 10:00:00\""},
        {"user", false, "Who wrote, as the other system calls them. Read, and not kept.", "\"A00045581\""}};
    return keys;
}

std::vector<std::string> differing_keys(const MessageLine& one, const MessageLine& other) {
    std::vector<std::string> keys;
    const auto compare = [&](std::string_view key, bool same) {
        if (!same) keys.emplace_back(key);
    };
    compare("at", one.at == other.at);
    compare("subject", one.subject == other.subject);
    compare("text", one.text == other.text);
    compare("reply", one.reply == other.reply);
    compare("replied_at", one.replied_at == other.replied_at);
    return keys;
}

std::vector<std::string> reply_as_entered(const MessageLine& line, Zone zone) {
    std::vector<std::string> ways{line.reply, line.subject + "：" + line.reply};
    if (line.replied_at) ways.push_back(ways.back() + "（" + zone.day_of(*line.replied_at).text() + "）");
    return ways;
}

Result<MessageLine, ImportRefusal> read_message(std::string_view text, Zone zone, Instant now) {
    auto texts = read_keys(text);
    if (!texts) return fail(texts.error());
    for (const auto& [key, most] :
         {std::pair("subject", intake_limits.subject), std::pair("text", intake_limits.text)})
        if (auto refusal = too_long(*texts, key, most)) return fail(*std::move(refusal));
    const auto at = read_time(*texts, "at", zone, now);
    if (!at) return fail(at.error());
    MessageLine line;
    line.at = *at;
    line.id = (*texts)["id"];
    line.text = (*texts)["text"];
    line.reply = (*texts)["reply"];
    const std::string_view said = trim((*texts)["subject"]).empty() ? line.text : (*texts)["subject"];
    line.subject = first_code_points(trim(said), intake_limits.subject);
    if (line.subject.empty()) return refused("text_missing", "text");
    const bool replied = !trim(line.reply).empty();
    if (trim((*texts)["replied_at"]).empty()) {
        if (replied) return refused("replied_at_missing", "replied_at");
        return line;
    }
    if (!replied) return refused("reply_missing", "reply");
    const auto replied_at = read_time(*texts, "replied_at", zone, now);
    if (!replied_at) return fail(replied_at.error());
    if (*replied_at < line.at) return refused("replied_before_received", "replied_at");
    line.replied_at = *replied_at;
    return line;
}

}  // namespace lianxin::matter
