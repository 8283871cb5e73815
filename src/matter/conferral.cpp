#include "matter/conferral.hpp"

#include <algorithm>

namespace lianxin::matter {

bool is_conferred_on(const Workflow& workflow, FieldIndex field) {
    const auto involves = [&](const std::vector<EffectRule>& effects) {
        return std::any_of(effects.begin(), effects.end(), [&](const EffectRule& effect) {
            return effect.kind == EffectRule::Kind::involve && effect.field == field &&
                   effect.whom == workflow.answer_to;
        });
    };
    if (workflow.confers().empty()) return false;
    const Machine& matter = workflow.matter();
    return involves(matter.start.effects) ||
           std::any_of(matter.actions.begin(), matter.actions.end(),
                       [&](const ActionRule& action) { return involves(action.effects); });
}

}  // namespace lianxin::matter
