#include "place/place_service.hpp"

#include <gtest/gtest.h>

#include "journal/journal.hpp"
#include "tests/support/test_county.hpp"

namespace lianxin::place {
namespace {

using access::ActingPerson;

ActingPerson administrator(PlaceId place) {
    ActingPerson person;
    person.kind = ActingPerson::Kind::staff;
    person.party = PartyId(1);
    person.posts = {{PostId(1), "administrator", place, {}, {"administer", "read_place"}}};
    return person;
}

// 浏阳市 › 大瑶镇 {南阳村 {枫林组 {1号, 2号}, 竹山组}, 青禾村}, 金刚镇
class Places : public support::AnyCounty {
 protected:
    Places() : service_(lookup_), engine_(ActingPerson::engine()) {
        county().database.write([](store::Transaction& tx) {
            save_kinds(tx, {{{"county", 1, false, {"市"}},
                             {"township", 2, false, {"镇"}},
                             {"village", 3, false, {"村"}},
                             {"group", 5, false, {"组"}},
                             {"household", 6, true, {}}},
                            {{"work_station", {"office", "ledger"}}}});
        });
        root_ = opened("county", "浏阳市", {}, "430181000000");
        dayao_ = opened("township", "大瑶镇", root_, "430181103000");
        jingang_ = opened("township", "金刚镇", root_, "430181104000");
        nanyang_ = opened("village", "南阳村", dayao_, "430181103201");
        qinghe_ = opened("village", "青禾村", dayao_, "430181103202");
        fenglin_ = opened("group", "枫林组", nanyang_);
        zhushan_ = opened("group", "竹山组", nanyang_);
        door_ = opened("household", "1号", fenglin_);
        other_door_ = opened("household", "2号", fenglin_);
        reader_.kind = ActingPerson::Kind::staff;
        reader_.posts = {{PostId(2), "desk", nanyang_, {}, {"read_place"}}};
    }
    PlaceId opened(const char* kind, const char* name, std::optional<PlaceId> parent,
                   const char* code = nullptr) {
        Draft draft{kind, name, {}};
        if (code != nullptr) draft.code = DivisionCode::parse(code);
        const auto id = service_.open(county(), engine_, draft, parent, first_day_);
        EXPECT_TRUE(id) << name << ": " << (id ? "" : code_of(id.error()));
        return id ? *id : PlaceId();
    }
    [[nodiscard]] std::string path_on(PlaceId place, Day day) {
        return county().database.read([&](store::Transaction& tx) {
            std::string text;
            const auto lineage = load_lineage(tx, place, day);
            if (!lineage) return text;
            for (const auto& step : load_path(tx, *lineage, day))
                text += (text.empty() ? "" : " › ") + step.name;
            return text;
        });
    }

