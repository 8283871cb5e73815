#include "matter/beginning.hpp"

#include <algorithm>
#include <array>

#include "access/policy.hpp"

namespace lianxin::matter {

namespace {

using access::ActingPerson;
using access::Relation;

bool takes_in(const ActingPerson& who) {
    return !access::places_for(access::PlacePermission::take_in, who).empty();
}

// By a post or a right they hold somewhere; whether it reaches the place is asked when it is begun.
bool begins_by_post(const WhoRule& rule, const ActingPerson& who) {
    if (rule.kind == WhoRule::Kind::post)
        return std::any_of(who.posts.begin(), who.posts.end(),
                           [&](const access::HeldPost& held) { return held.kind == rule.post.post_kind; });
    if (rule.kind != WhoRule::Kind::relation) return false;
    switch (rule.relation) {
        case Relation::host:
            return takes_in(who);
        case Relation::leader:
            return who.has_right(std::string(access::right::lead));
        case Relation::dispatcher:
            return who.has_right(std::string(access::right::dispatch));
        case Relation::oversight:
            return who.has_right(std::string(access::right::oversee));
        default:
            return false;
    }
}

// The office answers itself for what it begins of its own accord: it is then its host, and nobody asked.
bool asks(const WhoRule& rule, const Workflow& workflow) {
    if (rule.kind != WhoRule::Kind::relation || rule.relation == Relation::host) return false;
    if (rule.relation == Relation::reporter || rule.relation == Relation::anyone) return true;
    return rule.relation == workflow.answer_to && workflow.matter().start.concerns.empty();
}

// Whoever asks without a post cannot meet this.
bool is_for_post_holders(const Workflow& workflow) {
    const auto& guards = workflow.matter().start.guards;
    return std::any_of(guards.begin(), guards.end(),
                       [](const GuardRule& guard) { return guard.kind == GuardRule::Kind::holds_post; });
}

}  // namespace

Beginning beginning_of(const Workflow& workflow, const ActingPerson& who) {
    const auto& rules = workflow.matter().start.who;
    Beginning beginning;
    if (!is_for_post_holders(workflow) || !who.posts.empty())
        beginning.for_oneself = std::any_of(rules.begin(), rules.end(),
                                            [&](const WhoRule& rule) { return asks(rule, workflow); });
    if (takes_in(who) || !asker_in(workflow))
        beginning.for_others = std::any_of(rules.begin(), rules.end(),
                                           [&](const WhoRule& rule) { return begins_by_post(rule, who); });
    return beginning;
}

std::optional<Relation> asker_in(const Workflow& workflow) {
    const auto& rules = workflow.matter().start.who;
    for (const Relation asker : {Relation::applicant, Relation::reporter, workflow.answer_to})
        if (std::any_of(rules.begin(), rules.end(), [&](const WhoRule& rule) {
                return asks(rule, workflow) &&
                       (rule.relation == asker ||
                        (rule.relation == Relation::anyone && asker == Relation::reporter));
            }))
            return asker;
    return {};
}

bool asker_is_answered(const Workflow& workflow) {
    const auto& start = workflow.matter().start;
    if (workflow.answer_to == Relation::host || !start.concerns.empty()) return false;
    return workflow.answer_to != Relation::party_to ||
           std::any_of(start.who.begin(), start.who.end(), [](const WhoRule& rule) {
               return rule.kind == WhoRule::Kind::relation && rule.relation == Relation::party_to;
           });
}

}  // namespace lianxin::matter
