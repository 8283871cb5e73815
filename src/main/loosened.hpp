// main/loosened.hpp — where a pack gives less than the one it builds on: a field no longer asked for, a hand
// no longer kept apart, somebody no longer told, a deadline that is longer. What a county merely does in
// another way (its own posts, its own steps beside, more than is asked) is nothing of it.
#pragma once

#include <string>
#include <vector>

#include "pack/pack.hpp"

namespace lianxin {

struct Loosened {
    std::string document;  // "workflows/campaign_item.toml"
    std::string path;      // in it: "actions.claim.needs.evidence"
    std::string what;      // how it differs, in a sentence
    // As departures.toml names it: "workflows.campaign_item.actions.claim.needs.evidence".
    [[nodiscard]] std::string address() const;
};

// Of documents that both have; what a pack leaves out whole (`without`) it says by that.
[[nodiscard]] std::vector<Loosened> loosened(const pack::Pack& base, const pack::Pack& own);

}  // namespace lianxin
