// What is done at a look: the rule that fits, and who does it.
#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "main/demo_pictures.hpp"
#include "main/demo_run.hpp"
#include "matter/attachment_service.hpp"
#include "matter/matter_store.hpp"

namespace lianxin::demo {

namespace json = boost::json;

std::int64_t Run::left(const Telling& telling, const Rule& rule, const std::string& key) const {
    const auto planned = telling.plan->times.find(rule.name);
    const auto used = telling.used.find(key);
    const auto times = planned == telling.plan->times.end() ? rule.times : planned->second;
    const auto less = telling.channel->less.find(rule.name);
    return times - (less == telling.channel->less.end() ? 0 : less->second) -
           (used == telling.used.end() ? 0 : used->second);
}

std::optional<Run::Choice> Run::choose(Telling& telling, const matter::MatterView& seen) {
    bool parts_done = true;
    for (const auto& part : seen.parts) {
        if (part.no == 0 || part.ended) continue;
        parts_done = false;
        if (auto choice = choose_from(telling, *telling.part_rules, part, false)) {
            choice->owner = part.owner;
            return choice;
        }
    }
    auto choice = choose_from(telling, *telling.rules, seen.parts.at(0), parts_done);
    if (!choice) return {};
    choice->owner = seen.parts.at(0).owner;
    // The leading part speaks for all of them; it has ended by then, but its post still stands.
    for (const auto& part : seen.parts)
        if (choice->rule->by == "lead" && part.lead && part.no != 0) choice->owner = part.owner;
    if (choice->rule->by == "party") choice->owner = concerned(seen.id);
    if (choice->rule->by.find('@') != std::string::npos)
        choice->owner = cast_.post(choice->rule->by, seen.place).value_or(PostId());
    if (choice->rule->by == "superior") choice->owner = cast_.superior(choice->owner).value_or(choice->owner);
    return choice;
}

std::optional<Run::Choice> Run::choose_from(Telling& telling, const std::vector<Rule>& rules,
                                            const matter::PartView& part, bool parts_done) {
    for (const auto& rule : rules) {
        const auto key = part.no == 0 ? rule.name : "part " + std::to_string(part.no) + " " + rule.name;
        if (rule.state != part.state || (rule.parts_done && !parts_done)) continue;
        if (rule.beyond_scope ? !beyond_scope(telling, part) : left(telling, rule, key) <= 0) continue;
        const bool too_early = std::any_of(rule.last.begin(), rule.last.end(), [&](const std::string& name) {
            const auto earlier =
                std::find_if(rules.begin(), rules.end(), [&](const Rule& r) { return r.name == name; });
            return earlier != rules.end() && left(telling, *earlier, name) > 0;
        });
        if (!too_early) return Choice{&rule, part.no, key, {}};
    }
    return {};
}

// The post that such a matter holds to account.
PostId Run::concerned(MatterId matter) {
    const auto involved = stage_.county.database.read(
        [&](store::Transaction& tx) { return matter::load_involved(tx, matter); });
    for (const auto& one : involved)
        if (one.post && one.role == access::name_of(access::Relation::party_to)) return *one.post;
    return {};
}

bool Run::beyond_scope(const Telling& telling, const matter::PartView& part) const {
    return !stage_.town.matters().surroundings().tables.in_scope(part.owner_kind, telling.text->category);
}

std::optional<access::ActingPerson> Run::actor(const Telling& telling, const matter::MatterView& seen,
                                               const Choice& choice) {
    if (choice.rule->by != "reporter") return cast_.holder(choice.owner);
    access::ActingPerson resident;
    resident.kind = access::ActingPerson::Kind::resident;
    resident.receipt_matter = seen.id;
    (void)telling;
    return resident;
}

void Run::act(Telling& telling, const matter::MatterView& seen, const Choice& choice) {
    const Rule& rule = *choice.rule;
    ++telling.used[choice.key];
    const bool certain = rule.chance_percent == 100 || telling.rated < telling.plan->not_solved;
    if (!certain && !chance_.percent(rule.chance_percent)) return;
    if (done_otherwise(rule, seen)) return;
    const auto who = actor(telling, seen, choice);
    if (!who) {
        ++report_.refusals[rule.action + ": nobody holds the post"];
        return;
    }
    matter::ActionRequest request;
    request.matter = seen.id;
    request.part = choice.part;
    request.action = rule.action;
    request.version = seen.version;
    request.fields = fields(telling, rule.fields);
    const auto acted = stage_.town.matters().act(stage_.county, *who, request);
    if (!acted) {
        std::string why =
            rule.action + " in " + seen.state + ": " + std::string(matter::code_of(acted.error()));
        for (const auto& fault : acted.error().faults) why += " " + fault.field + " " + fault.code;
        ++report_.refusals[why];
        return;
    }
    ++report_.actions;
    telling.seen.reset();  // it changed: no need to ask
    if (rule.by != "reporter") ++busy_[choice.owner];
}

bool Run::done_otherwise(const Rule& rule, const matter::MatterView& seen) {
    if (!rule.begins.empty()) begin_about_notice(rule.begins, seen);
    if (!rule.electors.empty()) vote(rule, seen);
    return !rule.begins.empty() || !rule.electors.empty();
}

// Whoever is among the electors by two posts votes once; whom it concerns is not on the roll.
void Run::vote(const Rule& rule, const matter::MatterView& seen) {
    std::set<PartyId> asked;
    const auto on_the_roll = [&](PartyId voter) {
        return stage_.county.database.read(
            [&](store::Transaction& tx) { return matter::is_elector(tx, seen.id, voter); });
    };
    for (const auto& voter : cast_.electorate(rule.electors, seen.place)) {
        if (!asked.insert(voter.party).second || !chance_.percent(rule.turnout_percent) ||
            !on_the_roll(voter.party))
            continue;
        access::ActingPerson who;
        who.kind = access::ActingPerson::Kind::staff;
        who.party = voter.party;
        const auto voted = stage_.town.matters().vote(stage_.county, who, seen.id,
                                                      chance_.percent(rule.yes_percent) ? "yes" : "no");
        if (!voted) ++report_.refusals["vote: " + std::string(matter::code_of(voted.error()))];
    }
}

json::value Run::rating(Telling& telling) {
    if (telling.rated++ < telling.plan->not_solved)
        return json::object{{"solved", "no"},
                            {"grade", chance_.between(1, 2)},
                            {"why", chance_.one_of(story_.phrases.at("why_bad"))}};
    const bool partly = chance_.percent(9);
    return json::object{{"solved", partly ? "partly" : "yes"},
                        {"grade", partly ? 3 : chance_.between(4, 5)},
                        {"why", partly ? "" : chance_.one_of(story_.phrases.at("why_good"))}};
}

std::optional<std::int64_t> Run::photo(const Telling& telling, bool after) {
    if (telling.text->scene == "none") return {};
    // Before and after show the same spot.
    const auto picture = draw_scene(telling.text->scene, after ? Shot::after : Shot::before, telling.scene);
    const auto kept = matter::upload(stage_.county, picture);
    if (!kept) {
        ++report_.refusals["upload: " + std::string(matter::name_of(kept.error()))];
        return {};
    }
    return kept->id;
}

}  // namespace lianxin::demo
