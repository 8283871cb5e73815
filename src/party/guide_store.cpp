#include "party/guide_store.hpp"

namespace lianxin::party {

std::optional<PlaceId> place_of_unit(store::Transaction& tx, std::string_view unit) {
    return tx.value<PlaceId>("select place from party where unit_key = $1", unit);
}

}  // namespace lianxin::party
