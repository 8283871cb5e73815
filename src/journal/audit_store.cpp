#include <algorithm>
#include <map>

#include "journal/audit.hpp"
#include "journal/county_log.hpp"
#include "journal/field_parts.hpp"
#include "journal/key_ring.hpp"
#include "journal/log_tiles.hpp"
#include "store/transaction.hpp"

namespace lianxin::journal {
namespace {

constexpr int slice = 500;

struct Row {
    SealedEntry entry;
    std::int64_t seq = 0;
    Instant recorded_at;
};

// What the row says beside the header, to be held against it.
std::vector<Row> load_rows(store::Transaction& tx, const Chain& chain, std::int64_t after) {
    std::vector<Row> rows;
    for (SealedEntry& entry : load_chain(tx, chain, after, slice)) rows.push_back({std::move(entry), 0, {}});
    std::size_t at = 0;
    for (store::Row row :
         tx.query("select seq, recorded_at from entry where chain_kind = $1 and chain_id = $2 and seq > $3 "
                  "order by seq limit $4",
                  chain.kind, chain.id, after, slice)) {
        rows[at].seq = row.get<std::int64_t>(0);
        rows[at++].recorded_at = row.get<Instant>(1);
    }
    return rows;
}

class ChainWalk {
 public:
    ChainWalk(Chain chain, KeyRing& keys, AuditCount& count)
        : chain_(std::move(chain)), keys_(keys), count_(count) {}

    void check(const Row& row) {
        ++count_.entries;
        seq_ = row.seq;
        const std::optional<Header> header = parse_header(row.entry.header);
        if (!header) found(Flaw::header_unreadable);
        if (header) check_header(row, *header);
        if (entry_hash(row.entry.header) != row.entry.hash) found(Flaw::hash_differs);
        check_fields(row.entry, header);
        before_ = {row.seq, entry_hash(row.entry.header), header ? header->recorded_at : before_.recorded_at};
    }
    std::vector<Finding> findings;

 private:
    void found(Flaw flaw) { findings.push_back({chain_, seq_, flaw}); }

    void check_header(const Row& row, const Header& header) {
        if (header.chain != chain_ || header.seq != row.seq || header.recorded_at != row.recorded_at) {
            found(Flaw::header_misplaced);
        }
        if (row.seq != before_.seq + 1 || header.previous != before_.hash) found(Flaw::link_broken);
        if (header.recorded_at < before_.recorded_at) found(Flaw::recorded_earlier);
    }

    void check_fields(const SealedEntry& entry, const std::optional<Header>& header) {
        const auto committed = unpack_commitments(entry.commitments);
        if (!committed) return found(Flaw::commitments_unreadable);
        if (header && fields_root(commitments_of(*committed)) != header->fields)
            found(Flaw::commitments_differ);
        std::int64_t seen = 0;
        for (const PreparedEntry::Part& part : entry.parts) seen += check_part(entry, part, *committed);
        count_.fields += static_cast<std::int64_t>(committed->size());
        count_.erased_fields += static_cast<std::int64_t>(committed->size()) - seen;
    }

    // How many fields could be read.
    std::int64_t check_part(const SealedEntry& entry, const PreparedEntry::Part& part,
                            const std::vector<CommittedField>& committed) {
        std::optional<Bytes> plain = part.content;
        if (part.key) {
            plain = keys_.unseal(*part.key, part.content, part_context(entry.id));
            if (!plain && !keys_.exists(*part.key)) return 0;  // erased with its key
        }
        const auto fields = plain ? unpack_salted(*plain) : std::nullopt;
        if (!fields) {
            found(Flaw::field_unreadable);
            return 0;
        }
        const std::int64_t key = part.key ? part.key->value() : 0;
        for (const SaltedField& field : *fields) {
            const auto match =
                std::find_if(committed.begin(), committed.end(), [&](const CommittedField& candidate) {
                    return candidate.commitment.name == field.name && candidate.sealed_with == key;
                });
            if (match == committed.end()) {
                found(Flaw::field_unknown);
            } else if (commitment(field.name, field.salt, field.value) != match->commitment.digest) {
                found(Flaw::field_differs);
            }
        }
        return static_cast<std::int64_t>(fields->size());
    }

