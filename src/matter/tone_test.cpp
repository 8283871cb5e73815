#include "matter/tone.hpp"

#include <gtest/gtest.h>

namespace lianxin::matter {
namespace {

StateRule ends_as(std::optional<EndsAs> how) {
    StateRule state;
    state.end = true;
    state.counts_as = CountsAs::ended;
    state.ends_as = how;
    return state;
}

StateRule goes_on(CountsAs phase) {
    StateRule state;
    state.counts_as = phase;
    return state;
}

TEST(Tone, OfAnEndIsWhatItsWorkflowSaysOfIt) {
    EXPECT_EQ(tone_of(ends_as(EndsAs::closed)), Tone::good);
    EXPECT_EQ(tone_of(ends_as(EndsAs::settled)), Tone::good);
    EXPECT_EQ(tone_of(ends_as(EndsAs::not_done)), Tone::bad);
    EXPECT_EQ(tone_of(ends_as(EndsAs::refused)), Tone::neutral);
    EXPECT_EQ(tone_of(ends_as(EndsAs::withdrawn)), Tone::neutral);
    EXPECT_EQ(tone_of(ends_as({})), Tone::neutral) << "an end of a piece says nothing";
}

TEST(Tone, OfWhatGoesOnIsWhomItWaitsFor) {
    EXPECT_EQ(tone_of(goes_on(CountsAs::open)), Tone::under_way);
    EXPECT_EQ(tone_of(goes_on(CountsAs::open_explained)), Tone::waiting);
    EXPECT_EQ(tone_of(goes_on(CountsAs::closed)), Tone::good) << "answered";
    StateRule asks = goes_on(CountsAs::open);
    asks.waits_for = access::Relation::reporter;
    EXPECT_EQ(tone_of(asks), Tone::waiting);
}

TEST(Tone, IsNeutralWhereTheRulesHaveNoSuchState) {
    Workflow rules;
    rules.machines.emplace_back();
    rules.machines.front().states = {ends_as(EndsAs::not_done)};
    rules.machines.front().states.front().name = "not_kept";
    EXPECT_EQ(tone_in(rules, "", "not_kept"), Tone::bad);
    EXPECT_EQ(tone_in(rules, "", "gone"), Tone::neutral);
    EXPECT_EQ(tone_in(rules, "part", "not_kept"), Tone::neutral);
}

}  // namespace
}  // namespace lianxin::matter
