// What is said against a notice is judged by somebody who had no hand in it: the kind that objects must stand
// apart from its parent, and at every place somebody must be left to own it.
#include "matter/prover_report.hpp"

namespace lianxin::matter {
namespace {

void objections_stand_apart(const ProofOf& proof) {
    if (!proof.basis.workflow) return;
    for (const auto& notice : proof.workflow.notices) {
        const auto* objection = notice.objection.empty() ? nullptr : proof.basis.workflow(notice.objection);
        if (objection != nullptr && !objection->apart_from_parent)
            proof.error(notice.at, "objection_judged_by_its_subject",
                        "whoever put up notice \"" + notice.name + "\" may own and decide \"" +
                            notice.objection + "\", which objects to it",
                        "say apart_from = \"parent\" in " + notice.objection);
    }
}

// One of the named seats is in other hands.
bool somebody_else(const ProofOf& proof, const std::vector<OwnerSelector>& selectors, std::size_t group,
                   const std::set<std::string>& hands) {
    return std::any_of(selectors.begin(), selectors.end(), [&](const OwnerSelector& selector) {
        if (selector.kind != OwnerSelector::Kind::kind_at) return false;
        const auto hand = proof.basis.owners->hand(selector, group);
        return !hand.empty() && !hands.contains(hand);
    });
}

// Where one of the hands is not at the top, there is a superior outside.
bool superior_outside(const ProofOf& proof, std::size_t group, const std::set<std::string>& hands) {
    return !hands.empty() && !hands.contains(proof.basis.owners->top(group));
}

void somebody_is_left(const ProofOf& proof, const Workflow& parent, NoticeIndex notice) {
    const auto& owners = *proof.basis.owners;
    const auto& first = proof.machine.state(proof.machine.start.to);
    auto selectors = first.owner;
    if (proof.machine.start.owner) selectors.push_back(*proof.machine.start.owner);
    for (std::size_t group = 0; group < owners.groups(); ++group) {
        const auto hands = hands_at(parent, proof.basis, group, notice);
        if (somebody_else(proof, selectors, group, hands) || superior_outside(proof, group, hands)) continue;
        const auto names = owners.names_of(group);
        return proof.error(first.at, "nobody_stands_apart",
                           "what \"" + parent.name + "\" publishes may be judged only by who published it" +
                               (names.empty() ? "" : " at " + names.front()),
                           "name another post in the owner list");
    }
}

}  // namespace

void prove_apart(const ProofOf& proof) {
    objections_stand_apart(proof);
    if (!proof.workflow.apart_from_parent || !proof.basis.all || proof.basis.owners == nullptr) return;
    for (const auto* parent : proof.basis.all())
        for (std::size_t at = 0; at < parent->notices.size(); ++at)
            if (parent->notices[at].objection == proof.workflow.name)
                somebody_is_left(proof, *parent, NoticeIndex{static_cast<std::uint16_t>(at)});
}

}  // namespace lianxin::matter
