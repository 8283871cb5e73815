// party/sheet.hpp — a table somebody keeps, as texts: CSV (UTF-8 with or without a mark, else GB18030) or the
// first sheet of an XLSX. Nothing in it is believed: sizes are bounded before anything is unpacked, documents
// that declare entities are refused, formulas are text.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace lianxin::party {

struct Sheet {
    struct Row {
        std::size_t number = 0;  // as a spreadsheet counts: the heading is 1
        std::vector<std::string> cells;
    };
    std::vector<std::string> heading;
    std::vector<Row> rows;  // rows without any text are left out
};

enum class SheetFault {
    empty,
    too_large,         // the file, what it unpacks to, or its count of rows
    encoding_unknown,  // neither UTF-8 nor GB18030
    quote_not_closed,
    not_a_workbook,      // not a ZIP, or without a sheet
    malformed_workbook,  // broken XML, or one that declares entities
};
[[nodiscard]] std::string_view code_of(SheetFault fault);
struct SheetRefusal {
    SheetFault fault;
    std::size_t row = 0;  // where it began to be wrong; 0: the file as a whole
    // A fault is a refusal of the file as a whole.
    SheetRefusal(SheetFault why, std::size_t at_row = 0) : fault(why), row(at_row) {}
    friend bool operator==(const SheetRefusal& refusal, SheetFault which) { return refusal.fault == which; }
};

struct SheetLimits {
    std::size_t file_bytes = std::size_t{64} << 20U;
    std::size_t unpacked_bytes = std::size_t{512} << 20U;  // of all parts that are read
    std::size_t unpacked_per_packed = 200;                 // DEFLATE reaches 1,032; tables reach some 30
    std::size_t rows = 300'000;
    std::size_t columns = 100;
};

// By content: what begins like a ZIP is a workbook, all else is CSV.
[[nodiscard]] bool is_workbook(std::string_view bytes);
[[nodiscard]] Result<Sheet, SheetRefusal> read_sheet(std::string_view bytes, const SheetLimits& limits = {});
[[nodiscard]] Result<Sheet, SheetRefusal> read_csv(std::string_view bytes, const SheetLimits& limits = {});
[[nodiscard]] Result<Sheet, SheetRefusal> read_xlsx(std::string_view bytes, const SheetLimits& limits = {});

// What spreadsheets open, with a mark that says UTF-8; every cell a text.
[[nodiscard]] std::string write_csv(const Sheet& sheet);
[[nodiscard]] std::string write_xlsx(const Sheet& sheet);

// UTF-8 without its mark; from GB18030 where it is not UTF-8.
[[nodiscard]] std::optional<std::string> as_utf8(std::string_view bytes);

// The parts of a ZIP that a workbook is read from, unpacked within the limits.
class Unzipped {
 public:
    Unzipped(std::string_view bytes, const SheetLimits& limits);
    ~Unzipped();
    Unzipped(const Unzipped&) = delete;
    Unzipped& operator=(const Unzipped&) = delete;
    [[nodiscard]] bool open() const { return zip_ != nullptr; }
    // Nothing when there is no such part; too_large is remembered.
    [[nodiscard]] std::optional<std::string> part(const std::string& name);
    [[nodiscard]] bool too_large() const { return too_large_; }

 private:
    struct Memory {
        std::string_view bytes;
        std::size_t at = 0;
    };
    friend struct MemoryFile;
    Memory memory_;
    const SheetLimits& limits_;
    std::size_t unpacked_ = 0;
    bool too_large_ = false;
    void* zip_ = nullptr;
};

}  // namespace lianxin::party
