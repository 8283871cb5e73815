// receipt/receipt_store.hpp — what a receipt states, from the rows of the matter and its first entry.
#pragma once

#include <optional>

#include "access/access.hpp"
#include "receipt/receipt.hpp"
#include "store/transaction.hpp"

namespace lianxin::receipt {

// Nothing when there is no such matter.
[[nodiscard]] std::optional<Statement> load_statement(store::Transaction& tx, MatterId matter,
                                                      const std::string& county);
// Nothing until the log has taken the entry in and a head of at least that size is signed.
[[nodiscard]] std::optional<LogProof> load_proof(store::Transaction& tx, const Digest& entry);

}  // namespace lianxin::receipt
