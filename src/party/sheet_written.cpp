// A table as a file: CSV that spreadsheets open as UTF-8, and the least of ECMA-376 that is a workbook.
#include <zlib.h>

#include <cstdint>
#include <utility>

#include "party/sheet.hpp"

namespace lianxin::party {
namespace {

std::vector<const std::vector<std::string>*> lines_of(const Sheet& sheet) {
    std::vector<const std::vector<std::string>*> lines{&sheet.heading};
    for (const auto& row : sheet.rows) lines.push_back(&row.cells);
    return lines;
}

std::string quoted(const std::string& cell) {
    if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
    std::string text = "\"";
    for (const char c : cell) text += c == '"' ? "\"\"" : std::string(1, c);
    return text + '"';
}

std::string escaped(const std::string& cell) {
    std::string text;
    for (const char c : cell) {
        if (c == '&')
            text += "&amp;";
        else if (c == '<')
            text += "&lt;";
        else if (c == '>')
            text += "&gt;";
        else
            text += c;
    }
    return text;
}

void put(std::string& bytes, std::uint64_t number, int size) {
    for (int i = 0; i < size; ++i, number >>= 8U) bytes += static_cast<char>(number & 0xFFU);
}

// PKWARE's APPNOTE 4.3: parts stored as they are, so that the same table gives the same bytes.
class StoredZip {
 public:
    void add(const std::string& name, const std::string& content) {
        const auto offset = bytes_.size();
        std::string head;
        put(head, 20, 2);               // version that can read it
        put(head, 0, 2 + 2 + 2);        // flags, method: stored, time
        put(head, (1U << 5U) | 1U, 2);  // date: 1980-01-01, the format's first day
        put(head, crc32(0, reinterpret_cast<const Bytef*>(content.data()), static_cast<uInt>(content.size())),
            4);
        put(head, content.size(), 4);
        put(head, content.size(), 4);
        put(head, name.size(), 2);
        put(head, 0, 2);  // extra field
        bytes_ += "PK\x03\x04" + head + name + content;
        directory_ += "PK\x01\x02";
        put(directory_, 20, 2);  // version that made it
        directory_ += head;
        put(directory_, 0, 2 + 2 + 2 + 4);  // comment, disk, attributes inside and outside
        put(directory_, offset, 4);
        directory_ += name;
        ++parts_;
    }
    std::string finish() && {
        const auto offset = bytes_.size();
        bytes_ += directory_ + "PK\x05\x06";
        put(bytes_, 0, 2 + 2);
        put(bytes_, parts_, 2);
        put(bytes_, parts_, 2);
        put(bytes_, directory_.size(), 4);
        put(bytes_, offset, 4);
        put(bytes_, 0, 2);
        return std::move(bytes_);
    }

 private:
    std::string bytes_, directory_;
    std::uint64_t parts_ = 0;
};

constexpr const char* xml = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
#define OFFICE "http://schemas.openxmlformats.org/"

}  // namespace

std::string write_csv(const Sheet& sheet) {
    std::string text = "\xEF\xBB\xBF";
    for (const auto* line : lines_of(sheet)) {
        for (std::size_t i = 0; i < line->size(); ++i) text += (i == 0 ? "" : ",") + quoted((*line)[i]);
        text += "\r\n";
    }
    return text;
}

std::string write_xlsx(const Sheet& sheet) {
    std::string data;
    std::size_t number = 0;
    for (const auto* line : lines_of(sheet)) {
        const auto row = std::to_string(++number);
        data += "<row r=\"" + row + "\">";
        require(line->size() <= 26, "a form has columns A to Z");
        // Texts all of them: a code of twelve digits or a telephone number is no number to calculate with.
        for (std::size_t i = 0; i < line->size(); ++i)
            data += "<c r=\"" + std::string(1, static_cast<char>('A' + i)) + row +
                    "\" t=\"inlineStr\"><is><t>" + escaped((*line)[i]) + "</t></is></c>";
        data += "</row>";
    }
    StoredZip zip;
    zip.add("[Content_Types].xml",
            std::string(xml) + "<Types xmlns=\"" OFFICE
                               "package/2006/content-types\">"
                               "<Default Extension=\"rels\" "
                               "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                               "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/"
                               "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
                               "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/"
                               "vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></Types>");
    zip.add("_rels/.rels", std::string(xml) + "<Relationships xmlns=\"" OFFICE
                                              "package/2006/relationships\"><Relationship "
                                              "Id=\"rId1\" Type=\"" OFFICE
                                              "officeDocument/2006/relationships/officeDocument\" "
                                              "Target=\"xl/workbook.xml\"/></Relationships>");
    zip.add("xl/workbook.xml",
            std::string(xml) + "<workbook xmlns=\"" OFFICE "spreadsheetml/2006/main\" xmlns:r=\"" OFFICE
                               "officeDocument/2006/relationships\"><sheets><sheet name=\"1\" sheetId=\"1\" "
                               "r:id=\"rId1\"/></sheets></workbook>");
    zip.add("xl/_rels/workbook.xml.rels", std::string(xml) +
                                              "<Relationships xmlns=\"" OFFICE
                                              "package/2006/relationships\"><Relationship "
                                              "Id=\"rId1\" Type=\"" OFFICE
                                              "officeDocument/2006/relationships/worksheet\" "
                                              "Target=\"worksheets/sheet1.xml\"/></Relationships>");
    zip.add("xl/worksheets/sheet1.xml",
            std::string(xml) + "<worksheet xmlns=\"" OFFICE "spreadsheetml/2006/main\"><sheetData>" + data +
                "</sheetData></worksheet>");
    return std::move(zip).finish();
}

#undef OFFICE

}  // namespace lianxin::party
