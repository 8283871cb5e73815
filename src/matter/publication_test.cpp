#include "matter/publication.hpp"

#include <gtest/gtest.h>

namespace lianxin::matter {
namespace {

Workflow kind(bool published, CountsAs counts_as = CountsAs::open) {
    Workflow workflow;
    workflow.subkinds = {"flood", "unrest"};
    workflow.shows = {"warning"};
    StateRule first, later;
    first.name = "reported";
    later.name = "warned";
    later.published = published;
    later.counts_as = counts_as;
    Machine machine;
    machine.states = {first, later};
    workflow.machines.push_back(machine);
    return workflow;
}

TEST(Publication, WhatIsPublishedAtSomeStepIsPublicFromThenOn) {
    EXPECT_EQ(listing_of(kind(true), "flood"), Listing::once_published);
    EXPECT_EQ(listing_of(kind(false), "flood"), Listing::always);
}

TEST(Publication, AnExplanationIsPublishedOfWhatWasListedAllAlong) {
    EXPECT_EQ(listing_of(kind(true, CountsAs::open_explained), "flood"), Listing::always);
}

TEST(Publication, AnUnlistedSubkindIsPublicNever) {
    Workflow workflow = kind(true);
    workflow.unlisted = {"unrest"};
    EXPECT_EQ(listing_of(workflow, "unrest"), Listing::never);
    EXPECT_FALSE(has_page(workflow, "unrest"));
    EXPECT_TRUE(has_page(workflow, "flood"));
}

TEST(Publication, WhatIsFiguresOrConfidentialHasNoPage) {
    Workflow figures = kind(true), confidential = kind(true);
    figures.counted_from = "village";
    confidential.confidential = true;
    EXPECT_FALSE(has_page(figures, "flood"));
    EXPECT_FALSE(has_page(confidential, "flood"));
}

TEST(Publication, AKindThatShowsNothingHasNoPage) {
    Workflow workflow = kind(true);
    workflow.shows.clear();
    EXPECT_FALSE(has_page(workflow, "flood"));
}

TEST(Publication, AnActionThatPublishesHoldsBackWhatWasNotYet) {
    Workflow workflow = kind(false);
    ActionRule criticise;
    EffectRule publish;
    publish.kind = EffectRule::Kind::publish;
    criticise.effects = {publish};
    workflow.machines.front().actions.push_back(criticise);
    EXPECT_EQ(listing_of(workflow, {}), Listing::once_published);
}

}  // namespace
}  // namespace lianxin::matter
