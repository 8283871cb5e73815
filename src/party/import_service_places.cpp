#include <algorithm>
#include <charconv>
#include <set>

#include "party/import_service_rows.hpp"
#include "party/party_service.hpp"
#include "place/category_store.hpp"
#include "place/place_service.hpp"

namespace lianxin::party {
namespace {

using access::PlacePermission;

const Column place_name{{"name", "名称", "名稱", "地名"}, true};
const Column door_name{{"name", "门牌", "門牌", "名称", "户", "戶"}, true, true};
const Column kind_column{{"kind", "类型", "類型", "级别"}, true};
const Column parent_column{{"parent", "上级", "上級", "所在地", "所属", "所屬"}, true};
const Column code_column{{"code", "区划代码", "區劃代碼", "编码"}};
const Column latitude_column{{"latitude", "纬度", "緯度"}};
const Column longitude_column{{"longitude", "经度", "經度"}};
const Column from_column{{"from", "自", "起始日期"}};

// By its name, or by what places of it are called (镇 → township).
const place::Kind* kind_named(const place::Kinds& kinds, std::string_view text) {
    if (const auto* kind = kinds.find(text)) return kind;
    for (const auto& kind : kinds.all()) {
        if (std::find(kind.suffixes.begin(), kind.suffixes.end(), text) != kind.suffixes.end()) return &kind;
    }
    return nullptr;
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
    PlaceImport(store::Transaction& tx, County& county, const access::ActingPerson& who, Rows& rows,
                bool households)
        : tx_(tx),
          county_(county),
          who_(who),
          rows_(rows),
          households_(households),
          day_(place::today(county)),
          finder_(tx, day_) {}

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
                PartyService::furnish_in(tx_, county_, place.span.place, place.span.from);
        }
    }

 private:
    void take(const Sheet::Row& row) {
        ++rows_.report().rows;
        const Column& name_column = households_ ? door_name : place_name;
        const auto name = rows_.text(row, name_column, place::max_name_characters);
        const auto kind = name ? kind_of(row) : nullptr;
        if (kind == nullptr) return;
        const auto parent = parent_of(row);
        if (!parent) return;
        place::Draft draft{kind->name, *name, {}};
        if (!read_code(row, draft)) return;
        if (const auto refusal = place::refuse(draft, *parent, finder_.kinds())) {
            return rows_.refuse(row, place::code_of(*refusal));
        }
        if (!place::may(PlacePermission::administer, who_, (*parent)->lineage))
            return rows_.refuse(row, "not_allowed");
        if (finder_.child((*parent)->id, *name)) {
            ++rows_.report().unchanged;
            return;
        }
        if (draft.code && (!codes_.insert(draft.code->text()).second ||
                           place::place_by_division_code(tx_, *draft.code, day_))) {
            return rows_.refuse(row, code_column, "division_code_taken");
        }
        add(row, *kind, **parent, draft);
    }

