// main/loosened_steps.hpp — the steps of a kind of matter, or of one of its pieces, held against those of
// what it builds on: what each asks, whom it tells, who takes it, where it leads, and what leads there
// besides. (Internal to loosened.cpp.)
#pragma once

#include <string>

#include "main/loosened_keys.hpp"

namespace lianxin {

// Whoever asks, or is party to it, stands outside the office.
[[nodiscard]] bool has_outsider(const std::vector<std::string>& who);

// `base` and `own` are tables with [states] and [actions]; the fields and clocks are the document's.
void hold_steps(const pack::Table& base, const pack::Table& own, const std::string& path, Losses& losses);

// What others are held against or a clock runs to (a target, the day of a promise) is filled in by no step of
// the office that leaves it alone in the base, and what hung to be read by none that decides after it.
void hold_what_bounds(const pack::Table& base, const pack::Table& own, Losses& losses);

}  // namespace lianxin
