// party/oversight_store.hpp — who stands in a post's line, and who oversees it from outside (oversight.hpp).
#pragma once

#include <optional>
#include <string>

#include "party/oversight.hpp"
#include "party/owner_resolver_store.hpp"

namespace lianxin::party {

// Where `who` stands to `of`.
[[nodiscard]] Line line_of(OwnerResolver& posts, PostId of, PostId who);
// From the post's own place up, held on that day; nothing when no such post stands outside its line.
[[nodiscard]] std::optional<PostId> overseer_of(OwnerResolver& posts, PostId of, Day day);
// KIND@SEAT of a post; nothing when there is none.
[[nodiscard]] std::optional<std::string> seat_of(store::Transaction& tx, PostId post);

}  // namespace lianxin::party
