// pack/pack_store.hpp — packs as the county keeps them, by the hash of their content; one is in force.
#pragma once

#include <optional>
#include <string>

#include "pack/pack.hpp"
#include "store/transaction.hpp"

namespace lianxin::pack {

[[nodiscard]] std::optional<std::string> current_pack_name(store::Transaction& tx);
// The one in force, read again from the files that were stored.
[[nodiscard]] std::optional<Pack> load_current_pack(store::Transaction& tx, Findings& findings);
// Puts it in force; stores it when its content is new. True when something changed.
bool keep_pack(store::Transaction& tx, const Pack& pack, Instant now);

}  // namespace lianxin::pack
