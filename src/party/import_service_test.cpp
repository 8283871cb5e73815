#include "party/import_service.hpp"

#include <gtest/gtest.h>
#include <fstream>
#include <sstream>

#include "party/contact_book_service.hpp"
#include "party/party_service.hpp"
#include "place/category_store.hpp"
#include "place/place_service.hpp"
#include "tests/support/test_county.hpp"

namespace lianxin::party {
namespace {

using access::ActingPerson;

class Imports : public support::AnyCounty {
 protected:
    Imports() {
        county().database.write([](store::Transaction& tx) {
            place::save_kinds(tx, {{{"county", 1, false, {"市"}},
                                    {"township", 2, false, {"镇"}},
                                    {"village", 3, false, {"村"}},
                                    {"group", 5, false, {"组"}},
                                    {"household", 6, true, {}}},
                                   {}});
            const auto at = [](const char* kind) { return Seat{Seat::Of::place, kind}; };
            save_offices(tx,
                         PostKinds({{"representative", {at("group")}, false, false, 0, {}, {}, 0},
                                    {"head", {at("group")}, false, true, 1, {}, {}, 0},
                                    {"desk",
                                     {at("county"), at("township"), at("village"), at("group")},
                                     true,
                                     false,
                                     1,
                                     {},
                                     {},
                                     0}},
                                   {}),
                         {});
        });
        place::PlaceService places(lookup_);
        const auto opened =
            places.open(county(), engine_, {"county", "浏阳市", place::DivisionCode::parse("430181000000")},
                        {}, Day::of(2020, 1, 1));
        EXPECT_TRUE(opened);
        root_ = *opened;
        county().database.write([&](store::Transaction& tx) {
            PartyService::furnish_in(tx, county(), root_, Day::of(2020, 1, 1));
        });
    }
    ImportReport import(ImportKind kind, const std::string& table, bool dry_run = false) {
        auto report = import_table(county(), engine_, kind, table, dry_run);
        EXPECT_TRUE(report) << (report ? "" : report.error().front().code);
        return report ? *report : ImportReport{};
    }
    static std::string brief(const ImportReport& report) {
        std::string text =
            std::to_string(report.added) + " added, " + std::to_string(report.unchanged) + " unchanged";
        for (const auto& row : report.refused)
            text += "; " + std::to_string(row.row) + " " + row.column + " " + row.reason;
        return text;
    }
    [[nodiscard]] std::int64_t count(const std::string& table) {
        return county().database.read(
            [&](store::Transaction& tx) { return *tx.value<std::int64_t>("select count(*) from " + table); });
    }

