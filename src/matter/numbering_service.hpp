// matter/numbering_service.hpp — the number of a matter: handed out from the year's serials, shuffled with a
// key of the county, and led back to the matter without an index of what looks random.
#pragma once

#include <optional>

#include "base/public_number.hpp"
#include "matter/matter_rows.hpp"
#include "matter/surroundings_service.hpp"
#include "store/transaction.hpp"

namespace lianxin::matter {

// The next of that year, 2000 … 2099, whose serials are reserved.
void give_number(const County& county, Serials& serials, int year, MatterRow& row);

// MatterRow::serial of a number that was given before; 0: it is no number of ours.
[[nodiscard]] std::int64_t serial_of(const County& county, std::string_view number);

[[nodiscard]] std::optional<MatterId> matter_by_number(store::Transaction& tx, const County& county,
                                                       const PublicNumber& number);

}  // namespace lianxin::matter
