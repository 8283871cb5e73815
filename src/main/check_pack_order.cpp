#include "main/check_pack_order.hpp"

#include <algorithm>
#include <set>

#include "notice/notice_period.hpp"

namespace lianxin {
namespace {

using matter::ClockRule;
using matter::ClockStart;
using pack::DeadlineTable;

// Whatever stops the one stops the other too, and something does so before.
bool is_met_first(const ClockRule& first, const ClockRule& last) {
    const auto stops_first = [&](const std::string& action) {
        return std::find(first.stopped_by.begin(), first.stopped_by.end(), action) != first.stopped_by.end();
    };
    return first.start == ClockStart::receipt && last.start == ClockStart::receipt &&
           first.stopped_by.size() > last.stopped_by.size() &&
           std::all_of(last.stopped_by.begin(), last.stopped_by.end(), stops_first);
}

// The one ends with a state in which the other runs on.
bool is_left_first(const matter::Workflow& workflow, matter::ClockIndex first, matter::ClockIndex last) {
    if (rule_at(workflow.clocks, first).start != ClockStart::state ||
        rule_at(workflow.clocks, last).start != ClockStart::opening)
        return false;
    const auto& states = workflow.machine(rule_at(workflow.clocks, first).machine).states;
    return std::any_of(states.begin(), states.end(), [&](const matter::StateRule& state) {
        const auto runs = [&](matter::ClockIndex clock) {
            return std::find(state.clocks.begin(), state.clocks.end(), clock) != state.clocks.end();
        };
        return runs(first) && runs(last);
    });
}

bool comes_first(const matter::Workflow& workflow, std::size_t first, std::size_t last) {
    const auto index = [](std::size_t at) { return matter::ClockIndex{static_cast<std::uint16_t>(at)}; };
    const auto &one = workflow.clocks[first], &other = workflow.clocks[last];
    return one.within == index(last) || is_met_first(one, other) ||
           is_left_first(workflow, index(first), index(last));
}

bool surely_longer(const calendar::Period& period, const calendar::Period& bound) {
    return notice::surely_at_least(period, bound) && !notice::surely_at_most(period, bound);
}

void check_pair(const std::string& first, const std::string& last, const DeadlineTable& deadlines,
                pack::Findings& findings) {
    std::set<const DeadlineTable::Cell*> said;
    for (const auto& asked : deadlines.cells()) {
        const auto* early = deadlines.find(first, asked.subkind, asked.urgency);
        const auto* late = deadlines.find(last, asked.subkind, asked.urgency);
        if (early == nullptr || late == nullptr || !surely_longer(early->period, late->period) ||
            !said.insert(early).second)
            continue;
        findings.error(early->at, "deadline_out_of_order",
                       "`" + first + "` lasts " + early->period.text() + " where `" + last + "` (" +
                           asked.urgency + "." + asked.subkind + ") is over after " + late->period.text(),
                       "make `" + first + "` no longer than `" + last + "`");
    }
}

}  // namespace

void check_order_of(const matter::Workflow& workflow, const DeadlineTable& deadlines,
                    pack::Findings& findings) {
    const auto by_table = [&](std::size_t at) {
        return workflow.clocks[at].limit == matter::ClockLimit::table;
    };
    for (std::size_t first = 0; first < workflow.clocks.size(); ++first)
        for (std::size_t last = 0; last < workflow.clocks.size(); ++last)
            if (first != last && by_table(first) && by_table(last) && comes_first(workflow, first, last))
                check_pair(workflow.clocks[first].name, workflow.clocks[last].name, deadlines, findings);
}

}  // namespace lianxin
