#include "party/liaison.hpp"

#include <gtest/gtest.h>

#include "party/party.hpp"
#include "party/selector.hpp"

namespace lianxin::party {
namespace {

using Of = LiaisonSide::Of;

TEST(LiaisonBounds, are_read_from_a_range_and_nothing_else) {
    EXPECT_EQ(Bounds::parse("5..15"), (Bounds{5, 15}));
    EXPECT_EQ(Bounds::parse("3.."), (Bounds{3, {}}));
    EXPECT_EQ(Bounds::parse("2"), (Bounds{2, 2}));
    EXPECT_EQ(Bounds::parse("0..1"), (Bounds{0, 1}));
    for (const char* wrong :
         {"", "..", "..5", "15..5", "-1..5", "5...15", "5-15", "a..b", "+5..6", "05..15", "5..1 "}) {
        EXPECT_FALSE(Bounds::parse(wrong)) << wrong;
    }
    EXPECT_EQ(Bounds::parse("3..")->text(), "3..");
}

std::vector<LiaisonElement> elements(std::vector<std::int64_t> ids) {
    std::vector<LiaisonElement> list;
    for (const auto id : ids) list.push_back({id, PlaceId(1000 + id), true});
    return list;
}

std::string brief(const std::vector<Breach>& breaches) {
    std::string text;
    for (const auto& breach : breaches) {
        text += (text.empty() ? "" : ", ") + std::string(breach.on_from_side ? "from " : "to ") +
                std::to_string(breach.end.id) + " " + std::string(name_of(breach.kind)) + " " +
                std::to_string(breach.found);
    }
    return text;
}

const LiaisonRule representative_rule{
    "r",    {Of::post, {"representative"}, {}}, {Of::place, {"household"}, {}}, {2, 3}, Bounds{1, 1}, false,
    "group"};

TEST(LiaisonBreaches, name_who_has_too_few_too_many_or_nobody) {
    const auto froms = elements({1, 2, 3});
    const auto tos = elements({10, 11, 12, 13, 14, 15});
    EXPECT_EQ(brief(find_breaches(representative_rule, froms, tos,
                                  std::vector<LiaisonPair>{{1, 10}, {1, 11}, {1, 12}, {1, 13}, {2, 14}})),
              "from 1 too_many 4, from 2 too_few 1, from 3 nobody 0, to 15 nobody 0");
    EXPECT_EQ(brief(find_breaches(representative_rule, elements({1, 2}), elements({10, 11, 12, 13}),
                                  std::vector<LiaisonPair>{{2, 13}, {1, 10}, {2, 12}, {1, 11}})),
              "");
    EXPECT_EQ(brief(find_breaches(representative_rule, elements({1, 2}), elements({10, 11, 12}),
                                  std::vector<LiaisonPair>{{1, 10}, {1, 11}, {2, 11}, {2, 12}})),
              "to 11 too_many 2");
}

TEST(LiaisonBreaches, see_that_a_holder_left_and_that_a_counterpart_is_gone) {
    auto froms = elements({1, 2});
    froms[0].held = false;  // nobody holds post 1 any more
    const auto tos = elements({10, 11, 12, 13});
    EXPECT_EQ(brief(find_breaches(representative_rule, froms, tos,
                                  std::vector<LiaisonPair>{{1, 10}, {1, 11}, {2, 12}, {2, 13}, {2, 99}})),
              "from 1 held_by_nobody 2, from 2 counterpart_gone 1, to 10 counterpart_gone 1, to 10 nobody 0, "
              "to 11 counterpart_gone 1, to 11 nobody 0");
}

TEST(LiaisonBreaches, of_an_open_range_have_no_too_many) {
    const LiaisonRule staff{
        "s", {Of::station, {"work_station"}, {}}, {Of::post, {"staff"}, {}}, {3, {}}, {}, true, ""};
    std::vector<LiaisonPair> pairs;
    for (std::int64_t i = 10; i < 30; ++i) pairs.push_back({1, i});
    std::vector<std::int64_t> ids;
    for (std::int64_t i = 10; i < 30; ++i) ids.push_back(i);
    EXPECT_EQ(brief(find_breaches(staff, elements({1, 2}), elements(ids), pairs)), "from 2 nobody 0");
}

Offices offices() {
    Offices offices;
    offices.places = place::Kinds({{"county", 1, false, {}},
                                   {"township", 2, false, {}},
                                   {"village", 3, false, {}},
                                   {"group", 5, false, {}},
                                   {"household", 6, true, {}}},
                                  {{"work_station", {}}});
    const auto at = [](std::string kind) { return Seat{Seat::Of::place, std::move(kind)}; };
    offices.posts = PostKinds(
        {{"representative", {at("group")}, false, false, 0, {}, {}, 0},
         {"head", {at("group")}, false, true, 1, {}, {}, 0},
         {"desk", {at("county"), at("township"), at("village"), at("group")}, true, false, 1, {}, {}, 0},
         {"leader", {at("township")}, false, true, 1, {}, {}, 0},
         {"secretary", {{Seat::Of::unit, "branch"}}, true, true, 1, {}, {}, 0},
         {"staff", {{Seat::Of::station, "work_station"}}, false, false, 2, {}, {}, 0}},
        {{"branch", true}});
    offices.rules = {{"representative_household",
                      {Of::post, {"representative"}, {}},
                      {Of::place, {"household"}, {}},
                      {5, 15},
                      Bounds{1, 1},
                      false,
                      "group"}};
    return offices;
}

TEST(OwnerSelector, is_a_post_at_a_seat_of_the_pack) {
    using Shape = Selector::Shape;
    const auto all = offices();
    const auto shape = [&](const char* text) { return parse_selector(text, all)->shape; };
    EXPECT_EQ(shape("head@group"), Shape::post_at_place);
    EXPECT_EQ(shape("representative@household"), Shape::post_by_liaison);
    EXPECT_EQ(shape("secretary@branch"), Shape::post_at_unit);
    EXPECT_EQ(shape("staff@work_station"), Shape::post_at_station);
    EXPECT_EQ(shape("station@group"), Shape::station_at_place);
    EXPECT_EQ(shape("representatives@village"), Shape::all_posts_under);
    EXPECT_EQ(shape("leader@rung"), Shape::leader_of);
    EXPECT_EQ(shape("leader@township"), Shape::post_at_place);
    EXPECT_EQ(shape("leader@group"), Shape::leader_of);
    EXPECT_EQ(shape("superior@owner"), Shape::superior_of);
    for (const char* text :
         {"head@group", "representatives@village", "leader@host", "superior@owner", "secretary@branch"}) {
        EXPECT_EQ(parse_selector(text, all)->text(), text);
    }
}

TEST(OwnerSelector, is_refused_with_the_reason_when_the_pack_has_no_such_thing) {
    const auto all = offices();
    const auto fault = [&](const char* text) { return parse_selector(text, all).error(); };
    EXPECT_EQ(fault("head"), SelectorFault::malformed);
    EXPECT_EQ(fault("@group"), SelectorFault::malformed);
    EXPECT_EQ(fault("head@a@b"), SelectorFault::malformed);
    EXPECT_EQ(fault("headd@group"), SelectorFault::post_unknown);
    EXPECT_EQ(fault("head@grupo"), SelectorFault::seat_unknown);
    EXPECT_EQ(fault("head@township"), SelectorFault::post_never_sits_there);
    EXPECT_EQ(fault("superior@rung"), SelectorFault::seat_unknown);
    for (const auto& text : known_selectors(all)) EXPECT_TRUE(parse_selector(text, all)) << text;
}

TEST(Contacts, have_one_normal_form_for_one_number_or_address) {
    EXPECT_EQ(normal_phone("+86 000-6180 3399"), normal_phone("00061803399"));
    EXPECT_FALSE(normal_phone("1234"));
    EXPECT_FALSE(normal_phone("call me"));
    EXPECT_EQ(normal_email(" Li.Ming@Example.ORG "), "li.ming@example.org");
    for (const char* wrong :
         {"", "@example.org", "li@", "li@example", "li@.org", "li@example.", "l i@example.org", "a@b@c.d"}) {
        EXPECT_FALSE(normal_email(wrong)) << wrong;
    }
}

}  // namespace
}  // namespace lianxin::party
