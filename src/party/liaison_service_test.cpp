// Who keeps in touch with whom: breaches are listed, a repair is proposed, and a person confirms it.
#include "party/offices_test.hpp"

namespace lianxin::party {
namespace {

using KeptLinks = Offices_;
LIANXIN_ON_BOTH_ENGINES(KeptLinks);

TEST_P(KeptLinks, show_who_was_left_alone_and_propose_a_repair_that_a_person_confirms) {
    const auto village = named("青禾村");
    const auto group = under(village, 5);
    vacate(post_of("representative", group));
    const auto breaches = service_.breaches(county(), admin_, village);
    ASSERT_TRUE(breaches);
    EXPECT_EQ(breaches->total, 1U + 10 + 10)
        << "a post without holder, ten doors whose counterpart is gone and who have nobody";
    EXPECT_EQ(breaches->items.front().breach.kind, BreachKind::held_by_nobody);
    EXPECT_EQ(breaches->items.front().path.back(), breaches->items.front().place_name);
    EXPECT_EQ(service_.breaches(county(), admin_, named("松塘村"))->total, 0U);

    const auto outcome = service_.propose_links(county(), admin_, "", village);
    ASSERT_TRUE(outcome);
    const auto proposal = std::get<Proposal>(*outcome);
    EXPECT_EQ(proposal.kept, 30);
    EXPECT_EQ(proposal.newly_assigned, 10);
    EXPECT_EQ(proposal.outside_group, 5) << "fifteen is the most one can take";
    EXPECT_EQ(service_.breaches(county(), admin_, village)->total, 21U) << "nothing is applied by itself";
    EXPECT_EQ(service_.confirm(county(), ActingPerson::engine(), proposal.id).error(),
              PartyRefusal::not_allowed);
    ASSERT_TRUE(service_.confirm(county(), admin_, proposal.id));
    EXPECT_TRUE(service_.confirm(county(), admin_, proposal.id)) << "clicking twice is one decision";
    EXPECT_EQ(service_.breaches(county(), admin_, village)->total, 0U)
        << "the vacant post keeps in touch with nobody now, which is its vacancy's matter";
    county().database.read([&](store::Transaction& tx) {
        EXPECT_EQ(load_links(tx, "representative_household", today() + -1).size(), 80U)
            << "yesterday's liaison is still known";
        EXPECT_EQ(load_links(tx, "representative_household", today()).size(), 80U);
    });
}

TEST_P(KeptLinks, do_not_put_a_proposal_into_force_when_something_changed_since) {
    const auto village = named("青禾村");
    const auto group = under(village, 5);
    vacate(post_of("representative", group));
    const auto proposal =
        std::get<Proposal>(*service_.propose_links(county(), admin_, "representative_household", village));
    vacate(post_of("representative", group, 1));
    EXPECT_EQ(service_.confirm(county(), admin_, proposal.id).error(), PartyRefusal::proposal_out_of_date);
    EXPECT_EQ(service_.confirm(county(), admin_, ProposalId(5)).error(), PartyRefusal::proposal_not_found);
    EXPECT_EQ(service_.propose_links(county(), admin_, "station_staff", village).error(),
              PartyRefusal::not_proposable);
}

TEST_P(KeptLinks, say_which_group_lacks_how_many_when_nothing_fits) {
    const auto village = named("青禾村");
    for (std::size_t g = 0; g < 2; ++g) {
        const auto group = under(village, 5, g);
        vacate(post_of("representative", group, 0));
        if (g == 0) vacate(post_of("representative", group, 1));
    }
    const auto outcome = service_.propose_links(county(), admin_, "representative_household", village);
    ASSERT_TRUE(outcome);
    const auto& infeasible = std::get<InfeasibleProposal>(*outcome);
    const auto& groups = infeasible.groups;
    EXPECT_EQ(infeasible.per_post, (Bounds{5, 15}));
    int without = 0;
    for (const auto& group : groups) {
        EXPECT_FALSE(group.name.empty());
        EXPECT_EQ(group.households, 20);
        without += group.shortage.households_without;
    }
    EXPECT_EQ(without, 25) << "one representative is left for forty households";
}

TEST_P(KeptLinks, show_who_would_move_from_whom_to_whom_before_it_is_confirmed) {
    const auto village = named("青禾村");
    vacate(post_of("representative", under(village, 5)));
    const auto made = std::get<Proposal>(*service_.propose_links(county(), admin_, "", village));
    const auto page = [&](std::optional<ProposedChangeView::What> what, PlaceId after, int limit) {
        const auto view = service_.proposal(county(), admin_, made.id, {what, {}, after, limit});
        EXPECT_TRUE(view && !view->out_of_date);
        return view ? view->changes : std::vector<ProposedChangeView>();
    };
    EXPECT_EQ(page({}, {}, 500).size(), 40U) << "every household, also those that keep whom they have";
    EXPECT_EQ(page(ProposedChangeView::What::kept, {}, 500).size(), 30U);
    EXPECT_TRUE(page(ProposedChangeView::What::moved, {}, 500).empty());
    const auto fresh = page(ProposedChangeView::What::newly_assigned, {}, 500);
    ASSERT_EQ(fresh.size(), 10U);
    EXPECT_FALSE(fresh.front().before) << "whoever left is nobody";
    EXPECT_FALSE(fresh.front().after.holders.empty());
    EXPECT_EQ(std::count_if(fresh.begin(), fresh.end(), [](const auto& one) { return one.outside_group; }),
              5);
    EXPECT_EQ(page(ProposedChangeView::What::newly_assigned, fresh[8].household, 500).size(), 1U);
    EXPECT_EQ(service_.proposal(county(), ActingPerson{}, made.id, {}).error(), PartyRefusal::not_allowed);
}

TEST_P(KeptLinks, hold_a_proposal_void_when_a_term_has_run_out_by_itself) {
    const auto village = named("青禾村");
    const auto post = post_of("representative", under(village, 5));
    const auto holding = service_.posts(county(), {under(village, 5), today(), false, "representative"})
                             .front()
                             .holders.front()
                             .holding;
    ASSERT_TRUE(service_.leave(county(), admin_, holding, today() + 1));
    const auto made = std::get<Proposal>(*service_.propose_links(county(), admin_, "", village));
    test_county().clock().advance(std::chrono::hours(24));
    EXPECT_EQ(holder_count(post), 0U);
    EXPECT_EQ(service_.confirm(county(), admin_, made.id).error(), PartyRefusal::proposal_out_of_date);
}

}  // namespace
}  // namespace lianxin::party
