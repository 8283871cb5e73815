#include "journal/entry.hpp"

#include <algorithm>

#include "journal/canonical.hpp"
#include "journal/merkle.hpp"

namespace lianxin::journal {
namespace {

constexpr std::size_t longest_chain_kind = 32;
constexpr std::size_t longest_entry_kind = 64;

bool is_kind(std::string_view kind, std::size_t longest, bool dots) {
    const auto fits = [dots](char c) { return (c >= 'a' && c <= 'z') || c == '_' || (dots && c == '.'); };
    return !kind.empty() && kind.size() <= longest && kind.front() >= 'a' && kind.front() <= 'z' &&
           std::all_of(kind.begin(), kind.end(), fits);
}

bool is_sound(const Header& header) {
    return is_kind(header.chain.kind, longest_chain_kind, false) &&
           is_kind(header.kind, longest_entry_kind, true) && header.chain.id >= 0 && header.seq >= 1;
}

}  // namespace

// docs/record.md, "The header". Never change it: a new layout is a new format number beside this one.
Bytes canonical(const Header& header) {
    require(is_sound(header), "a header names its chain, its kind and its place");
    ByteWriter out;
    out.reserve(192 + header.chain.kind.size() + header.kind.size());
    out.u16(Header::format);
    out.short_text(header.chain.kind);
    out.i64(header.chain.id);
    out.i64(header.seq);
    out.raw(header.previous);
    out.short_text(header.kind);
    out.u16(header.version);
    out.raw(header.workflow);
    out.i64(header.happened_at.micros);
    out.i64(header.recorded_at.micros);
    out.raw(header.nonce);
    out.raw(header.fields);
    return out.take();
}

std::optional<Header> parse_header(BytesView bytes) {
    ByteReader in(bytes);
    if (in.u16() != Header::format) return {};
    Header header;
    header.chain.kind = in.short_text();
    header.chain.id = in.i64();
    header.seq = in.i64();
    in.raw(header.previous);
    header.kind = in.short_text();
    header.version = in.u16();
    in.raw(header.workflow);
    header.happened_at.micros = in.i64();
    header.recorded_at.micros = in.i64();
    in.raw(header.nonce);
    in.raw(header.fields);
    if (!in.whole() || !is_sound(header)) return {};
    return header;
}

Digest entry_hash(BytesView canonical_header) {
    return leaf_hash(canonical_header);
}

Digest commitment(std::string_view name, const Salt& salt, std::string_view value) {
    require(name.size() <= 255, "a field's name has at most 255 bytes");
    const std::array<std::uint8_t, 2> prefix{0x02, static_cast<std::uint8_t>(name.size())};
    return sha256({prefix, as_bytes(name), salt, as_bytes(value)});
}

Digest fields_root(const std::vector<Commitment>& in_name_order) {
    std::vector<Digest> leaves;
    leaves.reserve(in_name_order.size());
    std::string_view before;
    for (const Commitment& field : in_name_order) {
        require(leaves.empty() || before < field.name,
                "commitments stand in the order of their names, each once");
        before = field.name;
        leaves.push_back(leaf_hash(field.digest));
    }
    return tree_root(leaves);
}

std::optional<std::string_view> Entry::field(std::string_view name) const {
    for (const Field& candidate : fields) {
        if (candidate.name != name) continue;
        if (candidate.state == FieldState::erased || candidate.state == FieldState::key_erased) return {};
        return candidate.value;
    }
    return {};
}

}  // namespace lianxin::journal
