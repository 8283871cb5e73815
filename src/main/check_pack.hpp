// main/check_pack.hpp — everything that can be wrong with a pack, found by every noun's own reader and said
// at once.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>

#include "base/time.hpp"
#include "pack/finding.hpp"

namespace lianxin {

// Sorted by file, line and column. A base pack has no territory, so what needs one is proved in the packs
// that extend it. `today`: what is over by then never comes again.
[[nodiscard]] pack::Findings check_pack(const std::filesystem::path& folder, std::optional<Day> today = {});

// A remedy for a word that is not known: the nearest that is, or else what to do.
[[nodiscard]] std::string guess(const std::string& wrong, const std::set<std::string>& known,
                                const char* otherwise);

// What finding nothing means: a pack is proved; a base is read, its owners taken on trust.
[[nodiscard]] std::string what_was_proved(const std::filesystem::path& folder);

}  // namespace lianxin
