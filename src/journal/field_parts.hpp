// journal/field_parts.hpp — how an entry's fields lie in the store: the list of commitments, and for each key
// (and for none) one part with names, salts and values. This is storage, not record: it may change with a
// migration.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "journal/entry.hpp"

namespace lianxin::journal {

struct CommittedField {
    Commitment commitment;
    std::int64_t sealed_with = 0;  // 0: open
    bool operator==(const CommittedField&) const = default;
};
[[nodiscard]] Bytes packed(const std::vector<CommittedField>& fields);
// Nothing when the bytes are not such a list in strictly ascending order of names.
[[nodiscard]] std::optional<std::vector<CommittedField>> unpack_commitments(BytesView bytes);
[[nodiscard]] std::vector<Commitment> commitments_of(const std::vector<CommittedField>& fields);

struct SaltedField {
    std::string name;
    Salt salt{};
    std::string value;
    bool operator==(const SaltedField&) const = default;
};
[[nodiscard]] Bytes packed(const std::vector<SaltedField>& fields);
[[nodiscard]] std::optional<std::vector<SaltedField>> unpack_salted(BytesView bytes);

// Binds a sealed part to its entry, so that it cannot be moved to another.
[[nodiscard]] std::string part_context(EntryId entry);

}  // namespace lianxin::journal
