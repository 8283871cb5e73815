// main/demo_pictures.hpp — pictures for the demo, drawn by code: a plain landscape with the thing that was
// reported, broken before and mended after. Nobody's photo, and the same octets every time.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/bytes.hpp"

namespace lianxin::demo {

enum class Shot { before, after };

// PNG, 480 × 320. `scene` is a word of texts.toml (lamp, road, water, power, field, rubbish, house); any
// other draws the bare landscape. `seed` moves things about, so that no two are alike.
[[nodiscard]] Bytes draw_scene(std::string_view scene, Shot shot, std::uint64_t seed);

}  // namespace lianxin::demo
