// docs/import.md says what the program takes: its tables are those of the declarations, line by line.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "matter/message_line_service.hpp"
#include "party/import_form.hpp"

namespace lianxin {
namespace {

std::string page() {
    std::stringstream text;
    text << std::ifstream("docs/import.md").rdbuf();
    return text.str();
}

// A bar would end the cell.
std::string cell(std::string_view text) {
    std::string escaped;
    for (const char c : text) escaped += c == '|' ? "\\|" : std::string(1, c);
    return escaped;
}

std::string yes(bool required) {
    return required ? "yes" : "";
}

std::string table_of(const party::ImportForm& form) {
    std::string text = "## " + std::string(form.name) +
                       "\n| column | 列 | must be there | meaning | example |\n|---|---|---|---|---|\n";
    for (const auto& column : form.columns)
        text += "| `" + std::string(column.name) + "` | " + std::string(column.title) + " | " +
                yes(column.required) + " | " + cell(column.meaning) + " | " + cell(column.example) + " |\n";
    return text;
}

TEST(ImportPage, TellsEveryColumnOfEveryTable) {
    const auto text = page();
    for (const auto& form : party::import_forms())
        EXPECT_NE(text.find(table_of(form)), std::string::npos) << "docs/import.md should say\n"
                                                                << table_of(form);
}

TEST(ImportPage, TellsEveryKeyOfAMessage) {
    std::string table = "| key | must be there | meaning | example |\n|---|---|---|---|\n";
    for (const auto& key : matter::message_keys())
        table += "| `" + std::string(key.name) + "` | " + yes(key.required) + " | " + cell(key.meaning) +
                 " | `" + std::string(key.example) + "` |\n";
    EXPECT_NE(page().find(table), std::string::npos) << "docs/import.md should say\n" << table;
}

}  // namespace
}  // namespace lianxin
