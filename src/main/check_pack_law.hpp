// main/check_pack_law.hpp — a pack keeps the statutes of the one it builds on: it loosens none without naming
// the article that is in force there instead, and no departure excuses it. A rule of one's own is no statute.
#pragma once

#include "pack/law.hpp"

namespace lianxin {

void check_statutes(const pack::Pack& pack, const pack::Law& law, pack::Findings& findings);

}  // namespace lianxin
