// What is asked for can be filled in: no more is wanted of a field than fits, and some day is left to name.
// Where a form names who gets it in hand and another post beside, it names two.
#include <cstdint>

#include "matter/prover_report.hpp"

namespace lianxin::matter {
namespace {

std::set<FieldIndex> needed(const Workflow& workflow) {
    std::set<FieldIndex> fields;
    for (const auto& machine : workflow.machines) {
        fields.insert(machine.start.needs.begin(), machine.start.needs.end());
        for (const auto& action : machine.actions) fields.insert(action.needs.begin(), action.needs.end());
    }
    return fields;
}

// What is counted must be something where it is needed; a figure may be any.
bool is_counted(FieldType type) {
    return type == FieldType::text || type == FieldType::attachments || type == FieldType::checklist ||
           type == FieldType::posts || type == FieldType::parties || type == FieldType::table;
}

// Some figure that is allowed here is enough of the least that the other may say.
void share_can_be_reached(const ProofOf& proof, const FieldRule& rule) {
    if (!rule.bound || !rule.max) return;
    const auto& other = rule_at(proof.workflow.fields, rule.bound->field);
    for (const auto& [subkind, share] : rule.bound->shares)
        if (*rule.max < share.least(std::max<std::int64_t>(other.min.value_or(0), 0)))
            proof.error(rule.bound->at, "never_filled_in",
                        "\"" + rule.name + "\" takes " + std::to_string(*rule.max) +
                            " at most, which is never enough of \"" + other.name + "\"",
                        "let max be as much as the share of the other's min, or ask for a smaller share");
}

bool is_held_apart(const ProofOf& proof, FieldIndex one, FieldIndex other) {
    const auto from = [&](FieldIndex field, FieldIndex whom) {
        const auto& bound = rule_at(proof.workflow.fields, field).bound;
        return bound && bound->kind == BoundKind::apart_from && bound->field == whom;
    };
    return from(one, other) || from(other, one);
}

}  // namespace

void prove_named_apart(const ProofOf& proof) {
    std::set<std::pair<FieldIndex, FieldIndex>> said;
    for (const auto& action : proof.machine.actions) {
        if (!action.owner || action.owner->kind != OwnerSelector::Kind::field) continue;
        const auto gets_it = action.owner->field;
        const auto& rule = rule_at(proof.workflow.fields, gets_it);
        for (const auto other : action.needs) {
            const auto& beside = rule_at(proof.workflow.fields, other);
            if (other == gets_it || beside.type != FieldType::post || is_held_apart(proof, gets_it, other) ||
                !said.insert({gets_it, other}).second)
                continue;
            proof.error(rule.at, "one_post_named_twice",
                        "\"" + action.name + "\" may name one and the same post as \"" + rule.name +
                            "\" and as \"" + beside.name + "\"",
                        "write apart_from = \"field:" + beside.name + "\"");
        }
    }
}

void prove_forms(const ProofOf& proof) {
    for (const auto field : needed(proof.workflow)) {
        const auto& rule = rule_at(proof.workflow.fields, field);
        share_can_be_reached(proof, rule);
        const auto least = is_counted(rule.type) ? std::max<std::int64_t>(rule.min.value_or(1), 1) : rule.min;
        if (least && rule.max && *least > *rule.max)
            proof.error(rule.at, "never_filled_in",
                        "\"" + rule.name + "\" wants " + std::to_string(*least) + " at least and takes " +
                            std::to_string(*rule.max) + " at most",
                        "let min be at most max, or as much as such a field takes where it says no max");
        if (rule.type == FieldType::day && rule.day == DayRule::future && rule.within_days.value_or(1) < 1)
            proof.error(rule.at, "never_filled_in", "\"" + rule.name + "\" leaves no day to choose",
                        "let within be 1 day at least");
    }
}

}  // namespace lianxin::matter
