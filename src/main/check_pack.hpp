// main/check_pack.hpp — everything that can be wrong with a pack, found by every noun's own reader and said
// at once.
#pragma once

#include <filesystem>
#include <string>

#include "pack/finding.hpp"

namespace lianxin {

// Sorted by file, line and column. A base pack has no territory, so what needs one is proved in the packs
// that extend it.
[[nodiscard]] pack::Findings check_pack(const std::filesystem::path& folder);

// What finding nothing means: a pack is proved; a base is read, its owners taken on trust.
[[nodiscard]] std::string what_was_proved(const std::filesystem::path& folder);

}  // namespace lianxin
