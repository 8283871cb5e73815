// journal/entry.hpp — one fact of a chain: a header whose canonical bytes are hashed for ever, and fields
// that stand apart and can be erased. The header holds only commitments, so an erased word leaves every hash
// as it was. The byte layout is docs/record.md; nothing in it may ever change, a new layout is a new format
// number.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.hpp"
#include "base/crypto.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace lianxin {
struct EntryNoun;
struct KeyNoun;
namespace journal {

using EntryId = Id<EntryNoun>;
using KeyId = Id<KeyNoun>;  // one resident's key

inline constexpr Digest no_digest{};  // 32 zero bytes: no previous entry, no workflow
using Salt = std::array<std::uint8_t, 16>;
using Nonce = std::array<std::uint8_t, 16>;

// What an append-only chain is about: a kind ("matter", "notice", …: [a-z][a-z_]*, at most 32) and an id.
struct Chain {
    std::string kind;
    std::int64_t id = 0;
    auto operator<=>(const Chain&) const = default;
};

struct Header {
    static constexpr std::uint16_t format = 1;
    Chain chain;
    std::int64_t seq = 0;  // 1, 2, 3, … within the chain
    Digest previous{};     // hash of the entry before; no_digest at seq 1
    std::string kind;      // [a-z][a-z_.]*, at most 64
    std::uint16_t version = 1;
    Digest workflow{};    // content hash of the workflow in force, or no_digest
    Instant happened_at;  // claimed
    Instant recorded_at;  // the server's; never earlier than the previous entry's
    Nonce nonce{};
    Digest fields{};  // root over the field commitments in name order
    bool operator==(const Header&) const = default;
};

[[nodiscard]] Bytes canonical(const Header& header);
// Nothing when the bytes are not exactly one header of a known format.
[[nodiscard]] std::optional<Header> parse_header(BytesView bytes);
// SHA-256(0x00 ‖ header): the chain's link and the RFC 6962 leaf of the county log.
[[nodiscard]] Digest entry_hash(BytesView canonical_header);

// SHA-256(0x02 ‖ length of name, one byte ‖ name ‖ salt ‖ value): no two (name, salt, value) share an input.
[[nodiscard]] Digest commitment(std::string_view name, const Salt& salt, std::string_view value);

struct Commitment {
    std::string name;
    Digest digest{};
    bool operator==(const Commitment&) const = default;
};
// RFC 6962 tree hash over the commitments, which stand in strictly ascending byte order of their names.
[[nodiscard]] Digest fields_root(const std::vector<Commitment>& in_name_order);

// What happens to one field's value over the years.
enum class FieldState {
    open,        // readable by whoever may read the entry
    unsealed,    // was sealed with a resident's key, opened for this reading
    erased,      // value and salt are gone; the commitment stands
    key_erased,  // the resident's key is gone, so nobody can read it again
};
struct Field {
    std::string name;
    std::string value;  // empty when erased
    FieldState state = FieldState::open;
    bool operator==(const Field&) const = default;
};

// An entry as read back.
struct Entry {
    EntryId id;
    std::optional<std::int64_t> pos;  // gapless position in the county; nothing until sequenced (PostgreSQL)
    Header header;
    Digest hash{};
    std::vector<Field> fields;  // in name order
    // The field's value, or nothing when there is none or it is erased.
    [[nodiscard]] std::optional<std::string_view> field(std::string_view name) const;
};

}  // namespace journal
}  // namespace lianxin
