// party/import_service.hpp — takes places, people, households and categories from a table somebody keeps (CSV
// in UTF-8 or GB18030, XLSX), whose columns party/import_form.hpp declares. Each row is judged alone: the
// good ones go in, every refused one is listed with its number, column, reason and what to do. A dry run
// judges the same way and changes nothing. Importing the same file twice adds nothing.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "access/access.hpp"
#include "county/county.hpp"
#include "pack/words.hpp"
#include "party/import_form.hpp"
#include "party/sheet.hpp"

namespace lianxin::party {

struct RefusedRow {
    std::size_t row = 0;  // as a spreadsheet numbers it: the heading is row 1
    std::string column;   // the heading; empty: the row as a whole
    std::string reason;   // code, its words are import.CODE and import.CODE.remedy
    std::string value;    // what stood there, cut short; never of a personal column
    std::string limit;    // what the words say of it: the first day possible, the kinds there are
    bool operator==(const RefusedRow&) const = default;
};

struct ImportReport {
    std::size_t rows = 0;
    std::size_t added = 0;
    std::size_t unchanged = 0;  // were there already
    std::vector<RefusedRow> refused;
};

// Why the file as a whole cannot be read.
struct ImportFault {
    std::string code;     // not_a_workbook, too_large, …; heading_unknown, heading_missing, heading_twice
    std::string heading;  // which one
    std::string nearest;  // what it may have been meant to be; of several, those not used yet
    std::size_t row = 0;  // where it is so; 0: nowhere in particular
};

// `words`: kinds of place and post are also understood by what people call them. `language`: what is told
// back is told in it; empty: the pack's own.
[[nodiscard]] Result<ImportReport, std::vector<ImportFault>> import_table(
    County& county, const access::ActingPerson& who, ImportKind kind, std::string_view bytes, bool dry_run,
    const pack::Words& words = {}, const std::string& language = {});

// An empty table of this kind: the headings, and one row of a made-up example that this county would take.
[[nodiscard]] Sheet empty_form(County& county, ImportKind kind, const pack::Words& words = {});

}  // namespace lianxin::party
