#include "matter/attachment_store.hpp"

namespace lianxin::matter {

namespace {

constexpr std::string_view files_of =
    "select id, matter, entry, blob, type, bytes, sealed_key from attachment where matter = $1 order by "
    "entry, id";

UploadRow read_upload(const store::Row& row) {
    return {row.get<std::int64_t>(0), row.get<std::string>(1), row.get<std::string>(2),
            row.get<std::int64_t>(3), row.get<Bytes>(4),       row.get<Instant>(5)};
}
AttachmentRow read_attachment(const store::Row& row) {
    return {row.get<std::int64_t>(0), row.get<MatterId>(1),     row.get<EntryId>(2), row.get<std::string>(3),
            row.get<std::string>(4),  row.get<std::int64_t>(5), row.get<Bytes>(6)};
}

}  // namespace

void insert_upload(store::Transaction& tx, const UploadRow& u) {
    tx.send(
        "insert into upload (id, blob, type, bytes, sealed_key, uploaded_at) values ($1, $2, $3, $4, $5, $6)",
        u.id, u.blob, u.type, u.bytes, u.sealed_key, u.uploaded_at);
}

std::optional<UploadRow> load_upload(store::Transaction& tx, std::int64_t id) {
    store::Rows rows = tx.query(
        "select id, blob, type, bytes, sealed_key, uploaded_at from upload where id = $1 and claimed_by is "
        "null",
        id);
    for (const store::Row row : rows) return read_upload(row);
    return {};
}

std::vector<UploadRow> forgotten_uploads(store::Transaction& tx, Instant before, int limit) {
    std::vector<UploadRow> found;
    store::Rows rows = tx.query(
        "select id, blob, type, bytes, sealed_key, uploaded_at from upload where claimed_by is null and "
        "uploaded_at < $1 "
        "order by uploaded_at limit $2",
        before, limit);
    for (const store::Row row : rows) found.push_back(read_upload(row));
    return found;
}

bool delete_unclaimed(store::Transaction& tx, std::int64_t id) {
    return tx.execute("delete from upload where id = $1 and claimed_by is null", id) == 1;
}

bool claim_upload(store::Transaction& tx, const Claim& claim) {
    const auto claimed = tx.execute("update upload set claimed_by = $2 where id = $1 and claimed_by is null",
                                    claim.upload, claim.entry);
    if (claimed != 1) return false;
    tx.send(
        "insert into attachment (id, matter, entry, blob, type, bytes, sealed_key) select id, $2, $3, blob, "
        "type, bytes, $4 "
        "from upload where id = $1",
        claim.upload, claim.matter, claim.entry, claim.sealed_key);
    return true;
}

void copy_attachment(store::Transaction& tx, std::int64_t id, const Claim& claim) {
    tx.execute(
        "insert into attachment (id, matter, entry, blob, type, bytes, sealed_key) select $5, $2, $3, blob, "
        "type, "
        "bytes, $4 from upload where id = $1",
        claim.upload, claim.matter, claim.entry, claim.sealed_key, id);
}

std::optional<AttachmentRow> load_attachment(store::Transaction& tx, std::int64_t id) {
    store::Rows rows =
        tx.query("select id, matter, entry, blob, type, bytes, sealed_key from attachment where id = $1", id);
    for (const store::Row row : rows) return read_attachment(row);
    return {};
}

void announce_files(store::Transaction& tx, MatterId matter) {
    tx.ahead(files_of, matter);
}

std::vector<AttachmentRow> attachments_of(store::Transaction& tx, MatterId matter) {
    std::vector<AttachmentRow> found;
    store::Rows rows = tx.query(files_of, matter);
    for (const store::Row row : rows) found.push_back(read_attachment(row));
    return found;
}

}  // namespace lianxin::matter
