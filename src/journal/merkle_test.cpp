#include "journal/merkle.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <random>

#include "base/crypto.hpp"

namespace lianxin::journal {
namespace {

// The eight leaves and the roots of the trees over the first n of them that RFC 6962 logs have always been
// tested with (certificate-transparency's reference values).
const std::vector<std::string> reference_leaves{
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
const std::vector<std::string> reference_roots{
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

std::vector<Digest> leaves_of(std::size_t count) {
    std::vector<Digest> leaves;
    for (std::size_t i = 0; i < count; ++i)
        leaves.push_back(leaf_hash(as_bytes("leaf " + std::to_string(i))));
    return leaves;
}

NodeLookup over(const std::vector<Digest>& leaves) {
    return [&leaves](unsigned level, std::uint64_t index) {
        const std::size_t count = std::size_t{1} << level;
        EXPECT_LE((index + 1) * count, leaves.size()) << "only complete subtrees are asked for";
        return tree_root(std::span(leaves).subspan(index * count, count));
    };
}

// RFC 6962, 2.1.1, as it is written.
std::vector<Digest> path_by_the_book(std::size_t m, std::span<const Digest> d) {
    if (d.size() <= 1) return {};
    const std::size_t k = std::bit_floor(d.size() - 1);
    std::vector<Digest> path =
        m < k ? path_by_the_book(m, d.first(k)) : path_by_the_book(m - k, d.subspan(k));
    path.push_back(m < k ? tree_root(d.subspan(k)) : tree_root(d.first(k)));
    return path;
}

// RFC 6962, 2.1.2, as it is written.
std::vector<Digest> subproof_by_the_book(std::size_t m, std::span<const Digest> d, bool whole) {
    if (m == d.size()) return whole ? std::vector<Digest>{} : std::vector<Digest>{tree_root(d)};
    const std::size_t k = std::bit_floor(d.size() - 1);
    std::vector<Digest> proof = m <= k ? subproof_by_the_book(m, d.first(k), whole)
                                       : subproof_by_the_book(m - k, d.subspan(k), false);
    proof.push_back(m <= k ? tree_root(d.subspan(k)) : tree_root(d.first(k)));
    return proof;
}

TEST(MerkleTree, HasTheRootsOfRfc6962) {
    EXPECT_EQ(hex(tree_root({})), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    std::vector<Digest> leaves;
    for (std::size_t i = 0; i < reference_leaves.size(); ++i) {
        leaves.push_back(leaf_hash(parse_hex(reference_leaves[i]).value()));
        EXPECT_EQ(hex(tree_root(leaves)), reference_roots[i]) << i + 1 << " leaves";
        EXPECT_EQ(root_of(leaves.size(), over(leaves)), tree_root(leaves));
    }
}

TEST(MerkleTree, ProvesEveryLeafOfEverySizeUpToSeventy) {
    for (std::size_t size = 1; size <= 70; ++size) {
        const std::vector<Digest> leaves = leaves_of(size);
        const Digest root = tree_root(leaves);
        for (std::size_t index = 0; index < size; ++index) {
            const std::vector<Digest> proof = inclusion_proof(index, size, over(leaves));
            ASSERT_EQ(proof, path_by_the_book(index, leaves));
            ASSERT_TRUE(inclusion_holds(leaves[index], index, size, proof, root));
            ASSERT_FALSE(inclusion_holds(leaf_hash(as_bytes("other")), index, size, proof, root));
            ASSERT_FALSE(inclusion_holds(leaves[index], index + 1, size, proof, root) && size > 1);
            for (std::size_t i = 0; i < proof.size(); ++i) {
                std::vector<Digest> altered = proof;
                altered[i][5] ^= 1U;
                ASSERT_FALSE(inclusion_holds(leaves[index], index, size, altered, root));
            }
            std::vector<Digest> longer = proof;
            longer.push_back(root);
            ASSERT_FALSE(inclusion_holds(leaves[index], index, size, longer, root));
            if (!proof.empty()) {
                ASSERT_FALSE(inclusion_holds(leaves[index], index, size,
                                             std::span(proof).first(proof.size() - 1), root));
            }
        }
    }
}

TEST(MerkleTree, ProvesThatEverySmallerTreeIsItsBeginning) {
    for (std::size_t size = 1; size <= 40; ++size) {
        const std::vector<Digest> leaves = leaves_of(size);
        const Digest root = tree_root(leaves);
        for (std::size_t from = 1; from <= size; ++from) {
            const Digest from_root = tree_root(std::span(leaves).first(from));
            const std::vector<Digest> proof = consistency_proof(from, size, over(leaves));
            ASSERT_EQ(proof, subproof_by_the_book(from, leaves, true));
            ASSERT_TRUE(consistency_holds(from, from_root, size, root, proof)) << from << " in " << size;
            Digest other = from_root;
            other[0] ^= 1U;
            ASSERT_FALSE(consistency_holds(from, other, size, root, proof));
            ASSERT_FALSE(consistency_holds(from, from_root, size, other, proof) && from != size);
            for (std::size_t i = 0; i < proof.size(); ++i) {
                std::vector<Digest> altered = proof;
                altered[i][31] ^= 1U;
                ASSERT_FALSE(consistency_holds(from, from_root, size, root, altered));
            }
        }
    }
    EXPECT_FALSE(consistency_holds(0, tree_root({}), 5, tree_root(leaves_of(5)), {}));
    EXPECT_FALSE(consistency_holds(6, tree_root({}), 5, tree_root(leaves_of(5)), {}));
}

}  // namespace
}  // namespace lianxin::journal
