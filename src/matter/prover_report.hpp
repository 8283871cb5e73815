// matter/prover_report.hpp — what the parts of the prover share: the machine under proof and a place to put
// faults.
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "matter/prover.hpp"
#include "matter/way_so_far.hpp"

namespace lianxin::matter {

struct ProofOf {
    const Workflow& workflow;
    MachineIndex index;
    const Machine& machine;
    const ProofBasis& basis;
    std::vector<WorkflowFault>& faults;

    void error(const Mark& at, std::string code, std::string message, std::string remedy) const {
        faults.push_back({at, true, std::move(code), std::move(message), std::move(remedy)});
    }
    void warning(const Mark& at, std::string code, std::string message, std::string remedy) const {
        faults.push_back({at, false, std::move(code), std::move(message), std::move(remedy)});
    }
    // A kind of matter the pack does not have; one that is itself not to be read is reported there.
    [[nodiscard]] bool no_such_kind(const std::string& name) const {
        return basis.workflow && basis.workflow(name) == nullptr && !(basis.unread && basis.unread(name));
    }
    [[nodiscard]] bool is_matter() const { return index == MachineIndex{}; }
    [[nodiscard]] const ClockRule& clock(ClockIndex clock) const { return rule_at(workflow.clocks, clock); }
    // What the law that a clock names asks; nothing where it names none.
    [[nodiscard]] std::optional<LawBound> law_of(const ClockRule& clock) const {
        return clock.law.empty() || !basis.law ? std::nullopt : basis.law(clock.law);
    }
};

template <class T>
[[nodiscard]] bool among(const std::vector<T>& items, const T& item) {
    return std::find(items.begin(), items.end(), item) != items.end();
}

[[nodiscard]] inline bool done_by_clock(const ActionRule& action, ClockIndex clock) {
    return std::any_of(action.who.begin(), action.who.end(), [&](const WhoRule& who) {
        return who.kind == WhoRule::Kind::clock && who.clock == clock;
    });
}
[[nodiscard]] inline bool done_by(const ActionRule& action, WhoRule::Kind kind) {
    return std::any_of(action.who.begin(), action.who.end(),
                       [&](const WhoRule& who) { return who.kind == kind; });
}
[[nodiscard]] inline bool done_by(const std::vector<WhoRule>& who, access::Relation relation) {
    return std::any_of(who.begin(), who.end(), [&](const WhoRule& each) {
        return each.kind == WhoRule::Kind::relation &&
               (each.relation == relation || each.relation == access::Relation::anyone);
    });
}
[[nodiscard]] inline bool done_by(const ActionRule& action, access::Relation relation) {
    return done_by(action.who, relation);
}
[[nodiscard]] inline bool by_whoever_owes_it(const ActionRule& action) {
    return !action.apart_from_owner &&
           (done_by(action, access::Relation::owner) || done_by(action, access::Relation::lead));
}
// Who stands outside: whoever asks, or is party to it, or anyone.
[[nodiscard]] inline bool is_outside(access::Relation relation) {
    return relation == access::Relation::reporter || relation == access::Relation::applicant ||
           relation == access::Relation::party_to || relation == access::Relation::anyone;
}
[[nodiscard]] inline bool is_outsider(const WhoRule& who) {
    return who.kind == WhoRule::Kind::relation && is_outside(who.relation);
}
// Somebody comes into a post, out of one, or gets a certificate.
[[nodiscard]] inline bool confers(const EffectRule& effect) {
    return effect.kind == EffectRule::Kind::appoint || effect.kind == EffectRule::Kind::dismiss ||
           effect.kind == EffectRule::Kind::certificate;
}
// Whether whom the workflow answers is told by it, whatever else holds.
[[nodiscard]] inline bool tells(const Workflow& workflow, const std::vector<EffectRule>& effects) {
    return std::any_of(effects.begin(), effects.end(), [&](const EffectRule& effect) {
        return effect.kind == EffectRule::Kind::tell && effect.whom == workflow.answer_to && !effect.when;
    });
}
// An end at which what was asked for came about.
[[nodiscard]] inline bool is_good(const StateRule& end) {
    return end.ends_as == EndsAs::closed || end.ends_as == EndsAs::settled;
}
// What was asked for came about, or whoever asked was told what did.
[[nodiscard]] inline bool is_answer(const StateRule& state) {
    return state.end ? is_good(state) : state.counts_as == CountsAs::closed;
}

// The state in which the matter goes on though the clock should run there, if the action stops it so taken
// from `from` (prover_deadlines.cpp).
[[nodiscard]] std::optional<StateIndex> stops_too_soon(const Workflow& workflow, const ActionRule& action,
                                                       ClockIndex clock, StateIndex from);

// It counts as answered, and a clock takes it up again (prover_deadlines.cpp).
[[nodiscard]] bool goes_on_by_itself(const Workflow& workflow, const Machine& machine, StateIndex index);

void prove_walks(const ProofOf& proof);   // prover_walk.cpp: states, ends, clocks, telling
void prove_owners(const ProofOf& proof);  // prover_owners.cpp: posts, who may act, escalation
void prove_reach(const ProofOf& proof);   // prover_reach.cpp: whom a field may name to have it
void prove_rules(const ProofOf& proof);   // prover_rules.cpp: fields, limits, ballots
void prove_hands(const ProofOf& proof);   // prover_hands.cpp: owners at every place, who may not do two steps
void prove_asker(const ProofOf& proof);   // prover_asker.cpp: what is for whoever asks, and what is not
void prove_waiting(const ProofOf& proof);        // prover_waiting.cpp: nobody answers for whom it waits for
void prove_pieces(const ProofOf& proof);         // prover_pieces.cpp: one of them leads, none is left open
void prove_named_apart(const ProofOf& proof);    // … names two posts where it asks for two
void prove_deadlines(const ProofOf& proof);      // prover_deadlines.cpp: what residents depend on runs
void prove_goals(const ProofOf& proof);          // prover_goals.cpp: nobody moves their own goal
void prove_law(const ProofOf& proof);            // prover_law.cpp: what the law binds says so and keeps it
void prove_service_items(const ProofOf& proof);  // prover_items.cpp: what is read of the service applied for
void prove_ends(const ProofOf& proof);           // … how ends count, schedules that end
void prove_grants(
    const ProofOf& proof);  // prover_grants.cpp: nothing by a lost vote, nothing for the refused
void prove_relations(
    const ProofOf& proof);  // prover_relations.cpp: who can be what to such a matter; its start
void prove_publication(const ProofOf& proof);  // prover_publication.cpp: what is published shows something
void prove_post_shown(const ProofOf& proof, const Mark& at);  // … post.name, sum.FIELD
void prove_sum_shown(const ProofOf& proof, const Mark& at, std::string_view summed);
void prove_certificates(
    const ProofOf& proof);                 // prover_certificates.cpp: somebody gets it, it says something
void prove_notices(const ProofOf& proof);  // prover_notices.cpp: what is shown, what waits for it
void prove_apart(const ProofOf& proof);    // prover_apart.cpp: somebody else judges what is said against it
void prove_steps_apart(const ProofOf& proof);  // … steps in other hands come one after the other
void prove_extensions(const ProofOf& proof);   // … nobody puts off what they owe themselves
void prove_transfers(const ProofOf& proof);    // prover_transfers.cpp: nobody passes it on for ever
void prove_figures(const ProofOf& proof);      // prover_figures.cpp: figures held against each other
void prove_ladder(const ProofOf& proof);       // prover_ladder.cpp: it leads up
void prove_forms(const ProofOf& proof);        // prover_forms.cpp: what is asked for can be filled in
// The hands (as the resolver names them) that may own the matter where the notice hangs, or may put it up, at
// one group of places.
[[nodiscard]] std::set<std::string> hands_at(const Workflow& workflow, const ProofBasis& basis,
                                             std::size_t group, NoticeIndex notice);

}  // namespace lianxin::matter
