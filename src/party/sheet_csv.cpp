#include <iconv.h>

#include <algorithm>

#include "base/text.hpp"
#include "party/sheet.hpp"

namespace lianxin::party {
namespace {

// Of the usual separators, the one the first line has most of.
char separator_of(std::string_view text) {
    const auto line = text.substr(0, text.find('\n'));
    char best = ',';
    std::ptrdiff_t most = 0;
    for (const char candidate : {',', '\t', ';'}) {
        const auto count = std::count(line.begin(), line.end(), candidate);
        if (count > most) best = candidate, most = count;
    }
    return best;
}

// RFC 4180, with any line end.
class CsvReader {
 public:
    CsvReader(std::string_view text, const SheetLimits& limits)
        : text_(text), separator_(separator_of(text)), limits_(limits) {}

    [[nodiscard]] Result<Sheet, SheetRefusal> read() {
        Sheet sheet;
        std::vector<std::string> cells;
        std::size_t number = 0;
        while (at_ < text_.size()) {
            cells.clear();
            ++number;
            if (!read_row(cells)) return fail(SheetRefusal(SheetFault::quote_not_closed, number));
            if (cells.size() > limits_.columns) return fail(SheetFault::too_large);
            const bool blank =
                std::all_of(cells.begin(), cells.end(), [](const auto& cell) { return cell.empty(); });
            if (blank) continue;
            if (sheet.heading.empty())
                sheet.heading = cells;
            else
                sheet.rows.push_back({number, cells});
            if (sheet.rows.size() > limits_.rows) return fail(SheetFault::too_large);
        }
        if (sheet.heading.empty()) return fail(SheetFault::empty);
        return sheet;
    }

 private:
    bool read_row(std::vector<std::string>& cells) {
        for (;;) {
            std::string cell;
            if (at_ < text_.size() && text_[at_] == '"') {
                if (!read_quoted(cell)) return false;
            }
            while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' &&
                   text_[at_] != '\r') {
                cell += text_[at_++];
            }
            cells.emplace_back(trim(cell));
            if (at_ >= text_.size()) return true;
            const char end = text_[at_++];
            if (end == separator_) continue;
            if (end == '\r' && at_ < text_.size() && text_[at_] == '\n') ++at_;
            return true;
        }
    }
    bool read_quoted(std::string& cell) {
        ++at_;
        while (at_ < text_.size()) {
            if (text_[at_] != '"') {
                cell += text_[at_++];
            } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
                cell += '"';
                at_ += 2;
            } else {
                ++at_;
                return true;
            }
        }
        return false;
    }

    std::string_view text_;
    char separator_;
    const SheetLimits& limits_;
    std::size_t at_ = 0;
};

std::optional<std::string> from_gb18030(std::string_view bytes) {
    const iconv_t converter = iconv_open("UTF-8", "GB18030");
    if (converter == reinterpret_cast<iconv_t>(-1)) return {};
    std::string text(bytes.size() * 2 + 16, '\0');
    std::string input(bytes);  // iconv takes no constant text
    char* from = input.data();
    char* to = text.data();
    std::size_t from_left = input.size(), to_left = text.size();
    const bool whole =
        iconv(converter, &from, &from_left, &to, &to_left) != static_cast<std::size_t>(-1) && from_left == 0;
    iconv_close(converter);
    if (!whole) return {};
    text.resize(text.size() - to_left);
    return text;
}

}  // namespace

std::string_view code_of(SheetFault fault) {
    switch (fault) {
        case SheetFault::empty:
            return "empty";
        case SheetFault::too_large:
            return "too_large";
        case SheetFault::encoding_unknown:
            return "encoding_unknown";
        case SheetFault::quote_not_closed:
            return "quote_not_closed";
        case SheetFault::not_a_workbook:
            return "not_a_workbook";
        case SheetFault::malformed_workbook:
            return "malformed_workbook";
    }
    throw Bug("a sheet fault without a code");
}

std::optional<std::string> as_utf8(std::string_view bytes) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    if (bytes.starts_with(mark)) bytes.remove_prefix(mark.size());
    if (bytes.find('\0') != std::string_view::npos) return {};
    if (is_valid_utf8(bytes)) return std::string(bytes);
    return from_gb18030(bytes);
}

Result<Sheet, SheetRefusal> read_csv(std::string_view bytes, const SheetLimits& limits) {
    if (bytes.size() > limits.file_bytes) return fail(SheetFault::too_large);
    const auto text = as_utf8(bytes);
    if (!text) return fail(SheetFault::encoding_unknown);
    return CsvReader(*text, limits).read();
}

bool is_workbook(std::string_view bytes) {
    return bytes.starts_with("PK\x03\x04");
}

Result<Sheet, SheetRefusal> read_sheet(std::string_view bytes, const SheetLimits& limits) {
    if (is_workbook(bytes)) return read_xlsx(bytes, limits);
    return read_csv(bytes, limits);
}

}  // namespace lianxin::party
