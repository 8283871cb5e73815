#include "matter/attachment.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace lianxin::matter {

namespace {

bool starts_with(BytesView content, std::string_view magic, std::size_t at = 0) {
    return content.size() >= at + magic.size() && as_text(content.subspan(at, magic.size())) == magic;
}

std::uint32_t big16(BytesView b, std::size_t at) {
    return static_cast<std::uint32_t>(b[at]) << 8U | b[at + 1];
}
std::uint32_t big32(BytesView b, std::size_t at) {
    return big16(b, at) << 16U | big16(b, at + 2);
}
std::uint32_t little16(BytesView b, std::size_t at) {
    return static_cast<std::uint32_t>(b[at + 1]) << 8U | b[at];
}
std::uint32_t little32(BytesView b, std::size_t at) {
    return little16(b, at + 2) << 16U | little16(b, at);
}

void append(Bytes& to, BytesView from) {
    to.insert(to.end(), from.begin(), from.end());
}

// TIFF 6.0, tag 0x0112 of the first directory of an Exif segment: 1 … 8.
std::optional<std::uint8_t> orientation(BytesView exif) {
    if (!starts_with(exif, std::string_view("Exif\0\0", 6)) || exif.size() < 14) return {};
    const BytesView tiff = exif.subspan(6);
    const bool little = starts_with(tiff, "II");
    const auto word = [&](std::size_t at) { return little ? little16(tiff, at) : big16(tiff, at); };
    const auto offset = static_cast<std::size_t>(little ? little32(tiff, 4) : big32(tiff, 4));
    if (offset > tiff.size() || tiff.size() - offset < 2) return {};
    const std::size_t count = word(offset);
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t entry = offset + 2 + i * 12;
        if (entry + 12 > tiff.size()) return {};
        if (word(entry) != 0x0112) continue;
        const auto value = word(entry + 8);
        if (value < 1 || value > 8) return {};
        return static_cast<std::uint8_t>(value);
    }
    return {};
}

// The smallest Exif segment that says one thing.
Bytes orientation_segment(std::uint8_t value) {
    Bytes out = {0xFF, 0xE1, 0x00, 0x22, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8};
    append(out, std::array<std::uint8_t, 18>{0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, value, 0, 0, 0, 0, 0, 0});
    return out;
}

// APP0 (JFIF) and APP14 (Adobe: says how colours are coded) belong to the picture; all other APPn and COM do
// not.
bool tells_about_the_picture_only(std::uint8_t marker) {
    const bool application = marker >= 0xE0 && marker <= 0xEF;
    return !(application && marker != 0xE0 && marker != 0xEE) && marker != 0xFE;
}

std::optional<Bytes> clean_jpeg(BytesView in) {
    Bytes out = {0xFF, 0xD8};
    std::optional<std::uint8_t> turned;
    std::size_t at = 2;
    while (at + 4 <= in.size()) {
        if (in[at] != 0xFF) return {};
        const std::uint8_t marker = in[at + 1];
        if (marker == 0xFF) {  // fill byte
            ++at;
            continue;
        }
        const std::size_t length = big16(in, at + 2);
        if (length < 2 || at + 2 + length > in.size()) return {};
        const BytesView segment = in.subspan(at, length + 2);
        if (marker == 0xE1 && !turned) turned = orientation(segment.subspan(4));
        if (marker == 0xDA) {  // the scan: from here on it is picture to the end marker
            if (turned && *turned != 1) {
                const Bytes exif = orientation_segment(*turned);
                out.insert(out.begin() + 2, exif.begin(), exif.end());
            }
            const BytesView rest = in.subspan(at);
            // What stands behind the last end marker is not picture (phones hide films and depth maps there).
            for (std::size_t end = rest.size(); end >= 2; --end) {
                if (rest[end - 2] != 0xFF || rest[end - 1] != 0xD9) continue;
                append(out, rest.first(end));
                return out;
            }
            return {};
        }
        if (tells_about_the_picture_only(marker)) append(out, segment);
        at += length + 2;
    }
    return {};
}

std::optional<Bytes> clean_png(BytesView in) {
    static constexpr std::array<std::string_view, 6> dropped = {"tEXt", "zTXt", "iTXt",
                                                                "eXIf", "tIME", "iCCP"};
    Bytes out(in.begin(), in.begin() + 8);
    std::size_t at = 8;
    while (at + 12 <= in.size()) {
        const std::size_t length = big32(in, at);
        if (length > in.size() - at - 12) return {};
        const std::string_view name = as_text(in.subspan(at + 4, 4));
        if (std::find(dropped.begin(), dropped.end(), name) == dropped.end())
            append(out, in.subspan(at, length + 12));
        if (name == "IEND") return out;
        at += length + 12;
    }
    return {};
}

std::optional<Bytes> clean_webp(BytesView in) {
    if (in.size() < 20) return {};
    Bytes out(in.begin(), in.begin() + 12);
    std::size_t at = 12;
    const std::size_t end = std::min<std::size_t>(in.size(), std::size_t{little32(in, 4)} + 8);
    while (at + 8 <= end) {
        const std::size_t length = little32(in, at + 4);
        const std::size_t padded = length + (length & 1U);
        if (padded > end - at - 8) return {};
        const std::string_view name = as_text(in.subspan(at, 4));
        if (name != "EXIF" && name != "XMP ") {
            append(out, in.subspan(at, padded + 8));
            constexpr std::uint8_t exif_and_xmp = 0x08 | 0x04;
            if (name == "VP8X" && length > 0)
                out[out.size() - padded] =
                    static_cast<std::uint8_t>(out[out.size() - padded] & ~exif_and_xmp);
        }
        at += padded + 8;
    }
    const auto size = static_cast<std::uint32_t>(out.size() - 8);
    for (std::size_t i = 0; i < 4; ++i) out[4 + i] = static_cast<std::uint8_t>(size >> (8 * i));
    return out;
}

}  // namespace

std::string_view media_type(FileType type) {
    switch (type) {
        case FileType::jpeg:
            return "image/jpeg";
        case FileType::png:
            return "image/png";
        case FileType::webp:
            return "image/webp";
        case FileType::pdf:
            return "application/pdf";
    }
    return "application/octet-stream";
}

std::optional<FileType> file_type(BytesView content) {
    if (starts_with(content, "\xFF\xD8\xFF")) return FileType::jpeg;
    if (starts_with(content, "\x89PNG\r\n\x1A\n")) return FileType::png;
    if (starts_with(content, "RIFF") && starts_with(content, "WEBP", 8)) return FileType::webp;
    if (starts_with(content, "%PDF-")) return FileType::pdf;
    return {};
}

std::optional<Bytes> without_metadata(FileType type, BytesView content) {
    switch (type) {
        case FileType::jpeg:
            return clean_jpeg(content);
        case FileType::png:
            return clean_png(content);
        case FileType::webp:
            return clean_webp(content);
        case FileType::pdf:
            return Bytes(content.begin(), content.end());
    }
    return {};
}

}  // namespace lianxin::matter
