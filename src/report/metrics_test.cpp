#include "report/metrics.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <random>

#include "base/bytes.hpp"

namespace lianxin::report {
namespace {

constexpr Zone zone{};
Day day(const char* text) {
    return Day::parse(text).value();
}

const rating::Rate& rate(const std::vector<rating::Rate>& rates, const std::string& name) {
    return *std::find_if(rates.begin(), rates.end(), [&](const rating::Rate& r) { return r.metric == name; });
}

TEST(NearestRank, TakesAValueThatIsThere) {
    const Histogram five{{1, 1}, {2, 1}, {3, 1}, {4, 1}, {50, 1}};
    EXPECT_EQ(nearest_rank(five, 50), 3);
    EXPECT_EQ(nearest_rank(five, 90), 50);
    EXPECT_EQ(nearest_rank(five, 20), 1);
    EXPECT_EQ(nearest_rank(five, 21), 2);
    EXPECT_EQ(nearest_rank({{7, 1}}, 50), 7);
    EXPECT_EQ(nearest_rank({{1, 1}, {2, 1}}, 50), 1);
    EXPECT_FALSE(nearest_rank({}, 50));
}

TEST(NearestRank, HasThatShareOfTheValuesAtOrBelow) {
    std::mt19937 random(23);
    for (int round = 0; round < 300; ++round) {
        std::vector<std::int64_t> values(random() % 60 + 1);
        for (auto& value : values) value = static_cast<std::int64_t>(random() % 40);
        std::sort(values.begin(), values.end());
        for (const int percent : {50, 90, 100}) {
            Histogram counted;
            for (const std::int64_t value : values) counted[value] += 1;
            const std::int64_t at = nearest_rank(counted, percent).value();
            const auto below = std::upper_bound(values.begin(), values.end(), at) - values.begin();
            const auto less = std::lower_bound(values.begin(), values.end(), at) - values.begin();
            ASSERT_GE(below * 100, percent * static_cast<std::int64_t>(values.size())) << "seed 23";
            ASSERT_LT(less * 100, percent * static_cast<std::int64_t>(values.size()));
        }
    }
}

TEST(TimesOfMatters, AreTheReportsJson) {
    EXPECT_EQ(json_of(times_of({{0, 0}, {5, 7}, {6, 8}, {11, 15}, {40, 60}})),
              "{\"n\":5,\"working_days\":{\"median\":6,\"p90\":40,\"max\":40},\"calendar_days\":{\"median\":"
              "8,\"p90\":60},"
              "\"within\":{\"5\":2,\"10\":3,\"15\":4}}");
    EXPECT_EQ(json_of(times_of({})),
              "{\"n\":0,\"working_days\":{\"median\":null,\"p90\":null,\"max\":null},\"calendar_days\":{"
              "\"median\":null,"
              "\"p90\":null},\"within\":{\"5\":0,\"10\":0,\"15\":0}}");
}

TEST(Periods, CutDeadlinesAtNowSoThatNothingIsLateBeforeItsTime) {
    const Instant noon{zone.start_of(day("2024-05-10")).micros + 12 * micros_per_hour};
    EXPECT_EQ(
        span_of(zone, day("2024-05-01"), day("2024-05-31"), noon),
        (Span{zone.start_of(day("2024-05-01")), zone.start_of(day("2024-06-01")), noon, day("2024-05-31")}));
    EXPECT_EQ(span_of(zone, day("2024-04-01"), day("2024-04-30"), noon),
              (Span{zone.start_of(day("2024-04-01")), zone.start_of(day("2024-05-01")),
                    zone.start_of(day("2024-05-01")), day("2024-04-30")}));
    EXPECT_EQ(span_of(zone, day("2024-06-01"), day("2024-06-30"), noon)->due_until,
              zone.start_of(day("2024-06-01")));
    EXPECT_FALSE(span_of(zone, day("2024-05-02"), day("2024-05-01"), noon));
}

TEST(Metrics, CountSilenceNeverAsSatisfaction) {
    Counted counted;
    counted.said = {.asked = 20, .answered = 8, .solved = 6, .partly = 1, .graded = 7, .satisfied = 5};
    counted.closed.closed = 25;
    counted.closed.asked = 20;
    const auto rates = rates_of(counted);
    EXPECT_EQ(rate(rates, "resolution_rate").numerator, 6);
    EXPECT_EQ(rate(rates, "resolution_rate").denominator, 8);
    EXPECT_EQ(rate(rates, "resolution_rate").left_out, (std::vector<rating::LeftOut>{{"silent", 12}}));
    EXPECT_EQ(rate(rates, "satisfaction_rate").denominator, 7);
    EXPECT_EQ(rate(rates, "satisfaction_rate").left_out,
              (std::vector<rating::LeftOut>{{"silent", 12}, {"no_grade", 1}}));
    EXPECT_EQ(rate(rates, "answer_rate").numerator, 8);
    EXPECT_EQ(rate(rates, "answer_rate").denominator, 20);
    EXPECT_EQ(rate(rates, "asking_rate").numerator, 20);
    EXPECT_EQ(rate(rates, "asking_rate").denominator, 25);
}

TEST(Metrics, ShowExtendedDeadlinesApartAndNeverLeaveThemOut) {
    Counted counted;
    counted.finish = {
        .counted = 10, .met = 7, .closed = 9, .extended = 4, .extended_met = 2, .waiting = 1, .withdrawn = 2};
    const auto rates = rates_of(counted);
    const rating::Rate& on_time = rate(rates, "on_time_rate");
    EXPECT_EQ(on_time.numerator, 7);
    EXPECT_EQ(on_time.denominator, 10);
    EXPECT_EQ(on_time.apart, (std::vector<rating::Apart>{{"extended", 2, 4}}));
    EXPECT_EQ(on_time.left_out, (std::vector<rating::LeftOut>{{"withdrawn", 2}, {"waiting", 1}}));
    EXPECT_EQ(rate(rates, "closed_of_due_rate").numerator, 9);
}

TEST(Metrics, AreAllDeclaredInThePack) {
    std::ifstream file("packs/common/metrics.toml");
    ASSERT_TRUE(file);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    for (const rating::Rate& one : rates_of({})) {
        EXPECT_NE(text.find("[metrics." + one.metric + "]"), std::string::npos) << one.metric;
    }
}

TEST(Rereports, AreTheSameResidentOrTheSamePlaceAndCategoryWithinThirtyDays) {
    const Instant closing{1'000 * micros_per_day};
    const auto days_later = [&](int days) { return Instant{closing.micros + days * micros_per_day}; };
    const ClosedMatter closed{1, 7, 70, 700, {closing.micros - micros_per_day}, closing};
    const auto again = [&](ReceivedMatter received) {
        return count_rereported({closed}, {{1, 7, 70, 700, closed.received_at}, received});
    };
    EXPECT_EQ(again({2, 7, 71, {}, days_later(1)}), 1);
    EXPECT_EQ(again({2, 8, 70, 700, days_later(30)}), 1);
    EXPECT_EQ(again({2, 8, 70, 700, days_later(31)}), 0);
    EXPECT_EQ(again({2, 8, 70, 701, days_later(1)}), 0);
    EXPECT_EQ(again({2, 8, 71, 700, days_later(1)}), 0);
    EXPECT_EQ(again({2, 8, 70, {}, days_later(1)}), 0);
    EXPECT_EQ(again({2, 7, 70, 700, days_later(0)}), 0) << "already known when it was closed";
}

}  // namespace
}  // namespace lianxin::report
