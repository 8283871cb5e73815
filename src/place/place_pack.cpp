#include "place/place_pack.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace lianxin::place {
namespace {

using pack::Reader;

Kinds read_kinds(Reader& root, const pack::Words& words) {
    std::vector<Kind> kinds;
    std::set<int> levels;
    for (auto& table : root.tables("kinds")) {
        Kind kind;
        kind.name = table.name();
        kind.level = static_cast<int>(table.integer("level", 1, max_level));
        kind.household = table.flag("household");
        kind.suffixes = table.texts("suffixes");
        if (!levels.insert(kind.level).second) {
            table.error("level", "level_taken", "another kind has level " + std::to_string(kind.level),
                        "give every kind a level of its own, 1 for the root");
        }
        words.expect("place.kind." + kind.name, table.at(), root.findings());
        kinds.push_back(std::move(kind));
    }
    std::vector<StationKind> stations;
    for (auto& table : root.tables("stations")) {
        stations.push_back({table.name(), table.texts("standards")});
        words.expect("place.station." + table.name(), table.at(), root.findings());
        for (const auto& standard : table.placed_texts("standards"))
            words.expect("place.standard." + standard.text, standard.at, root.findings());
    }
    return {std::move(kinds), std::move(stations)};
}

void check_kinds(Reader& root, const Kinds& kinds) {
    if (kinds.all().empty()) return;
    const auto households =
        std::count_if(kinds.all().begin(), kinds.all().end(), [](const Kind& k) { return k.household; });
    if (households != 1 || !kinds.all().back().household) {
        root.error("kinds", "household_not_deepest", "the deepest kind, and only it, is the household",
                   "write household = true on the kind with the highest level");
    }
    if (kinds.all().front().level != 1) {
        root.error("kinds", "root_level_missing", "no kind has level 1", "give the root's kind level = 1");
    }
    if (kinds.all().size() < 4) {
        root.error("kinds", "levels_too_few", "a county has 4 to 7 kinds of place",
                   "declare the kinds in between");
    }
}

std::map<std::string, int> read_counts(Reader& place, std::string_view key) {
    std::map<std::string, int> counts;
    if (auto table = place.table_if(key)) {
        for (const auto& kind : table->keys())
            counts[kind] = static_cast<int>(table->integer(kind, 0, 1'000'000));
    }
    return counts;
}

std::optional<Point> read_point(Reader& table) {
    const auto latitude = table.real_if("latitude"), longitude = table.real_if("longitude");
    if (!latitude && !longitude) return {};
    if (!latitude || !longitude || std::abs(*latitude) > 90 || std::abs(*longitude) > 180) {
        table.error("latitude", "point_malformed", "a point has a latitude and a longitude in degrees",
                    "write both, or neither");
        return {};
    }
    return Point{static_cast<std::int32_t>(std::lround(*latitude * 1e7)),
                 static_cast<std::int32_t>(std::lround(*longitude * 1e7))};
}

PlannedPlace read_place(Reader& table) {
    PlannedPlace place;
    place.key = table.name();
    place.kind = table.text("kind");
    place.parent = table.text_or("parent", "");
    place.name = table.text("name");
    place.at = table.at();
    if (const auto code = table.text_if("code")) {
        place.code = DivisionCode::parse(*code);
        if (!place.code) {
            table.error("code", "division_code_malformed", "\"" + *code + "\" is no division code",
                        "write twelve digits, levels 2+2+2+3+3, zeros behind the deepest level");
        }
    }
    place.point = read_point(table);
    place.stations = table.texts("stations");
    place.fill = read_counts(table, "fill");
    place.fill_posts = read_counts(table, "fill_posts");
    place.fill_vacant = read_counts(table, "fill_vacant");
    return place;
}

void check_place(Reader& root, const PlannedPlace& place,
                 const std::map<std::string, const PlannedPlace*>& before, const PlacesPlan& plan) {
    const auto refuse = [&](std::string_view code, std::string message, std::string remedy) {
        root.findings().error(place.at, code, std::move(message), std::move(remedy));
    };
    const Kind* kind = plan.kinds.find(place.kind);
    if (kind == nullptr) {
        refuse("kind_unknown", "there is no kind of place \"" + place.kind + "\"",
               "declare it under [kinds]");
        return;
    }
    for (const auto& station : place.stations) {
        if (plan.kinds.station(station) == nullptr) {
            refuse("station_kind_unknown", "there is no kind of station \"" + station + "\"",
                   "declare it under [stations]");
        }
    }
    for (const auto& [name, count] : place.fill) {
        const Kind* filled = plan.kinds.find(name);
        if (filled == nullptr || filled->level <= kind->level) {
            refuse("fill_not_below", "\"" + name + "\" cannot be filled in below \"" + place.key + "\"",
                   "fill in kinds with a higher level");
        }
    }
    if ((!place.fill.empty() || !place.fill_posts.empty() || !place.fill_vacant.empty()) && !plan.made_up) {
        refuse("fill_without_made_up", "only a county of made-up people can be filled by numbers",
               "add [made_up] with a seed, or import the places");
    }
    if (place.parent.empty()) {
        if (kind->level != 1)
            refuse("parent_missing", "only the root has no parent", "name the place above it");
        return;
    }
    const auto parent = before.find(place.parent);
    if (parent == before.end()) {
        refuse("parent_unknown", "\"" + place.parent + "\" does not stand before \"" + place.key + "\"",
               "let a place stand after its parent");
        return;
    }
    const Kind* above = plan.kinds.find(parent->second->kind);
    if (above != nullptr && above->level >= kind->level) {
        refuse("kind_not_below_parent", "a " + place.kind + " does not stand below a " + above->name,
               "hang it below a place with a lower level");
    }
    const auto& upper = parent->second->code;
    if (place.code && upper && !place.code->agrees_with_parent(*upper)) {
        refuse("division_code_disagrees_with_parent",
               "the code " + place.code->text() + " does not begin like its parent's " + upper->text(),
               "a code begins with its parent's digits");
    }
}

void read_category(Reader table, const std::string& parent, int level,
                   std::vector<PlannedCategory>& categories) {
    PlannedCategory category;
    category.code = parent.empty() ? table.name() : parent + "." + table.name();
    category.parent = parent;
    category.name = table.text("name");
    category.also = table.texts("also");
    category.no_photo = table.flag("no_photo");
    category.urgency = table.text_or("urgency", "");
    category.at = table.at();
    const auto code = category.code;
    categories.push_back(std::move(category));
    if (level == 3) return;
    for (auto& below : table.tables()) read_category(std::move(below), code, level + 1, categories);
}

}  // namespace

