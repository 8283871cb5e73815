#include "party/import_service.hpp"

#include <gtest/gtest.h>
#include <minizip/zip.h>

#include <fstream>
#include <random>
#include <sstream>

#include "party/contact_service.hpp"
#include "party/party_service.hpp"
#include "party/sheet.hpp"
#include "place/category_store.hpp"
#include "place/place_service.hpp"
#include "tests/support/temporary_directory.hpp"
#include "tests/support/test_county.hpp"

namespace lianxin::party {
namespace {

using access::ActingPerson;

std::string zip_of(const std::vector<std::pair<std::string, std::string>>& parts) {
    const support::TemporaryDirectory directory;
    const auto path = (directory / "book.xlsx").string();
    zipFile zip = zipOpen(path.c_str(), APPEND_STATUS_CREATE);
    for (const auto& [name, content] : parts) {
        zip_fileinfo info{};
        zipOpenNewFileInZip(zip, name.c_str(), &info, nullptr, 0, nullptr, 0, nullptr, Z_DEFLATED, 9);
        zipWriteInFileInZip(zip, content.data(), static_cast<unsigned>(content.size()));
        zipCloseFileInZip(zip);
    }
    zipClose(zip, nullptr);
    std::ifstream file(path, std::ios::binary);
    std::stringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}

std::string workbook(const std::string& sheet, const std::string& strings = "") {
    std::vector<std::pair<std::string, std::string>> parts = {
        {"xl/workbook.xml",
         "<workbook xmlns:r='r'><sheets><sheet name='a' r:id='rId7'/><sheet name='b' "
         "r:id='rId8'/></sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels",
         "<Relationships><Relationship Id='rId8' Target='worksheets/other.xml'/><Relationship Id='rId7' "
         "Target='worksheets/first.xml'/></Relationships>"},
        {"xl/worksheets/first.xml", sheet}};
    if (!strings.empty()) parts.emplace_back("xl/sharedStrings.xml", strings);
    return zip_of(parts);
}

std::string flat(const Sheet& sheet) {
    std::string text;
    const auto line = [&](const std::vector<std::string>& cells) {
        for (const auto& cell : cells) text += "[" + cell + "]";
    };
    line(sheet.heading);
    for (const auto& row : sheet.rows) {
        text += " " + std::to_string(row.number) + ":";
        line(row.cells);
    }
    return text;
}

TEST(CsvTable, is_read_with_quotes_marks_line_ends_and_any_separator) {
    EXPECT_EQ(flat(*read_sheet("\xEF\xBB\xBFname,parent\r\n\"a, \"\"b\"\"\nc\",x\r\n\r\nd,\"\"\r\n")),
              "[name][parent] 2:[a, \"b\"\nc][x] 4:[d][]");
    EXPECT_EQ(flat(*read_sheet("a\tb\n1,5\t2")), "[a][b] 2:[1,5][2]");
    EXPECT_EQ(flat(*read_sheet("a;b\r1;2\r")), "[a][b] 2:[1][2]");
    EXPECT_EQ(read_sheet("").error(), SheetFault::empty);
    EXPECT_EQ(read_sheet("a,b\n\"open").error(), SheetFault::quote_not_closed);
}

TEST(CsvTable, is_understood_in_gb18030) {
    EXPECT_EQ(flat(*read_sheet("\xC3\xFB\xB3\xC6\n\xC7\xE0\xBA\xCC\xB4\xE5\n")), "[名称] 2:[青禾村]");
    EXPECT_EQ(read_sheet("\xFF\xFE\xFF").error(), SheetFault::encoding_unknown);
    EXPECT_EQ(read_sheet(std::string_view("a\0b", 3)).error(), SheetFault::encoding_unknown);
}

TEST(CsvTable, keeps_what_looks_like_a_formula_as_text) {
    EXPECT_EQ(flat(*read_sheet("name\n=cmd|' /C calc'!A0\n@SUM(1)\n")),
              "[name] 2:[=cmd|' /C calc'!A0] 3:[@SUM(1)]");
}

TEST(Workbook, is_read_from_its_first_sheet_with_shared_and_inline_texts) {
    const auto book = workbook(
        "<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c><c r='C1' "
        "t='inlineStr'><is><t>code</t></is></c></row>"
        "<row r='5'><c r='A5' t='s'><v>1</v></c><c r='B5'><f>1+1</f><v>2</v></c><c r='C5' "
        "t='str'><v>43</v></c></row>"
        "<row r='6'><c r='A6' t='s'><v>99</v></c></row></sheetData></worksheet>",
        "<sst><si><t>名称</t></si><si><r><t>青</t></r><r><t>禾村</t></r><rPh><t>qing</t></rPh></si></sst>");
    EXPECT_EQ(flat(*read_sheet(book)), "[名称][][code] 5:[青禾村][2][43]");
}

TEST(Workbook, that_is_broken_is_refused) {
    EXPECT_EQ(read_xlsx("PK\x03\x04 nothing").error(), SheetFault::not_a_workbook);
    EXPECT_EQ(read_xlsx(zip_of({{"hello.txt", "hi"}})).error(), SheetFault::not_a_workbook);
    EXPECT_EQ(read_xlsx(workbook("<worksheet><row")).error(), SheetFault::malformed_workbook);
    EXPECT_EQ(read_xlsx(workbook("<worksheet/>")).error(), SheetFault::empty);
}

TEST(Workbook, that_declares_entities_is_refused) {
    EXPECT_EQ(
        read_xlsx(workbook("<!DOCTYPE w [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><worksheet>&b;</worksheet>"))
            .error(),
        SheetFault::malformed_workbook);
}

TEST(Workbook, that_unpacks_to_far_more_than_it_is_is_refused) {
    const std::string bomb = "<worksheet>" + std::string(8'000'000, ' ') + "</worksheet>";
    EXPECT_EQ(read_xlsx(workbook(bomb)).error(), SheetFault::too_large);
    SheetLimits small;
    small.unpacked_bytes = 1000;
    EXPECT_EQ(read_xlsx(workbook("<worksheet>" + std::string(2000, 'x') + "</worksheet>"), small).error(),
              SheetFault::too_large);
    small.rows = 3;
    EXPECT_TRUE(read_csv("a\n1\n2\n3\n", small));
    EXPECT_EQ(read_csv("a\n1\n2\n3\n4\n", small).error(), SheetFault::too_large);
    small.file_bytes = 4;
    EXPECT_EQ(read_sheet("a\n1\n2\n", small).error(), SheetFault::too_large);
}

TEST(AnyTable, whatever_its_bytes_is_read_or_refused) {
    constexpr unsigned seed = 42;
    std::mt19937 random(seed);
    const std::string seeds[] = {workbook("<worksheet><row r='1'><c r='A1'><v>1</v></c></row></worksheet>"),
                                 "a,b\n\"1\",2\n"};
    for (int round = 0; round < 3000; ++round) {
        std::string bytes = seeds[random() % 2];
        for (unsigned n = 0; n < 1 + random() % 8; ++n)
            bytes[random() % bytes.size()] = static_cast<char>(random());
        if (random() % 4 == 0) bytes.resize(random() % bytes.size());
        const auto sheet = read_sheet(bytes);
        if (sheet) {
            EXPECT_FALSE(sheet->heading.empty()) << "seed " << seed << " round " << round;
        }
    }
}

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
        auto report = import_table(county(), engine_, kind, "table.csv", table, dry_run);
        EXPECT_TRUE(report) << (report ? "" : report.error().code);
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
              "3 added, 1 unchanged; 5 所在地 place_ambiguous");
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
        const auto found = find_by_contact(tx, county().keys, ContactField::phone, "000 3333 4444");
        ASSERT_EQ(found.size(), 1U);
        EXPECT_EQ(load_party(tx, found.front())->name, "");
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
    const auto report = import_table(county(), stranger, ImportKind::places, "t.csv",
                                     "name,kind,parent\n大瑶镇,township,浏阳市\n", false);
    EXPECT_EQ(brief(*report), "0 added, 0 unchanged; 2  not_allowed");
}

TEST_P(Imports, refuse_a_file_without_the_headings_they_need) {
    EXPECT_EQ(import_table(county(), engine_, ImportKind::people, "t.csv", "a,b\n1,2\n", false).error().code,
              "heading_missing");
    EXPECT_EQ(import_table(county(), engine_, ImportKind::people, "t.csv", "", false).error().code, "empty");
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
