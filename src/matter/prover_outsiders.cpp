#include "matter/prover_outsiders.hpp"

namespace lianxin::matter {

void report_outsiders(const ProofOf& proof, const std::map<Standing, std::size_t>& seen, const Edges& all,
                      const Edges& inner, const std::vector<bool>& ending) {
    std::vector<bool> inside(seen.size());
    std::vector<StateIndex> state_of(seen.size());
    for (const auto& [standing, at] : seen) {
        inside[at] = proof.machine.state(standing.state).end;
        state_of[at] = standing.state;
    }
    reach_back(inner, inside);
    std::set<StateIndex> waiting;
    for (const auto& [from, to] : all)
        if (ending[from] && !inside[from] && inside[to]) waiting.insert(state_of[from]);
    for (const auto index : waiting) {
        const auto& state = proof.machine.state(index);
        proof.error(state.at, "only_outsiders_go_on",
                    "from state \"" + state.name + "\" only whoever asks can bring it to an end",
                    "let its owner go on too, or give the state a clock that leads on");
    }
}

}  // namespace lianxin::matter
