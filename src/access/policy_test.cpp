#include "access/policy.hpp"

#include <gtest/gtest.h>

#include <array>

namespace lianxin::access {
namespace {

constexpr unsigned relations = static_cast<unsigned>(Relation::anyone) + 1;
constexpr unsigned all_sets = 1U << relations;

RelationSet set_of(unsigned bits) {
    RelationSet set;
    for (unsigned i = 0; i < relations; ++i) {
        if ((bits >> i & 1U) != 0) set.add(static_cast<Relation>(i));
    }
    return set;
}
constexpr std::array permissions{MatterPermission::read_matter, MatterPermission::read_personal,
                                 MatterPermission::handle,      MatterPermission::supervise,
                                 MatterPermission::correct,     MatterPermission::rearrange,
                                 MatterPermission::link,        MatterPermission::audit};

// Every one of the 2^18 sets of relations, sealed and not.
TEST(Policy, nobody_complained_of_nor_below_them_may_anything_whatever_else_they_are) {
    for (unsigned bits = 0; bits < all_sets; ++bits) {
        const RelationSet set = set_of(bits);
        if (!set.has(Relation::complained_of) && !set.has(Relation::below_complained_of)) continue;
        for (const MatterPermission permission : permissions) {
            for (const bool sealed : {false, true}) ASSERT_FALSE(allows(permission, set, sealed)) << bits;
        }
    }
}

TEST(Policy, a_further_relation_never_takes_reading_or_handling_away) {
    constexpr std::array monotone{MatterPermission::read_matter, MatterPermission::handle,
                                  MatterPermission::read_personal};
    for (unsigned bits = 0; bits < all_sets; ++bits) {
        const RelationSet set = set_of(bits);
        for (const MatterPermission permission : monotone) {
            for (const bool sealed : {false, true}) {
                if (!allows(permission, set, sealed)) continue;
                for (unsigned more = 0; more < relations; ++more) {
                    const auto added = static_cast<Relation>(more);
                    if (added == Relation::complained_of || added == Relation::below_complained_of) continue;
                    RelationSet larger = set;
                    larger.add(added);
                    ASSERT_TRUE(allows(permission, larger, sealed)) << bits << " " << name_of(added);
                }
            }
        }
    }
}

TEST(Policy, sealing_never_permits_more_and_whoever_handles_or_sees_a_person_may_read) {
    for (unsigned bits = 0; bits < all_sets; ++bits) {
        const RelationSet set = set_of(bits);
        for (const MatterPermission permission : permissions) {
            ASSERT_LE(allows(permission, set, true), allows(permission, set, false));
            for (const bool sealed : {false, true})
                ASSERT_LE(allows(permission, set, sealed), may_read_matter(set, sealed));
        }
    }
}

TEST(Policy, who_has_a_hand_in_a_matter_does_not_audit_it) {
    for (const Relation hand :
         {Relation::host, Relation::owner, Relation::lead, Relation::co_handler, Relation::leader,
          Relation::dispatcher, Relation::oversight, Relation::superior_of_owner})
        EXPECT_FALSE(allows(MatterPermission::audit, {Relation::auditor, hand}, false)) << name_of(hand);
    EXPECT_TRUE(allows(MatterPermission::audit, {Relation::auditor, Relation::reader_of_place}, false));
}

// The table itself, each relation alone, spelt out once more by hand.
TEST(Policy, each_relation_permits_what_the_table_says) {
    struct Row {
        Relation relation;
        const char*
            common;  // r read, p personal, h handle, s supervise, c correct, m merge or split, l link,
        const char* sealed;  // a audit
    };
    const std::array rows{
        Row{Relation::reporter, "rph", "rph"},     Row{Relation::applicant, "rph", "rph"},
        Row{Relation::party_to, "rh", "rh"},       Row{Relation::host, "rphcl", "rph"},
        Row{Relation::owner, "rphcml", "rphc"},    Row{Relation::lead, "rphscl", "rphs"},
        Row{Relation::co_handler, "rphcl", "rph"}, Row{Relation::superior_of_owner, "rhscml", "rhs"},
        Row{Relation::leader, "rhscml", "rhs"},    Row{Relation::dispatcher, "rhscml", "rh"},
        Row{Relation::oversight, "rhscl", "rhsc"}, Row{Relation::auditor, "ra", "ra"},
        Row{Relation::complained_of, "", ""},      Row{Relation::below_complained_of, "", ""},
        Row{Relation::engine, "rphscml", "rphsc"}, Row{Relation::reader_of_place, "r", ""},
        Row{Relation::has_handled, "r", ""},       Row{Relation::anyone, "", ""}};
    ASSERT_EQ(rows.size(), relations);
    for (const Row& row : rows) {
        for (const bool sealed : {false, true}) {
            std::string found;
            for (std::size_t i = 0; i < permissions.size(); ++i) {
                if (allows(permissions.at(i), {row.relation}, sealed)) found += "rphscmla"[i];
            }
            EXPECT_EQ(found, sealed ? row.sealed : row.common) << name_of(row.relation);
        }
    }
}

ActingPerson staff(std::vector<HeldPost> posts) {
    ActingPerson who;
    who.kind = ActingPerson::Kind::staff;
    who.posts = std::move(posts);
    return who;
}

TEST(Policy, a_right_reaches_down_from_its_place_and_nowhere_else) {
    const ActingPerson clerk = staff({{PostId(1), "desk", PlaceId(10), {}, {"read_place", "take_in"}},
                                      {PostId(2), "head", PlaceId(20), {}, {"lead"}}});
    const std::vector<PlaceId> below_ten{PlaceId(11), PlaceId(10), PlaceId(1)},
        below_twenty{PlaceId(21), PlaceId(20)}, beside{PlaceId(30), PlaceId(1)};
    EXPECT_TRUE(may_list_place(clerk, below_ten));
    EXPECT_TRUE(may_list_place(clerk, below_twenty));
    EXPECT_FALSE(may_list_place(clerk, beside));
    EXPECT_TRUE(allows(PlacePermission::dispatch, clerk, below_twenty));
    EXPECT_FALSE(allows(PlacePermission::dispatch, clerk, below_ten));
    EXPECT_FALSE(may_administer(clerk, below_ten));
    EXPECT_EQ(places_for(PlacePermission::list_matters, clerk), (std::vector{PlaceId(10), PlaceId(20)}));
}

TEST(Policy, only_staff_and_the_engine_have_rights_over_places) {
    ActingPerson resident = staff({{PostId(1), "desk", PlaceId(10), {}, {"administer", "read_place"}}});
    resident.kind = ActingPerson::Kind::resident;
    const std::vector<PlaceId> path{PlaceId(10)};
    EXPECT_FALSE(may_list_place(resident, path));
    EXPECT_FALSE(may_administer({}, path));
    EXPECT_TRUE(may_administer(ActingPerson::engine(), path));
}

TEST(Policy, anybody_asks_for_themselves_and_staff_with_the_right_for_others) {
    const ActingPerson window = staff({{PostId(1), "desk", PlaceId(10), {}, {"take_in"}}});
    const std::vector<PlaceId> here{PlaceId(11), PlaceId(10)}, elsewhere{PlaceId(12)};
    EXPECT_TRUE(may_take_in({}, true, false, elsewhere));
    EXPECT_FALSE(may_take_in({}, true, true, here));
    EXPECT_FALSE(may_take_in({}, false, false, here));
    EXPECT_TRUE(may_take_in(window, true, true, here));
    EXPECT_TRUE(may_take_in(window, false, false, here));
    EXPECT_FALSE(may_take_in(window, true, true, elsewhere));
}

TEST(ActingPersons, hold_their_posts_and_have_their_rights) {
    const ActingPerson who = staff({{PostId(1), "desk", PlaceId(10), {}, {"take_in"}},
                                    {PostId(2), "desk", PlaceId(10), {}, {"take_in", "audit"}}});
    EXPECT_TRUE(who.holds(PostId(2)));
    EXPECT_FALSE(who.holds(PostId(3)));
    EXPECT_TRUE(who.has_right("audit"));
    EXPECT_FALSE(who.has_right("lead"));
    EXPECT_EQ(who.places_with("take_in"), std::vector{PlaceId(10)});
    EXPECT_TRUE(ActingPerson::engine().has_right("lead"));
}

TEST(Relations, have_names_that_lead_back) {
    for (unsigned i = 0; i < relations; ++i)
        EXPECT_EQ(relation_named(name_of(static_cast<Relation>(i))), static_cast<Relation>(i));
    EXPECT_FALSE(relation_named("stranger"));
}

}  // namespace
}  // namespace lianxin::access
