#include "receipt/receipt_store.hpp"

namespace lianxin::receipt {

std::optional<Statement> load_statement(store::Transaction& tx, MatterId matter, const std::string& county) {
    for (store::Row row : tx.query("select m.number, m.workflow, m.subkind, m.channel, m.received_at, e.hash "
                                   "from matter m join entry e on e.id = m.opening_entry where m.id = $1",
                                   matter)) {
        return Statement{county,
                         row.get<std::string>(0),
                         row.get<std::string>(1) + "/" + row.get<std::string>(2),
                         row.get<std::string>(3),
                         row.get<Instant>(4),
                         row.get<Digest>(5)};
    }
    return {};
}

std::optional<LogProof> load_proof(store::Transaction& tx, const Digest& entry) {
    const auto head = journal::latest_head(tx);
    if (!head) return {};
    auto inclusion = journal::prove_inclusion(tx, entry, head->size);
    if (!inclusion) return {};
    return LogProof{*head, inclusion->index, std::move(inclusion->path)};
}

}  // namespace lianxin::receipt
