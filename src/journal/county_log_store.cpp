#include <algorithm>

#include "journal/county_log.hpp"
#include "journal/key_ring.hpp"
#include "journal/log_tiles.hpp"
#include "store/transaction.hpp"

namespace lianxin::journal {
namespace {

// The index on whole hashes would cost four times the room; eight bytes collide once in a county's life, if
// ever.
std::int64_t prefix_of(const Digest& hash) {
    std::uint64_t prefix = 0;
    for (std::size_t i = 0; i < 8; ++i) prefix = (prefix << 8U) | hash[i];
    return static_cast<std::int64_t>(prefix);
}

LogHead read_head(const store::Row& row) {
    LogHead head;
    head.size = row.get<std::uint64_t>(0);
    head.county = row.get<std::string>(1);
    head.root = row.get<Digest>(2);
    head.signed_at = row.get<Instant>(3);
    const Bytes signature = row.get<Bytes>(4);
    if (signature.size() != head.signature.size())
        throw Fault("a signed head of the log is damaged; run the audit");
    std::copy(signature.begin(), signature.end(), head.signature.begin());
    return head;
}

}  // namespace

void CountyLog::follow(store::Transaction& tx, std::span<const FollowedEntry> entries) {
    LogTiles tiles(tx);
    for (const FollowedEntry& entry : entries) {
        const std::uint64_t index = tiles.size();
        require(static_cast<std::int64_t>(index) + 1 == entry.pos,
                "the log's leaves are the record's positions");
        tiles.add(entry.hash);
        tx.send("insert into log_leaf (prefix, leaf) values ($1, $2)", prefix_of(entry.hash), index);
    }
    tiles.save();
}

std::uint64_t log_size(store::Transaction& tx) {
    return LogTiles(tx).size();
}

Digest log_root(store::Transaction& tx, std::uint64_t size) {
    LogTiles tiles(tx);
    require(size <= tiles.size(), "a root is of leaves that are there");
    return root_of(size, tiles.lookup());
}

std::optional<LogHead> latest_head(store::Transaction& tx) {
    for (store::Row row : tx.query(
             "select size, county, root, signed_at, signature from log_head order by size desc limit 1")) {
        return read_head(row);
    }
    return {};
}

std::optional<LogHead> head_of_size(store::Transaction& tx, std::uint64_t size) {
    for (store::Row row :
         tx.query("select size, county, root, signed_at, signature from log_head where size = $1", size)) {
        return read_head(row);
    }
    return {};
}

LogHead publish_head(store::Database& database, KeyRing& keys, const std::string& county, Instant now) {
    LogHead head;
    const bool is_kept = database.read([&](store::Transaction& tx) {
        LogTiles tiles(tx);
        if (const auto kept = latest_head(tx); kept && kept->size == tiles.size()) {
            head = *kept;
            return true;
        }
        head = {county, tiles.size(), root_of(tiles.size(), tiles.lookup()), now, {}};
        return false;
    });
    if (is_kept) return head;
    head.signature = keys.sign(as_bytes(statement(head)));
    return database.write([&](store::Transaction& tx) {
        tx.send(
            "insert into log_head (size, county, root, signed_at, signature) values ($1, $2, $3, $4, $5) "
            "on conflict do nothing",
            head.size, head.county, head.root, head.signed_at, BytesView(head.signature));
        return head_of_size(tx, head.size).value();
    });
}

std::optional<Inclusion> prove_inclusion(store::Transaction& tx, const Digest& entry_hash,
                                         std::uint64_t size) {
    LogTiles tiles(tx);
    if (size > tiles.size()) return {};
    std::vector<std::uint64_t> candidates;
    for (store::Row row : tx.query("select leaf from log_leaf where prefix = $1 and leaf < $2 order by leaf",
                                   prefix_of(entry_hash), size)) {
        candidates.push_back(row.get<std::uint64_t>(0));
    }
    for (const std::uint64_t index : candidates) {
        if (tiles.leaf(index) == entry_hash)
            return Inclusion{index, size, inclusion_proof(index, size, tiles.lookup())};
    }
    return {};
}

std::optional<std::vector<Digest>> prove_consistency(store::Transaction& tx, std::uint64_t from,
                                                     std::uint64_t size) {
    LogTiles tiles(tx);
    if (from == 0 || from > size || size > tiles.size()) return {};
    return consistency_proof(from, size, tiles.lookup());
}

}  // namespace lianxin::journal
