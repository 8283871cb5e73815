// To whom work may be given: down and sideways, never up and never to oneself. A township with two villages,
// a leader above all, two departments, and groups with their heads.
#include "matter/reach.hpp"

#include <gtest/gtest.h>

namespace lianxin::matter::testing {
namespace {

const PlaceId county{1}, town{2}, village{3}, other_village{4}, group{5};

struct Town {
    Sitting county_leader{PostId(1), {county}, {}, true, true};
    Sitting leader{PostId(2), {town, county}, {PostId(1)}, true, true};
    Sitting desk{PostId(3), {town, county}, {PostId(2), PostId(1)}, true, true};
    Sitting roads{PostId(4), {town, county}, {PostId(2), PostId(1)}, false, false};
    Sitting water{PostId(5), {town, county}, {PostId(2), PostId(1)}, false, false};
    Sitting county_roads{PostId(6), {county}, {PostId(1)}, false, false};
    Sitting station{PostId(7), {village, town, county}, {PostId(3), PostId(2), PostId(1)}, true, true};
    Sitting other_station{
        PostId(8), {other_village, town, county}, {PostId(3), PostId(2), PostId(1)}, true, true};
    Sitting head{
        PostId(9), {group, village, town, county}, {PostId(7), PostId(3), PostId(2), PostId(1)}, true, true};
    Sitting representative{PostId(10),
                           {group, village, town, county},
                           {PostId(9), PostId(7), PostId(3), PostId(2), PostId(1)},
                           false,
                           false};
    Sitting neighbour{PostId(11),
                      {group, village, town, county},
                      {PostId(9), PostId(7), PostId(3), PostId(2), PostId(1)},
                      false,
                      false};
};

TEST(Reach, WorkGoesSidewaysUnderOnesOwnSuperior) {
    const Town t;
    EXPECT_TRUE(may_receive(Reach::beside, t.roads, t.water));
    EXPECT_TRUE(may_receive(Reach::beside, t.representative, t.neighbour));
    EXPECT_TRUE(may_receive(Reach::beside, t.station, t.other_station));
    EXPECT_TRUE(may_receive(Reach::beside, t.roads, t.head)) << "what lies below the superior lies beside";
}

TEST(Reach, WorkGoesDown) {
    const Town t;
    EXPECT_TRUE(may_receive(Reach::beside, t.county_leader, t.representative));
    EXPECT_TRUE(may_receive(Reach::beside, t.desk, t.roads)) << "it gives work for the place where they sit";
    EXPECT_TRUE(may_receive(Reach::beside, t.leader, t.desk));
    EXPECT_TRUE(may_receive(Reach::beside, t.head, t.representative));
}

TEST(Reach, WorkNeverGoesUp) {
    const Town t;
    for (const auto* above : {&t.head, &t.station, &t.desk, &t.leader, &t.county_leader})
        EXPECT_FALSE(may_receive(Reach::beside, t.representative, *above)) << above->post.value();
    EXPECT_FALSE(may_receive(Reach::beside, t.desk, t.leader));
    EXPECT_FALSE(may_receive(Reach::beside, t.roads, t.desk)) << "the desk dispatches for where it sits";
    EXPECT_FALSE(may_receive(Reach::beneath, t.desk, t.leader)) << "at its place, and over it";
}

TEST(Reach, WorkNeverGoesToWhomSomebodyElseLeads) {
    const Town t;
    EXPECT_FALSE(may_receive(Reach::beside, t.roads, t.county_roads));
    EXPECT_FALSE(may_receive(Reach::beside, t.head, t.other_station));
    EXPECT_FALSE(may_receive(Reach::beneath, t.leader, t.county_roads));
    EXPECT_FALSE(may_receive(Reach::beneath, t.roads, t.water)) << "a department gives nobody orders";
}

TEST(Reach, NobodyHandsOnToThemselves) {
    const Town t;
    EXPECT_FALSE(may_receive(Reach::beside, t.roads, t.roads));
    EXPECT_FALSE(may_receive(Reach::beside, t.county_leader, t.county_leader));
}

TEST(Reach, WhoMerelyIsNamedMayBeAnybody) {
    const Town t;
    EXPECT_TRUE(may_receive(Reach::any, t.representative, t.county_leader));
}

TEST(Reach, ADeskDoesNotStandOverWhoeverLeadsItsPlace) {
    const Town t;
    EXPECT_FALSE(stands_over(t.desk, t.leader));
    EXPECT_TRUE(stands_over(t.leader, t.desk));
    EXPECT_TRUE(stands_over(t.desk, t.roads));
    EXPECT_FALSE(stands_over(t.desk, t.desk));
}

}  // namespace
}  // namespace lianxin::matter::testing
