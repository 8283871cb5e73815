// pack/departures.hpp — where a pack gives less than the one it builds on, each with its reason, in one place
// for whoever audits it: departures.toml
//     [workflows.campaign_item.actions.claim]
//     "needs.evidence" = "…"            # DOCUMENT.KEY.….WORD, keys joined as one likes; the reason
// Nothing of it is inherited: each pack answers for itself. What gives less is found by main/loosened.hpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pack/pack.hpp"

namespace lianxin::pack {

struct Departure {
    std::string from;  // "workflows.campaign_item.actions.claim.needs.evidence"
    std::string reason;
    Position at;
};
inline constexpr std::string_view departures_path = "departures.toml";
[[nodiscard]] std::vector<Departure> read_departures(const Pack& pack, Findings& findings);

}  // namespace lianxin::pack
