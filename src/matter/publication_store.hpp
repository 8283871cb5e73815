// matter/publication_store.hpp — what was published of a matter, and where it stands now.
#pragma once

#include <optional>
#include <string>

#include "access/access.hpp"
#include "base/bytes.hpp"
#include "base/time.hpp"
#include "store/transaction.hpp"

namespace lianxin::matter {

struct PublicationRow {
    MatterId matter;
    Digest workflow_hash{};
    std::string subkind;
    std::string state;
    std::int64_t phase = 0;
    PlaceId place;  // never a household
    std::string place_name;
    Instant received_at;
    Instant published_at;
    std::optional<Instant> closed_at;
    std::string shows;  // JSON object by what the workflow declares
};

void save_publication(store::Transaction& tx, MatterId matter, const std::string& shows);
// What its page said last, whether or not it still hangs.
[[nodiscard]] std::string published_text(store::Transaction& tx, MatterId matter);
// Only while it is public.
[[nodiscard]] std::optional<PublicationRow> find_publication(store::Transaction& tx, MatterId matter);

}  // namespace lianxin::matter
