// The parts of ECMA-376 a table needs: workbook → first sheet, shared strings, cells by reference.
#include <expat.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <map>
#include <memory>

#include "base/text.hpp"
#include "party/sheet.hpp"

namespace lianxin::party {
namespace {

using Attributes = std::map<std::string, std::string, std::less<>>;

// Elements by local name, with the text between them.
struct XmlEvents {
    std::function<bool(std::string_view name, const Attributes&)> opened;  // false: stop
    std::function<bool(std::string_view name, const std::string& text)> closed;
};

struct XmlState {
    XML_Parser parser = nullptr;
    XmlEvents events;
    std::string text;
    bool stopped = false;
};

std::string_view local_name(const char* name) {
    const std::string_view full(name);
    const auto colon = full.rfind(':');
    return colon == std::string_view::npos ? full : full.substr(colon + 1);
}

void stop(XmlState& state) {
    state.stopped = true;
    XML_StopParser(state.parser, XML_FALSE);
}

void XMLCALL on_open(void* data, const XML_Char* name, const XML_Char** pairs) {
    auto& state = *static_cast<XmlState*>(data);
    Attributes attributes;
    for (; *pairs != nullptr; pairs += 2) attributes.emplace(pairs[0], pairs[1]);
    state.text.clear();
    if (state.events.opened && !state.events.opened(local_name(name), attributes)) stop(state);
}

void XMLCALL on_close(void* data, const XML_Char* name) {
    auto& state = *static_cast<XmlState*>(data);
    if (state.events.closed && !state.events.closed(local_name(name), state.text)) stop(state);
    state.text.clear();
}

void XMLCALL on_text(void* data, const XML_Char* text, int length) {
    static_cast<XmlState*>(data)->text.append(text, static_cast<std::size_t>(length));
}

// A spreadsheet declares no document type; one that does wants entities expanded.
void XMLCALL on_doctype(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    stop(*static_cast<XmlState*>(data));
}

bool read_xml(const std::string& document, XmlEvents events) {
    const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(XML_ParserCreate(nullptr),
                                                                              XML_ParserFree);
    if (!parser) throw Fault("the XML parser could not be made");
    XmlState state{parser.get(), std::move(events), {}, false};
    XML_SetUserData(parser.get(), &state);
    XML_SetElementHandler(parser.get(), on_open, on_close);
    XML_SetCharacterDataHandler(parser.get(), on_text);
    XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);
    return XML_Parse(parser.get(), document.data(), static_cast<int>(document.size()), 1) == XML_STATUS_OK &&
           !state.stopped;
}

std::string value_of(const Attributes& attributes, std::string_view name) {
    const auto it = attributes.find(name);
    return it == attributes.end() ? std::string() : it->second;
}

// "xl/worksheets/sheet3.xml": the part behind the workbook's first sheet.
std::optional<std::string> first_sheet(Unzipped& zip) {
    const auto workbook = zip.part("xl/workbook.xml"), relations = zip.part("xl/_rels/workbook.xml.rels");
    if (!workbook || !relations) return {};
    std::string id, target;
    const bool read =
        read_xml(*workbook, {[&](std::string_view name, const Attributes& attributes) {
                                 if (name == "sheet" && id.empty()) id = value_of(attributes, "r:id");
                                 return true;
                             },
                             {}}) &&
        read_xml(*relations, {[&](std::string_view name, const Attributes& attributes) {
                                  if (name == "Relationship" && value_of(attributes, "Id") == id) {
                                      target = value_of(attributes, "Target");
                                  }
                                  return true;
                              },
                              {}});
    if (!read || target.empty()) return {};
    return target.starts_with("/") ? target.substr(1) : "xl/" + target;
}

// <si> holds one text or several runs; phonetic guides (<rPh>) are not part of it.
bool read_strings(const std::string& document, std::vector<std::string>& strings) {
    std::string text;
    int phonetic = 0;
    return read_xml(document, {[&](std::string_view name, const Attributes&) {
                                   if (name == "si") text.clear();
                                   if (name == "rPh") ++phonetic;
                                   return true;
                               },
                               [&](std::string_view name, const std::string& content) {
                                   if (name == "rPh") --phonetic;
                                   if (name == "t" && phonetic == 0) text += content;
                                   if (name == "si") strings.push_back(text);
                                   return true;
                               }});
}

// "AB12" → 27; nothing when it names no column.
std::optional<std::size_t> column_of(std::string_view reference) {
    std::size_t column = 0;
    for (const char c : reference) {
        if (c < 'A' || c > 'Z') break;
        column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
        if (column > 100'000) return {};
    }
    if (column == 0) return {};
    return column - 1;
}

class SheetReader {
 public:
    SheetReader(const std::vector<std::string>& strings, const SheetLimits& limits)
        : strings_(strings), limits_(limits) {}

    [[nodiscard]] Result<Sheet, SheetRefusal> read(const std::string& document) {
        const bool whole = read_xml(
            document,
            {[&](std::string_view name, const Attributes& attributes) { return opened(name, attributes); },
             [&](std::string_view name, const std::string& text) { return closed(name, text); }});
        if (too_large_) return fail(SheetFault::too_large);
        if (!whole) return fail(SheetFault::malformed_workbook);
        if (sheet_.heading.empty()) return fail(SheetFault::empty);
        return std::move(sheet_);
    }

 private:
    bool opened(std::string_view name, const Attributes& attributes) {
        if (name == "row") {
            const auto text = value_of(attributes, "r");
            std::size_t number = 0;
            std::from_chars(text.data(), text.data() + text.size(), number);
            number_ = number > 0 ? number : number_ + 1;
            cells_.clear();
        } else if (name == "c") {
            type_ = value_of(attributes, "t");
            column_ = column_of(value_of(attributes, "r")).value_or(cells_.size());
            value_.clear();
            too_large_ = too_large_ || column_ >= limits_.columns;
        }
        return !too_large_;
    }
    bool closed(std::string_view name, const std::string& text) {
        if (name == "v") value_ = text;
        if (name == "t" && type_ == "inlineStr") value_ += text;
        if (name == "c") end_cell();
        if (name == "row") end_row();
        return !too_large_;
    }
    void end_cell() {
        if (type_ == "s") {
            std::size_t index = strings_.size();
            std::from_chars(value_.data(), value_.data() + value_.size(), index);
            value_ = index < strings_.size() ? strings_[index] : std::string();
        }
        if (cells_.size() <= column_) cells_.resize(column_ + 1);
        cells_[column_] = std::string(trim(value_));
    }
    void end_row() {
        const bool blank =
            std::all_of(cells_.begin(), cells_.end(), [](const auto& cell) { return cell.empty(); });
        if (blank) return;
        if (sheet_.heading.empty())
            sheet_.heading = cells_;
        else
            sheet_.rows.push_back({number_, cells_});
        too_large_ = too_large_ || sheet_.rows.size() > limits_.rows;
    }

    const std::vector<std::string>& strings_;
    const SheetLimits& limits_;
    Sheet sheet_;
    std::vector<std::string> cells_;
    std::string type_, value_;
    std::size_t column_ = 0, number_ = 0;
    bool too_large_ = false;
};

}  // namespace

Result<Sheet, SheetRefusal> read_xlsx(std::string_view bytes, const SheetLimits& limits) {
    if (bytes.size() > limits.file_bytes) return fail(SheetFault::too_large);
    Unzipped zip(bytes, limits);
    if (!zip.open()) return fail(SheetFault::not_a_workbook);
    const auto refused = [&](SheetFault otherwise) {
        return fail(zip.too_large() ? SheetFault::too_large : otherwise);
    };
    const auto name = first_sheet(zip);
    if (!name) return refused(SheetFault::not_a_workbook);
    std::vector<std::string> strings;
    const auto shared = zip.part("xl/sharedStrings.xml");
    if (zip.too_large()) return fail(SheetFault::too_large);
    if (shared && !read_strings(*shared, strings)) return fail(SheetFault::malformed_workbook);
    const auto document = zip.part(*name);
    if (!document) return refused(SheetFault::not_a_workbook);
    return SheetReader(strings, limits).read(*document);
}

}  // namespace lianxin::party
