// party/superior_service.hpp — which post stands above a seat: asked when a post is opened, and again when
// the place it serves comes to hang elsewhere.
#pragma once

#include <optional>

#include "party/owner_resolver_store.hpp"
#include "party/post.hpp"

namespace lianxin::party {

// The first superior the pack names that exists for this seat; else the desk of the seat, and of that desk
// whoever leads its place, and of whoever leads it the desk above. Nothing at the top.
[[nodiscard]] std::optional<PostId> superior_for(store::Transaction& tx, OwnerCache& cache,
                                                 const PostKind& kind, const Post& post, Day day);

}  // namespace lianxin::party
