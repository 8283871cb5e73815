// matter/attachment_service.hpp — files of residents and staff: cleaned of what a phone writes into them,
// sealed with a key of their own, named by their ciphertext. An upload belongs to nobody until an action
// claims it; then its key is sealed with the resident's, so that erasing the resident erases the picture.
#pragma once

#include <string>

#include "county/county.hpp"
#include "matter/attachment.hpp"
#include "matter/attachment_store.hpp"

namespace lianxin::matter {

enum class UploadRefusal { empty_file, file_too_large, file_type_not_taken, file_damaged, picture_too_large };
[[nodiscard]] const char* name_of(UploadRefusal refusal);

struct Uploaded {
    std::int64_t id = 0;
    std::string type;
    std::int64_t bytes = 0;
};
[[nodiscard]] Result<Uploaded, UploadRefusal> upload(County& county, BytesView content);

// The key of an upload, under the resident's key from now on.
[[nodiscard]] Bytes reseal_key(County& county, const UploadRow& upload, journal::KeyId resident);

// The file's content; nothing when the resident's key was erased.
[[nodiscard]] std::optional<Bytes> open_attachment(County& county, const AttachmentRow& attachment,
                                                   journal::KeyId resident);

// Uploads of more than a day that nobody claimed; answers how many went.
std::size_t forget_unclaimed(County& county);

}  // namespace lianxin::matter
