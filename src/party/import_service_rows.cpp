#include "party/import_service_rows.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"

namespace lianxin::party {
namespace {

constexpr std::size_t longest_shown_value = 40;

std::optional<Day> day_of(std::string_view text) {
    if (const auto day = Day::parse(text)) return day;
    int parts[3] = {0, 0, 0};
    const char* at = text.data();
    const char* const end = text.data() + text.size();
    int read = 0;
    for (; read < 3; ++read) {
        const auto [next, error] = std::from_chars(at, end, parts[read]);
        if (error != std::errc{}) return {};
        at = next;
        if (read < 2 && at != end && (*at == '/' || *at == '.' || *at == '-'))
            ++at;
        else if (read < 2)
            break;
    }
    if (at != end) return {};
    // One number alone is a spreadsheet's count of days since 1899-12-30.
    if (read == 0) {
        if (parts[0] < 1 || parts[0] > 200'000) return {};
        return Day::of(1899, 12, 30) + parts[0];
    }
    char iso[16];
    if (read != 3 || parts[0] < 1000 || parts[0] > 9999 || parts[1] < 1 || parts[1] > 12 || parts[2] < 1 ||
        parts[2] > 31) {
        return {};
    }
    std::snprintf(iso, sizeof iso, "%04d-%02d-%02d", parts[0], parts[1], parts[2]);
    return Day::parse(iso);
}

std::vector<std::string> steps_of(std::string_view path) {
    std::vector<std::string> steps;
    std::string step;
    std::string text(path);
    for (const std::string_view arrow : {"›", "＞", "／"}) {
        for (auto at = text.find(arrow); at != std::string::npos; at = text.find(arrow))
            text.replace(at, arrow.size(), "/");
    }
    std::replace(text.begin(), text.end(), '>', '/');
    std::replace(text.begin(), text.end(), '\\', '/');
    text += '/';
    for (const char c : text) {
        if (c != '/') {
            step += c;
            continue;
        }
        if (const auto name = trim(step); !name.empty()) steps.emplace_back(name);
        step.clear();
    }
    return steps;
}

}  // namespace

std::optional<std::size_t> Rows::find(const Column& column) const {
    for (std::size_t i = 0; i < sheet_.heading.size(); ++i) {
        const auto heading = fold(sheet_.heading[i]);
        for (const auto name : column.headings) {
            if (heading == name) return i;
        }
    }
    return {};
}

std::string_view Rows::cell(const Sheet::Row& row, const Column& column) const {
    const auto at = find(column);
    if (!at || *at >= row.cells.size()) return {};
    return row.cells[*at];
}

void Rows::refuse(const Sheet::Row& row, const Column& column, std::string_view reason) {
    const auto at = find(column);
    RefusedRow refused{row.number,
                       at ? sheet_.heading[*at] : std::string(*column.headings.begin()),
                       std::string(reason),
                       {}};
    if (!column.personal)
        refused.value = std::string(first_code_points(cell(row, column), longest_shown_value));
    report_.refused.push_back(std::move(refused));
}

void Rows::refuse(const Sheet::Row& row, std::string_view reason) {
    report_.refused.push_back({row.number, {}, std::string(reason), {}});
}

std::optional<std::string> Rows::text(const Sheet::Row& row, const Column& column,
                                      std::size_t max_characters) {
    const auto value = cell(row, column);
    if (value.empty()) {
        if (!column.required) return std::string();
        refuse(row, column, "value_missing");
        return {};
    }
    if (!is_valid_utf8(value) || has_control_characters(value)) {
        report_.refused.push_back({row.number, std::string(*column.headings.begin()), "value_malformed", {}});
        return {};
    }
    if (code_points(value) > max_characters) {
        refuse(row, column, "value_too_long");
        return {};
    }
    return std::string(value);
}

std::optional<Day> Rows::day(const Sheet::Row& row, const Column& column, Day fallback) {
    const auto value = cell(row, column);
    if (value.empty()) return fallback;
    const auto day = day_of(value);
    if (!day) refuse(row, column, "day_malformed");
    return day;
}

PlaceFinder::PlaceFinder(store::Transaction& tx, Day day)
    : tx_(tx), day_(day), kinds_(place::load_kinds(tx)) {
    for (auto& place : place::load_all_but_households(tx, day)) {
        by_name_.emplace(place.name, place.id);
        const auto id = place.id;
        const auto& kept = places_.emplace(id, std::move(place)).first->second;
        if (!kept.parent) root_ = &kept;
    }
}

PlaceFinder::Names& PlaceFinder::children_of(PlaceId parent) {
    const auto [it, fresh] = children_.try_emplace(parent);
    if (fresh) {
        for (auto& child : place::load_children(tx_, {parent, day_, true, {}, 1'000'000})) {
            it->second.emplace(child.name, child.id);
            places_.try_emplace(child.id, std::move(child));
        }
    }
    return it->second;
}

std::optional<PlaceId> PlaceFinder::child(PlaceId parent, const std::string& name) {
    const auto& names = children_of(parent);
    const auto it = names.find(name);
    if (it == names.end()) return {};
    return it->second;
}

const place::Place* PlaceFinder::by_id(PlaceId id) {
    const auto it = places_.find(id);
    return it == places_.end() ? nullptr : &it->second;
}

const place::Place& PlaceFinder::add(place::Place place) {
    answered_.clear();
    if (place.parent) children_of(*place.parent).emplace(place.name, place.id);
    if (!place.household) by_name_.emplace(place.name, place.id);
    children_.try_emplace(place.id);
    return places_.insert_or_assign(place.id, std::move(place)).first->second;
}

PlaceFinder::Found PlaceFinder::find(std::string_view text) {
    const std::string key(text);
    if (const auto it = answered_.find(key); it != answered_.end()) return it->second;
    Found found{nullptr, "place_unknown"};
    const auto steps = steps_of(text);
    if (const auto code = place::DivisionCode::parse(text)) {
        for (const auto& [id, place] : places_) {
            if (place.code == code) found = {&place, {}};
        }
    } else if (!steps.empty()) {
        // The first step may be anywhere as long as only one place bears the name; the others hang below it.
        const auto [first, last] = by_name_.equal_range(steps.front());
        const auto namesakes = std::distance(first, last);
        const place::Place* at = nullptr;
        if (namesakes == 1) at = by_id(first->second);
        if (namesakes > 1) {
            found.refusal = "place_ambiguous";
            for (auto it = first; it != last && root_ != nullptr; ++it) {
                if (by_id(it->second)->parent == root_->id) at = by_id(it->second);
            }
        }
        for (std::size_t i = 1; at != nullptr && i < steps.size(); ++i) {
            const auto below = child(at->id, steps[i]);
            at = below ? by_id(*below) : nullptr;
            if (at == nullptr) found.refusal = "place_unknown";
        }
        if (at != nullptr) found = {at, {}};
    }
    answered_.emplace(key, found);
    return found;
}

}  // namespace lianxin::party
