// party/oversight.hpp — a post's line: the post itself, whoever stands below it and whoever stands above it.
// A complaint about a post is owned outside its line, by the nearest post with the right to oversee that
// stands there; for a post in whose line they all stand, the pack says that an authority outside hears it.
#pragma once

#include <vector>

#include "party/selector.hpp"

namespace lianxin::party {

enum class Line { itself, below, above, outside };

// Who could oversee, nearest first: kinds of post with that right at every seat they have, places from the
// deepest up, then units and stations.
[[nodiscard]] std::vector<Selector> overseers(const Offices& offices);

}  // namespace lianxin::party
