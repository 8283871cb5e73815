#include "base/result.hpp"
#include "journal/log_tiles.hpp"
#include "store/transaction.hpp"

namespace lianxin::journal {
namespace {

constexpr std::size_t digest_size = std::tuple_size_v<Digest>;

std::vector<Digest> unpacked(BytesView bytes) {
    if (bytes.size() % digest_size != 0 || bytes.size() > tile_size * digest_size) {
        throw Fault("a tile of the county log is damaged; run the audit");
    }
    std::vector<Digest> hashes(bytes.size() / digest_size);
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        const BytesView one = bytes.subspan(i * digest_size, digest_size);
        std::copy(one.begin(), one.end(), hashes[i].begin());
    }
    return hashes;
}

Bytes packed(const std::vector<Digest>& hashes) {
    Bytes bytes;
    bytes.reserve(hashes.size() * digest_size);
    for (const Digest& hash : hashes) bytes.insert(bytes.end(), hash.begin(), hash.end());
    return bytes;
}

}  // namespace

LogTiles::Tile& LogTiles::tile(unsigned level, std::uint64_t number) {
    const auto [place, is_new] = tiles_.try_emplace({level, number});
    if (is_new) {
        const auto stored =
            tx_.value<Bytes>("select hashes from log_node where level = $1 and tile = $2", level, number);
        if (stored) place->second.hashes = unpacked(*stored);
    }
    return place->second;
}

std::uint64_t LogTiles::size() {
    if (size_ < 0) {
        const auto last = tx_.value<std::int64_t>(
            "select max(tile) from log_node where level = 0 having max(tile) is not null");
        size_ = last ? *last * static_cast<std::int64_t>(tile_size) +
                           static_cast<std::int64_t>(tile(0, static_cast<std::uint64_t>(*last)).hashes.size())
                     : 0;
    }
    return static_cast<std::uint64_t>(size_);
}

Digest LogTiles::leaf(std::uint64_t index) {
    return node(0, index);
}

Digest LogTiles::node(unsigned level, std::uint64_t index) {
    const unsigned within = level % tile_levels;
    const std::uint64_t first = index << within;
    const std::uint64_t count = std::uint64_t{1} << within;
    const std::vector<Digest>& hashes = tile(level / tile_levels, first / tile_size).hashes;
    if (first % tile_size + count > hashes.size()) throw Fault("the county log lacks a node; run the audit");
    return tree_root(std::span(hashes).subspan(first % tile_size, count));
}

void LogTiles::put(unsigned level, std::uint64_t index, const Digest& hash) {
    Tile& into = tile(level, index / tile_size);
    require(into.hashes.size() == index % tile_size, "the log grows at its end only");
    into.hashes.push_back(hash);
    into.changed = true;
    if (into.hashes.size() == tile_size) put(level + 1, index / tile_size, tree_root(into.hashes));
}

void LogTiles::add(const Digest& leaf) {
    put(0, size(), leaf);
    ++size_;
}

void LogTiles::save() {
    for (auto& [place, tile] : tiles_) {
        if (!tile.changed) continue;
        const Bytes hashes = packed(tile.hashes);
        tx_.send(
            "insert into log_node (level, tile, hashes) values ($1, $2, $3) "
            "on conflict (level, tile) do update set hashes = excluded.hashes",
            place.first, place.second, hashes);
        tile.changed = false;
    }
}

}  // namespace lianxin::journal
