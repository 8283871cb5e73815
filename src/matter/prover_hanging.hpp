// matter/prover_hanging.hpp — what the prover's walk sees of notices: each hangs where a state says so, is
// waited for on every way to what it decides, is gone when the matter is, and somebody who objects to it is
// answered.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "matter/prover_objections.hpp"

namespace lianxin::matter {

class Hanging {
 public:
    explicit Hanging(const ProofOf& proof);
    // The matter begins here.
    void begun(const Standing& first);
    // The action is taken where this is so, what it puts up being up.
    void taken(const Standing& now, const ActionRule& action);
    // The action led here, or left it here.
    void came(const Standing& now, const ActionRule& action);
    // Whether what is done by `who` may be what an objection open here leads to.
    [[nodiscard]] bool answers(const Standing& now, const WhoRule& who) const;
    // The action could be taken from here, but for what it waits for.
    void tried(const Standing& now, const ActionRule& action);
    // When everything was tried: what waits where nothing can hang to be waited for.
    void report_vain() const;
    // An objection is open here, and nothing happens whatever becomes of it.
    void unanswered(const Standing& now);

 private:
    void must_hang(const Standing& now, const std::vector<ClockIndex>& clocks, const Mark& at,
                   const std::string& how);
    void hangs_on(const Standing& now, const ActionRule& action);
    void walks_round(const Standing& now, const ActionRule& action);
    void over_objections(const Standing& now, const ActionRule& action);
    void confers_early(const Standing& now, const ActionRule& action, const EffectRule& conferral);
    // Each fault of each rule is said once, however many ways lead to it.
    [[nodiscard]] bool is_new(const char* fault, const Mark& at);

    const ProofOf& proof_;
    std::map<StateIndex, std::uint32_t>
        decided_;  // good ends, and the notices whose end what leads there waits for
    std::map<std::tuple<const GuardRule*, const ActionRule*, StateIndex>, bool> waits_;  // it hung there
    std::set<std::tuple<std::string, std::uint32_t, std::uint32_t>> said_;
};

}  // namespace lianxin::matter
