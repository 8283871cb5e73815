// pack/ways_in.hpp — by which way in comes what the holders of a post begin (words channel.NAME):
//     [posts.KIND] channel = "visit"     in posts.toml
// A kind without one has none of its own.
#pragma once

#include <map>
#include <string>

#include "pack/pack.hpp"
#include "pack/words.hpp"

namespace lianxin::pack {

using WaysIn = std::map<std::string, std::string, std::less<>>;  // kind of post → channel
[[nodiscard]] WaysIn read_ways_in(const Pack& pack, const Words& words, Findings& findings);

}  // namespace lianxin::pack
