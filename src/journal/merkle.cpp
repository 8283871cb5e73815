#include "journal/merkle.hpp"

#include <algorithm>
#include <bit>

#include "base/crypto.hpp"
#include "base/result.hpp"

namespace lianxin::journal {
namespace {

constexpr std::array<std::uint8_t, 1> leaf_prefix{0x00};
constexpr std::array<std::uint8_t, 1> node_prefix{0x01};

// The largest power of two below n, n > 1.
std::uint64_t split(std::uint64_t n) {
    return std::bit_floor(n - 1);
}

// Hash of the `size` leaves from `start` on; start is a multiple of the power of two at or above size, as RFC
// 6962's recursion always has it, so every complete part of it is a stored node.
Digest range_root(std::uint64_t start, std::uint64_t size, const NodeLookup& node) {
    if (std::has_single_bit(size)) {
        const auto level = static_cast<unsigned>(std::countr_zero(size));
        return node(level, start >> level);
    }
    const std::uint64_t left = split(size);
    return node_hash(range_root(start, left, node), range_root(start + left, size - left, node));
}

void collect_path(std::uint64_t index, std::uint64_t start, std::uint64_t size, const NodeLookup& node,
                  std::vector<Digest>& path) {
    if (size == 1) return;
    const std::uint64_t left = split(size);
    if (index < left) {
        collect_path(index, start, left, node, path);
        path.push_back(range_root(start + left, size - left, node));
    } else {
        collect_path(index - left, start + left, size - left, node, path);
        path.push_back(range_root(start, left, node));
    }
}

// SUBPROOF(from, D[start:start+size], whole): `whole` while the old tree is this very range.
void collect_subproof(std::uint64_t from, std::uint64_t start, std::uint64_t size, bool whole,
                      const NodeLookup& node, std::vector<Digest>& proof) {
    if (from == size) {
        if (!whole) proof.push_back(range_root(start, size, node));
        return;
    }
    const std::uint64_t left = split(size);
    if (from <= left) {
        collect_subproof(from, start, left, whole, node, proof);
        proof.push_back(range_root(start + left, size - left, node));
    } else {
        collect_subproof(from - left, start + left, size - left, false, node, proof);
        proof.push_back(range_root(start, left, node));
    }
}

}  // namespace

Digest leaf_hash(BytesView data) {
    return sha256({leaf_prefix, data});
}
Digest node_hash(const Digest& left, const Digest& right) {
    return sha256({node_prefix, left, right});
}

Digest tree_root(std::span<const Digest> leaf_hashes) {
    if (leaf_hashes.empty()) return sha256(BytesView{});
    if (leaf_hashes.size() == 1) return leaf_hashes.front();
    const std::size_t left = split(leaf_hashes.size());
    return node_hash(tree_root(leaf_hashes.first(left)), tree_root(leaf_hashes.subspan(left)));
}

Digest root_of(std::uint64_t size, const NodeLookup& node) {
    return size == 0 ? sha256(BytesView{}) : range_root(0, size, node);
}

std::vector<Digest> inclusion_proof(std::uint64_t index, std::uint64_t size, const NodeLookup& node) {
    require(index < size, "a leaf stands within its tree");
    std::vector<Digest> path;
    collect_path(index, 0, size, node, path);
    return path;
}

std::vector<Digest> consistency_proof(std::uint64_t from, std::uint64_t size, const NodeLookup& node) {
    require(from > 0 && from <= size, "an older tree is not empty and not larger");
    std::vector<Digest> proof;
    collect_subproof(from, 0, size, true, node, proof);
    return proof;
}

// RFC 9162, 2.1.3.2.
bool inclusion_holds(const Digest& leaf, std::uint64_t index, std::uint64_t size,
                     std::span<const Digest> proof, const Digest& root) {
    if (index >= size) return false;
    std::uint64_t node = index;
    std::uint64_t last = size - 1;
    Digest hash = leaf;
    for (const Digest& sibling : proof) {
        if (last == 0) return false;
        if ((node & 1U) != 0 || node == last) {
            hash = node_hash(sibling, hash);
            while ((node & 1U) == 0 && node != 0) {
                node >>= 1U;
                last >>= 1U;
            }
        } else {
            hash = node_hash(hash, sibling);
        }
        node >>= 1U;
        last >>= 1U;
    }
    return last == 0 && hash == root;
}

// RFC 9162, 2.1.4.2.
bool consistency_holds(std::uint64_t from, const Digest& from_root, std::uint64_t size, const Digest& root,
                       std::span<const Digest> proof) {
    if (from == 0 || from > size) return false;
    if (from == size) return proof.empty() && from_root == root;
    std::vector<Digest> path(proof.begin(), proof.end());
    if (std::has_single_bit(from)) path.insert(path.begin(), from_root);
    if (path.empty()) return false;
    std::uint64_t node = from - 1;
    std::uint64_t last = size - 1;
    while ((node & 1U) != 0) {
        node >>= 1U;
        last >>= 1U;
    }
    Digest old_hash = path.front();
    Digest new_hash = path.front();
    for (auto step = path.begin() + 1; step != path.end(); ++step) {
        if (last == 0) return false;
        if ((node & 1U) != 0 || node == last) {
            old_hash = node_hash(*step, old_hash);
            new_hash = node_hash(*step, new_hash);
            while ((node & 1U) == 0 && node != 0) {
                node >>= 1U;
                last >>= 1U;
            }
        } else {
            new_hash = node_hash(new_hash, *step);
        }
        node >>= 1U;
        last >>= 1U;
    }
    return last == 0 && old_hash == from_root && new_hash == root;
}

}  // namespace lianxin::journal
