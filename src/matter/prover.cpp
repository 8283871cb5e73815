#include "matter/prover.hpp"

#include "matter/prover_report.hpp"

namespace lianxin::matter {

std::vector<WorkflowFault> prove(const Workflow& workflow, const ProofBasis& basis) {
    std::vector<WorkflowFault> faults;
    for (std::size_t at = 0; at < workflow.machines.size(); ++at) {
        const ProofOf proof{workflow, MachineIndex{static_cast<std::uint16_t>(at)}, workflow.machines[at],
                            basis, faults};
        prove_walks(proof);
        prove_owners(proof);
        prove_reach(proof);
        prove_hands(proof);
        prove_rules(proof);
        prove_asker(proof);
        prove_waiting(proof);
        prove_pieces(proof);
        prove_named_apart(proof);
        prove_relations(proof);
        prove_grants(proof);
        prove_steps_apart(proof);
        prove_extensions(proof);
        if (!workflow.machines[at].states.empty()) prove_deadlines(proof);
        prove_transfers(proof);
        if (!workflow.machines[at].states.empty()) prove_figures(proof);
        if (at != 0) continue;
        prove_law(proof);
        if (!workflow.machines[at].states.empty()) prove_goals(proof);
        prove_ends(proof);
        prove_notices(proof);
        prove_publication(proof);
        prove_certificates(proof);
        prove_apart(proof);
        prove_ladder(proof);
        prove_forms(proof);
    }
    std::stable_sort(faults.begin(), faults.end(), [](const WorkflowFault& a, const WorkflowFault& b) {
        return std::pair(a.at.line, a.at.column) < std::pair(b.at.line, b.at.column);
    });
    return faults;
}

}  // namespace lianxin::matter