    Chain chain_;
    KeyRing& keys_;
    AuditCount& count_;
    std::int64_t seq_ = 0;
    Head before_;
};

std::vector<Finding> walk(store::Database& database, const Chain& chain, KeyRing& keys, AuditCount& count) {
    ChainWalk chain_walk(chain, keys, count);
    std::int64_t after = INT64_MIN;
    for (;;) {
        const std::vector<Row> rows =
            database.read([&](store::Transaction& tx) { return load_rows(tx, chain, after); });
        for (const Row& row : rows) chain_walk.check(row);
        if (rows.size() < slice) break;
        after = rows.back().seq;
    }
    ++count.chains;
    return std::move(chain_walk.findings);
}

std::vector<Chain> next_chains(store::Transaction& tx, const Chain& after) {
    std::vector<Chain> chains;
    for (store::Row row :
         tx.query("select distinct chain_kind, chain_id from entry where (chain_kind, chain_id) > ($1, $2) "
                  "order by chain_kind, chain_id limit $3",
                  after.kind, after.id, slice)) {
        chains.push_back({row.get<std::string>(0), row.get<std::int64_t>(1)});
    }
    return chains;
}

// Positions one by one against the log's leaves, as far as the log has come.
class LogWalk {
 public:
    explicit LogWalk(std::vector<Finding>& findings) : findings_(findings) {}

    // False when there are no more entries.
    bool check_slice(store::Transaction& tx) {
        LogTiles tiles(tx);
        const std::uint64_t size = tiles.size();
        std::int64_t seen = 0;
        for (store::Row row :
             tx.query("select pos, chain_kind, chain_id, seq, hash from entry where pos > $1 order by pos "
                      "limit $2",
                      pos_, slice)) {
            ++seen;
            waiting_.push_back({row.get<std::int64_t>(0),
                                {row.get<std::string>(1), row.get<std::int64_t>(2)},
                                row.get<std::int64_t>(3),
                                row.get<Digest>(4)});
        }
        for (const Positioned& entry : waiting_) {
            if (entry.pos != pos_ + 1) found(entry, Flaw::position_gap);
            pos_ = entry.pos;
            const auto leaf = static_cast<std::uint64_t>(entry.pos - 1);
            if (leaf < size && tiles.leaf(leaf) != entry.hash) found(entry, Flaw::log_differs);
        }
        waiting_.clear();
        return seen == slice;
    }

    // The leaves fill the tree above them, and every head signed is a root of it.
    void check_tree(store::Transaction& tx, BytesView open_key) {
        LogTiles stored(tx);
        const std::uint64_t size = stored.size();
        if (static_cast<std::int64_t>(size) > pos_) findings_.push_back({{}, 0, Flaw::log_differs});
        for (unsigned level = tile_levels; (size >> level) > 0; level += tile_levels)
            check_level(stored, level);
        std::vector<std::uint64_t> sizes;
        for (store::Row row : tx.query("select size from log_head order by size"))
            sizes.push_back(row.get<std::uint64_t>(0));
        for (const std::uint64_t head_size : sizes) {
            const std::optional<LogHead> head = head_of_size(tx, head_size);
            if (head_size > size || !head || !head_holds(*head, open_key) ||
                root_of(head_size, stored.lookup()) != head->root) {
                findings_.push_back({{}, static_cast<std::int64_t>(head_size), Flaw::log_differs});
            }
        }
    }

 private:
    struct Positioned {
        std::int64_t pos;
        Chain chain;
        std::int64_t seq;
        Digest hash;
    };
    // Every complete node of this tile level is the root of the 256 below it.
    void check_level(LogTiles& stored, unsigned level) {
        const std::uint64_t nodes = stored.size() >> level;
        for (std::uint64_t index = 0; index < nodes; ++index) {
            std::vector<Digest> below;
            for (std::uint64_t i = 0; i < tile_size; ++i) {
                below.push_back(stored.node(level - tile_levels, index * tile_size + i));
            }
            if (stored.node(level, index) != tree_root(below)) {
                findings_.push_back({{}, static_cast<std::int64_t>(index), Flaw::log_differs});
            }
        }
    }
    void found(const Positioned& entry, Flaw flaw) { findings_.push_back({entry.chain, entry.seq, flaw}); }

    std::vector<Finding>& findings_;
    std::vector<Positioned> waiting_;
    std::int64_t pos_ = 0;
};

}  // namespace

std::vector<Finding> verify_chain(store::Database& database, const Chain& chain, KeyRing& keys) {
    AuditCount count;
    return walk(database, chain, keys, count);
}

std::vector<Finding> verify_record(store::Database& database, KeyRing& keys, AuditCount* count) {
    AuditCount counted;
    std::vector<Finding> findings;
    Chain last;
    for (;;) {
        const std::vector<Chain> chains =
            database.read([&](store::Transaction& tx) { return next_chains(tx, last); });
        for (const Chain& chain : chains) {
            const std::vector<Finding> found = walk(database, chain, keys, counted);
            findings.insert(findings.end(), found.begin(), found.end());
        }
        if (chains.size() < slice) break;
        last = chains.back();
    }
    LogWalk log(findings);
    while (database.read([&](store::Transaction& tx) { return log.check_slice(tx); })) {
    }
    database.read([&](store::Transaction& tx) { log.check_tree(tx, keys.open_key()); });
    if (count != nullptr) *count = counted;
    return findings;
}

}  // namespace lianxin::journal
