// A ladder leads up: at no place does a rung stand lower than the one before it.
#include "matter/prover_report.hpp"
#include "matter/prover_wrongs.hpp"

namespace lianxin::matter {
namespace {

void rungs_once(const ProofOf& proof) {
    const auto& ladder = proof.workflow.ladder;
    for (std::size_t at = 1; at < ladder.size(); ++at)
        if (ladder[at].same_as(ladder[at - 1]))
            proof.warning(ladder[at].at, "rung_twice",
                          "rung \"" + selector_text(ladder[at], "") + "\" stands twice",
                          "take one of them out");
}

// Rungs that a place lacks are passed by.
void leads_up(const ProofOf& proof, std::size_t group, Wrongs& wrongs) {
    const OwnerSelector* below = nullptr;
    std::optional<std::size_t> depth_below;
    for (const auto& rung : proof.workflow.ladder) {
        const auto depth = proof.basis.owners->depth(rung, group);
        if (!depth) continue;
        if (depth_below && *depth > *depth_below)
            wrongs.add(rung.at, "ladder_leads_down",
                       "rung \"" + selector_text(rung, "") + "\" stands lower than \"" +
                           selector_text(*below, "") + "\" before it",
                       "name the rungs from the lowest to the highest", {group});
        below = &rung;
        depth_below = depth;
    }
}

}  // namespace

void prove_ladder(const ProofOf& proof) {
    rungs_once(proof);
    if (proof.basis.owners == nullptr || proof.workflow.ladder.empty()) return;
    Wrongs wrongs;
    for (std::size_t group = 0; group < proof.basis.owners->groups(); ++group) leads_up(proof, group, wrongs);
    wrongs.report(proof);
}

}  // namespace lianxin::matter
