#include "matter/way_so_far.hpp"

#include <algorithm>

namespace lianxin::matter {
namespace {

template <class Rule>
void ask(WaySoFar& way, const Rule& rule) {
    way.asked.insert(rule.needs.begin(), rule.needs.end());
    way.asked.insert(rule.accepts.begin(), rule.accepts.end());
}

WaySoFar at_the_start(const Workflow& workflow, MachineIndex machine) {
    WaySoFar start;
    start.comes = true;
    const auto& needs = workflow.machine(machine).start.needs;
    start.filled.insert(needs.begin(), needs.end());
    ask(start, workflow.machine(machine).start);
    for (std::size_t at = 0; at < workflow.clocks.size(); ++at) {
        const ClockRule& clock = workflow.clocks[at];
        if (clock.machine == machine &&
            (clock.start == ClockStart::receipt || clock.start == ClockStart::opening))
            start.may_run.insert(ClockIndex{static_cast<std::uint16_t>(at)});
    }
    return start;
}

WaySoFar after(const Workflow& workflow, WaySoFar way, const ActionRule& action, const StateRule& to) {
    way.filled.insert(action.needs.begin(), action.needs.end());
    ask(way, action);
    for (const ClockIndex clock : action.stops) way.may_run.erase(clock);
    for (const auto* clocks : {&action.starts, &action.restarts})
        for (const ClockIndex clock : *clocks) {
            const ClockStart start = rule_at(workflow.clocks, clock).start;
            if (start != ClockStart::state) way.may_run.insert(clock);
            if (start == ClockStart::action) way.started.insert(clock);
        }
    // Once whom it answers was told, only what the state itself counts goes on.
    if (to.end || to.counts_as == CountsAs::closed)
        std::erase_if(way.may_run, [&](ClockIndex clock) {
            return std::find(to.clocks.begin(), to.clocks.end(), clock) == to.clocks.end();
        });
    return way;
}

WaySoFar either(const WaySoFar& one, const WaySoFar& other) {
    if (!one.comes) return other;
    WaySoFar both = one;
    std::erase_if(both.asked, [&](FieldIndex field) { return !other.asked.contains(field); });
    std::erase_if(both.filled, [&](FieldIndex field) { return !other.filled.contains(field); });
    std::erase_if(both.started, [&](ClockIndex clock) { return !other.started.contains(clock); });
    both.may_run.insert(other.may_run.begin(), other.may_run.end());
    return both;
}

}  // namespace

std::vector<StateIndex> leads_to(const ActionRule& action, StateIndex from) {
    if (action.to) return {*action.to};
    std::vector<StateIndex> to;
    for (const auto& branch : action.to_when) to.push_back(branch.to);
    return to.empty() ? std::vector{from} : to;
}

std::vector<WaySoFar> ways_so_far(const Workflow& workflow, MachineIndex index) {
    const Machine& machine = workflow.machine(index);
    std::vector<WaySoFar> ways(machine.states.size());
    if (ways.empty()) return ways;
    ways.at(machine.start.to.value) = at_the_start(workflow, index);
    for (bool changed = true; changed;) {
        changed = false;
        for (const ActionRule& action : machine.actions)
            for (const StateIndex from : action.from) {
                if (!ways[from.value].comes) continue;
                for (const StateIndex to : leads_to(action, from)) {
                    auto way =
                        either(ways[to.value], after(workflow, ways[from.value], action, machine.state(to)));
                    if (way == ways[to.value]) continue;
                    ways[to.value] = std::move(way);
                    changed = true;
                }
            }
    }
    return ways;
}

}  // namespace lianxin::matter
