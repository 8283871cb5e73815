#include "matter/owner.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace lianxin::matter {
namespace {

using Kind = OwnerSelector::Kind;

constexpr std::array<std::pair<std::string_view, Kind>, 4> plain_words = {{
    {"keep", Kind::keep},
    {"previous", Kind::previous},
    {"named", Kind::named},
    {"next_rung", Kind::next_rung},
}};

constexpr std::array<std::pair<std::string_view, Anchor>, 5> anchors = {{
    {"owner", Anchor::owner},
    {"host", Anchor::host},
    {"rung", Anchor::rung},
    {"lead", Anchor::lead},
    {"parent", Anchor::parent},
}};

constexpr std::string_view service_item_seat = "service_item";

bool is_name(std::string_view text) {
    return !text.empty() && text.front() >= 'a' && text.front() <= 'z' &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

std::optional<Anchor> anchor_in(std::string_view word) {
    for (const auto& [name, anchor] : anchors)
        if (name == word) return anchor;
    return {};
}

std::optional<ParsedSelector> parse_at(std::string_view head, std::string_view seat) {
    ParsedSelector parsed;
    auto& selector = parsed.selector;
    if (!is_name(head) || !is_name(seat)) return {};
    if (seat == service_item_seat) {
        if (head != "desk") return {};
        selector.kind = Kind::desk_of_item;
        return parsed;
    }
    const auto anchor = anchor_in(seat);
    if (head == "superior" && !anchor) return {};
    // leader@host follows a post; leader@township is a kind of post at a level like any other.
    if (anchor && (head == "superior" || head == "leader")) {
        selector.kind = head == "superior" ? Kind::superior_of : Kind::leader_of;
        // A rung is where the owner stands: both words mean the same post.
        selector.anchor = *anchor == Anchor::rung ? Anchor::owner : *anchor;
        return parsed;
    }
    selector.kind = Kind::kind_at;
    selector.post_kind = std::string(head);
    selector.level = std::string(seat);
    return parsed;
}

}  // namespace

bool OwnerSelector::same_as(const OwnerSelector& other) const {
    return kind == other.kind && anchor == other.anchor && field == other.field &&
           post_kind == other.post_kind && level == other.level;
}

std::optional<ParsedSelector> parse_selector(std::string_view text) {
    ParsedSelector parsed;
    for (const auto& [word, kind] : plain_words) {
        if (text != word) continue;
        parsed.selector.kind = kind;
        return parsed;
    }
    if (text == "lead" || text == "parent" || text == "host") {
        parsed.selector.kind = Kind::owner_of;
        parsed.selector.anchor = *anchor_in(text);
        return parsed;
    }
    if (text.substr(0, 6) == "field:") {
        if (!is_name(text.substr(6))) return {};
        parsed.selector.kind = Kind::field;
        parsed.field = std::string(text.substr(6));
        return parsed;
    }
    const auto at = text.find('@');
    if (at == std::string_view::npos) return {};
    return parse_at(text.substr(0, at), text.substr(at + 1));
}

std::string selector_text(const OwnerSelector& selector, std::string_view field_name) {
    const auto anchor = [&] {
        for (const auto& [name, value] : anchors)
            if (value == selector.anchor) return std::string(name);
        return std::string();
    };
    for (const auto& [word, kind] : plain_words)
        if (kind == selector.kind) return std::string(word);
    switch (selector.kind) {
        case Kind::field:
            return "field:" + std::string(field_name);
        case Kind::superior_of:
            return "superior@" + anchor();
        case Kind::leader_of:
            return "leader@" + anchor();
        case Kind::owner_of:
            return anchor();
        case Kind::desk_of_item:
            return "desk@" + std::string(service_item_seat);
        default:
            return selector.post_kind + "@" + selector.level;
    }
}

std::optional<PostId> OwnerTable::find(const OwnerSelector& selector, PostId from) const {
    for (const auto& each : found)
        if (each.from == from && each.selector.same_as(selector)) return each.post;
    return {};
}

std::optional<OwnerTable::Rung> OwnerTable::above(std::optional<RungIndex> rung, PostId but) const {
    const std::size_t first = rung ? std::size_t{rung->value} + 1 : 0;
    for (std::size_t at = first; at < ladder.size(); ++at)
        if (ladder[at] && *ladder[at] != but)
            return Rung{RungIndex{static_cast<std::uint16_t>(at)}, *ladder[at]};
    return {};
}

std::optional<RungIndex> OwnerTable::rung_of(PostId post) const {
    for (std::size_t at = 0; at < ladder.size(); ++at)
        if (ladder[at] == post) return RungIndex{static_cast<std::uint16_t>(at)};
    return {};
}

}  // namespace lianxin::matter
