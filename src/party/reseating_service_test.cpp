// What becomes of offices when their place moves, merges, is split or ends.
#include "party/reseating_service.hpp"

#include "party/offices_test.hpp"

namespace lianxin::party {
namespace {

using SeatsOfMovedPlaces = Offices_;
LIANXIN_ON_BOTH_ENGINES(SeatsOfMovedPlaces);

TEST_P(SeatsOfMovedPlaces, answer_to_the_office_above_where_their_place_hangs_now) {
    Reseating reseating;
    place::PlaceService tree(lookup_, reseating);
    const auto north = named("青禾村"), south = named("松塘村");
    const auto group = under(north, 5);
    const auto head = post_of("head", group), desk = post_of("desk", group);
    const auto superior = [&](PostId post) {
        return county().database.read([&](store::Transaction& tx) { return load_post(tx, post)->superior; });
    };
    EXPECT_EQ(superior(head), post_of("desk", north));
    ASSERT_TRUE(tree.move(county(), admin_, group, south, {}, today(), "划归松塘"));
    EXPECT_EQ(superior(head), post_of("desk", south));
    EXPECT_EQ(superior(desk), head) << "the desk answers to whoever leads its place, and goes along";
    EXPECT_EQ(superior(post_of("representative", group)), head) << "who stands below stays where they are";
}

TEST_P(SeatsOfMovedPlaces, go_over_to_the_place_that_stays_when_two_become_one) {
    Reseating reseating;
    place::PlaceService tree(lookup_, reseating);
    const auto north = named("青禾村"), south = named("松塘村");
    const auto branch = post_of("secretary", north);
    const auto desk = post_of("desk", north);
    ASSERT_TRUE(tree.merge(county(), admin_, {north}, south, today(), "合村"));
    EXPECT_EQ(service_.post(county(), branch)->post.post.place, south);
    EXPECT_EQ(service_.post(county(), branch)->post.holders.size(), 1U) << "a merger ends nobody's term";
    EXPECT_EQ(post_of("desk", south, 0), desk);
    EXPECT_EQ(owner("desk@village", under(south, 6)), "desk@松塘村");
    EXPECT_FALSE(
        county().database.read([&](store::Transaction& tx) { return holders(tx, desk, today()); }).empty())
        << "what the old desk owns is covered as before";
}

TEST_P(SeatsOfMovedPlaces, stand_all_vacant_in_a_place_that_was_split_off) {
    Reseating reseating;
    place::PlaceService tree(lookup_, reseating);
    const auto group = under(named("青禾村"), 5);
    const auto part =
        tree.split(county(), admin_, group, {"group", "竹林组", {}}, {under(group, 6)}, today(), "户数太多");
    ASSERT_TRUE(part);
    const auto vacant = service_.posts(county(), {*part, today(), true, {}, true});
    ASSERT_EQ(vacant.size(), 1U) << "its head; representatives are as many as people decide";
    EXPECT_EQ(vacant.front().post.kind, "head");
    EXPECT_EQ(tree.end(county(), admin_, *part, today(), "撤组").error(),
              place::PlaceRefusal::place_has_children);
}

TEST_P(SeatsOfMovedPlaces, keep_their_place_open_while_somebody_serves_there) {
    Reseating reseating;
    place::PlaceService tree(lookup_, reseating);
    const auto group = under(named("青禾村"), 5);
    const auto part = tree.split(county(), admin_, group, {"group", "空组", {}}, {}, today(), "试设");
    ASSERT_TRUE(part);
    Appointment asked;
    asked.post = post_of("head", *part);
    asked.name = "周建国";
    const auto holding = service_.fill_post(county(), admin_, asked);
    ASSERT_TRUE(holding);
    EXPECT_EQ(tree.end(county(), admin_, *part, today(), "撤组").error(),
              place::PlaceRefusal::place_has_holders);
    ASSERT_TRUE(service_.leave(county(), admin_, *holding, today()));
    const auto desk = post_of("desk", *part);
    ASSERT_TRUE(tree.end(county(), admin_, *part, today(), "撤组"));
    EXPECT_EQ(service_.post(county(), desk)->post.post.place, named("青禾村"))
        << "what it owns is still owned";
}

}  // namespace
}  // namespace lianxin::party
