// party/offices_test.hpp — a small county on either engine, opened with its people, and words to speak of it.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "party/opening_service.hpp"
#include "party/party_service.hpp"
#include "place/place_service.hpp"
#include "tests/support/test_county.hpp"

namespace lianxin::party {

using access::ActingPerson;
using place::DivisionCode;

// Two villages of two groups, a branch each, one department; liaison of representatives with households.
inline CountyPlan small_plan() {
    CountyPlan plan;
    plan.places.kinds = place::Kinds({{"county", 1, false, {"市"}},
                                      {"township", 2, false, {"镇"}},
                                      {"village", 3, false, {"村"}},
                                      {"group", 5, false, {"组"}},
                                      {"household", 6, true, {}}},
                                     {{"work_station", {"office"}}});
    const auto place = [](const char* key, const char* kind, const char* parent, const char* name) {
        place::PlannedPlace planned;
        planned.key = key;
        planned.kind = kind;
        planned.parent = parent;
        planned.name = name;
        return planned;
    };
    plan.places.places = {place("city", "county", "", "浏阳市"), place("town", "township", "city", "大瑶镇"),
                          place("north", "village", "town", "青禾村"),
                          place("south", "village", "town", "松塘村")};
    for (std::size_t v = 2; v <= 3; ++v) {
        plan.places.places[v].fill = {{"group", 2}, {"household", 40}};
        plan.places.places[v].fill_posts = {{"representative", 4}};
    }
    plan.places.fill_stations = {{"group", {"work_station"}}};
    plan.places.made_up = place::MadeUp{7, "000"};
    const auto at = [](std::string kind) { return Seat{Seat::Of::place, std::move(kind)}; };
    const Seat department{Seat::Of::unit, "department"}, branch{Seat::Of::unit, "branch"},
        station{Seat::Of::station, "work_station"};
    plan.posts.kinds = PostKinds(
        {{"representative", {at("group")}, false, false, 0, {"take_in"}, {"head@group"}, 36},
         {"head", {at("group")}, false, true, 1, {"take_in", "read_place", "lead"}, {"desk@village"}, 0},
         {"desk",
          {at("county"), at("township"), at("village"), at("group")},
          true,
          false,
          1,
          {"dispatch", "read_place"},
          {},
          0},
         {"leader",
          {at("township"), at("county")},
          false,
          true,
          1,
          {"lead"},
          {"leader@county", "desk@county"},
          0},
         {"unit_desk", {department}, true, false, 1, {}, {"leader@township"}, 0},
         {"unit_head", {department}, false, true, 1, {}, {}, 0},
         {"secretary", {branch}, true, true, 1, {}, {"desk@village"}, 0},
         {"staff", {station}, false, false, 1, {}, {}, 0},
         {"administrator", {at("county")}, false, false, 1, {"administer", "read_place", "lead"}, {}, 0}},
        {{"department", false}, {"branch", true}});
    plan.posts.units = {{"water", "department", "水利站", "town", "", {}}};
    plan.posts.units_everywhere = {{"branch", "branch", "党支部", "village", "", {}}};
    plan.posts.rules = {{"representative_household",
                         {LiaisonSide::Of::post, {"representative"}, {}},
                         {LiaisonSide::Of::place, {"household"}, {}},
                         {5, 15},
                         Bounds{1, 1},
                         false,
                         "group"},
                        {"village_group",
                         {LiaisonSide::Of::place, {"village"}, {}},
                         {LiaisonSide::Of::place, {"group"}, {}},
                         {1, 3},
                         {},
                         false,
                         ""},
                        {"station_staff",
                         {LiaisonSide::Of::station, {"work_station"}, {}},
                         {LiaisonSide::Of::post, {"staff"}, {}},
                         {1, {}},
                         {},
                         true,
                         ""}};
    plan.categories = {{"road", "", "道路", {}, false, "soon"},
                       {"road.lamp", "road", "路灯", {"灯不亮"}, false, ""}};
    return plan;
}

class Offices_ : public support::AnyCounty {
 protected:
    Offices_() {
        const auto opened = open_county(county(), small_plan(), Day::of(2023, 1, 1));
        EXPECT_TRUE(opened);
        opened_ = *opened;
        admin_.kind = ActingPerson::Kind::staff;
        admin_.party = holder_of(post_of("administrator", root()));
        admin_.posts = county().database.read(
            [&](store::Transaction& tx) { return held_posts(tx, *admin_.party, today()); });
    }
    [[nodiscard]] Day today() { return test_county().today(); }
    [[nodiscard]] PlaceId root() { return place::root_of(county()); }
    [[nodiscard]] PlaceId named(const char* name) {
        place::PlaceService service(lookup_);
        return service.search(county(), ActingPerson::engine(), name).front().place.id;
    }
    // The n-th place of a level under another.
    [[nodiscard]] PlaceId under(PlaceId top, int level, std::size_t n = 0) {
        return county().database.read(
            [&](store::Transaction& tx) { return place::places_under(tx, top, level, today()).at(n); });
    }
    [[nodiscard]] PostId post_of(const char* kind, PlaceId place, std::size_t n = 0) {
        const auto views = service_.posts(county(), {place, today(), false, kind, false, {}, 50});
        EXPECT_GT(views.size(), n) << kind;
        return views.at(n).post.id;
    }
    [[nodiscard]] PartyId holder_of(PostId post) {
        return county().database.read(
            [&](store::Transaction& tx) { return holders(tx, post, today()).at(0); });
    }
    [[nodiscard]] std::size_t holder_count(PostId post) {
        return service_.post(county(), post)->post.holders.size();
    }
    void vacate(PostId post) {
        const auto held = county().database.read(
            [&](store::Transaction& tx) { return holdings_of_post(tx, post, today()); });
        for (const auto& holding : held) {
            if (holding.acting_for) continue;  // goes with whom they stand in for
            const auto left = service_.leave(county(), admin_, holding.id, today());
            EXPECT_TRUE(left) << code_of(left.error());
        }
    }
    [[nodiscard]] std::string owner(const char* selector, PlaceId place, std::optional<PostId> of = {}) {
        return county().database.read([&](store::Transaction& tx) {
            OwnerResolver resolver(tx, cache_);
            const auto found = resolver.resolve(selector, {place, today(), of, of, {}});
            const auto view = load_post_view(tx, found.post, today());
            return view->post.kind + "@" + (view->unit_name.empty() ? view->place_name : view->unit_name) +
                   (found.exact ? "" : "!");
        });
    }
    [[nodiscard]] std::string held_by(PartyId party) {
        return county().database.read([&](store::Transaction& tx) {
            std::string text;
            for (const auto& post : held_posts(tx, party, today()))
                text += (text.empty() ? "" : " ") + post.kind;
            return text;
        });
    }

    place::PlaceLookup lookup_;
    OwnerCache cache_;
    PartyService service_;
    ActingPerson admin_;
    Opened opened_;
};

}  // namespace lianxin::party
