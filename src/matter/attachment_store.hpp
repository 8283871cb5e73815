// matter/attachment_store.hpp — uploads not yet claimed, and attachments of entries.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "access/access.hpp"
#include "base/bytes.hpp"
#include "base/time.hpp"
#include "store/transaction.hpp"

namespace lianxin::matter {

struct UploadRow {
    std::int64_t id = 0;
    std::string blob;
    std::string type;
    std::int64_t bytes = 0;
    Bytes sealed_key;  // the file's own key under the county's upload key
    Instant uploaded_at;
};
void insert_upload(store::Transaction& tx, const UploadRow& upload);
// Not claimed yet.
[[nodiscard]] std::optional<UploadRow> load_upload(store::Transaction& tx, std::int64_t id);
// Uploads nobody claimed since before; their blobs may go.
[[nodiscard]] std::vector<UploadRow> forgotten_uploads(store::Transaction& tx, Instant before, int limit);
[[nodiscard]] bool delete_unclaimed(store::Transaction& tx, std::int64_t id);

struct Claim {
    std::int64_t upload = 0;
    MatterId matter;
    EntryId entry;
    Bytes sealed_key;  // the file's key under the resident's: erased with it
};
// The upload becomes an attachment of the entry, under the same id; false when it is gone or claimed.
[[nodiscard]] bool claim_upload(store::Transaction& tx, const Claim& claim);

// The same file as an attachment of another matter's entry, under an id of its own.
void copy_attachment(store::Transaction& tx, std::int64_t id, const Claim& claim);

struct AttachmentRow {
    std::int64_t id = 0;
    MatterId matter;
    EntryId entry;
    std::string blob;
    std::string type;
    std::int64_t bytes = 0;
    Bytes sealed_key;
};
[[nodiscard]] std::optional<AttachmentRow> load_attachment(store::Transaction& tx, std::int64_t id);
void announce_files(store::Transaction& tx, MatterId matter);  // a hint to the engine: asked next
[[nodiscard]] std::vector<AttachmentRow> attachments_of(store::Transaction& tx, MatterId matter);

}  // namespace lianxin::matter
