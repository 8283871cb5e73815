#include "party/import_service_rows.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "pack/finding.hpp"

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

bool has_values(const Sheet& sheet, std::size_t column) {
    return std::any_of(sheet.rows.begin(), sheet.rows.end(), [&](const Sheet::Row& row) {
        return column < row.cells.size() && !row.cells[column].empty();
    });
}

std::string both_names(const ImportColumn& column) {
    return std::string(column.title) + " (" + std::string(column.name) + ")";
}

// The column most like a strange heading; where none is, those that nothing stands for yet.
std::string meant_by(const std::string& heading, const std::vector<const ImportColumn*>& unused) {
    std::vector<std::string> names;
    for (const auto* column : unused) {
        names.emplace_back(column->title);
        names.emplace_back(column->name);
        names.insert(names.end(), column->also.begin(), column->also.end());
    }
    const auto near = pack::nearest(fold(heading), names);
    std::string all;
    for (const auto* column : unused) {
        if (!near.empty() && column->is_called(near)) return both_names(*column);
        all += (all.empty() ? "" : ", ") + both_names(*column);
    }
    return all;
}

}  // namespace

Result<Headings, std::vector<ImportFault>> Headings::read(const ImportForm& form, const Sheet& sheet) {
    Headings headings(form);
    std::vector<ImportFault> faults;
    std::vector<std::string> strange;
    for (std::size_t i = 0; i < sheet.heading.size(); ++i) {
        const auto heading = fold(sheet.heading[i]);
        const auto meant =
            std::find_if(form.columns.begin(), form.columns.end(),
                         [&](const ImportColumn& column) { return column.is_called(heading); });
        if (meant == form.columns.end()) {
            if (!heading.empty())
                strange.push_back(sheet.heading[i]);
            else if (has_values(sheet, i))
                faults.push_back({"heading_empty", std::to_string(i + 1), {}});
            continue;
        }
        auto& at = headings.at_[static_cast<std::size_t>(meant - form.columns.begin())];
        if (at) faults.push_back({"heading_twice", sheet.heading[i], sheet.heading[*at]});
        if (!at) at = i;
    }
    std::vector<const ImportColumn*> unused;
    for (std::size_t i = 0; i < form.columns.size(); ++i)
        if (!headings.at_[i]) unused.push_back(&form.columns[i]);
    for (const auto& heading : strange)
        faults.push_back({"heading_unknown", heading, meant_by(heading, unused)});
    for (const auto* column : unused)
        if (column->required) faults.push_back({"heading_missing", both_names(*column), {}});
    if (!faults.empty()) return fail(std::move(faults));
    return headings;
}

std::optional<std::size_t> Headings::at(const ImportColumn& column) const {
    return at_[static_cast<std::size_t>(&column - form_->columns.data())];
}

std::string_view Rows::cell(const Sheet::Row& row, std::string_view column) const {
    const auto at = headings_.at(headings_.form().column(column));
    if (!at || *at >= row.cells.size()) return {};
    return row.cells[*at];
}

void Rows::refuse(const Sheet::Row& row, std::string_view column, std::string_view reason,
                  std::string limit) {
    const ImportColumn& declared = headings_.form().column(column);
    const auto at = headings_.at(declared);
    RefusedRow refused{row.number,
                       at ? sheet_.heading[*at] : std::string(declared.title),
                       std::string(reason),
                       {},
                       std::move(limit)};
    const auto value = cell(row, column);
    if (!declared.personal && is_valid_utf8(value) && !has_control_characters(value))
        refused.value = std::string(first_code_points(value, longest_shown_value));
    report_.refused.push_back(std::move(refused));
}

void Rows::refuse(const Sheet::Row& row, std::string_view reason) {
    report_.refused.push_back({row.number, {}, std::string(reason), {}, {}});
}

std::optional<std::string> Rows::text(const Sheet::Row& row, std::string_view column) {
    const ImportColumn& declared = headings_.form().column(column);
    const auto value = cell(row, column);
    if (value.empty()) {
        if (!declared.required) return std::string();
        refuse(row, column, "value_missing");
        return {};
    }
    if (!is_valid_utf8(value) || has_control_characters(value)) {
        refuse(row, column, "value_malformed");
        return {};
    }
    if (code_points(value) > declared.longest) {
        refuse(row, column, "value_too_long", std::to_string(declared.longest));
        return {};
    }
    return std::string(value);
}

std::optional<Day> Rows::day(const Sheet::Row& row, std::string_view column, Day fallback) {
    const auto value = cell(row, column);
    if (value.empty()) return fallback;
    const auto day = day_of(value);
    if (!day) refuse(row, column, "day_malformed");
    return day;
}

std::string listed(std::vector<std::string> names) {
    constexpr std::size_t shown = 12;
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), shown); ++i) text += (i == 0 ? "" : "、") + names[i];
    return names.size() > shown ? text + " …" : text;
}

bool Importing::is_called(const std::string& key, std::string_view text) const {
    return std::any_of(words.languages().begin(), words.languages().end(), [&](const auto& each) {
        const auto* word = words.find(each, key);
        return word != nullptr && *word == text;
    });
}

std::string Importing::title(const std::string& key, const std::string& otherwise) const {
    return words.has(key) ? words.get(language.empty() ? words.default_language() : language, key)
                          : otherwise;
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

std::string PlaceFinder::places_below(PlaceId parent) {
    std::vector<std::string> names;
    for (const auto& [name, id] : children_of(parent))
        if (!by_id(id)->household) names.push_back(name);
    std::sort(names.begin(), names.end());
    return listed(std::move(names));
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
