// measure/measure_store.hpp — rows of measures.
#pragma once

#include <vector>

#include "measure/measure.hpp"
#include "store/transaction.hpp"

namespace lianxin::measure {

void insert_measure(store::Transaction& tx, const Measure& measure);
[[nodiscard]] std::vector<Measure> measures_about(store::Transaction& tx, const Subject& about);
// One line per kind and unit.
[[nodiscard]] std::vector<Total> totals_about(store::Transaction& tx, const Subject& about);

}  // namespace lianxin::measure
