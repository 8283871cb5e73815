#include "matter/workflow_pack.hpp"

namespace lianxin::matter {
namespace {

std::string toml_text(std::string_view text) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20 || byte == 0x7F) {
            out += "\\u00";
            out += digits[byte >> 4U];
            out += digits[byte & 0xFU];
        } else {
            out += c;
        }
    }
    return out + "\"";
}

bool is_bare(std::string_view key) {
    for (const char c : key)
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
              c == '-'))
            return false;
    return !key.empty();
}

std::string key_text(std::string_view key) {
    return is_bare(key) ? std::string(key) : toml_text(key);
}

struct Inline {
    std::string operator()(const std::string& text) const { return toml_text(text); }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(double number) const {
        auto text = std::to_string(number);
        return text;
    }
    std::string operator()(bool flag) const { return flag ? "true" : "false"; }
    std::string operator()(const Day& day) const { return day.text(); }
    std::string operator()(const pack::List& list) const {
        std::string out = "[";
        for (const auto& value : list) out += (out.size() > 1 ? ", " : "") + std::visit(*this, value.data);
        return out + "]";
    }
    std::string operator()(const pack::Table& table) const {
        std::string out = "{";
        for (const auto& member : table.members)
            out += (out.size() > 1 ? ", " : " ") + key_text(member.key) + " = " +
                   std::visit(*this, member.value.data);
        return out + " }";
    }
};

// Names of rules are keys of their own; how they were inherited is no part of what they are.
void write(const pack::Table& table, const std::string& path, std::string& out) {
    for (const auto& member : table.members) {
        if (std::holds_alternative<pack::Table>(member.value.data)) continue;
        if (member.key == "remove" || (path.empty() && member.key == "extends")) continue;
        out += key_text(member.key) + " = " + std::visit(Inline{}, member.value.data) + "\n";
    }
    for (const auto& member : table.members) {
        const auto* below = std::get_if<pack::Table>(&member.value.data);
        if (below == nullptr) continue;
        const auto inner = path.empty() ? key_text(member.key) : path + "." + key_text(member.key);
        out += "[" + inner + "]\n";
        write(*below, inner, out);
    }
}

}  // namespace

std::string canonical_text(const pack::Table& document) {
    std::string out;
    write(document, "", out);
    return out;
}

}  // namespace lianxin::matter
