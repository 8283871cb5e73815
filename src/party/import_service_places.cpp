#include <algorithm>
#include <charconv>
#include <set>

#include "pack/pack_store.hpp"
#include "pack/rules.hpp"
#include "party/import_service_rows.hpp"
#include "party/party_service.hpp"
#include "place/category_store.hpp"
#include "place/place_service.hpp"

namespace lianxin::party {
namespace {

using access::PlacePermission;

std::string names_of(const Importing& importing, const place::Kinds& kinds) {
    std::vector<std::string> names;
    for (const auto& kind : kinds.all())
        if (kind.level > 1 && !kind.household)
            names.push_back(importing.title("place.kind." + kind.name, kind.name));
    return listed(std::move(names));
}

std::optional<std::int32_t> degrees(std::string_view text, double most) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !(value >= -most && value <= most))
        return {};
    return static_cast<std::int32_t>(value * 1e7);
}

class PlaceImport {
 public:
    PlaceImport(const Importing& importing, bool households)
        : with_(importing),
          tx_(importing.tx),
          rows_(importing.rows),
          households_(households),
          day_(place::today(importing.county)),
          finder_(tx_, day_) {}

    void run() {
        for (const auto& row : rows_.sheet().rows) take(row);
        if (added_.empty()) return;
        auto codes = place::fresh_short_codes(tx_, added_.size());
        for (auto& place : added_) {
            place.short_code = std::move(codes.back());
            codes.pop_back();
        }
        place::insert_places(tx_, added_);
        place::bump_tree_version(tx_);
        // In order, so that each finds the desk above it.
        for (const auto& place : added_) {
            if (!place.span.household)
                PartyService::furnish_in(tx_, with_.county, place.span.place, place.span.from);
        }
    }

 private:
    void take(const Sheet::Row& row) {
        ++rows_.report().rows;
        const auto name = rows_.text(row, "name");
        const auto kind = name ? kind_of(row) : nullptr;
        if (kind == nullptr) return;
        const auto parent = parent_of(row);
        if (!parent) return;
        place::Draft draft{kind->name, *name, {}};
        if (!households_ && !read_code(row, draft)) return;
        if (const auto refusal = place::refuse(draft, *parent, finder_.kinds())) {
            return rows_.refuse(row, place::code_of(*refusal));
        }
        // A door hangs from the lowest place: who keeps in touch with it is found from there.
        if (const auto below = finder_.places_below((*parent)->id); kind->household && !below.empty())
            return rows_.refuse(row, "parent", "household_not_at_lowest_place", below);
        if (!place::may(PlacePermission::administer, with_.who, (*parent)->lineage))
            return rows_.refuse(row, "not_allowed");
        if (finder_.child((*parent)->id, *name)) {
            ++rows_.report().unchanged;
            return;
        }
        if (draft.code && (!codes_.insert(draft.code->text()).second ||
                           place::place_by_division_code(tx_, *draft.code, day_))) {
            return rows_.refuse(row, "code", "division_code_taken");
        }
        add(row, *kind, **parent, draft);
    }

    void add(const Sheet::Row& row, const place::Kind& kind, const place::Place& parent,
             const place::Draft& draft) {
        std::optional<place::Point> point;
        if (!read_point(row, point)) return;
        const auto from = first_day_of(row, parent);
        if (!from) return;
        place::NewPlace place;
        place.kind = kind.name;
        place.point = point;
        const auto id = with_.county.new_id<PlaceNoun>();
        place.span = {id,
                      kind.level,
                      kind.household,
                      draft.name,
                      parent.id,
                      draft.code,
                      place::lineage_below(&parent.lineage, id, kind.level),
                      *from,
                      place::open_end()};
        added_.push_back(place);
        ++rows_.report().added;
        place::Place known;
        known.id = id;
        known.kind = kind.name;
        known.level = kind.level;
        known.household = kind.household;
        known.name = draft.name;
        known.parent = parent.id;
        known.code = draft.code;
        known.lineage = place.span.lineage;
        known.from = *from;
        known.until = place::open_end();
        finder_.add(std::move(known));
    }

    // A tree hangs together on every day, so nothing in it is older than what it hangs from.
    std::optional<Day> first_day_of(const Sheet::Row& row, const place::Place& parent) {
        const auto from = rows_.day(row, "from", parent.from);
        if (!from) return {};
        if (*from < parent.from) {
            rows_.refuse(row, "from", "older_than_place_above", parent.from.text());
            return {};
        }
        if (day_ < *from) {
            rows_.refuse(row, "from", "day_in_the_future");
            return {};
        }
        return from;
    }
    bool read_point(const Sheet::Row& row, std::optional<place::Point>& point) {
        const auto latitude = rows_.cell(row, "latitude"), longitude = rows_.cell(row, "longitude");
        if (latitude.empty() && longitude.empty()) return true;
        const auto north = degrees(latitude, 90), east = degrees(longitude, 180);
        if (!north || !east) {
            rows_.refuse(row, north ? "longitude" : "latitude", "point_malformed");
            return false;
        }
        point = place::Point{*north, *east};
        return true;
    }
    const place::Kind* kind_of(const Sheet::Row& row) {
        if (households_) return finder_.kinds().household();
        const auto text = rows_.text(row, "kind");
        if (!text) return nullptr;
        const auto* kind = kind_named(*text);
        if (kind == nullptr) rows_.refuse(row, "kind", "kind_unknown", names_of(with_, finder_.kinds()));
        return kind;
    }
    // By its name, by its title, or by what places of it are called (镇 → township).
    const place::Kind* kind_named(const std::string& text) const {
        if (const auto* kind = finder_.kinds().find(text)) return kind;
        for (const auto& kind : finder_.kinds().all()) {
            if (with_.is_called("place.kind." + kind.name, text) ||
                std::find(kind.suffixes.begin(), kind.suffixes.end(), text) != kind.suffixes.end())
                return &kind;
        }
        return nullptr;
    }
    std::optional<const place::Place*> parent_of(const Sheet::Row& row) {
        const auto text = rows_.text(row, "parent");
        if (!text) return {};
        const auto found = finder_.find(*text);
        if (found.place == nullptr) {
            rows_.refuse(row, "parent", found.refusal);
            return {};
        }
        return found.place;
    }
    bool read_code(const Sheet::Row& row, place::Draft& draft) {
        const auto text = rows_.cell(row, "code");
        if (text.empty()) return true;
        draft.code = place::DivisionCode::parse(text);
        if (!draft.code) rows_.refuse(row, "code", "division_code_malformed");
        return draft.code.has_value();
    }

