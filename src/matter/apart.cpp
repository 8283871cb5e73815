#include "matter/apart.hpp"

#include <algorithm>

namespace lianxin::matter {

bool belongs_to(const Workflow& workflow, ActionIndex action, NoticeIndex notice) {
    const auto& rule = workflow.matter().action(action);
    const auto& blocks = rule_at(workflow.notices, notice).blocks;
    return rule.opens_notice == notice || rule.restarts_notice == notice ||
           std::find(blocks.begin(), blocks.end(), action) != blocks.end();
}

namespace {

void add_new(std::vector<FieldIndex>& fields, const std::vector<FieldIndex>& more) {
    for (const auto field : more)
        if (std::find(fields.begin(), fields.end(), field) == fields.end()) fields.push_back(field);
}

bool is_for_the_owner(const ActionRule& action) {
    return std::any_of(action.who.begin(), action.who.end(), [](const WhoRule& who) {
        return who.kind == WhoRule::Kind::relation && who.relation == access::Relation::owner;
    });
}

}  // namespace

std::vector<FieldIndex> kept_from_owning(const Machine& machine, StateIndex state) {
    std::vector<FieldIndex> fields;
    for (const auto& action : machine.actions)
        if (std::find(action.from.begin(), action.from.end(), state) != action.from.end() &&
            is_for_the_owner(action))
            add_new(fields, action.apart_from_named);
    return fields;
}

std::vector<FieldIndex> fields_apart(const Workflow& workflow) {
    std::vector<FieldIndex> fields;
    for (const auto& machine : workflow.machines)
        for (const auto& action : machine.actions) add_new(fields, action.apart_from_named);
    return fields;
}

bool is_remembered(const Workflow& workflow, MachineIndex machine, ActionIndex action) {
    for (const auto& rule : workflow.machine(machine).actions)
        if (std::find(rule.apart_from.begin(), rule.apart_from.end(), action) != rule.apart_from.end())
            return true;
    if (machine != MachineIndex{}) return false;
    for (std::size_t at = 0; at < workflow.notices.size(); ++at)
        if (!workflow.notices[at].objection.empty() &&
            belongs_to(workflow, action, NoticeIndex{static_cast<std::uint16_t>(at)}))
            return true;
    return false;
}

Hands hands_in(const Workflow& workflow, const MatterState& matter, std::optional<NoticeIndex> notice) {
    Hands hands;
    if (matter.parts.empty()) return hands;
    const auto& root = matter.parts.front();
    hands.posts.push_back(root.owner);
    if (root.person) hands.people.push_back(*root.person);
    for (const auto& done : matter.done)
        if (done.part == 0 && (!notice || belongs_to(workflow, done.action, *notice)))
            hands.people.push_back(done.party);
    std::sort(hands.people.begin(), hands.people.end());
    hands.people.erase(std::unique(hands.people.begin(), hands.people.end()), hands.people.end());
    return hands;
}

}  // namespace lianxin::matter
