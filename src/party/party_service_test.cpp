#include "party/party_service.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <iostream>
#include <set>

#include "journal/journal.hpp"
#include "party/contact_service.hpp"
#include "party/opening_service.hpp"
#include "party/people_service.hpp"
#include "party/reseating_service.hpp"
#include "place/place_service.hpp"
#include "tests/support/test_county.hpp"

namespace lianxin::party {
namespace {

using access::ActingPerson;
using place::DivisionCode;

// Two villages of two groups, a branch each, one department; liaison of representatives with households.
CountyPlan small_plan() {
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
using PartyOffices = Offices_;
LIANXIN_ON_BOTH_ENGINES(PartyOffices);

TEST_P(PartyOffices, PeopleAreFoundByNameByWhoeverMayReadTheHouseholds) {
    const PlaceId group = under(named("青禾村"), 5);
    ASSERT_TRUE(service_.add_person(county(), admin_, {"王小明", "13800000000", "", "", group, false}));
    ASSERT_TRUE(service_.add_person(county(), admin_, {"王大姐", "", "", "", group, true}));
    const auto names = [&](const ActingPerson& who, const std::string& part, std::size_t limit = 50) {
        std::vector<std::string> found;
        const auto people = find_people(county(), who, {group, part, limit});
        EXPECT_TRUE(people);
        if (people)
            for (const auto& person : *people) found.push_back(person.name);
        return found;
    };
    EXPECT_EQ(names(admin_, "王小"), std::vector<std::string>{"王小明"})
        << "sealed, and opened for the one who may";
    EXPECT_EQ(names(admin_, " 王大姐 "), std::vector<std::string>{"王大姐"});
    EXPECT_EQ(names(admin_, "没有这个人"), std::vector<std::string>{});
    EXPECT_EQ(names(admin_, "", 1).size(), 1U);
    EXPECT_EQ(names(admin_, "138"), std::vector<std::string>{}) << "by name, never by phone";
    EXPECT_EQ(find_people(county(), {}, {group, "王"}).error(), PartyRefusal::not_allowed);
    EXPECT_EQ(find_people(county(), admin_, {PlaceId(1), "王"}).error(), PartyRefusal::place_not_found);
}

TEST_P(PartyOffices, open_with_all_that_the_plan_declares_and_only_once) {
    EXPECT_EQ(opened_.places, 1U + 1 + 2 + 4 + 80);
    EXPECT_EQ(opened_.households, 80U);
    EXPECT_EQ(opened_.stations, 4U);
    EXPECT_EQ(opened_.units, 3U);
    EXPECT_EQ(opened_.links, 80U);
    EXPECT_EQ(opened_.categories, 2U);
    EXPECT_EQ(open_county(county(), small_plan(), Day::of(2023, 1, 1)).error(),
              OpeningRefusal::county_already_open);
    const auto breaches = service_.breaches(county(), admin_, root());
    ASSERT_TRUE(breaches);
    EXPECT_EQ(breaches->total, 0U);
}

TEST_P(PartyOffices, refuse_to_open_with_bounds_that_cannot_be_met) {
    support::TestCounty other(GetParam());
    auto plan = small_plan();
    plan.places.places[2].fill["household"] = 70;
    EXPECT_EQ(open_county(*other, plan, Day::of(2023, 1, 1)).error(), OpeningRefusal::bounds_cannot_be_met);
    EXPECT_FALSE(is_open(*other));
}

TEST_P(PartyOffices, resolve_selectors_to_the_post_of_the_place) {
    const auto group = under(named("青禾村"), 5), door = under(group, 6);
    const auto name = county().database.read(
        [&](store::Transaction& tx) { return place::load_place(tx, group, today())->name; });
    EXPECT_EQ(owner("representative@household", door), "representative@" + name);
    EXPECT_EQ(owner("head@group", door), "head@" + name);
    EXPECT_EQ(owner("desk@village", door), "desk@青禾村");
    EXPECT_EQ(owner("desk@county", door), "desk@浏阳市");
    EXPECT_EQ(owner("leader@township", door), "leader@大瑶镇");
    EXPECT_EQ(owner("secretary@branch", door), "secretary@青禾村党支部");
    EXPECT_EQ(owner("unit_desk@department", door), "unit_desk@水利站");
    EXPECT_EQ(owner("station@group", door), "staff@" + name);
    EXPECT_EQ(owner("superior@owner", door, post_of("head", group)), "desk@青禾村");
    EXPECT_EQ(owner("leader@owner", door, post_of("desk", named("大瑶镇"))), "leader@大瑶镇");
    EXPECT_EQ(owner("superior@owner", door, post_of("leader", named("大瑶镇"))), "leader@浏阳市");
}

TEST_P(PartyOffices, end_at_a_desk_where_the_place_is_too_high_or_the_post_is_vacant) {
    const auto group = under(named("青禾村"), 5), door = under(group, 6);
    const auto name = county().database.read(
        [&](store::Transaction& tx) { return place::load_place(tx, group, today())->name; });
    EXPECT_EQ(owner("head@group", named("大瑶镇")), "desk@大瑶镇!");
    EXPECT_EQ(owner("representative@household", group), "desk@" + name + "!");
    EXPECT_EQ(owner("head@group", door), "head@" + name);
    vacate(post_of("head", group));
    EXPECT_EQ(owner("head@group", door), "desk@" + name + "!") << "and the cache has noticed";
}

TEST_P(PartyOffices, answer_exactly_only_where_the_selector_applies) {
    const auto town = named("大瑶镇"), group = under(named("青禾村"), 5);
    const auto representative = post_of("representative", group);
    county().database.read([&](store::Transaction& tx) {
        OwnerResolver resolver(tx, cache_);
        EXPECT_FALSE(resolver.resolve_exactly("head@group", {town, today(), {}, {}, {}}));
        EXPECT_TRUE(resolver.resolve_exactly("head@group", {group, today(), {}, {}, {}}));
        EXPECT_EQ(resolver.all_of("representatives@village", {group, today(), {}, {}, {}}).size(), 4U);
        EXPECT_EQ(resolver.line_above(representative).size(), 4U)
            << "head, village desk, township desk, county desk";
    });
}

TEST_P(PartyOffices, cover_a_vacant_desk_from_beside_and_then_from_above) {
    const auto group = under(named("青禾村"), 5);
    const auto head = holder_of(post_of("head", group));
    EXPECT_EQ(held_by(head), "head desk") << "the group's desk has no holder of its own";
    const auto desk = post_of("desk", group);
    EXPECT_EQ(holder_of(desk), head);
    vacate(post_of("head", group));
    // Village, township and county desks are vacant too: the township's leader stands beside the next staffed
    // one.
    const auto leader = holder_of(post_of("leader", named("大瑶镇")));
    EXPECT_EQ(holder_of(desk), leader);
    EXPECT_NE(held_by(leader).find("desk"), std::string::npos);
    const auto rights =
        county().database.read([&](store::Transaction& tx) { return held_posts(tx, leader, today()); });
    EXPECT_TRUE(
        std::any_of(rights.begin(), rights.end(), [&](const auto& post) { return post.post == desk; }));
}

TEST_P(PartyOffices, have_one_holder_a_stand_in_and_vacancies_that_show) {
    const auto group = under(named("青禾村"), 5);
    const auto post = post_of("representative", group);
    const auto holder = holder_of(post);
    const auto person =
        service_.add_person(county(), admin_, {"欧阳秀兰", "00012345678", "", "", group, true});
    ASSERT_TRUE(person);
    const Holding draft{{}, post, *person, today(), {}, {}};
    EXPECT_EQ(service_.appoint(county(), admin_, draft).error(), PartyRefusal::post_has_holder);
    auto stand_in = draft;
    stand_in.acting_for = holder;
    stand_in.until = today() + 30;
    ASSERT_TRUE(service_.appoint(county(), admin_, stand_in));
    EXPECT_EQ(service_.appoint(county(), admin_, stand_in).error(), PartyRefusal::already_holds_post);
    EXPECT_EQ(held_by(*person), "representative");
    const auto views = service_.posts(county(), {group, today(), false, "representative", false, {}, 10});
    EXPECT_EQ(views.front().holders.size(), 2U);
    EXPECT_TRUE(views.front().holders.back().stand_in);
    EXPECT_TRUE(service_.posts(county(), {root(), today(), true, "representative", true, {}, 10}).empty());
    vacate(post);
    const auto vacancies = service_.posts(county(), {root(), today(), true, "representative", true, {}, 10});
    ASSERT_EQ(vacancies.size(), 1U);
    EXPECT_EQ(vacancies.front().post.id, post);
    ASSERT_TRUE(service_.appoint(county(), admin_, draft));
    EXPECT_EQ(service_.close_post(county(), admin_, post_of("desk", group), today()).error(),
              PartyRefusal::desk_must_stay);
}

TEST_P(PartyOffices, are_changed_by_administrators_of_the_place_only) {
    ActingPerson head;
    head.kind = ActingPerson::Kind::staff;
    const auto group = under(named("青禾村"), 5);
    head.party = holder_of(post_of("head", group));
    head.posts =
        county().database.read([&](store::Transaction& tx) { return held_posts(tx, *head.party, today()); });
    const auto post = post_of("representative", group);
    EXPECT_EQ(service_.appoint(county(), head, {{}, post, *head.party, today(), {}, {}}).error(),
              PartyRefusal::not_allowed);
    EXPECT_EQ(service_.close_post(county(), ActingPerson{}, post, today()).error(),
              PartyRefusal::not_allowed);
    EXPECT_EQ(service_.breaches(county(), ActingPerson{}, root()).error(), PartyRefusal::not_allowed);
}

TEST_P(PartyOffices, keep_what_is_personal_sealed_and_find_it_by_phone) {
    const auto door = under(named("青禾村"), 6);
    const auto person = service_.add_person(county(), admin_,
                                            {"刘桂香", "000 1234 5678", "liu@example.org", "", door, false});
    ASSERT_TRUE(person);
    county().database.read([&](store::Transaction& tx) {
        EXPECT_EQ(load_party(tx, *person)->name, "") << "a resident's name stands nowhere in the open";
        EXPECT_EQ(find_by_contact(tx, county().keys, ContactField::phone, "+86 00012345678"),
                  std::vector<PartyId>{*person});
        EXPECT_TRUE(find_by_contact(tx, county().keys, ContactField::phone, "00012345679").empty());
        const auto contacts = load_contacts(tx, *person);
        ASSERT_EQ(contacts.size(), 3U);
        for (const auto& contact : contacts) {
            EXPECT_EQ(std::string(as_text(contact.sealed)).find("刘桂香"), std::string::npos);
        }
        EXPECT_EQ(opened_contact(county().keys, contacts[1]), "刘桂香");
        auto moved = contacts[1];
        moved.field = ContactField::phone;
        EXPECT_EQ(opened_contact(county().keys, moved), std::nullopt)
            << "a name copied into the phone's place does not open";
    });
    EXPECT_EQ(service_.add_person(county(), admin_, {"x", "12", "", "", door, false}).error(),
              PartyRefusal::phone_malformed);
    EXPECT_EQ(service_.add_person(county(), admin_, {"", "", "", "", door, false}).error(),
              PartyRefusal::name_empty);
}

TEST_P(PartyOffices, list_who_was_left_alone_and_propose_a_repair_that_a_person_confirms) {
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

TEST_P(PartyOffices, do_not_put_a_proposal_into_force_when_something_changed_since) {
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

TEST_P(PartyOffices, say_which_group_lacks_how_many_when_nothing_fits) {
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

TEST_P(PartyOffices, show_the_representatives_of_a_door_a_group_and_a_village) {
    const auto village = named("青禾村");
    EXPECT_EQ(service_.representatives(county(), under(village, 6)).size(), 1U);
    EXPECT_EQ(service_.representatives(county(), under(village, 5)).size(), 2U);
    EXPECT_EQ(service_.representatives(county(), village).size(), 4U);
    EXPECT_TRUE(service_.representatives(county(), PlaceId(3)).empty());
}

TEST_P(PartyOffices, show_who_would_move_from_whom_to_whom_before_it_is_confirmed) {
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

TEST_P(PartyOffices, hold_a_proposal_void_when_a_term_has_run_out_by_itself) {
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

TEST_P(PartyOffices, fill_a_vacant_post_by_hand_with_somebody_new_or_known) {
    const auto group = under(named("青禾村"), 5);
    const auto post = post_of("representative", group);
    vacate(post);
    Appointment asked;
    asked.post = post;
    EXPECT_EQ(service_.fill_post(county(), admin_, asked).error(), PartyRefusal::person_missing);
    asked.person = PartyId(5);
    EXPECT_EQ(service_.fill_post(county(), admin_, asked).error(), PartyRefusal::party_not_found);
    const auto resident =
        service_.add_person(county(), admin_, {"刘桂香", "", "", "", under(named("青禾村"), 6), false});
    ASSERT_TRUE(resident);
    asked.person = *resident;
    EXPECT_EQ(service_.fill_post(county(), ActingPerson{}, asked).error(), PartyRefusal::not_allowed);
    ASSERT_TRUE(service_.fill_post(county(), admin_, asked));
    const auto view = service_.post(county(), post);
    ASSERT_TRUE(view && view->post.holders.size() == 1);
    EXPECT_EQ(view->post.holders.front().name, "刘桂香") << "whoever holds a post is named in public";
    EXPECT_EQ(view->post.holders.front().until, end_of_term(today(), 36)) << "the term of the post";
    EXPECT_EQ(view->past.size(), 1U);
    const auto entries = journal::read_chain(county().database, {"post", post.value()}, county().keys);
    EXPECT_EQ(entries.back().header.kind, "post.appointed");
    EXPECT_EQ(entries.back().field("by"), admin_.party->text());
}

TEST_P(PartyOffices, end_a_term_no_earlier_than_it_began_and_only_once) {
    const auto group = under(named("青禾村"), 5);
    const auto post = post_of("representative", group);
    const auto held = service_.post(county(), post)->post.holders.front();
    EXPECT_EQ(service_.leave(county(), admin_, held.holding, held.from + -1).error(),
              PartyRefusal::ends_before_it_began);
    ASSERT_TRUE(service_.leave(county(), admin_, held.holding, today()));
    EXPECT_EQ(service_.leave(county(), admin_, held.holding, today()).error(),
              PartyRefusal::holding_already_ended);
    EXPECT_EQ(service_.post(county(), post)->post.vacant_since, today());
}

TEST_P(PartyOffices, call_no_desk_vacant_that_a_leaders_office_covers) {
    const auto kinds = [&] {
        std::set<std::string> found;
        for (const auto& view : service_.posts(county(), {root(), today(), true, {}, true}))
            found.insert(view.post.kind);
        return found;
    };
    EXPECT_EQ(kinds(), std::set<std::string>())
        << "desks are covered, by the leader beside them or from above";
    const auto group = under(named("青禾村"), 5);
    vacate(post_of("head", group));
    EXPECT_EQ(kinds(), std::set<std::string>{"head"}) << "it is the leader who is missing, not the desk";
    const auto branch = named("青禾村");
    const auto desk = post_of("secretary", branch);
    vacate(desk);
    EXPECT_EQ(kinds(), (std::set<std::string>{"head", "secretary"})) << "a desk that leads its seat itself";
}

TEST_P(PartyOffices, answer_to_the_office_above_where_their_place_hangs_now) {
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
    EXPECT_EQ(superior(desk), post_of("desk", south));
    EXPECT_EQ(superior(post_of("representative", group)), head) << "who stands below stays where they are";
}

TEST_P(PartyOffices, go_over_to_the_place_that_stays_when_two_become_one) {
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

TEST_P(PartyOffices, stand_all_vacant_in_a_place_that_was_split_off) {
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

TEST_P(PartyOffices, keep_their_place_open_while_somebody_serves_there) {
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
    ActingPerson engine = ActingPerson::engine();
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
