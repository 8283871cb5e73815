// The county with the most doors opens as it is declared, and soon.
#include "party/opening_service.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <iostream>

#include "party/party_service.hpp"
#include "place/place_service.hpp"
#include "tests/support/test_county.hpp"

namespace lianxin::party {
namespace {

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
        ADD_FAILURE() << view.breach.rule << " " << view.place_name << " " << name_of(view.breach.kind) << " "
                      << view.breach.found;
    county().database.read([&](store::Transaction& tx) {
        EXPECT_EQ(tx.value<std::int64_t>("select count(*) from post where kind = 'representative'"), 1756);
        EXPECT_EQ(tx.value<std::int64_t>("select count(*) from place where kind = 'group'"), 356);
        EXPECT_EQ(tx.value<std::int64_t>("select count(*) from place where kind = 'sector'"), 81);
        EXPECT_EQ(tx.value<std::int64_t>("select count(*) from place where kind = 'village'"), 15);
    });
}

}  // namespace
}  // namespace lianxin::party
