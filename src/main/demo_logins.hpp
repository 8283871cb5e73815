// main/demo_logins.hpp — who can sign in to a demo: one login for each kind of user, all on one line of the
// ladder, so that what one raises another finds, and of each electorate as many as its ballots need. With
// them every kind of matter of the pack is walked from its first step to its last.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "main/demo_cast.hpp"
#include "main/demo_player.hpp"
#include "party/post.hpp"

namespace lianxin::demo {

// For a pack without a story: each kind of post at each kind of place, unit and station it sits at, the
// lowest first.
[[nodiscard]] std::vector<Login> a_login_for_every_post(const std::vector<party::PostKind>& posts,
                                                        const place::Kinds& places);
// Of the first kind the seat that did most, then those above and beside it.
void make_logins(const DemoStage& stage, const DemoOptions& options, const std::vector<Login>& wanted,
                 Cast& cast, const std::map<PostId, std::int64_t>& busy, DemoReport& report);

}  // namespace lianxin::demo
