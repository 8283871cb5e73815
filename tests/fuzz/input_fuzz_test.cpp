// What strangers send: JSON bodies, forms with files, tables in CSV and XLSX.
#include <gtest/gtest.h>
#include <minizip/zip.h>

#include <fstream>
#include <sstream>

#include "http/json_calls.hpp"
#include "http/parsing.hpp"
#include "matter/attachment.hpp"
#include "matter/matter_api_shapes.hpp"
#include "party/sheet.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/support/temporary_directory.hpp"

namespace lianxin::fuzz {
namespace {

const std::vector<std::string> json_tokens = {
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "\\u0000",
    "\\ud800",
    "\\",
    "null",
    "true",
    "1e999",
    "-0",
    "0.1",
    "9223372036854775808",
    "\xC3\x28",
    "\xF0\x9F\x92\xA1",
    "\"fields\"",
    "\"uploads\"",
    "\"about\"",
    "\"reporter\"",
    "[[[[[[[[",
    "{\"a\":{\"a\":",
    "\"2024-02-30T25:61:00Z\"",
    "\"1\"",
    "\n",
    "\t",
    std::string(1, '\0'),
};

TEST(Fuzz, json_bodies_are_read_or_every_fault_is_named_and_what_is_read_is_written_the_same) {
    const Mutator mutator(
        {R"({"workflow":"request","subkind":"report","place":"77","subject":"漏水\n","text":"a\"b","anonymous":true,)"
         R"("reporter":{"name":"a","phone":null},"happened_at":"2024-05-06T09:30:00+08:00","uploads":["1","22"],)"
         R"("about":{"kind":"notice","id":"5"},"fields":{"x":[1,{"y":null}],"z":1.5}})",
         R"({"workflow":"dispute","subject":"x"})",
         R"({"workflow":"request","subject":"x","fields":{"evidence":["1","2"],"units":[{"post":"4","lead":true}]}})"},
        json_tokens);
    play("json", {20'000}, [&](Random& random) {
        const std::string text = mutator.mutated(random);
        const auto read = http::parse<matter::api::TakeInShape>(text);
        if (!read) {
            ASSERT_FALSE(read.error().empty());
            for (const auto& fault : read.error()) EXPECT_FALSE(fault.code.empty());
            return;
        }
        const std::string written = http::to_json(*read, Zone{});
        const auto again = http::parse<matter::api::TakeInShape>(written);
        ASSERT_TRUE(again) << text << "\n" << written;
        EXPECT_EQ(http::to_json(*again, Zone{}), written);
    });
}

TEST(Fuzz, forms_with_files_stay_within_what_was_sent) {
    std::string form;
    for (const char* name : {"a", "b", "c"})
        form += "--xyz\r\nContent-Disposition: form-data; name=\"" + std::string(name) +
                "\"; filename=\"x.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n\xFF\xD8\xFF\xDA 1234\r\n";
    const Mutator mutator({form + "--xyz--\r\n", form},
                          {"\r\n", "--xyz", "--", "\r\n\r\n", "name=", "\"", ";", "\\", "filename=\"",
                           "Content-Disposition: form-data; ", ":"});
    play("multipart", {20'000}, [&](Random& random) {
        const std::string body = mutator.mutated(random);
        std::string type = "multipart/form-data; boundary=xyz";
        if (random() % 4 == 0) mutator.change(type, random);
        const auto parts = http::parse_multipart(type, body, 3);
        if (!parts) return;
        std::size_t octets = 0;
        for (const auto& part : *parts) octets += part.body.size() + part.name.size() + part.filename.size();
        EXPECT_LE(parts->size(), 3U);
        EXPECT_LE(octets, body.size());
    });
}

// A literal with all its zeros.
template <std::size_t N>
std::string whole(const char (&literal)[N]) {
    return {literal, N - 1};
}

TEST(Fuzz, pictures_are_cleaned_or_refused) {
    const std::string jpeg = whole(
        "\xFF\xD8\xFF\xE1\x00\x20"
        "Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\xFF\xDA\x00\x02scan\xFF\xD9");
    const std::string png = whole(
        "\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xDE\0\0\0\0IEND\xAE"
        "B`\x82");
    const std::string webp =
        whole("RIFF\x1A\0\0\0WEBPVP8L\x0D\0\0\0\x2F\0\0\0\x10\x07\x10\x11\x11\x88\x88\xFE\x07\0");
    const Mutator mutator({jpeg, png, webp, "%PDF-1.4\n%%EOF"},
                          {"\xFF\xD8", "\xFF\xE1", "\xFF\xDA", std::string("\xFF\xFF\xFF\xFF", 4),
                           std::string(4, '\0'), "Exif", "tEXt", "eXIf", "VP8X", "EXIF", "RIFF", "IEND"});
    play("picture", {20'000}, [&](Random& random) {
        const std::string bytes = mutator.mutated(random);
        const auto type = matter::file_type(as_bytes(bytes));
        if (!type) return;
        const auto cleaned = matter::without_metadata(*type, as_bytes(bytes));
        if (!cleaned) return;
        EXPECT_LE(cleaned->size(), bytes.size() + 64);
    });
}

TEST(Fuzz, tables_in_csv_stay_within_their_limits) {
    const Mutator mutator({"姓名,电话,地址\n张三,13800000000,\"大瑶镇, 1 组\"\n李四,,\"他说\"\"好\"\"\"\n",
                           "\xEF\xBB\xBF"
                           "a;b;c\r\n1;2;3\r\n",
                           "\xD0\xD5\xC3\xFB,\xB5\xE7\xBB\xB0\n\xD5\xC5\xC8\xFD,1\n"},
                          {",", ";", "\t", "\"", "\"\"", "\n", "\r\n", "\r", "=cmd|' /C calc'!A0",
                           "\xEF\xBB\xBF", "\xFF\xFE", "\x81\x30"});
    party::SheetLimits limits;
    limits.rows = 4;
    limits.columns = 5;
    play("csv", {20'000}, [&](Random& random) {
        const std::string bytes = mutator.mutated(random);
        const auto sheet = party::read_sheet(bytes, limits);
        if (!sheet) {
            EXPECT_NE(party::code_of(sheet.error().fault), "");
            return;
        }
        EXPECT_LE(sheet->rows.size(), limits.rows);
        EXPECT_LE(sheet->heading.size(), limits.columns);
        for (const auto& row : sheet->rows) {
            EXPECT_LE(row.cells.size(), limits.columns);
            EXPECT_GE(row.number, 2U);
        }
    });
}

std::string zipped(const std::vector<std::pair<std::string, std::string>>& parts,
                   const std::filesystem::path& at) {
    zipFile zip = zipOpen(at.c_str(), APPEND_STATUS_CREATE);
    for (const auto& [name, content] : parts) {
        zip_fileinfo info{};
        zipOpenNewFileInZip(zip, name.c_str(), &info, nullptr, 0, nullptr, 0, nullptr, Z_DEFLATED, 1);
        zipWriteInFileInZip(zip, content.data(), static_cast<unsigned>(content.size()));
        zipCloseFileInZip(zip);
    }
    zipClose(zip, nullptr);
    std::stringstream bytes;
    bytes << std::ifstream(at, std::ios::binary).rdbuf();
    return bytes.str();
}

TEST(Fuzz, workbooks_stay_within_their_limits) {
    const support::TemporaryDirectory directory;
    const std::vector<std::pair<std::string, std::string>> parts = {
        {"xl/workbook.xml",
         "<workbook xmlns:r='r'><sheets><sheet name='a' r:id='rId7'/></sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels",
         "<Relationships><Relationship Id='rId7' Target='worksheets/first.xml'/></Relationships>"},
        {"xl/worksheets/first.xml",
         "<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' "
         "t='inlineStr'><is><t>电话</t></is></c></row>"
         "<row r='3'><c r='B3'><v>7</v></c><c r='C3' t='b'><v>1</v></c></row></sheetData></worksheet>"},
        {"xl/sharedStrings.xml", "<sst><si><t>姓名</t></si><si><r><t>a</t></r><r><t>b</t></r></si></sst>"}};
    std::vector<std::string> xml;
    for (const auto& [name, content] : parts) xml.push_back(content);
    const std::vector<std::string> tokens = {"<",
                                             ">",
                                             "/>",
                                             "r='ZZZZZZ99999999'",
                                             "r='A0'",
                                             "t='s'",
                                             "<v>99999</v>",
                                             "<v>-1</v>",
                                             "&lt;",
                                             "&#0;",
                                             "<!DOCTYPE a [<!ENTITY b 'c'>]>",
                                             "<![CDATA[",
                                             "<row",
                                             "<c",
                                             "'",
                                             "xl/"};
    const Mutator inside(xml, tokens);
    const Mutator outside(
        {zipped(parts, directory / "whole.xlsx")},
        {"PK\x03\x04", "PK\x01\x02", "PK\x05\x06", std::string(4, '\xFF'), std::string(2, '\0')});
    party::SheetLimits limits;
    limits.unpacked_bytes = 1 << 20;
    limits.rows = 100;
    limits.columns = 20;
    play("xlsx", {3000}, [&](Random& random) {
        std::string bytes;
        if (random() % 2 == 0) {
            auto changed = parts;
            inside.change(changed[below(random, changed.size())].second, random);
            inside.change(changed[2].second, random);
            bytes = zipped(changed, directory / "changed.xlsx");
        } else {
            bytes = outside.mutated(random, 3);
        }
        const auto sheet = party::read_sheet(bytes, limits);
        if (!sheet) return;
        EXPECT_LE(sheet->rows.size(), limits.rows);
        for (const auto& row : sheet->rows) EXPECT_LE(row.cells.size(), limits.columns);
    });
}

}  // namespace
}  // namespace lianxin::fuzz
