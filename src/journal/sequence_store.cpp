#include "journal/journal.hpp"
#include "store/transaction.hpp"

namespace lianxin::journal {
namespace {

constexpr std::int64_t sequencer_lock = 0x6c78'706f'7301;  // an arbitrary number nobody else locks

// A chain's entries become visible in the order of their seq, and recorded_at never falls within a chain, so
// this order keeps every chain's own.
constexpr std::string_view give_positions =
    "update entry set pos = given.pos from "
    "(select id, (select coalesce(max(pos), 0) from entry) + row_number() over "
    "(order by recorded_at, chain_kind, chain_id, seq) as pos from "
    "(select id, recorded_at, chain_kind, chain_id, seq from entry where pos is null "
    "order by recorded_at, chain_kind, chain_id, seq limit $1) waiting) given where entry.id = given.id";

}  // namespace

std::int64_t sequence(store::Database& database, int batch) {
    if (database.dialect() == store::Dialect::sqlite) return 0;
    const auto waiting = database.read([](store::Transaction& tx) {
        return tx.value<std::int64_t>("select id from entry where pos is null limit 1");
    });
    if (!waiting) return 0;
    return database.write([&](store::Transaction& tx) -> std::int64_t {
        // Somebody else is at it: they or the next round will take ours along.
        const auto locked = tx.value<bool>("select case when pg_try_advisory_xact_lock($1) then 1 else 0 end",
                                           sequencer_lock);
        if (!locked.value_or(false)) return 0;
        return tx.execute(give_positions, batch);
    });
}

}  // namespace lianxin::journal
