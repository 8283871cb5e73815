#include "matter/picture_size.hpp"

namespace lianxin::matter {
namespace {

std::uint32_t big(BytesView content, std::size_t at, std::size_t bytes) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < bytes; ++i) value = value << 8U | content[at + i];
    return value;
}
std::uint32_t little(BytesView content, std::size_t at, std::size_t bytes) {
    std::uint32_t value = 0;
    for (std::size_t i = bytes; i > 0; --i) value = value << 8U | content[at + i - 1];
    return value;
}
std::string_view text(BytesView content, std::size_t at, std::size_t bytes) {
    return as_text(content.subspan(at, bytes));
}

// PNG, 11.2.2: the header chunk comes first.
std::optional<PictureSize> png_size(BytesView content) {
    if (content.size() < 24 || text(content, 12, 4) != "IHDR") return {};
    return PictureSize{big(content, 16, 4), big(content, 20, 4)};
}

// ITU-T T.81, B.2.2: a frame header is one of C0 … CF but those that bring tables.
std::optional<PictureSize> jpeg_size(BytesView content) {
    for (std::size_t at = 2; at + 9 <= content.size() && content[at] == 0xFF;) {
        const std::uint8_t marker = content[at + 1];
        if (marker == 0xFF) {  // filling
            ++at;
            continue;
        }
        const bool frame =
            marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (frame) return PictureSize{big(content, at + 7, 2), big(content, at + 5, 2)};
        if (marker == 0xDA) return {};
        at += 2 + big(content, at + 2, 2);
    }
    return {};
}

// RFC 9649, 2.5 … 2.7: one of three kinds of first chunk.
std::optional<PictureSize> webp_size(BytesView content) {
    if (content.size() < 30) return {};
    constexpr std::uint32_t low_14_bits = 0x3FFF;
    const std::string_view chunk = text(content, 12, 4);
    if (chunk == "VP8X") return PictureSize{little(content, 24, 3) + 1, little(content, 27, 3) + 1};
    if (chunk == "VP8 ")
        return PictureSize{little(content, 26, 2) & low_14_bits, little(content, 28, 2) & low_14_bits};
    if (chunk == "VP8L") {
        const std::uint32_t bits = little(content, 21, 4);
        return PictureSize{(bits & low_14_bits) + 1, (bits >> 14U & low_14_bits) + 1};
    }
    return {};
}

}  // namespace

std::optional<PictureSize> picture_size(FileType type, BytesView content) {
    switch (type) {
        case FileType::png:
            return png_size(content);
        case FileType::jpeg:
            return jpeg_size(content);
        case FileType::webp:
            return webp_size(content);
        case FileType::pdf:
            break;
    }
    return {};
}

bool is_too_large_to_show(const PictureSize& size) {
    return size.width > longest_side || size.height > longest_side ||
           std::uint64_t{size.width} * size.height > most_pixels;
}

}  // namespace lianxin::matter
