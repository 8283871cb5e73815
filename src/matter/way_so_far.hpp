// matter/way_so_far.hpp — what lies behind a piece of work that stands in a state, as far as its workflow
// alone says so: what was filled in and set going whichever way it came, and which clocks may run since.
// Pure.
#pragma once

#include <set>
#include <vector>

#include "matter/workflow.hpp"

namespace lianxin::matter {

// Where an action may lead from one state; "same" leads there again.
[[nodiscard]] std::vector<StateIndex> leads_to(const ActionRule& action, StateIndex from);

struct WaySoFar {
    bool comes = false;            // some way leads here
    std::set<FieldIndex> filled;   // on every way here
    std::set<FieldIndex> asked;    // on every way here, if only as what may be left out
    std::set<ClockIndex> started;  // by an action, on every way here
    std::set<ClockIndex> may_run;  // on some way here; clocks of the state itself are left out
    bool operator==(const WaySoFar&) const = default;
};

// For each state of the machine, in its order.
[[nodiscard]] std::vector<WaySoFar> ways_so_far(const Workflow& workflow, MachineIndex machine);

}  // namespace lianxin::matter
