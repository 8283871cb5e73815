#include "party/party_pack.hpp"

#include <algorithm>
#include <set>

namespace lianxin::party {
namespace {

using pack::Reader;

constexpr std::string_view known_rights[] = {"take_in", "read_place", "lead",      "dispatch",
                                             "oversee", "audit",      "administer"};

std::vector<std::string> seat_names(const place::PlacesPlan& places, const std::vector<UnitKind>& units) {
    std::vector<std::string> names;
    for (const auto& kind : places.kinds.all()) names.push_back(kind.name);
    for (const auto& kind : units) names.push_back(kind.name);
    for (const auto& kind : places.kinds.stations()) names.push_back(kind.name);
    return names;
}

std::string did_you_mean(std::string_view wrong, const std::vector<std::string>& candidates) {
    const auto nearest = pack::nearest(wrong, candidates);
    return nearest.empty() ? "use one that is declared" : "did you mean \"" + nearest + "\"?";
}

std::optional<Seat> seat_named(const std::string& name, const place::PlacesPlan& places,
                               const std::vector<UnitKind>& units) {
    if (const auto* kind = places.kinds.find(name); kind != nullptr && !kind->household)
        return Seat{Seat::Of::place, name};
    if (std::any_of(units.begin(), units.end(), [&](const UnitKind& unit) { return unit.name == name; })) {
        return Seat{Seat::Of::unit, name};
    }
    if (places.kinds.station(name) != nullptr) return Seat{Seat::Of::station, name};
    return {};
}

std::vector<UnitKind> read_unit_kinds(Reader& root, const pack::Words& words) {
    std::vector<UnitKind> kinds;
    for (auto& table : root.tables("unit_kinds")) {
        kinds.push_back({table.name(), table.flag("team")});
        words.expect("party.unit." + table.name(), table.at(), root.findings());
    }
    return kinds;
}

// Whoever looks at how others did it does none of it: who decides does not audit, who leads does not oversee,
// and who gives accounts and posts reads and decides nothing by them.
constexpr std::pair<std::string_view, std::string_view> two_offices[] = {
    {"audit", "take_in"},      {"audit", "lead"},       {"audit", "dispatch"},
    {"audit", "oversee"},      {"oversee", "lead"},     {"oversee", "dispatch"},
    {"administer", "take_in"}, {"administer", "lead"},  {"administer", "dispatch"},
    {"administer", "oversee"}, {"administer", "audit"}, {"administer", "read_place"},
};

void refuse_rights_of_two_offices(pack::Reader& table, const PostKind& kind) {
    for (const auto& [one, other] : two_offices)
        if (kind.has_right(one) && kind.has_right(other))
            table.error("rights", "rights_exclude_each_other",
                        "\"" + kind.name + "\" may both \"" + std::string(one) + "\" and \"" +
                            std::string(other) + "\", and so looks at its own work",
                        "give one of them to another kind of post");
}

// A department reads what it handles. Rights over its place would show it every request made there.
void refuse_reach_of_units(Reader& table, const PostKind& kind, const std::vector<UnitKind>& units) {
    const bool in_unit = std::any_of(kind.at.begin(), kind.at.end(), [&](const Seat& seat) {
        return seat.of == Seat::Of::unit &&
               std::any_of(units.begin(), units.end(),
                           [&](const UnitKind& unit) { return unit.name == seat.kind && !unit.team; });
    });
    if (!in_unit) return;
    for (const char* right : {"read_place", "lead", "dispatch"}) {
        if (!kind.has_right(right)) continue;
        table.error(
            "rights", "unit_reaches_over_its_place",
            "a post of a unit has the right \"" + std::string(right) + "\" over the whole place",
            "take it away; a unit's people read what their unit handles, and its head needs no right to");
    }
}

PostKind read_post_kind(Reader& table, const place::PlacesPlan& places, const std::vector<UnitKind>& units) {
    PostKind kind;
    kind.name = table.name();
    for (const auto& at : table.placed_texts("at")) {
        if (const auto seat = seat_named(at.text, places, units)) {
            kind.at.push_back(*seat);
        } else {
            table.findings().error(at.at, "seat_unknown", "a post cannot sit at \"" + at.text + "\"",
                                   did_you_mean(at.text, seat_names(places, units)));
        }
    }
    if (kind.at.empty())
        table.error("at", "seat_missing", "the post sits nowhere", "name a kind of place, unit or station");
    kind.desk = table.flag("desk");
    kind.leader = table.flag("leader");
    kind.per_seat =
        static_cast<int>(table.integer_or("per_seat", kind.desk || table.has("per_seat") ? 1 : 0, 1, 100));
    kind.rights = table.texts("rights");
    for (const auto& right : kind.rights) {
        if (std::find(std::begin(known_rights), std::end(known_rights), right) != std::end(known_rights))
            continue;
        table.error("rights", "right_unknown", "there is no right \"" + right + "\"",
                    did_you_mean(right, {std::begin(known_rights), std::end(known_rights)}));
    }
    refuse_rights_of_two_offices(table, kind);
    refuse_reach_of_units(table, kind, units);
    kind.superior = table.texts("superior");
    (void)table.text_if("channel");  // read by pack/ways_in.hpp
    kind.term_months = static_cast<int>(table.integer_or("term_months", 0, 1, 1200));
    return kind;
}

// Every seat above the households ends at exactly one desk.
void check_desks(Reader& root, const PostKinds& kinds, const place::PlacesPlan& places) {
    const auto check = [&](const Seat& seat) {
        const auto desks = std::count_if(kinds.all().begin(), kinds.all().end(), [&](const PostKind& kind) {
            return kind.desk && kind.sits_at(seat);
        });
        if (desks == 0) {
            root.error("posts", "desk_missing",
                       "no desk sits at \"" + seat.kind + "\", so selectors there have no end",
                       "add \"" + seat.kind + "\" to `at` of a post with desk = true");
        } else if (desks > 1) {
            root.error("posts", "desk_twice", "more than one kind of desk sits at \"" + seat.kind + "\"",
                       "keep desk = true on one of them");
        }
    };
    for (const auto& kind : places.kinds.all()) {
        if (!kind.household) check({Seat::Of::place, kind.name});
    }
    for (const auto& unit : kinds.units()) {
        if (!unit.team) check({Seat::Of::unit, unit.name});
    }
}

void check_superiors(Reader& root, const Offices& offices) {
    for (auto& table : root.tables("posts")) {
        table.leave_rest();
        for (const auto& placed : table.placed_texts("superior")) {
            const auto selector = parse_selector(placed.text, offices);
            if (selector) continue;
            root.findings().error(placed.at, code_of(selector.error()),
                                  "\"" + placed.text + "\" names no post that exists",
                                  did_you_mean(placed.text, known_selectors(offices)));
        }
    }
}

PlannedUnit read_unit(Reader& table, const PostKinds& kinds, const char* at_key,
                      const std::vector<std::string>& places) {
    PlannedUnit unit;
    unit.key = table.name();
    unit.kind = table.text("kind");
    unit.name = table.text("name");
    unit.place = table.text(at_key);
    unit.parent = table.text_or("parent", "");
    unit.at = table.at();
    std::vector<std::string> unit_kinds;
    for (const auto& kind : kinds.units()) unit_kinds.push_back(kind.name);
    if (!unit.kind.empty() && kinds.unit(unit.kind) == nullptr) {
        table.error("kind", "unit_kind_unknown", "there is no kind of unit \"" + unit.kind + "\"",
                    did_you_mean(unit.kind, unit_kinds));
    }
    if (!unit.place.empty() && std::find(places.begin(), places.end(), unit.place) == places.end()) {
        table.error(at_key, "place_unknown", "there is no \"" + unit.place + "\" in places.toml",
                    did_you_mean(unit.place, places));
    }
    return unit;
}

std::optional<LiaisonSide> read_side(Reader& table, std::string_view key, const Offices& offices) {
    std::optional<LiaisonSide> side;
    for (const auto& placed : table.placed_texts(key)) {
        const auto colon = placed.text.find(':');
        const auto of = liaison_side(std::string_view(placed.text).substr(0, colon));
        const auto refuse = [&](const char* code, const std::string& message, const std::string& remedy) {
            table.findings().error(placed.at, code, message, remedy);
        };
        if (!of || colon == std::string::npos) {
            refuse("side_malformed", "\"" + placed.text + "\" is no side of a liaison",
                   "write post:KIND, post:KIND@PLACE, place:KIND or station:KIND");
            continue;
        }
        auto kind = placed.text.substr(colon + 1);
        std::string at;
        if (const auto sign = kind.find('@'); sign != std::string::npos) {
            at = kind.substr(sign + 1);
            kind.resize(sign);
        }
        const bool known = *of == LiaisonSide::Of::post    ? offices.posts.find(kind) != nullptr
                           : *of == LiaisonSide::Of::place ? offices.places.find(kind) != nullptr
                                                           : offices.places.station(kind) != nullptr;
        if (!known) refuse("kind_unknown", "there is no " + placed.text, "name a kind that is declared");
        if (!at.empty() && (*of != LiaisonSide::Of::post || offices.places.find(at) == nullptr)) {
            refuse("kind_unknown", "\"" + at + "\" is no kind of place a post sits at",
                   "name a kind of place");
        }
        if (side && (side->of != *of || side->at != at)) {
            refuse("sides_mixed", "the kinds of one side are of different sorts",
                   "list only posts, places or stations");
            continue;
        }
        if (!side) side = LiaisonSide{*of, {}, at};
        side->kinds.push_back(kind);
    }
    if (!side)
        table.error(key, "side_missing", "a liaison has two sides",
                    "write from = \"post:KIND\", to = \"place:KIND\"");
    return side;
}

std::optional<Bounds> read_bounds(Reader& table, std::string_view key, bool required) {
    const auto text = table.text_if(key);
    if (!text) {
        if (required)
            table.error(key, "bounds_missing", "a liaison has bounds",
                        "write per_from = \"5..15\" or \"3..\"");
        return {};
    }
    const auto bounds = Bounds::parse(*text);
    if (!bounds) {
        table.error(key, "bounds_malformed", "\"" + *text + "\" is no range",
                    "write \"5..15\", \"3..\" or \"2..2\"");
    }
    return bounds;
}

LiaisonRule read_rule(Reader& table, const Offices& offices) {
    LiaisonRule rule;
    rule.name = table.name();
    rule.from = read_side(table, "from", offices).value_or(LiaisonSide{});
    rule.to = read_side(table, "to", offices).value_or(LiaisonSide{});
    rule.per_from = read_bounds(table, "per_from", true).value_or(Bounds{});
    rule.per_to = read_bounds(table, "per_to", false);
    rule.by_seat = table.choice<bool>("by", {{"link", false}, {"seat", true}}, false);
    rule.near = table.text_or("near", "");
    if (rule.by_seat && (rule.from.of == LiaisonSide::Of::post || rule.to.of != LiaisonSide::Of::post)) {
        table.error("by", "seat_has_no_place", "posts are seated at a place or station",
                    "write from = \"place:KIND\"");
    }
    if (!rule.near.empty() && offices.places.find(rule.near) == nullptr) {
        table.error("near", "kind_unknown", "\"" + rule.near + "\" is no kind of place",
                    "name a kind of place");
    }
    return rule;
}

bool is_one_of(const std::vector<std::string>& kinds, const std::string& kind) {
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

// The kind of place that the filled doors hang from.
const std::string& filled_down_to(const place::PlannedPlace& planned, const place::Kinds& kinds) {
    const std::string* deepest = &planned.kind;
    for (const auto& kind : kinds.all()) {
        const auto wanted = planned.fill.find(kind.name);
        if (!kind.household && wanted != planned.fill.end() && wanted->second > 0) deepest = &kind.name;
    }
    return *deepest;
}

// Doors that are filled in by number follow the posts that keep in touch with them, each its share (see
// opening_service_places): so many doors for so many posts either lie within the bounds or open no county.
void check_can_be_met(Reader& table, const LiaisonRule& rule, const place::PlacesPlan& places,
                      const PostKinds& posts) {
    const auto* household = places.kinds.household();
    if (household == nullptr || rule.by_seat || rule.from.of != LiaisonSide::Of::post ||
        rule.to.of != LiaisonSide::Of::place || !is_one_of(rule.to.kinds, household->name))
        return;
    const auto& each = rule.per_from;
    std::string first;
    int more = 0;
    for (const auto& planned : places.places) {
        const auto doors = planned.fill.find(household->name);
        int holders = 0;
        for (const auto& [kind, count] : planned.fill_posts) {
            const auto* post = is_one_of(rule.from.kinds, kind) ? posts.find(kind) : nullptr;
            if (post != nullptr && post->sits_at({Seat::Of::place, filled_down_to(planned, places.kinds)}))
                holders += count;
        }
        if (doors == planned.fill.end() || holders == 0) continue;
        if (doors->second >= holders * each.min && (!each.max || doors->second <= holders * *each.max))
            continue;
        if (!first.empty()) ++more;
        if (first.empty())
            first = "\"" + planned.key + "\" is filled with " + std::to_string(doors->second) +
                    " households for " + std::to_string(holders) + " posts, and that is not " + each.text() +
                    " for each";
    }
    if (!first.empty())
        table.error("per_from", "liaison_cannot_be",
                    first + (more == 0 ? "" : "; so with " + std::to_string(more) + " places more"),
                    "widen per_from, or change fill or fill_posts of the place in places.toml");
}

// A unit is made before what belongs to it, so nothing belongs to itself.
void check_parents(Reader& root, const std::vector<PlannedUnit>& units) {
    for (std::size_t at = 0; at < units.size(); ++at) {
        const auto& unit = units[at];
        const auto before = units.begin() + static_cast<std::ptrdiff_t>(at);
        if (unit.parent.empty() || std::any_of(units.begin(), before, [&](const PlannedUnit& other) {
                return other.key == unit.parent;
            }))
            continue;
        root.findings().error(unit.at, "unit_parent_unknown",
                              "\"" + unit.parent + "\" does not stand before \"" + unit.key + "\"",
                              "let a unit stand after the one it belongs to");
    }
}

}  // namespace

pack::Position position_of_post(const pack::Pack& pack, std::string_view kind, std::string_view key) {
    const auto below = [](const pack::Table* table, std::string_view name) {
        const auto* member = table == nullptr ? nullptr : table->find(name);
        return member == nullptr ? nullptr : std::get_if<pack::Table>(&member->value.data);
    };
    const auto* posts = below(pack.document("posts.toml"), "posts");
    const auto* table = key.empty() ? posts : below(posts, kind);
    const auto* member = table == nullptr ? nullptr : table->find(key.empty() ? kind : key);
    return member == nullptr ? pack::Position{} : member->at;
}

PostsPlan read_posts(const pack::Pack& pack, const place::PlacesPlan& places, const pack::Words& words,
                     pack::Findings& findings) {
    Reader root = pack.reader("posts.toml", findings);
    PostsPlan plan;
    const auto units = read_unit_kinds(root, words);
    std::vector<PostKind> posts;
    for (auto& table : root.tables("posts")) {
        posts.push_back(read_post_kind(table, places, units));
        words.expect("post.kind." + table.name(), table.at(), findings);
    }
    plan.kinds = PostKinds(std::move(posts), units);
    check_desks(root, plan.kinds, places);
    for (auto& table : root.tables("liaison")) {
        plan.rules.push_back(read_rule(table, plan.offices(places)));
        check_can_be_met(table, plan.rules.back(), places, plan.kinds);
    }
    check_superiors(root, plan.offices(places));
    std::vector<std::string> keys, kinds;
    for (const auto& place : places.places) keys.push_back(place.key);
    for (const auto& kind : places.kinds.all()) kinds.push_back(kind.name);
    for (auto& table : root.tables("units"))
        plan.units.push_back(read_unit(table, plan.kinds, "place", keys));
    check_parents(root, plan.units);
    for (auto& table : root.tables("units_everywhere")) {
        plan.units_everywhere.push_back(read_unit(table, plan.kinds, "at", kinds));
    }
    return plan;
}

}  // namespace lianxin::party
