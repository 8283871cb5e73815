// Breaches of liaison, proposals that repair them, and the one who confirms.
#include <algorithm>
#include <unordered_map>

#include "party/party_service.hpp"
#include "place/place_service.hpp"

namespace lianxin::party {
namespace {

using access::ActingPerson;
using access::PlacePermission;
using store::Transaction;

const LiaisonRule* find_rule(const Offices& offices, const std::string& name) {
    const auto it = std::find_if(offices.rules.begin(), offices.rules.end(),
                                 [&](const LiaisonRule& rule) { return rule.name == name; });
    return it == offices.rules.end() ? nullptr : &*it;
}

// Links from posts to places, with a place within which pairs are preferred.
bool proposable(const LiaisonRule& rule, const Offices& offices) {
    return offices.places.find(rule.near) != nullptr && rule.from.of == LiaisonSide::Of::post &&
           rule.to.of == LiaisonSide::Of::place && !rule.by_seat;
}

const LiaisonRule* first_proposable(const Offices& offices) {
    const auto it = std::find_if(offices.rules.begin(), offices.rules.end(),
                                 [&](const LiaisonRule& rule) { return proposable(rule, offices); });
    return it == offices.rules.end() ? nullptr : &*it;
}

int level_of(const LiaisonSide& side, const place::Kinds& kinds) {
    const place::Kind* kind =
        side.of == LiaisonSide::Of::place && !side.kinds.empty() ? kinds.find(side.kinds.front()) : nullptr;
    return kind == nullptr ? 1 : kind->level;
}

BreachView view_of(Transaction& tx, const Breach& breach, Day day) {
    BreachView view{breach, {}, {}, {}, {}};
    if (const auto lineage = place::load_lineage(tx, breach.place, day)) {
        for (const auto& step : place::load_path(tx, *lineage, day)) view.path.push_back(step.name);
    }
    if (!view.path.empty()) view.place_name = view.path.back();
    if (breach.end.of == LiaisonSide::Of::post) {
        if (const auto post = load_post_view(tx, PostId(breach.end.id), day)) {
            view.post_kind = post->post.kind;
            for (const auto& holder : post->holders) view.holders.push_back(holder.name);
        }
    }
    return view;
}

// Households and representatives of a rule as the assignment sees them: by index, groups being the places of
// `near`.
struct Prepared {
    AssignmentProblem problem;
    std::vector<std::int64_t> households;
    std::vector<PostId> posts;
    std::vector<PlaceId> groups;
};

// Groups of the same place above are neighbours: nothing is known of borders, and a sector is small.
void tie_neighbours(Transaction& tx, Prepared& prepared, Day day) {
    std::unordered_map<PlaceId, std::vector<std::int32_t>> by_parent;
    for (std::size_t g = 0; g < prepared.groups.size(); ++g) {
        const auto group = place::load_place(tx, prepared.groups[g], day);
        if (group && group->parent) by_parent[*group->parent].push_back(static_cast<std::int32_t>(g));
    }
    prepared.problem.neighbours.resize(prepared.groups.size());
    for (const auto& [parent, members] : by_parent) {
        for (const auto a : members) {
            for (const auto b : members) {
                if (a != b) prepared.problem.neighbours[static_cast<std::size_t>(a)].push_back(b);
            }
        }
    }
    for (auto& neighbours : prepared.problem.neighbours) std::sort(neighbours.begin(), neighbours.end());
}

Prepared prepare(Transaction& tx, const LiaisonRule& rule, int near_level, PlaceId under, Day day) {
    Prepared prepared;
    std::unordered_map<PlaceId, std::int32_t> group_index;
    for (const auto group : place::places_under(tx, under, near_level, day)) {
        group_index.emplace(group, static_cast<std::int32_t>(prepared.groups.size()));
        prepared.groups.push_back(group);
    }
    std::unordered_map<std::int64_t, std::int32_t> post_index, household_index;
    for (const auto& element : load_elements(tx, rule.from, under, day)) {
        const auto group = group_index.find(element.place);
        if (!element.held || group == group_index.end()) continue;
        post_index.emplace(element.id, static_cast<std::int32_t>(prepared.posts.size()));
        prepared.posts.emplace_back(element.id);
        prepared.problem.representatives.push_back(group->second);
    }
    LiaisonRule tree;  // which household stands in which group
    tree.from = {LiaisonSide::Of::place, {}, {}};
    tree.to = rule.to;
    for (const auto& pair : load_pairs(tx, tree, near_level, under, day)) {
        const auto group = group_index.find(PlaceId(pair.from));
        if (group == group_index.end()) continue;
        household_index.emplace(pair.to, static_cast<std::int32_t>(prepared.households.size()));
        prepared.households.push_back(pair.to);
        prepared.problem.households.push_back({group->second, -1});
    }
    for (const auto& pair : load_pairs(tx, rule, near_level, under, day)) {
        const auto household = household_index.find(pair.to);
        const auto post = post_index.find(pair.from);
        if (household == household_index.end() || post == post_index.end()) continue;
        prepared.problem.households[static_cast<std::size_t>(household->second)].present = post->second;
    }
    prepared.problem.min_load = rule.per_from.min;
    prepared.problem.max_load = rule.per_from.max.value_or(static_cast<int>(prepared.households.size()));
    tie_neighbours(tx, prepared, day);
    return prepared;
}

std::vector<InfeasibleGroup> named(Transaction& tx, const Prepared& prepared, const Infeasible& infeasible,
                                   Day day) {
    std::vector<InfeasibleGroup> groups;
    for (const auto& shortage : infeasible.shortages) {
        const auto id = prepared.groups[static_cast<std::size_t>(shortage.group)];
        const auto place = place::load_place(tx, id, day);
        InfeasibleGroup group{id, place ? place->name : std::string(), 0, 0, shortage};
        for (const auto& household : prepared.problem.households)
            group.households += household.group == shortage.group ? 1 : 0;
        for (const auto at : prepared.problem.representatives)
            group.representatives += at == shortage.group ? 1 : 0;
        groups.push_back(std::move(group));
    }
    return groups;
}

std::vector<ProposedChange> changes_of(const Prepared& prepared, const Assignment& assignment) {
    std::vector<ProposedChange> changes;
    for (std::size_t h = 0; h < prepared.households.size(); ++h) {
        const auto before = prepared.problem.households[h].present;
        const auto after = assignment.representative_of[h];
        ProposedChange change{prepared.households[h], {}, prepared.posts[static_cast<std::size_t>(after)]};
        if (before >= 0) change.before = prepared.posts[static_cast<std::size_t>(before)];
        changes.push_back(change);
    }
    return changes;
}

std::optional<PartyRefusal> refuse_at(Transaction& tx, PlacePermission permission, const ActingPerson& who,
                                      PlaceId place, Day day) {
    const auto lineage = place::load_lineage(tx, place, day);
    if (!lineage) return PartyRefusal::place_not_found;
    if (!place::may(permission, who, *lineage)) return PartyRefusal::not_allowed;
    return {};
}

// Ends whatever ties a household by the rule and ties it to the proposed post.
void apply(Transaction& tx, County& county, const Proposal& proposal,
           const std::vector<ProposedChange>& changes, Day day) {
    std::unordered_map<std::int64_t, std::vector<LiaisonId>> present;
    for (const auto& link : load_links(tx, proposal.rule, day)) present[link.to.id].push_back(link.id);
    std::vector<LiaisonId> ended;
    std::vector<LiaisonLink> opened;
    for (const auto& change : changes) {
        if (change.kept()) continue;
        const auto& old = present[change.household];
        ended.insert(ended.end(), old.begin(), old.end());
        opened.push_back({county.new_id<LiaisonNoun>(),
                          proposal.rule,
                          {LiaisonSide::Of::post, change.after.value()},
                          {LiaisonSide::Of::place, change.household},
                          day,
                          place::open_end()});
    }
    end_links(tx, ended, day);
    insert_links(tx, opened);
    bump_staffing_version(tx);
}

}  // namespace

Result<LiaisonId, PartyRefusal> PartyService::link(County& county, const ActingPerson& who,
                                                   const std::string& rule_name, LiaisonEnd from,
                                                   LiaisonEnd to, Day day) {
    const auto id = county.new_id<LiaisonNoun>();
    return county.database.write([&](Transaction& tx) -> Result<LiaisonId, PartyRefusal> {
        const auto offices = load_offices(tx);
        const LiaisonRule* rule = find_rule(offices, rule_name);
        if (rule == nullptr) return fail(PartyRefusal::rule_unknown);
        if (rule->by_seat || rule->by_tree()) return fail(PartyRefusal::rule_takes_no_links);
        const auto root = place::load_root(tx, day);
        if (!root) return fail(PartyRefusal::place_not_found);
        const auto place_of = [&](const LiaisonSide& side, LiaisonEnd end) -> std::optional<PlaceId> {
            for (const auto& element : load_elements(tx, side, root->id, day)) {
                if (side.of == end.of && element.id == end.id) return element.place;
            }
            return {};
        };
        const auto from_place = place_of(rule->from, from), to_place = place_of(rule->to, to);
        if (!from_place || !to_place) return fail(PartyRefusal::link_end_unknown);
        if (const auto refusal = refuse_at(tx, PlacePermission::confirm_liaison, who, *to_place, day))
            return fail(*refusal);
        for (const auto& link : load_links(tx, rule_name, day)) {
            if (link.from == from && link.to == to) return fail(PartyRefusal::already_linked);
        }
        insert_links(tx, {{id, rule_name, from, to, day, place::open_end()}});
        bump_staffing_version(tx);
        return id;
    });
}

Result<BreachList, PartyRefusal> PartyService::breaches(County& county, const ActingPerson& who,
                                                        PlaceId place, std::size_t limit) {
    const Day day = place::today(county);
    return county.database.read([&](Transaction& tx) -> Result<BreachList, PartyRefusal> {
        if (const auto refusal = refuse_at(tx, PlacePermission::read_breaches, who, place, day))
            return fail(*refusal);
        const auto offices = load_offices(tx);
        BreachList list;
        for (const auto& rule : offices.rules) {
            if (proposable(rule, offices)) list.proposable.push_back(rule.name);
            const auto froms = load_elements(tx, rule.from, place, day);
            const auto tos = load_elements(tx, rule.to, place, day);
            auto pairs = load_pairs(tx, rule, level_of(rule.from, offices.places), place, day);
            // Pairs of elsewhere are not this place's breaches.
            const auto inside = [](const std::vector<LiaisonElement>& elements, std::int64_t id) {
                return std::binary_search(elements.begin(), elements.end(), LiaisonElement{id, {}, true},
                                          [](const auto& a, const auto& b) { return a.id < b.id; });
            };
            std::erase_if(pairs, [&](const LiaisonPair& pair) {
                return !inside(froms, pair.from) && !inside(tos, pair.to);
            });
            const auto found = find_breaches(rule, froms, tos, pairs);
            list.total += found.size();
            for (const auto& breach : found) {
                if (list.items.size() == limit) break;
                list.items.push_back(view_of(tx, breach, day));
            }
        }
        return list;
    });
}

Result<ProposalOutcome, PartyRefusal> PartyService::propose_links(County& county, const ActingPerson& who,
                                                                  const std::string& rule_name,
                                                                  PlaceId place) {
    const Day day = place::today(county);
    Proposal proposal;
    proposal.id = county.new_id<ProposalNoun>();
    proposal.place = place;
    proposal.day = day;
    proposal.state = "proposed";
    // Loaded on one snapshot, solved outside any transaction, stored under the version it was made for.
    struct Loaded {
        Prepared prepared;
        std::int64_t version = 0;
        LiaisonRule rule;
    };
    auto loaded = county.database.read([&](Transaction& tx) -> Result<Loaded, PartyRefusal> {
        if (const auto refusal = refuse_at(tx, PlacePermission::propose_liaison, who, place, day))
            return fail(*refusal);
        const auto offices = load_offices(tx);
        const LiaisonRule* rule =
            rule_name.empty() ? first_proposable(offices) : find_rule(offices, rule_name);
        if (rule == nullptr) return fail(PartyRefusal::rule_unknown);
        if (!proposable(*rule, offices)) return fail(PartyRefusal::not_proposable);
        const place::Kind* near = offices.places.find(rule->near);
        return Loaded{prepare(tx, *rule, near->level, place, day), staffing_version(tx), *rule};
    });
    if (!loaded) return fail(loaded.error());
    const auto outcome = propose(loaded->prepared.problem);
    if (const auto* infeasible = std::get_if<Infeasible>(&outcome)) {
        return county.database.read([&](Transaction& tx) -> Result<ProposalOutcome, PartyRefusal> {
            return ProposalOutcome(InfeasibleProposal{loaded->rule.name, loaded->rule.per_from,
                                                      named(tx, loaded->prepared, *infeasible, day)});
        });
    }
    const auto& assignment = std::get<Assignment>(outcome);
    proposal.rule = loaded->rule.name;
    proposal.staffing_version = loaded->version;
    proposal.kept = assignment.kept;
    proposal.newly_assigned = assignment.newly_assigned;
    proposal.moved = assignment.moved;
    proposal.outside_group = assignment.outside_group;
    proposal.smallest_load = assignment.smallest_load;
    proposal.largest_load = assignment.largest_load;
    const auto changes = changes_of(loaded->prepared, assignment);
    county.database.write(
        [&](Transaction& tx) { insert_proposal(tx, proposal, changes, county.clock.now()); });
    return ProposalOutcome(proposal);
}

Result<Proposal, PartyRefusal> PartyService::confirm(County& county, const ActingPerson& who, ProposalId id) {
    const Day day = place::today(county);
    return county.database.write([&](Transaction& tx) -> Result<Proposal, PartyRefusal> {
        auto proposal = load_proposal(tx, id);
        if (!proposal) return fail(PartyRefusal::proposal_not_found);
        if (const auto refusal = refuse_at(tx, PlacePermission::confirm_liaison, who, proposal->place, day)) {
            return fail(*refusal);
        }
        // Only a person puts a proposal into force, never the engine by itself.
        if (!who.party) return fail(PartyRefusal::not_allowed);
        // Clicking twice is not two decisions.
        if (proposal->state == "confirmed" && proposal->confirmed_by == who.party) return *proposal;
        if (proposal->state != "proposed") return fail(PartyRefusal::proposal_already_decided);
        if (is_out_of_date(tx, *proposal, day)) return fail(PartyRefusal::proposal_out_of_date);
        if (!set_proposal_state(tx, id, "proposed", "confirmed", who.party, county.clock.now())) {
            return fail(PartyRefusal::proposal_already_decided);
        }
        apply(tx, county, *proposal, load_proposed_changes(tx, id), day);
        proposal->state = "confirmed";
        proposal->confirmed_by = who.party;
        return *proposal;
    });
}

}  // namespace lianxin::party
