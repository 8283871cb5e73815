// report/facts_store.hpp — matters as the figures see them, read from the county's own tables.
#pragma once

#include <optional>
#include <vector>

#include "report/matter_facts.hpp"
#include "report/metrics.hpp"
#include "store/transaction.hpp"

namespace lianxin::report {

// Which versions of these matters there are; those that are gone are absent.
struct MatterVersion {
    std::int64_t matter = 0, version = 0;
};
[[nodiscard]] std::vector<MatterVersion> versions_of(store::Transaction& tx,
                                                     const std::vector<std::int64_t>& matters);
[[nodiscard]] std::vector<MatterFacts> load_facts(store::Transaction& tx,
                                                  const std::vector<std::int64_t>& matters,
                                                  const MetricWords& words);

// Matters with entries after `pos`, each once, and where these end. `limit`: of entries.
struct Changed {
    std::vector<std::int64_t> matters;
    std::int64_t until = 0;
    std::int64_t entries = 0;
};
[[nodiscard]] Changed changed_after(store::Transaction& tx, std::int64_t pos, std::int64_t limit);
// The same with what has no position yet, to the last entry of this snapshot; nothing when there are more
// than `limit`.
[[nodiscard]] std::optional<std::vector<std::int64_t>> all_changed_after(store::Transaction& tx,
                                                                         std::int64_t pos,
                                                                         std::int64_t limit);

// "pos hash" of the last entry, and of the entry at `pos`; empty when there is none.
[[nodiscard]] std::string last_entry(store::Transaction& tx);
[[nodiscard]] std::string entry_at(store::Transaction& tx, std::int64_t pos);

// "($1, …, $64)" is prepared once however many ids there are.
inline constexpr std::size_t ids_at_once = 64;
[[nodiscard]] const std::string& id_list();
// Calls `each` with the rows of `sql + id_list()` + rest for the ids, 64 at a time, the last padded with an
// id nothing has.
template <class Each>
void for_ids(store::Transaction& tx, const std::string& sql, const std::vector<std::int64_t>& ids,
             Each&& each) {
    for (std::size_t at = 0; at < ids.size(); at += ids_at_once) {
        std::vector<store::Param> values;
        values.reserve(ids_at_once);
        for (std::size_t i = at; i < at + ids_at_once; ++i)
            values.emplace_back(i < ids.size() ? ids[i] : std::int64_t{-1});
        for (const store::Row row : tx.query_with(sql, values)) each(row);
    }
}

}  // namespace lianxin::report
