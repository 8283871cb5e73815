// pack/finding.hpp — what is wrong with a pack, where, and what to do about it. A reader never stops at the
// first fault: it notes a finding and reads on, so that the author of a pack sees everything at once.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace lianxin::pack {

// Where a value stands. Lines and columns count from 1; 0 means the whole file. The file is the path as the
// author knows it ("common/workflows/request.toml"); after inheritance a value keeps the position of the file
// it came from.
struct Position {
    std::shared_ptr<const std::string> file;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    [[nodiscard]] std::string_view file_name() const {
        return file ? std::string_view(*file) : std::string_view();
    }
    [[nodiscard]] bool before(const Position& other) const;
    bool operator==(const Position& other) const {
        return file_name() == other.file_name() && line == other.line && column == other.column;
    }
};

enum class Severity { error, warning };

struct Finding {
    std::string file;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    Severity severity = Severity::error;
    std::string code;     // stable snake_case, e.g. "unknown_key"
    std::string message;  // what is wrong
    std::string remedy;   // what to do
    // "file:line:column: error unknown_key: message" and, on a second line, the remedy.
    [[nodiscard]] std::string text() const;
    bool operator==(const Finding&) const = default;
};

class Findings {
 public:
    void error(const Position& at, std::string_view code, std::string message, std::string remedy);
    void warning(const Position& at, std::string_view code, std::string message, std::string remedy);
    void add(Finding finding) { all_.push_back(std::move(finding)); }
    void add(const Findings& others);

    [[nodiscard]] const std::vector<Finding>& all() const { return all_; }
    [[nodiscard]] bool has_errors() const;
    [[nodiscard]] bool empty() const { return all_.empty(); }
    [[nodiscard]] bool has(std::string_view code) const;
    // By file, line and column, each once.
    [[nodiscard]] Findings sorted() const;
    [[nodiscard]] std::string text() const;

 private:
    std::vector<Finding> all_;
};

// "Did you mean …?": the candidate nearest to a misspelt name (edit distance at most a third of its length),
// or "".
[[nodiscard]] std::string nearest(std::string_view wrong, const std::vector<std::string>& candidates);

}  // namespace lianxin::pack
