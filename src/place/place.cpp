#include "place/place.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace lianxin::place {

Day open_end() {
    return Day::of(9999, 12, 31);
}

Kinds::Kinds(std::vector<Kind> kinds, std::vector<StationKind> stations)
    : kinds_(std::move(kinds)), stations_(std::move(stations)) {
    std::sort(kinds_.begin(), kinds_.end(), [](const Kind& a, const Kind& b) { return a.level < b.level; });
}

const Kind* Kinds::find(std::string_view name) const {
    const auto it =
        std::find_if(kinds_.begin(), kinds_.end(), [&](const Kind& kind) { return kind.name == name; });
    return it == kinds_.end() ? nullptr : &*it;
}

const Kind* Kinds::at_level(int level) const {
    const auto it =
        std::find_if(kinds_.begin(), kinds_.end(), [&](const Kind& kind) { return kind.level == level; });
    return it == kinds_.end() ? nullptr : &*it;
}

const StationKind* Kinds::station(std::string_view name) const {
    const auto it = std::find_if(stations_.begin(), stations_.end(),
                                 [&](const StationKind& kind) { return kind.name == name; });
    return it == stations_.end() ? nullptr : &*it;
}

const Kind* Kinds::household() const {
    const auto it =
        std::find_if(kinds_.begin(), kinds_.end(), [](const Kind& kind) { return kind.household; });
    return it == kinds_.end() ? nullptr : &*it;
}

bool Lineage::within(PlaceId place) const {
    return place.value() != 0 && std::find(by_level.begin(), by_level.end(), place) != by_level.end();
}

std::vector<PlaceId> Lineage::path() const {
    std::vector<PlaceId> path;
    for (int level = 1; level <= max_level; ++level)
        if (has(level)) path.push_back(at(level));
    return path;
}

std::string_view code_of(PlaceRefusal refusal) {
    switch (refusal) {
        case PlaceRefusal::not_allowed:
            return "not_allowed";
        case PlaceRefusal::place_not_found:
            return "place_not_found";
        case PlaceRefusal::kind_unknown:
            return "kind_unknown";
        case PlaceRefusal::name_empty:
            return "name_empty";
        case PlaceRefusal::name_too_long:
            return "name_too_long";
        case PlaceRefusal::parent_not_found:
            return "parent_not_found";
        case PlaceRefusal::parent_missing:
            return "parent_missing";
        case PlaceRefusal::root_exists:
            return "root_exists";
        case PlaceRefusal::kind_not_below_parent:
            return "kind_not_below_parent";
        case PlaceRefusal::place_below_itself:
            return "place_below_itself";
        case PlaceRefusal::division_code_malformed:
            return "division_code_malformed";
        case PlaceRefusal::division_code_disagrees_with_parent:
            return "division_code_disagrees_with_parent";
        case PlaceRefusal::division_code_taken:
            return "division_code_taken";
        case PlaceRefusal::name_taken_among_siblings:
            return "name_taken_among_siblings";
        case PlaceRefusal::day_before_span:
            return "day_before_span";
        case PlaceRefusal::place_already_ended:
            return "place_already_ended";
        case PlaceRefusal::place_has_children:
            return "place_has_children";
        case PlaceRefusal::nothing_to_merge:
            return "nothing_to_merge";
        case PlaceRefusal::not_siblings_in_kind:
            return "not_siblings_in_kind";
        case PlaceRefusal::station_kind_unknown:
            return "station_kind_unknown";
        case PlaceRefusal::standard_unknown:
            return "standard_unknown";
        case PlaceRefusal::station_not_found:
            return "station_not_found";
        case PlaceRefusal::day_in_the_future:
            return "day_in_the_future";
        case PlaceRefusal::reason_missing:
            return "reason_missing";
        case PlaceRefusal::reason_too_long:
            return "reason_too_long";
        case PlaceRefusal::nothing_changes:
            return "nothing_changes";
        case PlaceRefusal::place_has_holders:
            return "place_has_holders";
    }
    throw Bug("a place refusal without a code");
}

std::optional<PlaceRefusal> refuse(const Draft& draft, const Place* parent, const Kinds& kinds) {
    const Kind* kind = kinds.find(draft.kind);
    if (kind == nullptr) return PlaceRefusal::kind_unknown;
    if (trim(draft.name).empty()) return PlaceRefusal::name_empty;
    if (code_points(draft.name) > max_name_characters || has_control_characters(draft.name)) {
        return PlaceRefusal::name_too_long;
    }
    if (parent == nullptr && kind->level != 1) return PlaceRefusal::parent_missing;
    if (parent != nullptr && (kind->level <= parent->level || parent->household)) {
        return PlaceRefusal::kind_not_below_parent;
    }
    if (draft.code && parent != nullptr && parent->code && !draft.code->agrees_with_parent(*parent->code)) {
        return PlaceRefusal::division_code_disagrees_with_parent;
    }
    return {};
}

Lineage lineage_below(const Lineage* parent, PlaceId self, int level) {
    require(level >= 1 && level <= max_level, "a place's level is 1 to 7");
    Lineage lineage = parent == nullptr ? Lineage{} : *parent;
    lineage.by_level[static_cast<std::size_t>(level)] = self;
    return lineage;
}

}  // namespace lianxin::place
