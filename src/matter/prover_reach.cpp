// Whom a field may name to give the matter to: that there is such a person wherever it can be asked.
#include <set>

#include "matter/prover_report.hpp"

namespace lianxin::matter {
namespace {

using Kind = OwnerSelector::Kind;

constexpr auto remedy =
    "let it name another kind of post, or say whom it may name: reach = \"beneath\" or reach = \"any\"";

// Work for those beneath whoever gives it: there must be somebody above each of them.
void led_by_somebody(const ProofOf& proof) {
    const auto* owners = proof.basis.owners;
    if (owners == nullptr || !proof.is_matter()) return;
    for (const auto& field : proof.workflow.fields) {
        if (field.reach != Reach::beneath || field.post_kind.empty()) continue;
        for (std::size_t group = 0; group < owners->groups(); ++group) {
            if (owners->led(field.post_kind, group)) continue;
            proof.error(field.at, "nobody_leads_them",
                        "at " + owners->names_of(group).front() + " nobody leads or dispatches for \"" +
                            field.post_kind + "\", so nobody may choose them for \"" + field.name + "\"",
                        "give a post there, or above, the right lead or dispatch");
            break;
        }
    }
}

// Whom a field asks for by a right: somebody who has it sits at every place, or above it.
void somebody_has_the_right(const ProofOf& proof) {
    const auto* owners = proof.basis.owners;
    if (owners == nullptr || !proof.is_matter()) return;
    for (const auto& field : proof.workflow.fields) {
        if (field.right.empty()) continue;
        for (std::size_t group = 0; group < owners->groups(); ++group) {
            if (owners->has_right(field.right, group)) continue;
            proof.error(field.at, "nobody_has_the_right",
                        "at " + owners->names_of(group).front() + " and above it no post has the right \"" +
                            field.right + "\" that \"" + field.name + "\" asks for",
                        "give a post there, or above, the right " + field.right);
            break;
        }
    }
}

// Who has it where the action starts from, as far as it is said by name: the first of a state's list who is
// there, every rung of the ladder, and of a piece whoever it is opened for.
std::set<std::string> givers_of(const ProofOf& proof, const ActionRule& action, std::size_t group) {
    const auto& owners = *proof.basis.owners;
    std::set<std::string> givers;
    for (const auto from : action.from)
        for (const auto& selector : proof.machine.state(from).owner) {
            if (selector.kind == Kind::next_rung)
                for (const auto& rung : proof.workflow.ladder) givers.insert(owners.hand(rung, group));
            if (selector.kind != Kind::kind_at) continue;
            const auto hand = owners.hand(selector, group);
            givers.insert(hand);
            if (!hand.empty()) break;
        }
    if (!proof.is_matter())
        for (const auto& opening : proof.workflow.matter().actions)
            if (opening.opens && opening.opens->machine == proof.index)
                givers.insert(rule_at(proof.workflow.fields, opening.opens->for_each).post_kind);
    givers.erase("");
    return givers;
}

// A giver there who has nobody to give it to; empty: there is none.
struct AtPlaces {
    std::string without;
    bool somebody = false;
};
AtPlaces handed_on_at(const ProofOf& proof, const ActionRule& action, const FieldRule& field,
                      std::size_t group) {
    AtPlaces found;
    for (const auto& giver : givers_of(proof, action, group)) {
        const auto hands_on = proof.basis.owners->hands_on(giver, field.post_kind, group);
        if (!hands_on) continue;
        found.somebody = found.somebody || *hands_on;
        if (!*hands_on && found.without.empty()) found.without = giver;
    }
    return found;
}

// What is handed on goes sideways or down: somebody must be there to have it.
void received_by_somebody(const ProofOf& proof, const ActionRule& action) {
    const auto& owners = *proof.basis.owners;
    const auto& field = rule_at(proof.workflow.fields, action.owner->field);
    bool anywhere = false;
    std::string giver, first;
    std::size_t places = 0;
    for (std::size_t group = 0; group < owners.groups(); ++group) {
        const auto here = handed_on_at(proof, action, field, group);
        anywhere = anywhere || here.somebody;
        if (here.without.empty()) continue;
        if (places == 0) giver = here.without, first = owners.names_of(group).front();
        places += owners.places_in(group);
    }
    const auto what = "could name for \"" + field.name + "\" in \"" + action.name + "\"";
    if (places > 0 && !anywhere)
        proof.error(field.at, "nobody_may_receive", "there is nobody whom anybody " + what, remedy);
    if (places > 0 && anywhere)
        proof.warning(field.at, "nobody_to_hand_on_to",
                      "at " + first + (places > 1 ? " and " + std::to_string(places - 1) + " more" : "") +
                          " there is nobody whom \"" + giver + "\" " + what,
                      remedy);
}

}  // namespace

void prove_reach(const ProofOf& proof) {
    if (proof.basis.owners == nullptr) return;
    led_by_somebody(proof);
    somebody_has_the_right(proof);
    for (const auto& action : proof.machine.actions)
        if (action.owner && action.owner->kind == Kind::field &&
            rule_at(proof.workflow.fields, action.owner->field).reach == Reach::beside)
            received_by_somebody(proof, action);
}

}  // namespace lianxin::matter
