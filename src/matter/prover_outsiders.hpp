// matter/prover_outsiders.hpp — whoever asks may never come back: from everywhere those inside, or a clock,
// can bring a matter to an end. Nor do they come unless they hear that they are waited for.
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

// Whoever outside is waited for was told so on the way there, or went there themselves.
class Awaited {
 public:
    explicit Awaited(const ProofOf& proof) : proof_(proof) {}
    // The matter, or the part, begins.
    void begun();
    // A decision starts with this action.
    void taken(const ActionRule& action) { first_ = &action; }
    // The action, or what it starts, leads on by this branch, if it has any.
    void came(const StateRule& left, const StateRule& to, const ActionRule& action, const Branch* branch);

 private:
    const ProofOf& proof_;
    const ActionRule* first_ = nullptr;
    std::set<const ActionRule*> said_;
};

}  // namespace lianxin::matter
