// matter/prover_ways.hpp — where the ways through a machine lead, whatever is said, counted or waited for on
// them.
#pragma once

#include <functional>
#include <set>
#include <vector>

#include "matter/workflow.hpp"

namespace lianxin::matter {

// Where an action leads from a state, as far as whoever asks lets it.
using Leads = std::function<std::vector<StateIndex>(const ActionRule&, StateIndex)>;

// These, and what is come to from them.
[[nodiscard]] std::set<StateIndex> reached_from(const Machine& machine, const std::vector<StateIndex>& from,
                                                const Leads& leads);
// … from the start.
[[nodiscard]] std::set<StateIndex> reached(const Machine& machine, const Leads& leads);
// Every way from the start to `state` comes through `gate`.
[[nodiscard]] bool lies_behind(const Machine& machine, StateIndex state, StateIndex gate);

}  // namespace lianxin::matter
