// Counties open as their packs declare them, the one with the most doors too, and soon.
#include "party/opening_service.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <iostream>
#include <set>

#include "party/party_service.hpp"
#include "place/place_service.hpp"
#include "tests/support/test_county.hpp"

namespace lianxin::party {
namespace {

using access::ActingPerson;

// Every pack with a territory, on the day it is opened.
class EveryPack : public support::AnyCounty {};
LIANXIN_ON_BOTH_ENGINES(EveryPack);

TEST_P(EveryPack, opens_with_posts_to_stand_for_and_with_no_breach_but_what_a_vacancy_is) {
    for (const auto& folder : std::filesystem::directory_iterator("packs")) {
        const auto name = folder.path().filename().string();
        if (name == "common") continue;
        SCOPED_TRACE(name);
        pack::Findings findings;
        const auto pack = pack::load_pack(folder.path(), findings);
        ASSERT_TRUE(pack);
        const auto words = pack::Words::read(*pack, findings);
        const auto plan = read_county_plan(*pack, words, findings);
        support::TestCounty fresh(GetParam());
        ASSERT_TRUE(open_county(*fresh, plan, Day::of(2024, 1, 2)));
        const Day day = fresh.today();
        const PlaceId root = place::root_of(*fresh);
        PartyService service;
        const auto vacant = service.posts(*fresh, {root, day, true, {}, true});
        EXPECT_GE(vacant.size(), 2U);
        EXPECT_LE(vacant.size(), 10U) << "a vacancy is the exception";
        std::set<PlaceId> seats;
        for (const auto& view : vacant) {
            EXPECT_FALSE(view.post.desk) << view.post.kind;
            EXPECT_EQ(view.vacant_since, Day::of(2024, 1, 2));
            seats.insert(view.post.place);
        }
        const auto breaches = service.breaches(*fresh, ActingPerson::engine(), root);
        ASSERT_TRUE(breaches);
        for (const auto& view : breaches->items) {
            EXPECT_TRUE(view.breach.kind == BreachKind::counterpart_gone && seats.contains(view.breach.place))
                << view.breach.rule << " at " << view.place_name << ": " << name_of(view.breach.kind) << " "
                << view.breach.found;
        }
        for (const auto& rule : plan.posts.rules) {
            if (rule.by_seat || rule.by_tree()) continue;
            const auto links = (*fresh).database.read(
                [&](store::Transaction& tx) { return load_links(tx, rule.name, day).size(); });
            EXPECT_GT(links, 0U) << rule.name << " ties nobody to anybody";
        }
    }
}

class RealTown : public support::AnyCounty {};
LIANXIN_ON_BOTH_ENGINES(RealTown);

TEST_P(RealTown, opens_with_its_true_structure_within_its_bounds_and_seconds) {
    // Of the packs that fill themselves with made-up people the one with the most doors.
    std::optional<CountyPlan> plan;
    int most = 0;
    for (const auto& folder : std::filesystem::directory_iterator("packs")) {
        pack::Findings findings;
        const auto pack = pack::load_pack(folder.path(), findings);
        if (!pack) continue;
        const auto words = pack::Words::read(*pack, findings);
        pack::Findings own;
        auto read = read_county_plan(*pack, words, own);
        if (!read.places.made_up) continue;
        EXPECT_FALSE(own.has_errors()) << own.text();
        int doors = 0;
        for (const auto& place : read.places.places)
            if (const auto fill = place.fill.find("household"); fill != place.fill.end())
                doors += fill->second;
        if (doors <= most) continue;
        most = doors;
        plan = std::move(read);
    }
    if (!plan) GTEST_SKIP() << "no pack fills itself";
    const auto begun = std::chrono::steady_clock::now();
    const auto opened = open_county(county(), *plan, Day::of(2023, 1, 1));
    const auto took =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
    ASSERT_TRUE(opened);
    std::cout << "opened in " << took.count() << " ms: " << opened->places << " places, " << opened->people
              << " people\n";
    EXPECT_EQ(opened->households, 24'000U);
    const auto engine = access::ActingPerson::engine();
    PartyService service;
    const auto asked = std::chrono::steady_clock::now();
    const auto breaches = service.breaches(county(), engine, place::root_of(county()));
    std::cout << "breaches in "
              << std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                                       asked)
                     .count()
              << " ms\n";
    ASSERT_TRUE(breaches);
    for (const auto& view : breaches->items)
        EXPECT_EQ(view.breach.kind, BreachKind::counterpart_gone)
            << view.breach.rule << " " << view.place_name << " " << view.breach.found;
    county().database.read([&](store::Transaction& tx) {
        EXPECT_EQ(tx.value<std::int64_t>("select count(*) from post p join holding h on h.post = p.id where "
                                         "p.kind = 'representative'"),
                  1756);
        EXPECT_EQ(tx.value<std::int64_t>("select count(*) from place where kind = 'group'"), 356);
        EXPECT_EQ(tx.value<std::int64_t>("select count(*) from place where kind = 'sector'"), 81);
        EXPECT_EQ(tx.value<std::int64_t>("select count(*) from place where kind = 'village'"), 15);
    });
}

}  // namespace
}  // namespace lianxin::party
