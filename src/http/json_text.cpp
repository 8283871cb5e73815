#include "http/json_text.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <charconv>
#include <cmath>

namespace lianxin::http {

void JsonReading::fault(std::string_view code, std::string limit) {
    faults_.push_back({pointer_, std::string(code), {}, std::move(limit)});
}

void JsonReading::enter(std::string_view key) {
    pointer_ += '/';
    for (const char c : key) {
        if (c == '~')
            pointer_ += "~0";
        else if (c == '/')
            pointer_ += "~1";
        else
            pointer_ += c;
    }
}

void JsonReading::enter(std::size_t index) {
    pointer_ += '/';
    pointer_ += std::to_string(index);
}

// A slash inside a key was escaped, so the last slash is where the present step began.
void JsonReading::leave() {
    pointer_.erase(pointer_.rfind('/'));
}

void JsonWriting::string(std::string_view text) {
    static constexpr char digits[] = "0123456789abcdef";
    text_ += '"';
    std::size_t plain = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        text_.append(text, plain, i - plain);
        plain = i + 1;
        switch (c) {
            case '"':
                text_ += "\\\"";
                break;
            case '\\':
                text_ += "\\\\";
                break;
            case '\n':
                text_ += "\\n";
                break;
            case '\r':
                text_ += "\\r";
                break;
            case '\t':
                text_ += "\\t";
                break;
            default:
                text_ += "\\u00";
                text_ += digits[c >> 4U];
                text_ += digits[c & 15U];
        }
    }
    text_.append(text, plain);
    text_ += '"';
}

void JsonWriting::integer(std::int64_t number) {
    text_ += std::to_string(number);
}

void JsonWriting::number(double number) {
    if (!std::isfinite(number)) return raw("null");
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    text_.append(digits.data(), end);
}

void JsonWriting::value(const boost::json::value& value) {
    text_ += boost::json::serialize(value);
}

namespace json_detail {

void read_string(JsonReading& in, const value& v, std::string& out) {
    if (!v.is_string()) return in.fault("wrong_type");
    const auto& text = v.get_string();
    out.assign(text.data(), text.size());
}

void read_bool(JsonReading& in, const value& v, bool& out) {
    if (!v.is_bool()) return in.fault("wrong_type");
    out = v.get_bool();
}

void read_double(JsonReading& in, const value& v, double& out) {
    if (!v.is_number()) return in.fault("wrong_type");
    out = v.to_number<double>();
}

std::optional<std::int64_t> read_integer(JsonReading& in, const value& v, std::int64_t low,
                                         std::int64_t high) {
    if (!v.is_int64() && !v.is_uint64()) {
        in.fault(v.is_double() ? "not_a_whole_number" : "wrong_type");
        return {};
    }
    if (v.is_uint64() || v.get_int64() < low ||
        v.get_int64() > high) {  // uint64 only where int64 is too small
        in.fault("out_of_range", std::to_string(low) + "–" + std::to_string(high));
        return {};
    }
    return v.get_int64();
}

// The text of a string value, or a fault.
static std::optional<std::string_view> text_of(JsonReading& in, const value& v) {
    if (v.is_string()) return std::string_view(v.get_string().data(), v.get_string().size());
    in.fault("wrong_type");
    return {};
}

void read_instant(JsonReading& in, const value& v, Instant& out) {
    const auto text = text_of(in, v);
    if (!text) return;
    const auto at = parse_instant(*text);
    if (!at) return in.fault("malformed_instant");
    out = *at;
}

void read_day(JsonReading& in, const value& v, Day& out) {
    const auto text = text_of(in, v);
    if (!text) return;
    const auto day = Day::parse(*text);
    if (!day) return in.fault("malformed_day");
    out = *day;
}

std::optional<std::int64_t> read_id(JsonReading& in, const value& v) {
    const auto text = text_of(in, v);
    if (!text) return {};
    const auto id = Id<void>::parse(*text);
    if (!id) {
        in.fault("malformed_id");
        return {};
    }
    return id->value();
}

std::string listed(std::span<const char* const> names) {
    std::string text;
    for (const char* name : names) text += (text.empty() ? "" : ", ") + std::string(name);
    return text;
}

std::optional<std::size_t> read_name(JsonReading& in, const value& v, std::span<const char* const> names) {
    const auto text = text_of(in, v);
    if (!text) return {};
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (*text == names[i]) return i;
    }
    in.fault("unknown_value", listed(names));
    return {};
}

