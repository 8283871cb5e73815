// matter/route.hpp — the shortest way for an owner from a state to one that counts as closed, filling in
// nothing but words: how an answer given elsewhere is entered afterwards. Pure.
#pragma once

#include <optional>
#include <vector>

#include "matter/workflow.hpp"

namespace lianxin::matter {

struct RouteStep {
    ActionIndex action;
    std::vector<FieldIndex> words;  // the text fields it needs
};
// `flags`: what is true of the category, which waives fields. Nothing when there is no such way.
[[nodiscard]] std::optional<std::vector<RouteStep>> route_to_closed(const Workflow& workflow, StateIndex from,
                                                                    const std::vector<std::string>& flags);

}  // namespace lianxin::matter
