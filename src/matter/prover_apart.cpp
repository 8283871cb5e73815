// What is said against a notice is judged by somebody who had no hand in it: the kind that objects must stand
// apart from its parent, and at every place somebody must be left to own it. Nobody judges what they apply
// for. Where two steps stand apart, the one comes before the other.

#include "matter/prover_report.hpp"
#include "matter/prover_ways.hpp"

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

// Something is asked for by the parties themselves, or conferred on one.
bool is_their_own(const Machine& machine) {
    return done_by(machine.start.who, access::Relation::party_to) ||
           std::any_of(machine.actions.begin(), machine.actions.end(), [](const ActionRule& action) {
               return std::any_of(action.effects.begin(), action.effects.end(), confers);
           });
}

void nobody_judges_themselves(const ProofOf& proof) {
    using access::Relation;
    const auto whom = proof.workflow.answer_to;
    if (proof.workflow.apart_from_whom == whom) return;
    if (whom == Relation::applicant)
        proof.error(proof.workflow.answer_to_at, "applicant_judges_themselves",
                    "whoever applies may own and decide what they apply for",
                    "say apart_from = \"applicant\"");
    if (whom == Relation::party_to && is_their_own(proof.machine))
        proof.error(proof.workflow.answer_to_at, "party_judges_themselves",
                    "whoever is party may own and decide what it is about", "say apart_from = \"party\"");
}

bool by_people(const ActionRule& action) {
    return std::any_of(action.who.begin(), action.who.end(), [](const WhoRule& who) {
        return who.kind == WhoRule::Kind::relation || who.kind == WhoRule::Kind::post;
    });
}

// Whether some way leads on from the one to the other.
bool comes_after(const Machine& machine, const ActionRule& first, const ActionRule& then) {
    std::vector<StateIndex> next;
    for (const auto from : first.from)
        for (const auto to : leads_to(first, from)) next.push_back(to);
    const auto seen = reached_from(machine, next, leads_to);
    return std::any_of(then.from.begin(), then.from.end(),
                       [&](StateIndex from) { return seen.contains(from); });
}

bool asks_for(const std::vector<FieldIndex>& needs, const std::vector<FieldIndex>& accepts,
              FieldIndex field) {
    return among(needs, field) || among(accepts, field);
}

// By the start, by a step that comes before, or, for a piece, by one of the whole matter.
bool is_named_before(const ProofOf& proof, const ActionRule& action, FieldIndex field) {
    const auto& whole = proof.workflow.matter();
    const auto names = [&](const ActionRule& other) {
        return by_people(other) && asks_for(other.needs, other.accepts, field);
    };
    if (asks_for(whole.start.needs, whole.start.accepts, field)) return true;
    if (!proof.is_matter() && std::any_of(whole.actions.begin(), whole.actions.end(), names)) return true;
    return std::any_of(
        proof.machine.actions.begin(), proof.machine.actions.end(), [&](const ActionRule& other) {
            return &other != &action && names(other) && comes_after(proof.machine, other, action);
        });
}

// What was fixed within a deadline stays true when that is put off: a new day is asked for, and counts.
void moves_what_was_fixed(const ProofOf& proof, const ActionRule& action) {
    for (std::size_t at = 0; at < proof.workflow.clocks.size(); ++at) {
        const auto& clock = proof.workflow.clocks[at];
        if (clock.limit != ClockLimit::field || clock.machine != proof.index) continue;
        const auto& day = rule_at(proof.workflow.fields, clock.field);
        const ClockIndex index{static_cast<std::uint16_t>(at)};
        if (!among(day.in_time_of, *action.extends) ||
            (among(action.needs, clock.field) && among(action.restarts, index)))
            continue;
        proof.error(action.at, "extension_leaves_a_day_behind",
                    "\"" + action.name + "\" puts off clock \"" + proof.clock(*action.extends).name +
                        "\" and leaves \"" + day.name + "\" where it was fixed",
                    "put \"" + day.name + "\" into its needs and \"" + clock.name + "\" into its restarts");
    }
}

}  // namespace

void prove_steps_apart(const ProofOf& proof) {
    for (const auto& action : proof.machine.actions) {
        for (const auto field : action.apart_from_named)
            if (!is_named_before(proof, action, field))
                proof.error(action.at, "exclusion_never_applies",
                            "\"" + action.name + "\" is not for whoever is named in \"" +
                                rule_at(proof.workflow.fields, field).name +
                                "\", which nobody fills in before it",
                            "name a field that is asked for before it");
        for (const auto& other : action.apart_from) {
            const auto& first = proof.machine.action(other);
            if (&first == &action)
                proof.error(action.at, "apart_from_itself",
                            "\"" + action.name + "\" stands apart from itself",
                            "name the step that another hand takes before it");
            else if (!by_people(first) || !comes_after(proof.machine, first, action))
                proof.error(action.at, "exclusion_never_applies",
                            "\"" + action.name + "\" is not for whoever did \"" + first.name +
                                "\", which nobody ever does before it",
                            "name a step that comes before it, or let that one stand apart from this");
        }
    }
}

// A deadline is put off by somebody else, while it runs, and whom the matter answers hears of it.
void prove_extensions(const ProofOf& proof) {
    for (const auto& action : proof.machine.actions) {
        const bool owners_alone =
            !action.who.empty() && std::all_of(action.who.begin(), action.who.end(), [](const WhoRule& who) {
                return who.kind == WhoRule::Kind::relation && who.relation == access::Relation::owner;
            });
        if (action.apart_from_owner && owners_alone)
            proof.error(action.at, "kept_from_its_only_hand",
                        "\"" + action.name + "\" is not for whoever has it in hand, and for nobody else",
                        "say who else: who = [\"superior@owner\"]");
        if (!action.extends) continue;
        moves_what_was_fixed(proof, action);
        const auto& clock = proof.clock(*action.extends).name;
        if (!action.apart_from_owner)
            proof.error(
                action.at, "extends_own_deadline",
                "whoever owes it by clock \"" + clock + "\" may put it off by \"" + action.name + "\"",
                "say apart_from_owner = true");
        if (std::none_of(action.guards.begin(), action.guards.end(), [&](const GuardRule& guard) {
                return guard.kind == GuardRule::Kind::before && guard.clock == *action.extends;
            }))
            proof.error(action.at, "extended_when_over",
                        "\"" + action.name + "\" puts off clock \"" + clock + "\" though it has run out",
                        "add \"before:" + clock + "\" to its guards");
        if (proof.is_matter() && !tells(proof.workflow, action.effects))
            proof.error(
                action.at, "extended_untold",
                "whom it answers is not told that \"" + action.name + "\" puts off clock \"" + clock + "\"",
                "add \"tell " + std::string(name_of(proof.workflow.answer_to)) + "\" to its effects");
    }
}

void prove_apart(const ProofOf& proof) {
    objections_stand_apart(proof);
    nobody_judges_themselves(proof);
    if (!proof.workflow.apart_from_parent || !proof.basis.all || proof.basis.owners == nullptr) return;
    for (const auto* parent : proof.basis.all())
        for (std::size_t at = 0; at < parent->notices.size(); ++at)
            if (parent->notices[at].objection == proof.workflow.name)
                somebody_is_left(proof, *parent, NoticeIndex{static_cast<std::uint16_t>(at)});
}

}  // namespace lianxin::matter
