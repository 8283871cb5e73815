#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "main/demo_pictures.hpp"
#include "main/demo_played_test.hpp"
#include "matter/attachment.hpp"
#include "matter/matter_store.hpp"

namespace lianxin::demo {
namespace {

// The year is played once for all that is asked of it.
class Demo : public testing::Test {
 protected:
    static void SetUpTestSuite() { played = std::make_unique<Played>("one"); }
    static void TearDownTestSuite() { played.reset(); }
    static std::unique_ptr<Played> played;
};
std::unique_ptr<Played> Demo::played;

TEST_F(Demo, CollectsOverFourHundredAndSolvesOverTwoHundred) {
    EXPECT_GT(played->report.taken_in, 400);
    EXPECT_GT(played->report.solved, 200);
}

TEST_F(Demo, IsRefusedNothingByTheUseCases) {
    std::string all;
    for (const auto& [why, times] : played->report.refusals)
        all += why + " × " + std::to_string(times) + "\n";
    EXPECT_EQ(all, "");
}

TEST_F(Demo, LeavesMattersInEveryState) {
    std::string all;
    for (const auto& [state, count] : played->report.states)
        all += state + " " + std::to_string(count) + "\n";
    RecordProperty("states", all);
    for (const char* state : {"offered", "in_hand", "at_leader", "split", "waiting", "explained", "answered",
                              "closed", "withdrawn"})
        EXPECT_TRUE(played->report.states.contains(state)) << state << " is missing from\n" << all;
    EXPECT_GT(played->report.overdue, 0);
    EXPECT_GT(played->report.cards, 0);
}

TEST_F(Demo, HasALoginForEachKindOfUserThatLetsThemIn) {
    ASSERT_EQ(played->report.logins.size(), 19U);
    County county = played->home->county_at(played->clock);
    for (const auto& login : played->report.logins) {
        const auto entered =
            played->town->identity().sign_in(county, {login.login, login.password, "", "127.0.0.1"});
        ASSERT_TRUE(entered) << login.login;
        EXPECT_FALSE(entered->posts.empty()) << login.login;
        EXPECT_FALSE(login.place.empty()) << login.login;
    }
}

TEST_F(Demo, LeavesNoRateOfItsYearEmpty) {
    County county = played->home->county_at(played->clock);
    const Day last = county.zone.day_of(today());
    const auto rates = played->town->reports().rates(county, access::ActingPerson::engine(), root_of(county),
                                                     last + -365, last);
    ASSERT_TRUE(rates);
    std::set<std::string> counted;
    for (const auto& rate : rates->rates) {
        EXPECT_GT(rate.denominator, 0) << rate.metric;
        if (rate.numerator > 0) counted.insert(rate.metric);
    }
    for (const char* metric :
         {"first_contact_rate", "transfer_count", "rereport_rate", "return_count", "settlement_rate"})
        EXPECT_TRUE(counted.contains(metric)) << metric;
}

TEST_F(Demo, DecidesWhoIsHeldToAccountBothWays) {
    County county = played->home->county_at(played->clock);
    const auto ended_as = [&](std::string_view state) {
        return county.database.read([&](store::Transaction& tx) {
            return tx
                .value<std::int64_t>(
                    "select count(*) from matter m join part p on p.matter = m.id and p.no = 0 where "
                    "m.workflow = 'accountability' and p.state = $1",
                    state)
                .value_or(0);
        });
    };
    EXPECT_GT(ended_as("upheld"), 0);
    EXPECT_GT(ended_as("dismissed"), 0);
}

// Whoever opens the page of a kind finds it walked to an end, and of most kinds one that is under way.
TEST_F(Demo, BringsEveryKindOfMatterOfThePackToAnEnd) {
    County county = played->home->county_at(played->clock);
    const auto kinds = played->town->workflows().all_current();
    std::size_t under_way = 0;
    for (const auto& kind : kinds) {
        std::int64_t ended = 0, open = 0;
        county.database.read([&](store::Transaction& tx) {
            for (const store::Row row : tx.query(
                     "select p.ended, count(*) from matter m join part p on p.matter = m.id and p.no = 0 "
                     "where m.workflow = $1 group by p.ended",
                     kind->name))
                (row.get<bool>(0) ? ended : open) = row.get<std::int64_t>(1);
        });
        EXPECT_GT(ended, 0) << kind->name;
        if (open > 0) ++under_way;
    }
    EXPECT_GT(under_way, kinds.size() * 2 / 3);
}

// Whoever is recalled is followed by somebody who looks after the same households.
TEST_F(Demo, EndsWithAsManyRepresentativesAsItBeganWithAndEachWithTheirHouseholds) {
    County county = played->home->county_at(played->clock);
    const Day last = county.zone.day_of(today());
    const auto held_on = [&](Day day) {
        return county.database.read([&](store::Transaction& tx) {
            return tx
                .value<std::int64_t>(
                    "select count(*) from holding h join post p on p.id = h.post where p.kind = "
                    "'representative' and h.acting_for is null and h.from_day <= $1 and h.until_day > $1",
                    day.text())
                .value_or(0);
        });
    };
    EXPECT_EQ(held_on(last + -364), 1756);
    EXPECT_EQ(held_on(last), 1756);
    const auto followed = county.database.read([&](store::Transaction& tx) {
        return tx.value<std::int64_t>(
            "select count(*) from matter m join part p on p.matter = m.id and p.no = 0 "
            "where m.workflow = 'selection' and p.state = 'appointed'");
    });
    EXPECT_EQ(followed, 2) << "those who were recalled";
    const auto breaches =
        played->town->parties().breaches(county, access::ActingPerson::engine(), root_of(county));
    ASSERT_TRUE(breaches);
    for (const auto& view : breaches->items)
        EXPECT_TRUE(view.breach.rule == "group_representative" &&
                    view.breach.kind == party::BreachKind::counterpart_gone)
            << view.breach.rule << " at " << view.place_name << ": only the posts that were always empty";
}

TEST_F(Demo, LeavesNoticesHanging) {
    County county = played->home->county_at(played->clock);
    const auto hanging = county.database.read([&](store::Transaction& tx) {
        return tx.value<std::int64_t>(
            "select count(*) from notice where withdrawn_at is null and until_at > $1", today());
    });
    EXPECT_GT(hanging.value_or(0), 1);
}

TEST_F(Demo, EndsWhereItWasToldTo) {
    EXPECT_EQ(played->clock.now(), today());
}

TEST(QuietDemo, OfAPackWithoutAStoryLetsEveryKindOfPostIn) {
    Played played("quiet", "huairou");
    EXPECT_EQ(played.report.taken_in, 0);
    EXPECT_GE(played.report.logins.size(), 6U);
    std::set<std::string> logins;
    County county = played.home->county_at(played.clock);
    for (const auto& login : played.report.logins) {
        EXPECT_TRUE(logins.insert(login.login).second) << login.login << " twice";
        const auto entered =
            played.town->identity().sign_in(county, {login.login, login.password, "", "127.0.0.1"});
        ASSERT_TRUE(entered) << login.login;
        EXPECT_FALSE(entered->posts.empty()) << login.login;
        EXPECT_NE(login.title.rfind("post.kind.", 0), 0U) << "no word for " << login.title;
    }
    for (const char* kind : {"station", "administrator", "auditor"})
        EXPECT_TRUE(std::any_of(logins.begin(), logins.end(), [&](const auto& login) {
            return login.rfind(kind, 0) == 0;
        })) << kind;
}

TEST(DemoPictures, AreTakenForPicturesAndDifferBeforeAndAfter) {
    for (const char* scene : {"lamp", "road", "water", "power", "field", "rubbish", "house"}) {
        const auto before = draw_scene(scene, Shot::before, 3), after = draw_scene(scene, Shot::after, 3);
        EXPECT_EQ(matter::file_type(before), matter::FileType::png) << scene;
        EXPECT_NE(before, after) << scene;
        EXPECT_EQ(before, draw_scene(scene, Shot::before, 3)) << scene;
        EXPECT_NE(before, draw_scene(scene, Shot::before, 4)) << scene;
    }
}

}  // namespace
}  // namespace lianxin::demo
