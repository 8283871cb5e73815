// party/import_form.hpp — the tables a county can bring, each declared once: what its columns are called in
// Chinese and in English, which must be there, what they mean and an example. The reader, the help of the
// command line, the empty form and docs/import.md all follow from this declaration.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace lianxin::party {

enum class ImportKind { places, people, households, categories };

struct ImportColumn {
    std::string_view name;               // the English heading, by which the reader asks for it
    std::string_view title;              // the Chinese heading, which an empty form bears
    std::vector<std::string_view> also;  // what tables of other systems call it
    bool required = false;
    bool personal = false;  // its values never appear in a report
    std::size_t longest = 80;
    std::string_view meaning;
    std::string_view example;
    // Heading as people write it: any case, any script the declaration knows.
    [[nodiscard]] bool is_called(std::string_view folded_heading) const;
};

struct ImportForm {
    ImportKind kind;
    std::string_view name;  // as the command line calls it
    std::string_view title;
    std::vector<ImportColumn> columns;
    // The column asked for must be declared.
    [[nodiscard]] const ImportColumn& column(std::string_view name) const;
};

[[nodiscard]] const std::vector<ImportForm>& import_forms();
[[nodiscard]] const ImportForm& import_form(ImportKind kind);
[[nodiscard]] std::optional<ImportKind> import_kind(std::string_view name);

}  // namespace lianxin::party
