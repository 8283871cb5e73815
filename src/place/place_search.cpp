#include "place/place_search.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace lianxin::place {
namespace {

struct Match {
    std::size_t end = 0;  // 0: none
    int characters = 0;
};

// The leftmost occurrence at or behind `from`. Names of one character say too little to be looked for.
Match match(std::string_view text, std::string_view name, std::size_t from) {
    if (name.empty()) return {};
    const auto at = text.find(name, from);
    if (at == std::string_view::npos) return {};
    return {at + name.size(), static_cast<int>(code_points(name))};
}

std::string without_suffix(const std::string& name, const Kind* kind) {
    if (kind == nullptr) return {};
    for (const auto& suffix : kind->suffixes) {
        if (name.size() <= suffix.size() || !name.ends_with(suffix)) continue;
        auto shorter = name.substr(0, name.size() - suffix.size());
        if (code_points(shorter) >= 2) return shorter;
    }
    return {};
}

}  // namespace

SearchIndex::SearchIndex(const std::vector<Place>& places, const Kinds& kinds) {
    std::vector<const Place*> order;
    for (const auto& place : places) order.push_back(&place);
    std::sort(order.begin(), order.end(), [](const Place* a, const Place* b) {
        return a->level != b->level ? a->level < b->level : a->id < b->id;
    });
    std::unordered_map<PlaceId, int> index;
    for (const Place* place : order) {
        Node node{place->id, place->level, -1, fold(place->name), {}};
        node.short_name = without_suffix(node.name, kinds.find(place->kind));
        if (place->parent) {
            if (const auto it = index.find(*place->parent); it != index.end()) node.parent = it->second;
        }
        index.emplace(place->id, static_cast<int>(nodes_.size()));
        nodes_.push_back(std::move(node));
    }
}

std::vector<Candidate> SearchIndex::find(std::string_view text, std::size_t limit) const {
    const std::string folded = fold(text);
    std::vector<Candidate> reached(nodes_.size());  // per node: what its own path has matched so far
    std::vector<Candidate> found;
    if (folded.empty()) return found;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
        const Node& node = nodes_[i];
        Candidate& here = reached[i];
        if (node.parent >= 0) here = reached[static_cast<std::size_t>(node.parent)];
        here.place = node.id;
        here.level = node.level;
        here.whole_name = false;
        // A name stands behind those above it; where it does not, people may have written it alone.
        Match own = match(folded, node.name, here.matched_until);
        if (own.end == 0) own = match(folded, node.short_name, here.matched_until);
        if (own.end != 0) {
            here.matched_characters += own.characters;
            here.matched_until = own.end;
            found.push_back(here);
        } else if (node.name.find(folded) != std::string::npos) {
            Candidate part = here;
            part.matched_characters = static_cast<int>(code_points(folded));
            part.matched_until = folded.size();
            part.whole_name = true;
            found.push_back(part);
        }
    }
    const auto better = [](const Candidate& a, const Candidate& b) {
        if (a.matched_characters != b.matched_characters) return a.matched_characters > b.matched_characters;
        if (a.whole_name != b.whole_name) return !a.whole_name;
        if (a.level != b.level) return a.whole_name ? a.level < b.level : a.level > b.level;
        return a.place < b.place;
    };
    const auto kept = std::min(limit, found.size());
    std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(kept), found.end(), better);
    found.resize(kept);
    return found;
}

}  // namespace lianxin::place