    const Day first_day_ = Day::of(2020, 1, 1);
    const Day change_day_ = Day::of(2024, 5, 6);
    PlaceLookup lookup_;
    PlaceService service_;
    ActingPerson engine_, reader_, stranger_;
    PlaceId root_, dayao_, jingang_, nanyang_, qinghe_, fenglin_, zhushan_, door_, other_door_;
};
LIANXIN_ON_BOTH_ENGINES(Places);

TEST_P(Places, shows_a_place_with_its_path) {
    const auto view = service_.place(county(), stranger_, fenglin_);
    ASSERT_TRUE(view);
    EXPECT_EQ(path_on(fenglin_, test_county().today()), "浏阳市 › 大瑶镇 › 南阳村 › 枫林组");
    EXPECT_EQ(view->path.size(), 4U);
    EXPECT_EQ(view->place.lineage.at(4), PlaceId()) << "the level the tree leaves out is empty";
    EXPECT_FALSE(view->has_children) << "doors are not a stranger's business";
    EXPECT_TRUE(service_.place(county(), reader_, fenglin_)->has_children);
}

TEST_P(Places, hides_households_from_everybody_but_staff_of_the_place) {
    EXPECT_FALSE(service_.place(county(), stranger_, door_));
    EXPECT_FALSE(service_.place(county(), administrator(jingang_), door_));
    EXPECT_TRUE(service_.place(county(), reader_, door_));
    EXPECT_TRUE(service_.children(county(), stranger_, fenglin_, {}, 100)->empty());
    EXPECT_EQ(service_.children(county(), reader_, fenglin_, {}, 100)->size(), 2U);
}

TEST_P(Places, pages_children_by_key) {
    const auto first = service_.children(county(), reader_, fenglin_, {}, 1);
    ASSERT_EQ(first->size(), 1U);
    const auto second = service_.children(county(), reader_, fenglin_, first->front().place.id, 1);
    ASSERT_EQ(second->size(), 1U);
    EXPECT_NE(first->front().place.id, second->front().place.id);
    EXPECT_TRUE(service_.children(county(), reader_, fenglin_, second->front().place.id, 1)->empty());
    EXPECT_FALSE(service_.children(county(), reader_, PlaceId(99), {}, 1));
}

TEST_P(Places, leads_from_a_plate_to_its_door_and_knows_no_other_code) {
    const auto code = service_.place(county(), reader_, door_)->place.short_code;
    EXPECT_EQ(code.size(), 8U);
    const auto view = service_.by_code(county(), stranger_, code);
    ASSERT_TRUE(view);
    EXPECT_EQ(view->place.place.id, door_);
    EXPECT_FALSE(service_.by_code(county(), stranger_, "00000000"));
    EXPECT_FALSE(service_.by_code(county(), stranger_, "' or 1=1 --"));
}

TEST_P(Places, keeps_last_years_tree_when_a_village_moves) {
    const auto code = DivisionCode::parse("430181104201");
    EXPECT_EQ(service_.move(county(), engine_, nanyang_, jingang_, {}, change_day_, "区划调整").error(),
              PlaceRefusal::division_code_disagrees_with_parent);
    ASSERT_TRUE(service_.move(county(), engine_, nanyang_, jingang_, code, change_day_, "区划调整"));
    EXPECT_EQ(path_on(door_, change_day_ + -1), "浏阳市 › 大瑶镇 › 南阳村 › 枫林组 › 1号");
    EXPECT_EQ(path_on(door_, change_day_), "浏阳市 › 金刚镇 › 南阳村 › 枫林组 › 1号");
    county().database.read([&](store::Transaction& tx) {
        EXPECT_EQ(load_spans(tx, door_).size(), 2U);
        EXPECT_EQ(places_under(tx, dayao_, 6, change_day_ + -1).size(), 2U);
        EXPECT_EQ(places_under(tx, dayao_, 6, change_day_).size(), 0U);
        EXPECT_EQ(places_under(tx, jingang_, 6, change_day_).size(), 2U);
        EXPECT_EQ(load_changes(tx, nanyang_).back().kind, "moved");
        EXPECT_EQ(load_place(tx, nanyang_, change_day_)->code, code);
    });
}

TEST_P(Places, takes_away_codes_that_no_longer_agree) {
    ASSERT_TRUE(service_.rename(county(), engine_, dayao_, "大瑶街道", DivisionCode::parse("430181105000"),
                                change_day_, "撤镇设街道"));
    county().database.read([&](store::Transaction& tx) {
        EXPECT_EQ(load_place(tx, nanyang_, change_day_)->code, std::nullopt);
        EXPECT_TRUE(load_place(tx, nanyang_, change_day_ + -1)->code.has_value());
    });
}

TEST_P(Places, merges_villages_and_their_doors_follow) {
    ASSERT_TRUE(service_.merge(county(), engine_, {nanyang_}, qinghe_, change_day_, "合村"));
    EXPECT_EQ(path_on(door_, change_day_), "浏阳市 › 大瑶镇 › 青禾村 › 枫林组 › 1号");
    EXPECT_EQ(path_on(door_, change_day_ + -1), "浏阳市 › 大瑶镇 › 南阳村 › 枫林组 › 1号");
    EXPECT_EQ(path_on(nanyang_, change_day_), "");
    EXPECT_EQ(service_.merge(county(), engine_, {nanyang_}, qinghe_, change_day_ + 1, "").error(),
              PlaceRefusal::place_already_ended);
    EXPECT_EQ(service_.merge(county(), engine_, {jingang_}, qinghe_, change_day_, "").error(),
              PlaceRefusal::not_siblings_in_kind);
    EXPECT_EQ(service_.merge(county(), engine_, {}, qinghe_, change_day_, "").error(),
              PlaceRefusal::nothing_to_merge);
}

TEST_P(Places, splits_a_village_and_the_named_groups_go_with_the_new_one) {
    const auto part = service_.split(county(), engine_, nanyang_, {"village", "竹山村", {}}, {zhushan_},
                                     change_day_, "分村");
    ASSERT_TRUE(part);
    EXPECT_EQ(path_on(zhushan_, change_day_), "浏阳市 › 大瑶镇 › 竹山村 › 竹山组");
    EXPECT_EQ(path_on(fenglin_, change_day_), "浏阳市 › 大瑶镇 › 南阳村 › 枫林组");
    EXPECT_EQ(path_on(*part, change_day_ + -1), "");
}

TEST_P(Places, refuses_what_would_break_the_tree) {
    EXPECT_EQ(service_.move(county(), engine_, dayao_, nanyang_, {}, change_day_, "").error(),
              PlaceRefusal::place_below_itself);
    EXPECT_EQ(service_.end(county(), engine_, nanyang_, change_day_, "").error(),
              PlaceRefusal::place_has_children);
    EXPECT_EQ(service_.rename(county(), engine_, qinghe_, "南阳村", {}, change_day_, "").error(),
              PlaceRefusal::name_taken_among_siblings);
    EXPECT_EQ(service_.rename(county(), engine_, qinghe_, "青禾", {}, first_day_ + -1, "").error(),
              PlaceRefusal::day_before_span);
    EXPECT_EQ(service_.open(county(), engine_, {"county", "长沙市", {}}, {}, first_day_).error(),
              PlaceRefusal::root_exists);
    EXPECT_EQ(service_
                  .open(county(), engine_, {"village", "新村", DivisionCode::parse("430181103202")}, dayao_,
                        first_day_)
                  .error(),
              PlaceRefusal::division_code_taken);
    EXPECT_EQ(service_.end(county(), engine_, PlaceId(99), change_day_, "").error(),
              PlaceRefusal::place_not_found);
}

TEST_P(Places, is_changed_from_a_day_that_is_not_to_come_and_for_a_reason) {
    const auto rename = [&](Day from, const std::string& name, const std::string& reason) {
        return service_.rename(county(), engine_, qinghe_, name, DivisionCode::parse("430181103202"), from,
                               reason);
    };
    const Day today = test_county().today();
    EXPECT_EQ(rename(today, "稻香村", "").error(), PlaceRefusal::reason_missing);
    EXPECT_EQ(rename(today, "稻香村", std::string(401, 'x')).error(), PlaceRefusal::reason_too_long);
    EXPECT_EQ(rename(today + 1, "稻香村", "改名").error(), PlaceRefusal::day_in_the_future);
    EXPECT_EQ(rename(today, "青禾村", "改名").error(), PlaceRefusal::nothing_changes);
    EXPECT_TRUE(rename(today, "稻香村", "改名"));
    EXPECT_EQ(service_.move(county(), engine_, qinghe_, dayao_, {}, today, "归并").error(),
              PlaceRefusal::nothing_changes);
}

TEST_P(Places, tells_how_it_came_to_be_what_it_is) {
    ActingPerson admin = administrator(root_);
    admin.party = PartyId(77);
    ASSERT_TRUE(service_.rename(county(), admin, nanyang_, "南阳新村", DivisionCode::parse("430181103201"),
                                change_day_ + -3, "村民会议通过"));
    ASSERT_TRUE(service_.merge(county(), engine_, {nanyang_}, qinghe_, change_day_, "合村"));
    const auto history = service_.history(county(), stranger_, nanyang_);
    ASSERT_TRUE(history);
    ASSERT_EQ(history->steps.size(), 2U);
    EXPECT_EQ(history->steps.front().span.name, "南阳村");
    EXPECT_EQ(history->steps.back().span.name, "南阳新村");
    EXPECT_EQ(history->steps.back().parent_name, "大瑶镇");
    EXPECT_EQ(history->steps.back().span.until, change_day_);
    ASSERT_EQ(history->decisions.size(), 3U);
    EXPECT_EQ(history->decisions[1].change.by, admin.party);
    EXPECT_EQ(history->decisions.back().change.kind, "merged");
    EXPECT_EQ(history->decisions.back().source_name, "南阳新村");
    EXPECT_EQ(history->decisions.back().target_name, "青禾村");
    EXPECT_FALSE(service_.history(county(), stranger_, door_)) << "a door is not a stranger's business";
    EXPECT_FALSE(service_.history(county(), stranger_, PlaceId(99)));
    const auto entries = journal::read_chain(county().database, {"place", nanyang_.value()}, county().keys);
    ASSERT_EQ(entries.size(), 3U) << "each change stands on the place's own chain of the record";
    EXPECT_EQ(entries.back().header.kind, "place.merged");
    EXPECT_EQ(entries.back().field("reason"), "合村");
}

TEST_P(Places, hang_doors_from_the_lowest_place_alone) {
    for (const PlaceId above : {dayao_, nanyang_}) {
        EXPECT_EQ(service_.open(county(), engine_, {"household", "3号", {}}, above, first_day_).error(),
                  PlaceRefusal::kind_not_below_parent);
        EXPECT_EQ(service_.move(county(), engine_, door_, above, {}, change_day_, "搬迁").error(),
                  PlaceRefusal::kind_not_below_parent);
    }
    EXPECT_TRUE(service_.open(county(), engine_, {"household", "3号", {}}, qinghe_, first_day_))
        << "a village without groups is the lowest place there is";
    EXPECT_TRUE(service_.move(county(), engine_, door_, zhushan_, {}, change_day_, "搬迁"));
}

TEST_P(Places, keeps_doors_apart_that_a_merger_would_mistake_for_each_other) {
    const auto theirs = service_.open(county(), engine_, {"household", "1号", {}}, zhushan_, first_day_);
    ASSERT_TRUE(theirs);
    ASSERT_TRUE(service_.merge(county(), engine_, {zhushan_}, fenglin_, change_day_, "并组"));
    EXPECT_EQ(service_.place(county(), reader_, door_)->place.name, "1号");
    EXPECT_EQ(service_.place(county(), reader_, *theirs)->place.name, "竹山组1号");
    EXPECT_EQ(service_.place(county(), reader_, *theirs, change_day_ + -1)->place.name, "1号");
}

TEST_P(Places, lets_only_an_administrator_above_change_it) {
    EXPECT_EQ(service_.rename(county(), stranger_, nanyang_, "新名村", {}, change_day_, "").error(),
              PlaceRefusal::not_allowed);
    EXPECT_EQ(
        service_.rename(county(), administrator(jingang_), nanyang_, "新名村", {}, change_day_, "").error(),
        PlaceRefusal::not_allowed);
    EXPECT_TRUE(service_.rename(county(), administrator(dayao_), nanyang_, "新名村",
                                DivisionCode::parse("430181103201"), change_day_, "村民会议通过"));
    EXPECT_EQ(service_.place(county(), stranger_, nanyang_)->place.name, "新名村");
}

TEST_P(Places, finds_an_address_and_for_staff_its_door) {
    EXPECT_EQ(service_.search(county(), stranger_, "大瑶镇南阳村枫林组1号").front().place.id, fenglin_);
    EXPECT_EQ(service_.search(county(), reader_, "大瑶镇南阳村枫林组1号").front().place.id, door_);
    ASSERT_TRUE(service_.rename(county(), engine_, qinghe_, "稻香村", DivisionCode::parse("430181103202"),
                                first_day_ + 9, "村民会议通过"));
    EXPECT_EQ(service_.search(county(), stranger_, "稻香村").front().place.id, qinghe_)
        << "the index follows the tree";
    county().database.read([&](store::Transaction& tx) {
        EXPECT_EQ(service_.locate(tx, "金刚镇某处", test_county().today()), jingang_);
        EXPECT_EQ(service_.locate(tx, "不知道在哪里", test_county().today()), root_);
    });
}

TEST_P(Places, keeps_a_stations_checklist_with_evidence) {
    Station station;
    station.kind = "work_station";
    station.place = fenglin_;
    station.name = "枫林组工作站";
    station.from = first_day_;
    const auto id = service_.open_station(county(), engine_, station);
    ASSERT_TRUE(id);
    ASSERT_TRUE(
        service_.note_standard(county(), engine_, {*id, "office", change_day_, true, "", PartyId(1)}));
    EXPECT_EQ(
        service_.note_standard(county(), engine_, {*id, "sofa", change_day_, true, "", PartyId(1)}).error(),
        PlaceRefusal::standard_unknown);
    county().database.read([&](store::Transaction& tx) {
        const auto kinds = load_kinds(tx);
        EXPECT_EQ(standards_due(*kinds.station("work_station"), load_standard_checks(tx, *id), change_day_),
                  std::vector<std::string>{"ledger"});
    });
    const auto code = service_.stations(county(), fenglin_).front().short_code;
    const auto view = service_.by_code(county(), stranger_, code);
    ASSERT_TRUE(view && view->station);
    EXPECT_EQ(view->station->name, "枫林组工作站");
}

}  // namespace
}  // namespace lianxin::place
