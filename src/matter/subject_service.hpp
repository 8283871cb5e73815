// matter/subject_service.hpp — what a row of a list is called. Subjects are sealed, so they are read with the
// page and opened after it.
#pragma once

#include <optional>
#include <string>

#include "journal/journal.hpp"
#include "matter/worklist_store.hpp"

namespace lianxin::matter {

// A hint to the engine: it is asked for next.
void announce_subject(store::Transaction& tx, const WorkRow& work);
// The entry it stands in: the opening one, or the one that corrected it last.
[[nodiscard]] std::optional<journal::SealedEntry> load_subject(store::Transaction& tx, const WorkRow& work);
// Empty where it was erased.
[[nodiscard]] std::string subject_of(journal::KeyRing& keys,
                                     const std::optional<journal::SealedEntry>& entry);

}  // namespace lianxin::matter
