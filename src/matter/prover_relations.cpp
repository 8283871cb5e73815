// Who can be what to such a matter at all: an action for a relation that nobody ever has is nobody's. And
// what its start must say to be kept to.
#include "matter/prover_report.hpp"

namespace lianxin::matter {
namespace {

using access::Relation;

bool involves(const Workflow& workflow, Relation relation) {
    const auto among_effects = [&](const std::vector<EffectRule>& effects) {
        return std::any_of(effects.begin(), effects.end(), [&](const EffectRule& effect) {
            return effect.kind == EffectRule::Kind::involve && effect.whom == relation;
        });
    };
    for (const auto& machine : workflow.machines) {
        if (among_effects(machine.start.effects)) return true;
        for (const auto& action : machine.actions) {
            if (among_effects(action.effects)) return true;
            for (const auto& branch : action.to_when)
                if (among_effects(branch.effects)) return true;
        }
    }
    return false;
}

// Whom it answers and who asks are there from the start; parties come in when they are named; whoever is
// complained of has no hand in it, and whoever audits none in anything.
bool somebody_is(const Workflow& workflow, Relation relation) {
    switch (relation) {
        case Relation::applicant:
        case Relation::party_to:
            return workflow.answer_to == relation || involves(workflow, relation);
        case Relation::lead:
        case Relation::co_handler:
            return workflow.machines.size() > 1 || involves(workflow, relation);
        case Relation::complained_of:
        case Relation::below_complained_of:
        case Relation::auditor:
            return false;
        default:
            return true;
    }
}

void who_can_be(const ProofOf& proof, const std::string& what, const std::vector<WhoRule>& who) {
    for (const auto& rule : who)
        if (rule.kind == WhoRule::Kind::relation && !somebody_is(proof.workflow, rule.relation))
            proof.error(rule.at, "relation_nobody_has",
                        "nobody is ever " + std::string(name_of(rule.relation)) +
                            " to such a matter, who may " + what,
                        "name somebody who is: whom it answers, or who is brought in by involve");
}

bool asks(const std::vector<GuardRule>& guards, GuardRule::Kind kind) {
    return std::any_of(guards.begin(), guards.end(),
                       [&](const GuardRule& guard) { return guard.kind == kind; });
}

bool appoints(const Machine& machine) {
    return std::any_of(machine.actions.begin(), machine.actions.end(), [](const ActionRule& action) {
        return std::any_of(action.effects.begin(), action.effects.end(),
                           [](const EffectRule& effect) { return effect.kind == EffectRule::Kind::appoint; });
    });
}

// Who is dismissed holds the post: from before, or because it appoints them itself. A desk has no holder of
// its own.
void somebody_holds_it(const ProofOf& proof, const EffectRule& effect) {
    const bool vacant =
        asks(proof.workflow.matter().start.guards, GuardRule::Kind::post_vacant) && !appoints(proof.machine);
    const bool desk = proof.basis.owners != nullptr && !proof.workflow.post_kind.empty() &&
                      !proof.basis.owners->is_held(proof.workflow.post_kind);
    if (vacant || desk)
        proof.error(effect.at, "dismisses_nobody",
                    vacant
                        ? "it is begun of a vacant post and dismisses its holder"
                        : "\"" + proof.workflow.post_kind + "\" is a desk, which nobody holds by themselves",
                    vacant ? "begin it of a post that is held: guards = [\"post_held\"]"
                           : "name a kind of post of posts.toml that is no desk: post_kind = \"…\"");
}

void whom_can_be(const ProofOf& proof, const std::vector<EffectRule>& effects) {
    for (const auto& effect : effects) {
        const bool addressed =
            effect.kind == EffectRule::Kind::note || effect.kind == EffectRule::Kind::tell ||
            effect.kind == EffectRule::Kind::appoint || effect.kind == EffectRule::Kind::dismiss;
        if (addressed && !somebody_is(proof.workflow, effect.whom))
            proof.error(effect.at, "relation_nobody_has",
                        "nobody is ever " + std::string(name_of(effect.whom)) +
                            " to such a matter, and so nobody is reached",
                        "name somebody who is: whom it answers, or who is brought in by involve");
        const bool fills =
            effect.kind == EffectRule::Kind::appoint || effect.kind == EffectRule::Kind::dismiss;
        if (fills && proof.workflow.about != "post")
            proof.error(effect.at, "post_without_about", "it fills or empties a post and is about none",
                        "say about = \"post\" and which kind: post_kind = \"…\"");
        else if (effect.kind == EffectRule::Kind::dismiss)
            somebody_holds_it(proof, effect);
    }
}

// A post is not held and vacant at once.
void guards_agree(const ProofOf& proof, const std::vector<GuardRule>& guards, const std::string& what) {
    const auto asks_for = [&](GuardRule::Kind kind) {
        return std::find_if(guards.begin(), guards.end(),
                            [&](const GuardRule& guard) { return guard.kind == kind; });
    };
    const auto held = asks_for(GuardRule::Kind::post_held);
    if (held != guards.end() && asks_for(GuardRule::Kind::post_vacant) != guards.end())
        proof.error(held->at, "guards_exclude_each_other",
                    what + " asks for a post that is held and vacant, and never comes about",
                    "say one of \"post_held\" and \"post_vacant\"");
}

// What only somebody else may begin is begun by whoever takes in for others.
void begun_for_others(const ProofOf& proof) {
    const auto& who = proof.machine.start.who;
    const bool somebody = std::any_of(who.begin(), who.end(), [](const WhoRule& rule) {
        return rule.kind == WhoRule::Kind::post ||
               (rule.kind == WhoRule::Kind::relation && !is_outsider(rule));
    });
    if (proof.workflow.on_behalf.empty() || somebody) return;
    proof.error(proof.workflow.on_behalf_at, "nobody_asks_for_others",
                "\"" + proof.workflow.on_behalf.front() +
                    "\" is only begun for somebody else, and only whoever asks may begin",
                "add \"host\" to the start's who");
}

void start_is_kept_to(const ProofOf& proof) {
    begun_for_others(proof);
    const auto& start = proof.machine.start;
    for (const auto& guard : start.guards)
        if ((guard.kind == GuardRule::Kind::post_vacant || guard.kind == GuardRule::Kind::post_held) &&
            proof.workflow.about != "post")
            proof.error(guard.at, "post_without_about", "it asks who holds a post and is about none",
                        "say about = \"post\" and which kind: post_kind = \"…\"");
    for (const auto& concern : start.concerns) {
        if (concern.kind == OwnerSelector::Kind::field) {
            if (!among(start.needs, concern.field) && !among(start.accepts, concern.field))
                proof.error(concern.at, "field_never_filled", "the start does not ask whom it concerns",
                            "put the field into the start's needs or accepts");
        } else if (concern.anchor == Anchor::post) {
            if (proof.workflow.about != "post" || !asks(start.guards, GuardRule::Kind::post_held))
                proof.error(concern.at, "concerns_nothing", "it may be begun where nobody holds such a post",
                            "say about = \"post\", and begin it with guards = [\"post_held\"]");
        } else if (proof.workflow.about != "matter" && proof.workflow.about != "notice") {
            proof.error(concern.at, "concerns_nothing", "it is about no matter whose owner it could concern",
                        "say about = \"matter\"");
        }
    }
    if (!proof.workflow.late || !proof.basis.workflow) return;
    const auto* late = proof.basis.workflow(proof.workflow.late->workflow);
    if (late == nullptr && !proof.no_such_kind(proof.workflow.late->workflow)) return;
    if (late == nullptr || !late->about.empty() ||
        (proof.workflow.late->subkind.empty() != late->subkinds.empty()) ||
        (!late->subkinds.empty() && !among(late->subkinds, proof.workflow.late->subkind)))
        proof.error(
            proof.workflow.late->at, "late_as_nothing",
            "what comes too late cannot be taken in as \"" + proof.workflow.late->workflow + "\"",
            "name a kind of matter about nothing in particular, and one of its subkinds: KIND.SUBKIND");
}

}  // namespace

void prove_relations(const ProofOf& proof) {
    if (proof.is_matter()) {
        who_can_be(proof, "begin it", proof.machine.start.who);
        start_is_kept_to(proof);
        guards_agree(proof, proof.machine.start.guards, "the start");
    }
    whom_can_be(proof, proof.machine.start.effects);
    for (const auto& action : proof.machine.actions) {
        who_can_be(proof, "do \"" + action.name + "\"", action.who);
        guards_agree(proof, action.guards, "\"" + action.name + "\"");
        whom_can_be(proof, action.effects);
        for (const auto& branch : action.to_when) whom_can_be(proof, branch.effects);
    }
}

}  // namespace lianxin::matter
