#include "main/loosened_tables.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "pack/rules.hpp"
#include "place/place_pack.hpp"

namespace lianxin {
namespace {

using pack::DeadlineTable;
using pack::Pack;
using pack::Table;

constexpr std::string_view deadlines = "deadlines.toml";
constexpr std::string_view law = "law.toml";
constexpr std::string_view categories = "categories.toml";

struct KeptDocument {
    std::string_view path;
    KeptKey key;
};
constexpr KeptDocument kept_documents[] = {
    {"scope.toml", {"*", "except", Keep::words}},
    {"scope.toml", {"*", "solves", Keep::no_new}},
    {"complaints.toml", {"", "kinds", Keep::words}},
    {"posts.toml", {"posts.*", "rights", Keep::no_new}},
    {"posts.toml", {"posts.*", "term_months", Keep::most}},
    {"services.toml", {"services.*", "deadline", Keep::no_longer}},
    {"metrics.toml", {"", "metrics", Keep::tables}},
    {"metrics.toml", {"metrics.*", "numerator", Keep::same}},
    {"metrics.toml", {"metrics.*", "denominator", Keep::same}},
    {"metrics.toml", {"metrics.*", "leaves_out", Keep::same}},
    {"metrics.toml", {"metrics.*", "of", Keep::same}},
    {"metrics.toml", {"metrics.*", "places", Keep::same}},
    {categories, {"categories.*", "no_photo", Keep::not_set}},
    {categories, {"categories.*.*", "no_photo", Keep::not_set}},
    {categories, {"categories.*.*.*", "no_photo", Keep::not_set}},
};

// Of a rule of the base's own. A statute has findings of its own, which no departure excuses
// (check_pack_law.hpp).
constexpr KeptKey own_rule_keys[] = {
    {"", "at_least", Keep::no_shorter}, {"", "at_most", Keep::no_longer}, {"", "quorum", Keep::no_lower},
    {"", "majority", Keep::no_lower},   {"", "binds", Keep::words},
};

pack::Findings said_elsewhere() {
    return {};
}

std::set<std::string> subkinds_of(const Pack& pack) {
    std::set<std::string> subkinds{"any"};
    for (const auto& path : pack.documents_in("workflows"))
        for (auto& subkind : words_of(*pack.document(path), "subkinds")) subkinds.insert(std::move(subkind));
    return subkinds;
}

// Whatever is looked up, no later answer than there; said once of each row.
Losses longer_deadlines(const Pack& base, const Pack& own) {
    auto findings = said_elsewhere();
    const auto was = DeadlineTable::read(base, findings), is = DeadlineTable::read(own, findings);
    const auto subkinds = subkinds_of(own);
    std::map<std::string, std::string> said;
    const auto look = [&](const DeadlineTable::Cell& asked) {
        const auto* before = was.find(asked.clock, asked.subkind, asked.urgency);
        const auto* found = is.find(asked.clock, asked.subkind, asked.urgency);
        if (before == nullptr || found == nullptr || !subkinds.contains(asked.subkind) ||
            lasts_no_longer(found->period.text(), before->period.text()))
            return;
        const auto path = found->urgency + "." + found->subkind + "." + found->clock;
        said.emplace(
            path, "`" + path + "` is `" + found->period.text() + "` and was `" + before->period.text() + "`");
    };
    for (const auto* table : {&was, &is})
        for (const auto& cell : table->cells()) look(cell);
    Losses losses;
    for (auto& [path, what] : said) losses.push_back({path, what});
    return losses;
}

using Categories = std::map<std::string, place::PlannedCategory>;

Categories categories_of(const Pack& pack) {
    auto findings = said_elsewhere();
    Categories all;
    for (auto& category : place::read_categories(pack, findings)) all.emplace(category.code, category);
    return all;
}

// Its own, else that of what it stands under.
std::string urgency_of(const Categories& all, const std::string& code) {
    const auto found = all.find(code);
    if (found == all.end()) return std::string(pack::ordinary_urgency);
    return found->second.urgency.empty() ? urgency_of(all, found->second.parent) : found->second.urgency;
}

bool is_milder(const DeadlineTable& table, const std::string& own, const std::string& base) {
    return std::any_of(table.cells().begin(), table.cells().end(), [&](const DeadlineTable::Cell& cell) {
        const auto* is = table.find(cell.clock, "any", own);
        const auto* was = table.find(cell.clock, "any", base);
        return is != nullptr && was != nullptr && !lasts_no_longer(is->period.text(), was->period.text());
    });
}

// What was urgent is no less so.
Losses milder_categories(const Pack& base, const Pack& own) {
    auto findings = said_elsewhere();
    const auto table = DeadlineTable::read(own, findings);
    const auto before = categories_of(base), now = categories_of(own);
    Losses losses;
    for (const auto& [code, category] : before) {
        const auto found = now.find(code);
        if (found == now.end() || found->second.urgency == category.urgency) continue;
        const auto was = urgency_of(before, code), is = urgency_of(now, code);
        if (is_milder(table, is, was))
            losses.push_back({"categories." + code + ".urgency",
                              "`" + code + "` has the urgency `" + is + "` and had `" + was + "`"});
    }
    return losses;
}

bool is_own_rule(const Table& entry) {
    const auto* value = value_of(entry, "own");
    const auto* flag = value == nullptr ? nullptr : std::get_if<bool>(&value->data);
    return flag != nullptr && *flag;
}

// A rule of the pack it builds on that is no statute may be another here, for a reason.
Losses weaker_rules(const Table& base, const Table& own) {
    Losses losses;
    for (const auto& member : base.members) {
        const auto* was = std::get_if<Table>(&member.value.data);
        if (was == nullptr || !is_own_rule(*was)) continue;
        if (const auto* is = table_of(own, member.key))
            hold_all(own_rule_keys, *was, *is, member.key, losses);
        else
            losses.push_back({member.key, "the rule `" + member.key + "` is taken away"});
    }
    return losses;
}

}  // namespace

std::vector<std::string> tables_of_rules() {
    std::set<std::string> paths{std::string(deadlines), std::string(law)};
    for (const auto& kept : kept_documents) paths.emplace(kept.path);
    return {paths.begin(), paths.end()};
}

Losses hold_table(const std::string& path, const Pack& base, const Pack& own) {
    const auto *was = base.document(path), *is = own.document(path);
    if (was == nullptr) return {};
    if (is == nullptr) return {{"", "the file is left out"}};
    if (path == law) return weaker_rules(*was, *is);
    if (path == deadlines) return longer_deadlines(base, own);
    Losses losses;
    for (const auto& kept : kept_documents)
        if (kept.path == path) hold_all(std::span(&kept.key, 1), *was, *is, "", losses);
    if (path == categories)
        for (auto& milder : milder_categories(base, own)) losses.push_back(std::move(milder));
    return losses;
}

}  // namespace lianxin
