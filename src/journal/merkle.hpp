// journal/merkle.hpp — the Merkle tree of RFC 6962 (2.1): pure hashing, proofs and their verification.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "base/bytes.hpp"

namespace lianxin::journal {

[[nodiscard]] Digest leaf_hash(BytesView data);                           // SHA-256(0x00 ‖ data)
[[nodiscard]] Digest node_hash(const Digest& left, const Digest& right);  // SHA-256(0x01 ‖ left ‖ right)
[[nodiscard]] Digest tree_root(std::span<const Digest> leaf_hashes);      // of no leaves: SHA-256 of nothing

// The hash of the complete subtree of 2^level leaves that starts at leaf index·2^level.
using NodeLookup = std::function<Digest(unsigned level, std::uint64_t index)>;

// For trees kept as nodes: all need about log2(size) lookups of complete subtrees.
[[nodiscard]] Digest root_of(std::uint64_t size, const NodeLookup& node);
// PATH(index, D[size]); index < size.
[[nodiscard]] std::vector<Digest> inclusion_proof(std::uint64_t index, std::uint64_t size,
                                                  const NodeLookup& node);
// PROOF(from, D[size]); 0 < from ≤ size.
[[nodiscard]] std::vector<Digest> consistency_proof(std::uint64_t from, std::uint64_t size,
                                                    const NodeLookup& node);

[[nodiscard]] bool inclusion_holds(const Digest& leaf_hash, std::uint64_t index, std::uint64_t size,
                                   std::span<const Digest> proof, const Digest& root);
[[nodiscard]] bool consistency_holds(std::uint64_t from, const Digest& from_root, std::uint64_t size,
                                     const Digest& root, std::span<const Digest> proof);

}  // namespace lianxin::journal
