// matter/prover_objections.hpp — until when something can be objected to, for the prover's walk: a notice is
// surely over when its clock has run out, or when a step was taken that waits for its end.
#pragma once

#include "matter/prover_report.hpp"
#include "matter/prover_standing.hpp"

namespace lianxin::matter {

[[nodiscard]] inline Standing with_over(Standing standing, NoticeIndex notice) {
    standing.over |= bit_of(notice);
    return standing;
}

// The notices that are over where the action is taken.
[[nodiscard]] inline std::uint32_t waited_for(const ProofOf& proof, const ActionRule& action) {
    std::uint32_t over = 0;
    for (const auto& guard : action.guards)
        if (guard.kind == GuardRule::Kind::notice_over) over |= bit_of(guard.notice);
    for (std::size_t at = 0; proof.is_matter() && at < proof.workflow.notices.size(); ++at)
        for (const auto blocked : proof.workflow.notices[at].blocks)
            if (&proof.machine.action(blocked) == &action)
                over |= bit_of(NoticeIndex{static_cast<std::uint16_t>(at)});
    return over;
}

inline void withdraw(const std::vector<EffectRule>& effects, Standing& standing) {
    for (const auto& effect : effects)
        if (effect.kind == EffectRule::Kind::withdraw_notice && !effect.when)
            standing.notices = standing.over = 0;
}

// Whether one of these can be objected to at all.
[[nodiscard]] inline bool objectionable(const Workflow& workflow, std::uint32_t notices) {
    for (std::size_t at = 0; at < workflow.notices.size(); ++at)
        if ((notices & bit_of(NoticeIndex{static_cast<std::uint16_t>(at)})) != 0 &&
            !workflow.notices[at].objection.empty())
            return true;
    return false;
}

}  // namespace lianxin::matter
