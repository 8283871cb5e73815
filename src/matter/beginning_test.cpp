#include "matter/beginning.hpp"

#include <gtest/gtest.h>

namespace lianxin::matter {
namespace {

using access::ActingPerson;
using access::HeldPost;
using access::Relation;

WhoRule relation(Relation relation) {
    WhoRule rule;
    rule.relation = relation;
    return rule;
}

WhoRule post(std::string kind) {
    WhoRule rule;
    rule.kind = WhoRule::Kind::post;
    rule.post.post_kind = std::move(kind);
    return rule;
}

Workflow begun_by(std::vector<WhoRule> who, Relation answer_to = Relation::reporter) {
    Workflow workflow;
    workflow.answer_to = answer_to;
    workflow.machines.emplace_back();
    workflow.machines.front().start.who = std::move(who);
    return workflow;
}

Workflow for_post_holders(Workflow workflow) {
    GuardRule guard;
    guard.kind = GuardRule::Kind::holds_post;
    workflow.machines.front().start.guards = {guard};
    return workflow;
}

ActingPerson holder(std::string kind, std::vector<std::string> rights) {
    HeldPost held;
    held.post = PostId(7);
    held.kind = std::move(kind);
    held.place = PlaceId(1);
    held.rights = std::move(rights);
    ActingPerson who;
    who.kind = ActingPerson::Kind::staff;
    who.posts = {std::move(held)};
    return who;
}

struct Offered {
    bool oneself, others;
    bool operator==(const Offered&) const = default;
};
Offered offered(const Workflow& workflow, const ActingPerson& who) {
    const Beginning beginning = beginning_of(workflow, who);
    return {beginning.for_oneself, beginning.for_others};
}

const ActingPerson stranger;
const ActingPerson window = holder("station", {"take_in"});
const ActingPerson leader = holder("leader", {"take_in", "lead"});

TEST(Beginning, WhatAnybodyMayReportTheOfficeTakesInForThem) {
    const Workflow request = begun_by({relation(Relation::reporter), relation(Relation::host)});
    EXPECT_EQ(offered(request, stranger), (Offered{true, false}));
    EXPECT_EQ(offered(request, window), (Offered{true, true}));
    EXPECT_EQ(offered(request, holder("member", {})), (Offered{true, false}));
    EXPECT_EQ(asker_in(request), Relation::reporter);
}

TEST(Beginning, WhatIsAppliedForInPersonNobodyBeginsForAnother) {
    const Workflow star = for_post_holders(begun_by({relation(Relation::applicant)}, Relation::applicant));
    EXPECT_EQ(offered(star, window), (Offered{true, false}));
    EXPECT_EQ(offered(star, stranger), (Offered{false, false})) << "they hold no post";
    EXPECT_EQ(asker_in(star), Relation::applicant);
}

TEST(Beginning, WhatIsTheOfficesOwnHasNobodyWhoAsks) {
    const Workflow promise = begun_by({relation(Relation::host), relation(Relation::leader)}, Relation::host);
    EXPECT_EQ(offered(promise, window), (Offered{false, true}));
    EXPECT_EQ(offered(promise, stranger), (Offered{false, false}));
    EXPECT_EQ(asker_in(promise), std::nullopt);
    const ActingPerson secretary = holder("secretary", {"lead"});
    EXPECT_EQ(offered(promise, secretary), (Offered{false, true}))
        << "whoever leads begins it, without a window";
    const Workflow shared = begun_by({relation(Relation::reporter), relation(Relation::leader)});
    EXPECT_EQ(offered(shared, secretary), (Offered{true, false})) << "of whoever came only a window takes it";
    const Workflow task = begun_by({relation(Relation::leader)});
    EXPECT_EQ(offered(task, window), (Offered{false, false}));
    EXPECT_EQ(offered(task, leader), (Offered{false, true}));
}

TEST(Beginning, APostNamedBeginsItForOthers) {
    const Workflow selection = begun_by({relation(Relation::applicant), post("head")}, Relation::applicant);
    EXPECT_EQ(offered(selection, holder("head", {"take_in"})), (Offered{true, true}));
    EXPECT_EQ(offered(selection, window), (Offered{true, false}));
}

TEST(Beginning, WhoeverIsHeldToAccountHasNotAskedForIt) {
    Workflow accountability = begun_by({relation(Relation::party_to)}, Relation::party_to);
    accountability.machines.front().start.concerns.emplace_back();
    EXPECT_EQ(offered(accountability, window), (Offered{false, false}));
    EXPECT_EQ(asker_in(accountability), std::nullopt);
}

TEST(Beginning, WhoeverNamesSomebodyIsNotThemselvesAnswered) {
    EXPECT_TRUE(asker_is_answered(begun_by({relation(Relation::reporter)})));
    EXPECT_TRUE(asker_is_answered(begun_by({relation(Relation::host)}, Relation::applicant)))
        << "somebody applies, at the window too";
    EXPECT_TRUE(asker_is_answered(
        begun_by({relation(Relation::party_to), relation(Relation::reporter)}, Relation::party_to)));
    EXPECT_FALSE(asker_is_answered(begun_by({post("head"), relation(Relation::host)}, Relation::party_to)))
        << "the form says whom it concerns";
    EXPECT_FALSE(asker_is_answered(begun_by({relation(Relation::host)}, Relation::host)));
}

}  // namespace
}  // namespace lianxin::matter
