// report/counted_county_test.hpp — the places, the workflow and the words of the county in which counters are
// held against counting.
#pragma once

#include <memory>

#include "matter/workflow.hpp"
#include "report/metrics.hpp"

namespace lianxin::report {

inline constexpr std::int64_t root = 10, town = 20, village = 30, other_village = 31, door = 40;

inline std::int64_t village_of(std::int64_t place) {
    return place == door ? village : place;
}

inline std::shared_ptr<const matter::Workflow> workflow_of(std::uint8_t version) {
    auto workflow = std::make_shared<matter::Workflow>();
    workflow->name = "w";
    workflow->hash[0] = version;
    for (const char* machine : {"", "piece"}) {
        matter::Machine one;
        one.name = machine;
        for (const char* state : {"open", "asked", "answered", "over"}) {
            matter::StateRule rule;
            rule.name = state;
            one.states.push_back(rule);
        }
        workflow->machines.push_back(one);
    }
    return workflow;
}

inline MetricWords words() {
    MetricWords of_w;
    of_w.disputes = {{"w", "quarrel"}};
    of_w.petitions = {{"w", "carried"}, {"other", ""}};
    of_w.petition_level = 3;
    return of_w;
}

}  // namespace lianxin::report
