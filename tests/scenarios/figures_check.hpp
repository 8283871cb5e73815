// tests/scenarios/figures_check.hpp — after any history: what the counters say of every place is what
// counting all its matters says, whether the counters have caught up or not.
#pragma once

#include "county/county.hpp"
#include "main/town.hpp"
#include "report/counters_service.hpp"

namespace lianxin::scenarios {

void expect_same_figures(County& county, Town& town, const report::Counters& counters);

}  // namespace lianxin::scenarios
