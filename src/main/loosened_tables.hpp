// main/loosened_tables.hpp — what a pack says beside its kinds of matter, held against what it builds on: its
// deadlines, what is urgent, who may settle what, the rights of posts, promised services, how figures are
// counted. (Internal to loosened.cpp.)
#pragma once

#include <string>
#include <vector>

#include "main/loosened_keys.hpp"
#include "pack/pack.hpp"

namespace lianxin {

[[nodiscard]] std::vector<std::string> tables_of_rules();
[[nodiscard]] Losses hold_table(const std::string& path, const pack::Pack& base, const pack::Pack& own);

}  // namespace lianxin