    place::PlaceLookup lookup_;
    ActingPerson engine_ = ActingPerson::engine();
    PlaceId root_;
};
LIANXIN_ON_BOTH_ENGINES(Imports);

const std::string places_table =
    "名称,类型,上级,区划代码\n"
    "大瑶镇,镇,浏阳市,430181103000\n"
    "青禾村,village,大瑶镇,430181103201\n"
    "松塘村,村,浏阳市/大瑶镇,\n"
    "枫林组,组,大瑶镇/青禾村,\n"
    "枫林组,组,松塘村,\n"
    "荷塘组,组,没有的村,\n"
    "坏码村,村,大瑶镇,430182103202\n"
    "同码村,村,大瑶镇,430181103201\n"
    ",村,大瑶镇,\n"
    "怪地,洲,大瑶镇,\n"
    "二镇,镇,青禾村,\n";

TEST_P(Imports, take_the_good_rows_and_list_every_refused_one_with_column_and_reason) {
    EXPECT_EQ(brief(import(ImportKind::places, places_table)),
              "5 added, 0 unchanged; 7 上级 place_unknown; 8  division_code_disagrees_with_parent; 9 "
              "区划代码 division_code_taken; "
              "10 名称 value_missing; 11 类型 kind_unknown; 12  kind_not_below_parent");
    EXPECT_EQ(count("place"), 6);
    EXPECT_EQ(count("post where desk = 1"), 6) << "every place has its desk from the first day";
    EXPECT_EQ(count("post where kind = 'head'"), 2);
    EXPECT_EQ(count("post where superior is null"), 1) << "only the highest desk has nobody above";
}

TEST_P(Imports, change_nothing_in_a_dry_run_and_judge_the_same) {
    const auto judged = brief(import(ImportKind::places, places_table, true));
    EXPECT_EQ(count("place"), 1);
    EXPECT_EQ(brief(import(ImportKind::places, places_table)), judged);
}

TEST_P(Imports, add_nothing_the_second_time) {
    (void)import(ImportKind::places, places_table);
    const auto again = import(ImportKind::places, places_table);
    EXPECT_EQ(again.added, 0U);
    EXPECT_EQ(again.unchanged, 5U);
    EXPECT_EQ(count("place"), 6);
}

TEST_P(Imports, take_households_by_path_and_ask_which_of_two_namesakes_is_meant) {
    (void)import(ImportKind::places, places_table);
    EXPECT_EQ(brief(import(ImportKind::households,
                           "门牌,所在地\n1号,青禾村/枫林组\n2号,青禾村›枫林组\n1号,青禾村/"
                           "枫林组\n3号,枫林组\n4号,430181103201\n")),
              "2 added, 1 unchanged; 5 所在地 place_ambiguous; 6 所在地 household_not_at_lowest_place");
}

TEST_P(Imports, take_people_into_posts_and_seal_everybody_else) {
    (void)import(ImportKind::places, places_table);
    const std::string people =
        "姓名,电话,所在地,岗位\n"
        "欧阳建国,00011112222,青禾村/枫林组,representative\n"
        "刘桂香,00033334444,青禾村/枫林组,\n"
        "李明,123,青禾村/枫林组,\n"
        "王芳,,青禾村/枫林组,mayor\n"
        "张军,,青禾村,representative\n";
    const auto judged = brief(import(ImportKind::people, people, true));
    EXPECT_EQ(count("party"), 0);
    EXPECT_EQ(brief(import(ImportKind::people, people)), judged);
    EXPECT_EQ(count("party"), 2);
    EXPECT_EQ(brief(import(ImportKind::people, people)),
              "0 added, 2 unchanged; 4 电话 phone_malformed; 5 岗位 post_kind_unknown; 6 岗位 "
              "post_never_sits_there");
    for (const auto& row : import(ImportKind::people, people).refused)
        EXPECT_EQ(row.value.find("123"), std::string::npos);
    county().database.read([&](store::Transaction& tx) {
        const auto found = ContactBook().find(tx, county().keys, ContactField::phone, "000 3333 4444");
        ASSERT_EQ(found.size(), 1U);
        EXPECT_EQ(load_party(tx, found.front().party)->name, "");
        EXPECT_EQ(tx.value<std::string>("select name from party where name <> ''"), "欧阳建国");
        EXPECT_EQ(tx.value<std::int64_t>("select count(*) from holding"), 1);
    });
}

TEST_P(Imports, take_categories_as_paths_of_names) {
    const std::string table =
        "level1\tlevel2\tlevel3\n道路\t照明\t路灯不亮\n道路\t照明\t新装路灯\n道路\t\t坑\n\t照明\tx\n";
    EXPECT_EQ(brief(import(ImportKind::categories, table)),
              "2 added, 0 unchanged; 4 level2 level_left_out; 5 level1 value_missing");
    EXPECT_EQ(import(ImportKind::categories, table).added, 0U);
    EXPECT_EQ(count("category"), 4);
}

TEST_P(Imports, take_the_real_tree_of_categories) {
    std::ifstream file("../shared/data/categories.tsv");
    if (!file) GTEST_SKIP() << "the real tree is not on this machine";
    std::stringstream bytes;
    bytes << file.rdbuf();
    const auto report = import(ImportKind::categories, bytes.str());
    EXPECT_EQ(report.added, 517U);
    EXPECT_TRUE(report.refused.empty());
    county().database.read([&](store::Transaction& tx) {
        const auto index = lookup_.categories(tx, test_county().today());
        EXPECT_EQ(index->search("园林绿化环卫").front().path.front()->name, "城乡建设");
    });
}

TEST_P(Imports, refuse_rows_of_places_the_person_does_not_administer) {
    ActingPerson stranger;
    const auto report = import_table(county(), stranger, ImportKind::places,
                                     "name,kind,parent\n大瑶镇,township,浏阳市\n", false);
    EXPECT_EQ(brief(*report), "0 added, 0 unchanged; 2  not_allowed");
}

TEST_P(Imports, refuse_a_file_whose_headings_they_do_not_know_and_say_what_was_meant) {
    const auto faults = [&](ImportKind kind, const std::string& table) {
        const auto report = import_table(county(), engine_, kind, table, false);
        std::string text;
        if (report) return text;
        for (const auto& fault : report.error())
            text += fault.code + " " + fault.heading + " → " + fault.nearest + "; ";
        return text;
    };
    EXPECT_EQ(faults(ImportKind::people, ""), "empty  → ; ");
    EXPECT_EQ(faults(ImportKind::people, "姓名,所在地,phon\n"), "heading_unknown phon → 电话 (phone); ");
    EXPECT_EQ(faults(ImportKind::places, "名称,类型,上级,区划码\n"),
              "heading_unknown 区划码 → 区划代码 (code); ");
    EXPECT_EQ(faults(ImportKind::places, "名称,name,类型,上级\n"), "heading_twice name → 名称; ");
    EXPECT_EQ(faults(ImportKind::places, "名称,类型\n"), "heading_missing 上级 (parent) → ; ");
    EXPECT_EQ(faults(ImportKind::households, "门牌,所在地,\n1号,大瑶镇,备用\n"), "heading_empty 3 → ; ");
    EXPECT_EQ(faults(ImportKind::households, "门牌,所在地,\n"), "") << "an empty column is nothing";
    EXPECT_EQ(faults(ImportKind::households, "ＮＡＭＥ, Parent \n"), "") << "any case, any width";
    EXPECT_EQ(faults(ImportKind::categories, "一级分类,备注\n"),
              "heading_unknown 备注 → 二级分类 (level2), 三级分类 (level3), 无需照片 (no_photo), 紧急程度 "
              "(urgency), "
              "别名 (also); ");
    EXPECT_EQ(count("place"), 1);
}

TEST_P(Imports, take_their_own_empty_form_with_its_example) {
    (void)import(ImportKind::places, places_table);
    for (const auto& form : import_forms()) {
        const auto sheet = empty_form(county(), form.kind);
        EXPECT_EQ(sheet.heading.size(), form.columns.size());
        for (const auto& bytes : {write_csv(sheet), write_xlsx(sheet)})
            EXPECT_EQ(brief(import(form.kind, bytes, true)), "1 added, 0 unchanged") << form.name;
    }
}

TEST_P(Imports, take_terms_that_began_before_the_county_did) {
    (void)import(ImportKind::places, places_table);
    const std::string head = "姓名,所在地,岗位,任职日期,任期届满\n";
    EXPECT_EQ(brief(import(ImportKind::people, head + "李国强,青禾村/枫林组,head,2018-03-01,\n"
                                                      "王秀英,松塘村/枫林组,representative,2019/3/1,\n"
                                                      "周建军,松塘村/枫林组,head,2016-03-01,2019-03-01\n"
                                                      "刘桂香,松塘村/枫林组,head,2019-03-01,\n")),
              "4 added, 0 unchanged");
    EXPECT_EQ(brief(import(ImportKind::people, head + "陈明,青禾村/枫林组,head,2017-01-01,\n"
                                                      "陈亮,青禾村/枫林组,head,2017-01-01,2018-03-01\n"
                                                      "李国强,青禾村/枫林组,head,2018-03-01,\n"
                                                      "王秀英,松塘村/枫林组,head,,\n"
                                                      "赵敏,青禾村/枫林组,head,2018-03-01,2017-03-01\n")),
              "1 added, 1 unchanged; 2 岗位 post_has_holder; 5 岗位 known_without_this_post; 6 任期届满 "
              "ends_before_it_began");
}

TEST_P(Imports, refuse_terms_older_than_a_post_that_was_founded_since) {
    (void)import(ImportKind::places, places_table);
    (void)import(ImportKind::places, "名称,类型,上级,自\n新建组,组,青禾村,2021-05-01\n");
    const auto report =
        import(ImportKind::people,
               "姓名,所在地,岗位,任职日期\n李国强,青禾村/新建组,head,2020-06-01\n"
               "周建军,青禾村/新建组,representative,2020-06-01\n刘桂香,青禾村/新建组,head,2021-05-01\n");
    EXPECT_EQ(brief(report),
              "1 added, 0 unchanged; 2 任职日期 term_before_post; 3 任职日期 term_before_post");
    EXPECT_EQ(report.refused.front().limit, "2021-05-01");
}

TEST_P(Imports, refuse_places_older_than_what_they_hang_from_and_places_of_the_future) {
    const auto report =
        import(ImportKind::places,
               "名称,类型,上级,自\n大瑶镇,镇,浏阳市,1995-01-01\n文家市镇,镇,浏阳市,2999-01-01\n"
               "金刚镇,镇,浏阳市,2020-01-01\n");
    EXPECT_EQ(brief(report), "1 added, 0 unchanged; 2 自 older_than_place_above; 3 自 day_in_the_future");
    EXPECT_EQ(report.refused.front().limit, "2020-01-01");
}

TEST_P(Imports, hang_doors_from_the_lowest_place_alone) {
    (void)import(ImportKind::places, places_table + "竹山村,村,大瑶镇,\n");
    const auto report = import(ImportKind::households,
                               "门牌,所在地\n1号,青禾村\n1号,大瑶镇\n1号,青禾村/枫林组\n1号,竹山村\n");
    EXPECT_EQ(brief(report),
              "2 added, 0 unchanged; 2 所在地 household_not_at_lowest_place; 3 所在地 "
              "household_not_at_lowest_place");
    EXPECT_EQ(report.refused.front().limit, "枫林组");
}

TEST_P(Imports, refuse_a_category_that_is_half_said) {
    EXPECT_EQ(brief(import(ImportKind::categories, "一级分类,无需照片\n道路,也许\n水务,是\n")),
              "1 added, 0 unchanged; 2 无需照片 not_yes_or_no");
}

TEST_P(Imports, keep_sql_and_markup_as_the_text_it_is) {
    (void)import(ImportKind::places, places_table);
    const std::string evil =
        "name,kind,parent\n\"x'); drop table "
        "place;--\",村,大瑶镇\n<script>alert(1)</script>,村,大瑶镇\n=1+1,村,大瑶镇\n";
    EXPECT_EQ(import(ImportKind::places, evil).added, 3U);
    EXPECT_EQ(count("place"), 9);
}

}  // namespace
}  // namespace lianxin::party
