#include "journal/follower.hpp"
#include "store/transaction.hpp"

namespace lianxin::journal {
namespace {

std::vector<FollowedEntry> next_entries(store::Transaction& tx, std::int64_t cursor, int batch) {
    std::vector<FollowedEntry> entries;
    std::int64_t expected = cursor;
    for (store::Row row : tx.query(
             "select id, pos, header, hash from entry where pos > $1 order by pos limit $2", cursor, batch)) {
        const auto pos = row.get<std::int64_t>(1);
        // A gap would be counted over for ever; better to stand still and be seen.
        if (pos != ++expected) throw Fault("the record's positions have a gap; run the audit");
        std::optional<Header> header = parse_header(row.get<Bytes>(2));
        if (!header) throw Fault("an entry of the record is damaged; run the audit");
        entries.push_back({row.get<EntryId>(0), pos, *std::move(header), row.get<Digest>(3)});
    }
    return entries;
}

}  // namespace

std::int64_t cursor_of(store::Transaction& tx, std::string_view follower) {
    return tx.value<std::int64_t>("select pos from follower where name = $1", follower).value_or(0);
}

bool move_cursor(store::Transaction& tx, std::string_view follower, std::int64_t from, std::int64_t to) {
    if (from == 0)
        return tx.execute("insert into follower (name, pos) values ($1, $2) on conflict do nothing", follower,
                          to) == 1;
    return tx.execute("update follower set pos = $3 where name = $1 and pos = $2", follower, from, to) == 1;
}

void rewind(store::Transaction& tx, std::string_view follower) {
    tx.send("delete from follower where name = $1", follower);
}

// Read on a snapshot first, so that the writer is busy only with what is written.
std::int64_t advance(store::Database& database, Follower& follower, int batch) {
    std::int64_t cursor = 0;
    const std::vector<FollowedEntry> entries = database.read([&](store::Transaction& tx) {
        cursor = cursor_of(tx, follower.name());
        return next_entries(tx, cursor, batch);
    });
    if (entries.empty()) return 0;
    return database.write([&](store::Transaction& tx) -> std::int64_t {
        if (!move_cursor(tx, follower.name(), cursor, entries.back().pos)) return 0;
        follower.follow(tx, entries);
        return static_cast<std::int64_t>(entries.size());
    });
}

}  // namespace lianxin::journal
