// matter/picture_size.hpp — what a picture's own first bytes say of its size, in each of the formats that are
// taken. A few bytes can claim a picture that fills the memory of whoever looks at it.
#pragma once

#include <cstdint>
#include <optional>

#include "matter/attachment.hpp"

namespace lianxin::matter {

// How large the picture is once it is opened, as the file itself says; nothing where it does not say.
struct PictureSize {
    std::uint32_t width = 0, height = 0;
    bool operator==(const PictureSize&) const = default;
};
[[nodiscard]] std::optional<PictureSize> picture_size(FileType type, BytesView content);
// No phone takes larger ones.
inline constexpr std::uint64_t most_pixels = 200'000'000;
inline constexpr std::uint32_t longest_side = 20'000;
[[nodiscard]] bool is_too_large_to_show(const PictureSize& size);

}  // namespace lianxin::matter
