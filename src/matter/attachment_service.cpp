#include "matter/attachment_service.hpp"

#include <algorithm>

#include "matter/picture_size.hpp"

namespace lianxin::matter {

namespace {

constexpr std::string_view file_context = "attachment.file";
constexpr std::string_view key_context = "attachment.key";

SecretKey upload_key(const County& county) {
    return county.keys.purpose_key("uploads");
}

SecretKey as_key(const Bytes& bytes) {
    SecretKey key{};
    require(bytes.size() == key.size(), "a file's key has 32 bytes");
    std::copy(bytes.begin(), bytes.end(), key.begin());
    return key;
}

}  // namespace

const char* name_of(UploadRefusal refusal) {
    switch (refusal) {
        case UploadRefusal::empty_file:
            return "empty_file";
        case UploadRefusal::file_too_large:
            return "file_too_large";
        case UploadRefusal::file_type_not_taken:
            return "file_type_not_taken";
        case UploadRefusal::file_damaged:
            return "file_damaged";
        case UploadRefusal::picture_too_large:
            return "picture_too_large";
    }
    return "";
}

Result<Uploaded, UploadRefusal> upload(County& county, BytesView content) {
    if (content.empty()) return fail(UploadRefusal::empty_file);
    if (content.size() > largest_attachment_bytes) return fail(UploadRefusal::file_too_large);
    const auto type = file_type(content);
    if (!type) return fail(UploadRefusal::file_type_not_taken);
    const auto size = picture_size(*type, content);
    if (size && is_too_large_to_show(*size)) return fail(UploadRefusal::picture_too_large);
    const auto cleaned = without_metadata(*type, content);
    if (!cleaned) return fail(UploadRefusal::file_damaged);

    const SecretKey key = random_key();
    UploadRow row;
    row.id = county.new_id<struct UploadNoun>().value();
    row.type = media_type(*type);
    row.bytes = static_cast<std::int64_t>(cleaned->size());
    row.sealed_key = seal(upload_key(county), key, key_context);
    row.uploaded_at = county.clock.now();
    const Bytes sealed = seal(key, *cleaned, file_context);
    row.blob = county.blobs.put(sealed);
    county.database.write([&](store::Transaction& tx) {
        store::record_blob(tx, row.blob, static_cast<std::int64_t>(sealed.size()), row.uploaded_at);
        insert_upload(tx, row);
    });
    return Uploaded{row.id, row.type, row.bytes};
}

Bytes reseal_key(County& county, const UploadRow& upload, journal::KeyId resident) {
    const auto key = unseal(upload_key(county), upload.sealed_key, key_context);
    if (!key) throw Fault("the key of an upload cannot be opened");
    return county.keys.seal(resident, BytesView(*key), key_context);
}

std::optional<Bytes> open_attachment(County& county, const AttachmentRow& attachment,
                                     journal::KeyId resident) {
    const auto key = county.keys.unseal(resident, attachment.sealed_key, key_context);
    if (!key) return {};
    const auto sealed = county.blobs.get(attachment.blob);
    if (!sealed) throw Fault("the file of an attachment is gone from the blob store");
    return unseal(as_key(*key), *sealed, file_context);
}

std::size_t forget_unclaimed(County& county) {
    const Instant before = county.clock.now() - std::chrono::hours(24);
    const auto old =
        county.database.read([&](store::Transaction& tx) { return forgotten_uploads(tx, before, 1000); });
    for (const UploadRow& row : old) {
        const bool gone = county.database.write([&](store::Transaction& tx) {
            if (!delete_unclaimed(tx, row.id)) return false;  // claimed while we looked
            store::forget_blob(tx, row.blob);
            return true;
        });
        if (gone) (void)county.blobs.remove(row.blob);
    }
    return old.size();
}

}  // namespace lianxin::matter