PlacesPlan read_places(const pack::Pack& pack, const pack::Words& words, pack::Findings& findings) {
    Reader root = pack.reader("places.toml", findings);
    PlacesPlan plan;
    plan.kinds = read_kinds(root, words);
    check_kinds(root, plan.kinds);
    for (auto& table : root.tables("places")) plan.places.push_back(read_place(table));
    if (auto table = root.table_if("fill_stations")) {
        for (const auto& kind : table->keys()) plan.fill_stations[kind] = table->texts(kind);
    }
    if (auto table = root.table_if("made_up")) {
        plan.made_up =
            MadeUp{static_cast<std::uint64_t>(table->integer("seed", 0)), table->text("phone_prefix")};
    }
    std::map<std::string, const PlannedPlace*> before;
    std::set<std::string> codes;
    int roots = 0;
    for (const auto& place : plan.places) {
        check_place(root, place, before, plan);
        before.emplace(place.key, &place);
        roots += place.parent.empty() ? 1 : 0;
        if (place.code && !codes.insert(place.code->text()).second) {
            findings.error(place.at, "division_code_taken",
                           "another place has the code " + place.code->text(),
                           "every place has a code of its own");
        }
    }
    if (!plan.places.empty() && roots != 1) {
        root.error("places", "one_root", "exactly one place has no parent, and it is the whole territory",
                   "hang the others below it");
    }
    return plan;
}

std::vector<PlannedCategory> read_categories(const pack::Pack& pack, pack::Findings& findings) {
    Reader root = pack.reader("categories.toml", findings);
    std::vector<PlannedCategory> categories;
    for (auto& table : root.tables("categories")) read_category(std::move(table), "", 1, categories);
    return categories;
}

}  // namespace lianxin::place
