// matter/prover_outsiders.hpp — whoever asks may never come back: from everywhere those inside, or a clock,
// can bring a matter to an end.
#pragma once

#include <map>

#include "matter/prover_report.hpp"
#include "matter/prover_standing.hpp"

namespace lianxin::matter {

using Edges = std::set<std::pair<std::size_t, std::size_t>>;

// Reported where the step stands that only an outsider takes, not wherever it is waited for. `ending`: an end
// can be reached at all.
void report_outsiders(const ProofOf& proof, const std::map<Standing, std::size_t>& seen, const Edges& all,
                      const Edges& inner, const std::vector<bool>& ending);

}  // namespace lianxin::matter