    void add(const Sheet::Row& row, const place::Kind& kind, const place::Place& parent,
             const place::Draft& draft) {
        std::optional<place::Point> point;
        const auto latitude = rows_.cell(row, latitude_column), longitude = rows_.cell(row, longitude_column);
        if (!latitude.empty() || !longitude.empty()) {
            const auto north = degrees(latitude, 90), east = degrees(longitude, 180);
            if (!north || !east)
                return rows_.refuse(row, north ? longitude_column : latitude_column, "point_malformed");
            point = place::Point{*north, *east};
        }
        const auto from = rows_.day(row, from_column, parent.from);
        if (!from) return;
        if (*from < parent.from || day_ < *from) return rows_.refuse(row, from_column, "day_out_of_range");
        place::NewPlace place;
        place.kind = kind.name;
        place.point = point;
        const auto id = county_.new_id<PlaceNoun>();
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

    const place::Kind* kind_of(const Sheet::Row& row) {
        if (households_) return finder_.kinds().household();
        const auto text = rows_.text(row, kind_column, 40);
        if (!text) return nullptr;
        const auto* kind = kind_named(finder_.kinds(), *text);
        if (kind == nullptr) rows_.refuse(row, kind_column, "kind_unknown");
        return kind;
    }
    std::optional<const place::Place*> parent_of(const Sheet::Row& row) {
        const auto text = rows_.text(row, parent_column, 200);
        if (!text) return {};
        const auto found = finder_.find(*text);
        if (found.place == nullptr) {
            rows_.refuse(row, parent_column, found.refusal);
            return {};
        }
        return found.place;
    }
    bool read_code(const Sheet::Row& row, place::Draft& draft) {
        const auto text = rows_.cell(row, code_column);
        if (text.empty()) return true;
        draft.code = place::DivisionCode::parse(text);
        if (!draft.code) rows_.refuse(row, code_column, "division_code_malformed");
        return draft.code.has_value();
    }

    store::Transaction& tx_;
    County& county_;
    const access::ActingPerson& who_;
    Rows& rows_;
    bool households_;
    Day day_;
    PlaceFinder finder_;
    std::vector<place::NewPlace> added_;
    std::set<std::string> codes_;
};

const Column levels[] = {{{"level1", "一级", "一级分类", "一級"}, true},
                         {{"level2", "二级", "二级分类", "二級"}},
                         {{"level3", "三级", "三级分类", "三級"}}};
const Column no_photo_column{{"no_photo", "无需照片", "無需照片"}};
const Column urgency_column{{"urgency", "紧急程度", "緊急程度"}};
const Column also_column{{"also", "别名", "別名"}};

bool is_yes(std::string_view text) {
    return text == "1" || text == "yes" || text == "true" || text == "是";
}

std::vector<std::string> other_words(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const auto end = std::min(text.find('|'), text.size());
        if (end > 0) words.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

}  // namespace

void import_places(store::Transaction& tx, County& county, const access::ActingPerson& who, Rows& rows,
                   bool households) {
    PlaceImport(tx, county, who, rows, households).run();
}

// A row is a path of names; each level that is not there yet is made, the deepest named bears the row's
// attributes.
void import_categories(store::Transaction& tx, County& county, const access::ActingPerson& who, Rows& rows) {
    const Day day = place::today(county);
    const auto root = place::load_root(tx, day);
    const bool allowed = root && place::may(PlacePermission::administer, who, root->lineage);
    std::unordered_map<std::string, std::pair<CategoryId, int>> known;  // code → id, level
    for (const auto& category : place::load_categories(tx, day))
        known.emplace(category.code, std::pair(category.id, category.level));
    std::vector<place::Category> added;
    for (const auto& row : rows.sheet().rows) {
        ++rows.report().rows;
        if (!allowed) {
            rows.refuse(row, "not_allowed");
            continue;
        }
        std::string code;
        std::optional<CategoryId> parent;
        bool fresh = false, good = true, ended = false;
        for (int level = 1; level <= 3 && good; ++level) {
            const auto name = rows.text(row, levels[level - 1], place::max_name_characters);
            good = name.has_value();
            if (!good || name->empty()) {
                ended = true;
                continue;
            }
            if (ended) {
                rows.refuse(row, levels[level - 2], "level_left_out");
                good = false;
                continue;
            }
            code += (code.empty() ? "" : "/") + *name;
            if (const auto it = known.find(code); it != known.end()) {
                parent = it->second.first;
                continue;
            }
            place::Category category;
            category.id = county.new_id<CategoryNoun>();
            category.parent = parent;
            category.level = level;
            category.code = code;
            category.name = *name;
            category.from = day;
            category.until = place::open_end();
            parent = category.id;
            known.emplace(code, std::pair(category.id, level));
            added.push_back(std::move(category));
            fresh = true;
        }
        if (!good) continue;
        if (fresh) {
            added.back().no_photo = is_yes(rows.cell(row, no_photo_column));
            added.back().urgency = std::string(rows.cell(row, urgency_column));
            added.back().also = other_words(rows.cell(row, also_column));
            ++rows.report().added;
        } else {
            ++rows.report().unchanged;
        }
    }
    if (added.empty()) return;
    place::insert_categories(tx, added);
    place::bump_category_version(tx);
}

}  // namespace lianxin::party
