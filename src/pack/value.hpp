// pack/value.hpp — a TOML document as a tree in which every value and every key knows where it stands. Tables
// keep the order of their author. No TOML library shows here, so including this costs nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/time.hpp"
#include "pack/finding.hpp"

namespace lianxin::pack {

struct Value;
struct Member;

using List = std::vector<Value>;

struct Table {
    Position at;
    std::vector<Member> members;  // in the order of the file; inherited ones first
    [[nodiscard]] const Member* find(std::string_view key) const;
    [[nodiscard]] Member* find(std::string_view key);
};

struct Value {
    Position at;
    std::variant<std::string, std::int64_t, double, bool, Day, List, Table> data;
    [[nodiscard]] const char* kind() const;  // "text", "whole number", … for findings
};

struct Member {
    std::string key;
    Position at;  // of the key
    Value value;
};

// Reads one TOML text. A syntax error becomes a finding with its line and column, and what is returned is
// empty.
[[nodiscard]] Table parse_toml(std::string_view text, std::string_view file_name, Findings& findings);

// Lays `over` upon `base`: tables are merged key by key, everything else is replaced. `remove = ["key", …]`
// in a table takes inherited keys away; naming one that is not inherited is a finding. Positions point to the
// file a value came from.
[[nodiscard]] Table inherit(Table base, Table over, Findings& findings);

}  // namespace lianxin::pack
