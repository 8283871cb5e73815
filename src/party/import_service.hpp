// party/import_service.hpp — takes places, people, households and categories from a table somebody keeps (CSV
// in UTF-8 or GB18030, XLSX). Each row is judged alone: the good ones go in, every refused one is listed with
// its number, column, reason and what to do. A dry run judges the same way and changes nothing. Importing the
// same file twice adds nothing.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/access.hpp"
#include "county/county.hpp"

namespace lianxin::party {

enum class ImportKind { places, people, households, categories };
[[nodiscard]] std::optional<ImportKind> import_kind(std::string_view name);

struct RefusedRow {
    std::size_t row = 0;  // as a spreadsheet numbers it: the heading is row 1
    std::string column;   // the heading; empty: the row as a whole
    std::string reason;   // code, its words are import.CODE and import.CODE.remedy
    std::string value;    // what stood there, cut short; never of a personal column
    bool operator==(const RefusedRow&) const = default;
};

struct ImportReport {
    std::size_t rows = 0;
    std::size_t added = 0;
    std::size_t unchanged = 0;  // were there already
    std::vector<RefusedRow> refused;
};

// The file as a whole cannot be read.
struct ImportFault {
    std::string code;  // not_a_table, too_large, encoding_unknown, heading_missing, …
    std::string detail;
};

[[nodiscard]] Result<ImportReport, ImportFault> import_table(County& county, const access::ActingPerson& who,
                                                             ImportKind kind, std::string_view file_name,
                                                             std::string_view bytes, bool dry_run);

}  // namespace lianxin::party
