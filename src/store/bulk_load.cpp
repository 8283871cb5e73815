#include "store/bulk_load.hpp"

#include <utility>

namespace lianxin::store {
namespace {

// Names and definitions are the catalogue's own, quoted by it. References first: an index must not be missed
// by a check that needs it.
constexpr std::string_view references =
    "select quote_ident(conname), pg_get_constraintdef(oid) from pg_catalog.pg_constraint where conrelid = "
    "to_regclass($1) and contype = 'f' order by conname";
constexpr std::string_view indexes =
    "select indexrelid::regclass::text, pg_get_indexdef(indexrelid) from pg_catalog.pg_index i where "
    "indrelid "
    "= to_regclass($1) and not exists (select 1 from pg_catalog.pg_constraint c where c.conindid = "
    "i.indexrelid and c.contype <> 'f') order by 1";

std::vector<std::pair<std::string, std::string>> pairs(Transaction& tx, std::string_view sql,
                                                       const std::string& table) {
    std::vector<std::pair<std::string, std::string>> found;
    for (const Row row : tx.query(sql, table))
        found.emplace_back(row.get<std::string>(0), row.get<std::string>(1));
    return found;
}

}  // namespace

BulkLoad::BulkLoad(Transaction& tx, std::vector<std::string> tables) : tx_(tx), tables_(std::move(tables)) {
    if (tx_.dialect() != Dialect::postgresql) return;
    for (const std::string& table : tables_) take_away(table);
}

void BulkLoad::take_away(const std::string& table) {
    for (const auto& [name, definition] : pairs(tx_, references, table)) {
        tx_.send("alter table " + table + " drop constraint " + name);
        remake_.push_back("alter table " + table + " add constraint " + name + " " + definition);
    }
    for (const auto& [name, definition] : pairs(tx_, indexes, table)) {
        tx_.send("drop index " + name);
        remake_.push_back(definition);
    }
}

void BulkLoad::finish() {
    // Checking a reference joins whole tables; what a write otherwise fears of reading them whole, that it
    // collides with others, cannot be here.
    if (!remake_.empty()) tx_.send("set local enable_seqscan = on");
    for (const std::string& statement : remake_) tx_.send(statement);
    for (const std::string& table : tables_) tx_.send("analyze " + table);
}

}  // namespace lianxin::store
