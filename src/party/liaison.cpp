#include "party/liaison.hpp"

#include <algorithm>
#include <charconv>

#include "base/result.hpp"

namespace lianxin::party {
namespace {

std::optional<int> parse_count(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 0 || value > 1'000'000) return {};
    if (text.front() == '+' || (text.size() > 1 && text.front() == '0')) return {};
    return value;
}

const LiaisonElement* find_element(std::span<const LiaisonElement> elements, std::int64_t id) {
    const auto it = std::lower_bound(
        elements.begin(), elements.end(), id,
        [](const LiaisonElement& element, std::int64_t wanted) { return element.id < wanted; });
    return it == elements.end() || it->id != id ? nullptr : &*it;
}

// Breaches of one side: `mine` are its elements, `ends` the pairs as (mine, theirs), sorted.
void add_breaches(const LiaisonRule& rule, bool from_side, const Bounds& bounds,
                  std::span<const LiaisonElement> mine, std::span<const LiaisonElement> theirs,
                  std::span<const LiaisonPair> ends, std::vector<Breach>& breaches) {
    const auto of = from_side ? rule.from.of : rule.to.of;
    auto pair = ends.begin();
    for (const auto& element : mine) {
        while (pair != ends.end() && pair->from < element.id) ++pair;
        int present = 0, gone = 0;
        for (; pair != ends.end() && pair->from == element.id; ++pair) {
            const LiaisonElement* other = find_element(theirs, pair->to);
            // A counterpart post that nobody holds keeps in touch with nobody.
            if (other != nullptr && other->held)
                ++present;
            else
                ++gone;
        }
        const auto note = [&](BreachKind kind, int found) {
            breaches.push_back({rule.name, kind, from_side, {of, element.id}, element.place, found, bounds});
        };
        if (gone > 0) note(BreachKind::counterpart_gone, gone);
        if (!element.held) {
            if (present > 0) note(BreachKind::held_by_nobody, present);
            continue;
        }
        if (present == 0 && bounds.min > 0)
            note(BreachKind::nobody, 0);
        else if (present < bounds.min)
            note(BreachKind::too_few, present);
        else if (bounds.max && present > *bounds.max)
            note(BreachKind::too_many, present);
    }
}

}  // namespace

std::optional<Bounds> Bounds::parse(std::string_view text) {
    const auto dots = text.find("..");
    const auto first = parse_count(text.substr(0, dots));
    if (!first) return {};
    if (dots == std::string_view::npos) return Bounds{*first, *first};
    const auto rest = text.substr(dots + 2);
    if (rest.empty()) return Bounds{*first, {}};
    const auto last = parse_count(rest);
    if (!last || *last < *first) return {};
    return Bounds{*first, *last};
}

std::string Bounds::text() const {
    return std::to_string(min) + ".." + (max ? std::to_string(*max) : std::string());
}

std::string_view name_of(LiaisonSide::Of of) {
    switch (of) {
        case LiaisonSide::Of::post:
            return "post";
        case LiaisonSide::Of::place:
            return "place";
        case LiaisonSide::Of::station:
            return "station";
    }
    throw Bug("a side of a liaison without a name");
}

std::optional<LiaisonSide::Of> liaison_side(std::string_view name) {
    for (const auto of : {LiaisonSide::Of::post, LiaisonSide::Of::place, LiaisonSide::Of::station}) {
        if (name_of(of) == name) return of;
    }
    return {};
}

std::string_view name_of(BreachKind kind) {
    switch (kind) {
        case BreachKind::nobody:
            return "nobody";
        case BreachKind::too_few:
            return "too_few";
        case BreachKind::too_many:
            return "too_many";
        case BreachKind::held_by_nobody:
            return "held_by_nobody";
        case BreachKind::counterpart_gone:
            return "counterpart_gone";
    }
    throw Bug("a breach kind without a name");
}

std::vector<Breach> find_breaches(const LiaisonRule& rule, std::span<const LiaisonElement> froms,
                                  std::span<const LiaisonElement> tos, std::span<const LiaisonPair> pairs) {
    std::vector<Breach> breaches;
    std::vector<LiaisonPair> sorted(pairs.begin(), pairs.end());
    std::sort(sorted.begin(), sorted.end());
    add_breaches(rule, true, rule.per_from, froms, tos, sorted, breaches);
    if (rule.per_to) {
        for (auto& pair : sorted) std::swap(pair.from, pair.to);
        std::sort(sorted.begin(), sorted.end());
        add_breaches(rule, false, *rule.per_to, tos, froms, sorted, breaches);
    }
    return breaches;
}

}  // namespace lianxin::party
