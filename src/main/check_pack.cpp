#include "main/check_pack.hpp"

#include <map>
#include <set>

#include "main/check_pack_departures.hpp"
#include "main/check_pack_law.hpp"
#include "main/check_pack_order.hpp"
#include "main/check_services.hpp"
#include "main/demo_story.hpp"
#include "matter/oversight_pack.hpp"
#include "matter/superiors_pack.hpp"
#include "matter/workflow_pack.hpp"
#include "notice/notice_period.hpp"
#include "pack/law.hpp"
#include "pack/post_lists.hpp"
#include "pack/rules.hpp"
#include "party/party_pack.hpp"
#include "place/place_pack.hpp"

namespace lianxin {

std::string guess(const std::string& wrong, const std::set<std::string>& known, const char* otherwise) {
    const auto near = pack::nearest(wrong, {known.begin(), known.end()});
    return near.empty() ? otherwise : "did you mean `" + near + "`?";
}

namespace {

// What the tables of a pack say of one another: no reader of one file can see it.
void check_categories(const std::vector<place::PlannedCategory>& categories,
                      const pack::DeadlineTable& deadlines, pack::Findings& findings) {
    std::set<std::string> urgencies;
    for (const auto& cell : deadlines.cells()) urgencies.insert(cell.urgency);
    for (const auto& category : categories)
        if (!category.urgency.empty() && !urgencies.contains(category.urgency))
            findings.error(category.at, "urgency_is_not_in_the_table",
                           "`" + category.code + "` has the urgency `" + category.urgency +
                               "`, for which there are no deadlines",
                           guess(category.urgency, urgencies, "add it to deadlines.toml"));
}

// A row that no matter ever looks up, and a clock that none has, are misspelt.
void check_deadlines(const pack::DeadlineTable& deadlines,
                     const std::vector<place::PlannedCategory>& categories,
                     const std::vector<std::shared_ptr<const matter::Workflow>>& workflows,
                     const pack::Words& words, pack::Findings& findings) {
    std::set<std::string> urgencies{std::string(pack::ordinary_urgency)}, subkinds{"any"}, clocks;
    for (const auto& category : categories) urgencies.insert(category.urgency);
    for (const auto& workflow : workflows) {
        subkinds.insert(workflow->subkinds.begin(), workflow->subkinds.end());
        for (const auto& clock : workflow->clocks)
            if (clock.limit == matter::ClockLimit::table) clocks.insert(clock.name);
    }
    urgencies.erase("");
    for (const auto& cell : deadlines.cells()) {
        // One that has a name may be given to a category later.
        if (!urgencies.contains(cell.urgency) && !words.has("urgency." + cell.urgency))
            findings.error(cell.at, "urgency_unknown", "no category has the urgency `" + cell.urgency + "`",
                           guess(cell.urgency, urgencies, "take the row away"));
        if (!subkinds.contains(cell.subkind))
            findings.error(cell.at, "subkind_unknown",
                           "no kind of matter has the subkind `" + cell.subkind + "`",
                           guess(cell.subkind, subkinds, "take the row away"));
        if (!clocks.contains(cell.clock))
            findings.error(cell.at, "clock_unknown", "no clock `" + cell.clock + "` runs by the table",
                           guess(cell.clock, clocks, "take the row away"));
    }
}

void check_scopes(const pack::ScopeTable& scopes, const std::set<std::string>& posts,
                  const std::set<std::string>& categories, pack::Findings& findings) {
    for (const auto& [kind, codes] : scopes.kinds()) {
        if (!posts.contains(kind))
            findings.error(scopes.at(kind), "post_kind_unknown",
                           "`" + kind + "` has a scope, but no post is of that kind",
                           guess(kind, posts, "name a key of [posts] in posts.toml"));
        for (const auto* list : {&codes.solves, &codes.except})
            for (const auto& code : *list)
                if (!categories.contains(code.text))
                    findings.error(
                        code.at, "category_unknown",
                        "the scope of `" + kind + "` names `" + code.text + "`, which is no category",
                        guess(code.text, categories, "name a code of categories.toml"));
    }
}

void check_lists(const std::vector<pack::PostLists>& lists, const std::set<std::string>& posts,
                 pack::Findings& findings) {
    for (const auto& each : lists)
        if (!posts.contains(each.post_kind))
            findings.error(each.at, "post_kind_unknown",
                           "`" + each.post_kind + "` has lists, but no post is of that kind",
                           guess(each.post_kind, posts, "name a key of [posts] in posts.toml"));
}

// A post is chosen, and a matter is about one, of a kind that is there: of another nobody could ever be
// named.
void check_posts_of(const matter::Workflow& workflow, const std::set<std::string>& posts,
                    pack::Findings& findings) {
    const auto expect = [&](const std::string& kind, const matter::Mark& at, const std::string& who) {
        if (kind.empty() || posts.contains(kind)) return;
        findings.error({at.file, at.line, at.column}, "post_kind_unknown",
                       who + " asks for `" + kind + "`, but no post is of that kind",
                       guess(kind, posts, "name a key of [posts] in posts.toml"));
    };
    expect(workflow.post_kind, workflow.at, "`" + workflow.name + "`");
    for (const auto& field : workflow.fields) expect(field.post_kind, field.at, "`" + field.name + "`");
}

// A clock that asks the table finds its row there, and no row is against the law that bounds the clock.
void check_clocks_of(const matter::Workflow& workflow, const pack::DeadlineTable& deadlines,
                     const pack::Law& law, pack::Findings& findings) {
    for (const auto& clock : workflow.clocks) {
        if (clock.limit != matter::ClockLimit::table) continue;
        bool listed = false;
        const auto bound = law.find(clock.law);
        if (!clock.law.empty() && bound == law.end())
            findings.error({clock.at.file, clock.at.line, clock.at.column}, "unknown_law",
                           "law.toml has no entry \"" + clock.law + "\"", "name an entry of law.toml");
        for (const auto& cell : deadlines.cells()) {
            if (cell.clock != clock.name) continue;
            listed = true;
            if (bound == law.end() || !bound->second.at_most ||
                notice::surely_at_most(cell.period, *bound->second.at_most))
                continue;
            findings.error(cell.at, "longer_than_law",
                           "`" + clock.name + "` lasts " + cell.period.text() + ", the law allows " +
                               bound->second.at_most->text() + " at most",
                           "make it " + bound->second.at_most->text() + " or shorter");
        }
        if (!listed)
            findings.error({clock.at.file, clock.at.line, clock.at.column}, "deadline_is_not_in_the_table",
                           "`" + clock.name + "` takes its limit from the table, which has none for it",
                           "add it to [ordinary.any] in deadlines.toml");
    }
}

void check_demo(const pack::Pack& pack, const std::set<std::string>& categories,
                const std::set<std::string>& units, pack::Findings& findings) {
    const auto story = demo::read_story(pack, findings);
    if (!story) return;
    for (const auto& text : story->texts)
        if (!categories.contains(text.category))
            findings.error(text.at, "category_unknown",
                           "`" + text.name + "` is about `" + text.category + "`, which is no category",
                           guess(text.category, categories, "name a code of categories.toml"));
    for (const auto& affair : story->affairs)
        for (const auto& said : affair.said)
            if (!said.category.empty() && !categories.contains(said.category))
                findings.error(said.at, "category_unknown",
                               "`" + affair.name + "` is about `" + said.category + "`, which is no category",
                               guess(said.category, categories, "name a code of categories.toml"));
    for (const auto& [top, keys] : story->units)
        for (const auto& key : keys)
            if (!units.contains(key))
                findings.error(story->units_at.at(top), "unit_unknown",
                               "the story of `" + top + "` names `" + key + "`, which is no unit",
                               guess(key, units, "name a key of [units] in posts.toml"));
}

// Where a file does not parse, or what a pack or a document builds on is not there, whatever is missing
// anywhere may only follow from that: that first, and all else once it reads.
pack::Findings kept_from_reading(const pack::Findings& findings) {
    static const std::vector<std::set<std::string_view>> first_things = {
        {"toml_syntax"},
        {"pack_is_absent", "packs_extend_in_a_circle"},
        {"extends_is_not_a_document", "extended_document_is_absent"}};
    for (const auto& codes : first_things) {
        pack::Findings unread;
        for (const auto& finding : findings.all())
            if (codes.contains(finding.code)) unread.add(finding);
        if (!unread.empty()) return unread;
    }
    return {};
}

pack::Findings first_of(const pack::Findings& findings) {
    const auto kept = kept_from_reading(findings);
    return (kept.empty() ? findings : kept).sorted();
}

}  // namespace

pack::Findings check_pack(const std::filesystem::path& folder, std::optional<Day> today) {
    pack::Findings findings;
    const auto pack = pack::load_pack(folder, findings);
    if (!pack || !kept_from_reading(findings).empty()) return first_of(findings);
    check_departures(*pack, findings);
    const bool base = pack->manifest().base;
    const auto words = pack::Words::read(*pack, findings);
    const auto deadlines = pack::DeadlineTable::read(*pack, findings);
    const auto law = pack::read_law(*pack, findings);
    check_statutes(*pack, law, findings);
    const auto metrics = pack::read_metrics(*pack, words, findings);
    const auto services = pack::read_services(*pack, words, findings);

    const auto planned = place::read_categories(*pack, findings);
    std::set<std::string> categories;
    for (const auto& category : planned) categories.insert(category.code);
    check_categories(planned, deadlines, findings);
    check_service_categories(services, planned, findings);

    std::set<std::string> units;
    if (!base) {
        const auto places = place::read_places(*pack, words, findings);
        const auto posts = party::read_posts(*pack, places, words, findings);
        for (const auto& unit : posts.units) units.insert(unit.key);
        std::set<std::string> kinds;
        for (const auto& kind : posts.kinds.all()) kinds.insert(kind.name);
        check_scopes(pack::ScopeTable::read(*pack, findings), kinds, categories, findings);
        check_service_units(services, places, posts, findings);
        check_lists(pack::read_post_lists(*pack, words, findings), kinds, findings);
        const auto workflows = matter::read_workflows(*pack, places, posts, findings, today);
        const auto matters = matter::declared_kinds(*pack, workflows);
        check_metric_kinds(metrics, workflows, matters, places.kinds, findings);
        check_service_papers(services, workflows, findings);
        check_service_lists(services, workflows, findings);
        if (matters.unproved.empty()) check_deadlines(deadlines, planned, workflows, words, findings);
        for (const auto& workflow : workflows) {
            matter::expect_words(*workflow, words, findings);
            check_posts_of(*workflow, kinds, findings);
            check_clocks_of(*workflow, deadlines, law, findings);
            check_order_of(*workflow, deadlines, findings);
        }
        matter::prove_superiors(*pack, places, posts, findings);
        matter::check_complaints(*pack, places, posts, matters, words, findings);
        check_demo(*pack, categories, units, findings);
    } else {
        const auto workflows = matter::read_workflows_on_trust(*pack, findings, today);
        for (const auto& workflow : workflows) matter::expect_words(*workflow, words, findings);
        if (matter::declared_kinds(*pack, workflows).unproved.empty())
            check_deadlines(deadlines, planned, workflows, words, findings);
    }
    return first_of(findings);
}

std::string what_was_proved(const std::filesystem::path& folder) {
    pack::Findings findings;
    const auto pack = pack::load_pack(folder, findings);
    if (!pack || !pack->manifest().base) return "proved";
    return "read, " + std::to_string(pack->documents_in("workflows").size()) +
           " workflows; a base has no places: who owns what where is proved in the packs that build on it";
}

}  // namespace lianxin
