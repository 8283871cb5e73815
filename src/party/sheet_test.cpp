#include "party/sheet.hpp"

#include <gtest/gtest.h>
#include <minizip/zip.h>

#include <fstream>
#include <random>
#include <sstream>

#include "tests/support/temporary_directory.hpp"

namespace lianxin::party {
namespace {

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
    const auto open = read_sheet("a,b\n\"c\nd\",e\n\"open").error();
    EXPECT_EQ(open, SheetFault::quote_not_closed);
    EXPECT_EQ(open.row, 3U) << "where the quotation mark stands";
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

TEST(WrittenTable, ReadsAsWhatItWas) {
    Sheet sheet;
    sheet.heading = {"名称", "区划代码", "别名"};
    sheet.rows = {{2, {"青禾村, 东", "430181103201", "他说“好”\n又说 \"不\""}},
                  {3, {"<松塘> & 村", "", "'=1+1"}}};
    for (const auto& bytes : {write_csv(sheet), write_xlsx(sheet)}) {
        const auto read = read_sheet(bytes);
        ASSERT_TRUE(read);
        EXPECT_EQ(flat(*read), flat(sheet));
    }
    EXPECT_EQ(write_xlsx(sheet), write_xlsx(sheet)) << "the same table gives the same bytes";
}

}  // namespace
}  // namespace lianxin::party
