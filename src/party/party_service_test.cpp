#include "party/party_service.hpp"

#include <set>

#include "journal/journal.hpp"
#include "party/contact_book_service.hpp"
#include "party/contact_service.hpp"
#include "party/offices_test.hpp"
#include "party/people_service.hpp"

namespace lianxin::party {
namespace {

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
        EXPECT_EQ(resolver.line_above(representative).size(), 5U)
            << "head, village desk, township desk, township leader, county leader";
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
        ContactBook book;
        const auto found = book.find(tx, county().keys, ContactField::phone, "+86 00012345678");
        ASSERT_EQ(found.size(), 1U);
        EXPECT_EQ(found.front().party, *person);
        EXPECT_TRUE(book.find(tx, county().keys, ContactField::phone, "00012345679").empty());
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

TEST_P(PartyOffices, show_the_representatives_of_a_door_a_group_and_a_village) {
    const auto village = named("青禾村");
    EXPECT_EQ(service_.representatives(county(), under(village, 6)).size(), 1U);
    EXPECT_EQ(service_.representatives(county(), under(village, 5)).size(), 2U);
    EXPECT_EQ(service_.representatives(county(), village).size(), 4U);
    EXPECT_TRUE(service_.representatives(county(), PlaceId(3)).empty());
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

}  // namespace
}  // namespace lianxin::party
