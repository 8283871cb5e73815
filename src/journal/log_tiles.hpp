// journal/log_tiles.hpp — how the log's tree lies in the store: tiles of up to 256 hashes. Level 0 holds the
// leaves; level n holds the roots of the complete tiles of level n-1, so one row in 256 is a node's and a
// proof reads a handful of rows.
#pragma once

#include <cstdint>
#include <map>
#include <utility>

#include "base/bytes.hpp"
#include "journal/merkle.hpp"

namespace lianxin::store {
class Transaction;
}

namespace lianxin::journal {

inline constexpr unsigned tile_levels = 8;  // of the binary tree in one tile
inline constexpr std::uint64_t tile_size = std::uint64_t{1} << tile_levels;

// Reads tiles within one transaction, each once.
class LogTiles {
 public:
    explicit LogTiles(store::Transaction& tx) : tx_(tx) {}

    [[nodiscard]] std::uint64_t size();  // leaves
    [[nodiscard]] Digest leaf(std::uint64_t index);
    // Any complete subtree; throws Fault when the store does not hold it.
    [[nodiscard]] Digest node(unsigned level, std::uint64_t index);
    [[nodiscard]] NodeLookup lookup() {
        return [this](unsigned level, std::uint64_t index) { return node(level, index); };
    }
    // The leaf behind all others; completes the tiles above.
    void add(const Digest& leaf);
    // Writes the tiles that changed.
    void save();

 private:
    using Place = std::pair<unsigned, std::uint64_t>;  // tile level, tile
    struct Tile {
        std::vector<Digest> hashes;
        bool changed = false;
    };
    Tile& tile(unsigned level, std::uint64_t number);
    void put(unsigned level, std::uint64_t index, const Digest& hash);

    store::Transaction& tx_;
    std::map<Place, Tile> tiles_;
    std::int64_t size_ = -1;
};

}  // namespace lianxin::journal
