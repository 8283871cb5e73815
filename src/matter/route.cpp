#include "matter/route.hpp"

#include <algorithm>
#include <deque>
#include <map>

#include "matter/conditions_hold.hpp"

namespace lianxin::matter {

namespace {

bool by_owner(const ActionRule& action) {
    return std::any_of(action.who.begin(), action.who.end(), [](const WhoRule& who) {
        return who.kind == WhoRule::Kind::relation && who.relation == access::Relation::owner;
    });
}

// The text fields the action needs; nothing when it needs anything else.
std::optional<std::vector<FieldIndex>> words_needed(const Workflow& workflow, const ActionRule& action,
                                                    const std::vector<std::string>& flags) {
    std::vector<FieldIndex> words;
    for (const FieldIndex field : action.needs) {
        const FieldRule& rule = rule_at(workflow.fields, field);
        if (is_waived(rule, flags, "")) continue;
        if (rule.type != FieldType::text) return {};
        words.push_back(field);
    }
    return words;
}

}  // namespace

std::optional<std::vector<RouteStep>> route_to_closed(const Workflow& workflow, StateIndex from,
                                                      const std::vector<std::string>& flags) {
    const Machine& machine = workflow.matter();
    std::map<StateIndex, std::vector<RouteStep>> ways{{from, {}}};
    std::deque<StateIndex> next{from};
    while (!next.empty()) {
        const StateIndex at = next.front();
        next.pop_front();
        const std::vector<RouteStep> way = ways.at(at);
        if (machine.state(at).counts_as == CountsAs::closed) return way;
        for (std::size_t i = 0; i < machine.actions.size(); ++i) {
            const ActionRule& action = machine.actions[i];
            const bool here = std::find(action.from.begin(), action.from.end(), at) != action.from.end();
            if (!here || !action.to || ways.contains(*action.to) || !by_owner(action)) continue;
            // An action that hands the work to somebody else is no way to answer it.
            if (action.owner && action.owner->kind != OwnerSelector::Kind::keep) continue;
            auto words = words_needed(workflow, action, flags);
            if (!words) continue;
            auto longer = way;
            longer.push_back({ActionIndex{static_cast<std::uint16_t>(i)}, std::move(*words)});
            ways.emplace(*action.to, std::move(longer));
            next.push_back(*action.to);
        }
    }
    return {};
}

}  // namespace lianxin::matter
