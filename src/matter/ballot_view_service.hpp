// matter/ballot_view_service.hpp — the ballots of a matter as they are shown: what is voted on, as the record
// said it when the ballot was opened and only as far as the ballot declares it; how many have voted; the
// count once it is closed. Never who voted what.
#pragma once

#include <vector>

#include "access/access.hpp"
#include "matter/matter_view.hpp"
#include "matter/planner_service.hpp"

namespace lianxin::matter {

[[nodiscard]] std::vector<BallotView> ballot_views(store::Transaction& tx, County& county,
                                                   const Standing& matter, const access::ActingPerson& who);

}  // namespace lianxin::matter
