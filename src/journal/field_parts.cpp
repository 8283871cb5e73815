#include "journal/field_parts.hpp"

#include "journal/canonical.hpp"

namespace lianxin::journal {

Bytes packed(const std::vector<CommittedField>& fields) {
    ByteWriter out;
    for (const CommittedField& field : fields) {
        out.short_text(field.commitment.name);
        out.i64(field.sealed_with);
        out.raw(field.commitment.digest);
    }
    return out.take();
}

std::optional<std::vector<CommittedField>> unpack_commitments(BytesView bytes) {
    ByteReader in(bytes);
    std::vector<CommittedField> fields;
    while (!in.at_end()) {
        CommittedField field;
        field.commitment.name = in.short_text();
        field.sealed_with = in.i64();
        in.raw(field.commitment.digest);
        if (!fields.empty() && fields.back().commitment.name >= field.commitment.name) return {};
        fields.push_back(std::move(field));
    }
    if (!in.whole()) return {};
    return fields;
}

std::vector<Commitment> commitments_of(const std::vector<CommittedField>& fields) {
    std::vector<Commitment> commitments;
    commitments.reserve(fields.size());
    for (const CommittedField& field : fields) commitments.push_back(field.commitment);
    return commitments;
}

Bytes packed(const std::vector<SaltedField>& fields) {
    ByteWriter out;
    for (const SaltedField& field : fields) {
        out.short_text(field.name);
        out.raw(field.salt);
        out.long_text(field.value);
    }
    return out.take();
}

std::optional<std::vector<SaltedField>> unpack_salted(BytesView bytes) {
    ByteReader in(bytes);
    std::vector<SaltedField> fields;
    while (!in.at_end()) {
        SaltedField field;
        field.name = in.short_text();
        in.raw(field.salt);
        field.value = in.long_text();
        fields.push_back(std::move(field));
    }
    if (!in.whole()) return {};
    return fields;
}

std::string part_context(EntryId entry) {
    return "entry_field:" + entry.text();
}

}  // namespace lianxin::journal
