// matter/prover_walked.hpp — what the prover's walk came by, and what it did not: states that nothing leads
// to or that lead nowhere, actions that nobody takes.
#pragma once

#include <map>

#include "matter/prover_outsiders.hpp"

namespace lianxin::matter {

struct Walked {
    std::map<Standing, std::size_t> seen;
    Edges edges, inner_edges;  // between what was seen; what can be done without whoever asks
    std::set<const ActionRule*> taken;
    std::set<std::pair<StateIndex, access::Relation>> hands;  // who may do something where
};

void report_walked(const ProofOf& proof, const Walked& walked);

}  // namespace lianxin::matter
