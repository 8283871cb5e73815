// matter/attachment.hpp — what may be attached, told by its first bytes and never by its name, and what is
// taken out of it before it is kept: a phone writes the place, the time and the owner's name into a photo,
// and nobody was asked.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace lianxin::matter {

enum class FileType { jpeg, png, webp, pdf };
[[nodiscard]] std::string_view media_type(FileType type);
[[nodiscard]] std::optional<FileType> file_type(BytesView content);

inline constexpr std::size_t largest_attachment_bytes = std::size_t{10} << 20U;
inline constexpr std::size_t most_attachments_per_action = 20;

// The same picture without Exif, XMP, IPTC, comments and thumbnails; of Exif only the orientation is kept, or
// the picture would lie on its side. Nothing when the file is not what its first bytes say. A PDF comes back
// as it is.
[[nodiscard]] std::optional<Bytes> without_metadata(FileType type, BytesView content);

}  // namespace lianxin::matter