    const Importing& with_;
    store::Transaction& tx_;
    Rows& rows_;
    bool households_;
    Day day_;
    PlaceFinder finder_;
    std::vector<place::NewPlace> added_;
    std::set<std::string> codes_;
};

std::vector<std::string> other_words(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const auto end = std::min(text.find('|'), text.size());
        if (end > 0) words.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

// A row is a path of names; each level that is not there yet is made, the deepest named bears the row's
// attributes.
class CategoryImport {
 public:
    explicit CategoryImport(const Importing& importing)
        : with_(importing), rows_(importing.rows), day_(place::today(importing.county)) {
        for (const auto& category : place::load_categories(with_.tx, day_))
            known_.emplace(category.code, category.id);
        pack::Findings findings;
        if (const auto pack = pack::load_current_pack(with_.tx, findings)) {
            const auto table = pack::DeadlineTable::read(*pack, findings);
            for (const auto& cell : table.cells()) urgencies_.insert(cell.urgency);
        }
        const auto root = place::load_root(with_.tx, day_);
        allowed_ = root && place::may(PlacePermission::administer, with_.who, root->lineage);
    }
    void run() {
        for (const auto& row : rows_.sheet().rows) take(row);
        if (added_.empty()) return;
        place::insert_categories(with_.tx, added_);
        place::bump_category_version(with_.tx);
    }

 private:
    struct Attributes {
        bool no_photo = false;
        std::string urgency;
        std::vector<std::string> also;
    };
    void take(const Sheet::Row& row) {
        ++rows_.report().rows;
        if (!allowed_) return rows_.refuse(row, "not_allowed");
        const auto path = path_of(row);
        const auto attributes = path.empty() ? std::nullopt : attributes_of(row);
        if (!attributes) return;
        const std::size_t before = added_.size();
        add(path);
        if (added_.size() == before) {
            ++rows_.report().unchanged;
            return;
        }
        added_.back().no_photo = attributes->no_photo;
        added_.back().urgency = attributes->urgency;
        added_.back().also = attributes->also;
        ++rows_.report().added;
    }
    // The names from the top down; none when the row was refused.
    std::vector<std::string> path_of(const Sheet::Row& row) {
        static constexpr std::string_view levels[] = {"level1", "level2", "level3"};
        std::vector<std::string> path;
        for (std::size_t level = 0; level < std::size(levels); ++level) {
            const auto name = rows_.text(row, levels[level]);
            if (!name) return {};
            if (name->empty()) continue;
            if (path.size() < level) {
                rows_.refuse(row, levels[path.size()], "level_left_out");
                return {};
            }
            path.push_back(*name);
        }
        return path;
    }
    std::optional<Attributes> attributes_of(const Sheet::Row& row) {
        const auto photo = rows_.text(row, "no_photo"), urgency = photo ? rows_.text(row, "urgency") : photo,
                   also = urgency ? rows_.text(row, "also") : urgency;
        if (!also) return {};
        static const std::set<std::string_view> affirmed{"1", "yes", "true", "是"};
        static const std::set<std::string_view> denied{"", "0", "no", "false", "否"};
        const bool yes = affirmed.contains(*photo);
        if (!yes && !denied.contains(*photo)) {
            rows_.refuse(row, "no_photo", "not_yes_or_no");
            return {};
        }
        if (!urgency->empty() && !urgencies_.empty() && !urgencies_.contains(*urgency)) {
            rows_.refuse(row, "urgency", "urgency_unknown", listed({urgencies_.begin(), urgencies_.end()}));
            return {};
        }
        return Attributes{yes, *urgency, other_words(*also)};
    }
    void add(const std::vector<std::string>& path) {
        std::string code;
        std::optional<CategoryId> parent;
        int level = 0;
        for (const auto& name : path) {
            ++level;
            code += (code.empty() ? "" : "/") + name;
            const auto [it, fresh] = known_.try_emplace(code);
            if (fresh) {
                it->second = with_.county.new_id<CategoryNoun>();
                place::Category category;
                category.id = it->second;
                category.parent = parent;
                category.level = level;
                category.code = code;
                category.name = name;
                category.from = day_;
                category.until = place::open_end();
                added_.push_back(std::move(category));
            }
            parent = it->second;
        }
    }

    const Importing& with_;
    Rows& rows_;
    Day day_;
    bool allowed_ = false;
    std::unordered_map<std::string, CategoryId> known_;
    std::set<std::string> urgencies_;
    std::vector<place::Category> added_;
};

}  // namespace

void import_places(const Importing& importing, bool households) {
    PlaceImport(importing, households).run();
}

void import_categories(const Importing& importing) {
    CategoryImport(importing).run();
}

}  // namespace lianxin::party