void read_object(JsonReading& in, const value& v, void* owner, std::span<const JsonMember> members) {
    const auto* object = read_map(in, v);
    if (object == nullptr) return;
    std::size_t found = 0;
    for (const JsonMember& member : members) {
        const value* given = object->if_contains(member.name);
        if (given != nullptr) ++found;
        if (given == nullptr && member.may_be_absent) continue;
        in.enter(std::string_view(member.name));
        given != nullptr ? member.read(in, *given, owner) : in.fault("missing_field");
        in.leave();
    }
    if (found == object->size()) return;
    for (const auto& [name, given] : *object) {
        const std::string_view key(name.data(), name.size());
        const bool known =
            std::any_of(members.begin(), members.end(), [&](const auto& m) { return key == m.name; });
        if (known) continue;
        in.enter(key);
        in.fault("unknown_field");
        in.leave();
    }
}

const boost::json::array* read_list(JsonReading& in, const value& v) {
    if (!v.is_array()) in.fault("wrong_type");
    return v.if_array();
}

const boost::json::object* read_map(JsonReading& in, const value& v) {
    if (!v.is_object()) in.fault("wrong_type");
    return v.if_object();
}

void write_object(JsonWriting& out, const void* owner, std::span<const JsonMember> members) {
    out.raw("{");
    for (const JsonMember& member : members) {
        if (&member != members.data()) out.raw(",");
        out.raw("\"");
        out.raw(member.name);
        out.raw("\":");
        member.write(out, owner);
    }
    out.raw("}");
}

void write_list(JsonWriting& out, const void* list, std::size_t size,
                void (*item)(JsonWriting&, const void*, std::size_t)) {
    out.raw("[");
    for (std::size_t i = 0; i < size; ++i) {
        if (i != 0) out.raw(",");
        item(out, list, i);
    }
    out.raw("]");
}

value scalar_of(std::string_view text, Scalar scalar) {
    const char* const end = text.data() + text.size();
    if (scalar == Scalar::boolean) {
        if (text == "true" || text == "1") return true;
        if (text == "false" || text == "0") return false;
    }
    if (scalar == Scalar::integer) {
        std::int64_t number = 0;
        const auto [rest, error] = std::from_chars(text.data(), end, number);
        if (rest == end && error == std::errc::result_out_of_range) return std::uint64_t(-1);
        if (rest == end && error == std::errc{}) return number;
    }
    if (scalar == Scalar::real) {
        double number = 0;
        const auto [rest, error] = std::from_chars(text.data(), end, number);
        if (rest == end && error == std::errc{} && std::isfinite(number)) return number;
    }
    return boost::json::string(text);  // of the wrong type where a number was expected
}

void read_query(JsonReading& in, const std::multimap<std::string, std::string, std::less<>>& query,
                void* owner, std::span<const JsonMember> members) {
    for (const JsonMember& member : members) {
        std::vector<std::string_view> values;
        const auto [first, last] = query.equal_range(std::string_view(member.name));
        for (auto it = first; it != last; ++it) values.push_back(it->second);
        if (values.empty() && member.may_be_absent) continue;
        in.enter(std::string_view(member.name));
        require(member.read_text != nullptr, "a struct read from a query has scalars and lists of them only");
        values.empty() ? in.fault("missing_field") : member.read_text(in, values, owner);
        in.leave();
    }
    for (auto it = query.begin(); it != query.end(); it = query.upper_bound(it->first)) {
        const bool known =
            it->first == "lang" ||
            std::any_of(members.begin(), members.end(), [&](const auto& m) { return it->first == m.name; });
        if (known) continue;
        in.enter(std::string_view(it->first));
        in.fault("unknown_field");
        in.leave();
    }
}

}  // namespace json_detail
}  // namespace lianxin::http
