// main/check_pack_departures.hpp — a pack gives no less than the one it builds on, unless departures.toml
// says what and why.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "pack/pack.hpp"

namespace lianxin {

void check_departures(const pack::Pack& pack, pack::Findings& findings);

// As it is printed beside what was proved, so that whoever audits a county reads it in one place.
[[nodiscard]] std::vector<std::string> departures_of(const std::filesystem::path& folder);

}  // namespace lianxin
