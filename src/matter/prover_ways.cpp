#include "matter/prover_ways.hpp"

#include "matter/prover_report.hpp"

namespace lianxin::matter {

std::set<StateIndex> reached_from(const Machine& machine, const std::vector<StateIndex>& from,
                                  const Leads& leads) {
    std::set<StateIndex> seen(from.begin(), from.end());
    std::vector<StateIndex> open(seen.begin(), seen.end());
    while (!open.empty()) {
        const auto at = open.back();
        open.pop_back();
        for (const auto& action : machine.actions)
            if (among(action.from, at))
                for (const auto to : leads(action, at))
                    if (seen.insert(to).second) open.push_back(to);
    }
    return seen;
}

std::set<StateIndex> reached(const Machine& machine, const Leads& leads) {
    return reached_from(machine, {machine.start.to}, leads);
}

bool lies_behind(const Machine& machine, StateIndex state, StateIndex gate) {
    if (machine.start.to == gate) return true;
    const auto around = reached(machine, [gate](const ActionRule& action, StateIndex from) {
        auto ways = leads_to(action, from);
        std::erase(ways, gate);
        return ways;
    });
    return !around.contains(state);
}

}  // namespace lianxin::matter
