#include "matter/conferral.hpp"

#include <gtest/gtest.h>

namespace lianxin::matter {
namespace {

EffectRule effect(EffectRule::Kind kind, std::uint16_t field = 0) {
    EffectRule rule;
    rule.kind = kind;
    rule.whom = access::Relation::party_to;
    rule.field = FieldIndex{field};
    return rule;
}

Workflow naming(std::vector<EffectRule> at_start, std::vector<EffectRule> at_end) {
    Workflow workflow;
    workflow.answer_to = access::Relation::party_to;
    workflow.machines.emplace_back();
    workflow.machines.front().start.effects = std::move(at_start);
    workflow.machines.front().actions.emplace_back();
    workflow.machines.front().actions.front().effects = std::move(at_end);
    return workflow;
}

TEST(Conferral, IsOnWhomTheFieldNames) {
    const Workflow award =
        naming({effect(EffectRule::Kind::involve, 1)}, {effect(EffectRule::Kind::certificate)});
    EXPECT_TRUE(is_conferred_on(award, FieldIndex{1}));
    EXPECT_FALSE(is_conferred_on(award, FieldIndex{0})) << "another field names somebody else";
}

TEST(Conferral, IsNoneWhereNothingIsConferred) {
    const Workflow inspection = naming({effect(EffectRule::Kind::involve, 1)}, {});
    EXPECT_FALSE(is_conferred_on(inspection, FieldIndex{1}));
}

}  // namespace
}  // namespace lianxin::matter
