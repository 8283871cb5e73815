// party/guide_store.hpp — where the unit with a key of the pack stands.
#pragma once

#include <optional>
#include <string_view>

#include "access/access.hpp"
#include "store/transaction.hpp"

namespace lianxin::party {

[[nodiscard]] std::optional<PlaceId> place_of_unit(store::Transaction& tx, std::string_view unit);

}  // namespace lianxin::party
