// What a workflow reads of the service that is applied for, and what of its papers somebody looked at before
// it is given; how things end: matters for the figures, schedules.
#include "matter/prover_report.hpp"

namespace lianxin::matter {
namespace {

void item_never_chosen(const ProofOf& proof, const Mark& at, const std::string& what) {
    proof.error(at, "item_never_chosen", what + ", and whoever begins it chooses no service",
                "write service_item = true into [start]");
}

// Nobody chooses a service or fills in a form where a matter is opened by another: one that cannot begin so
// would keep what opens it from happening at all.
void engine_can_begin(const ProofOf& proof, const EffectRule& effect, const Workflow& kind) {
    const auto& start = kind.matter().start;
    if (start.service_item)
        proof.error(effect.at, "item_never_chosen",
                    "\"" + effect.workflow + "\" applies for a service, and nobody chooses one here",
                    "open another kind of matter");
    if (std::none_of(start.who.begin(), start.who.end(),
                     [](const WhoRule& who) { return who.kind == WhoRule::Kind::engine; }))
        proof.error(effect.at, "engine_may_not_begin",
                    "\"" + effect.workflow + "\" is opened here, and only people may begin it",
                    "add \"engine\" to the who of its start, or open another kind of matter");
    if (!start.needs.empty())
        proof.error(effect.at, "opened_without_its_form",
                    "\"" + effect.workflow + "\" is opened here, where nobody fills in \"" +
                        rule_at(kind.fields, start.needs.front()).name + "\", which its start needs",
                    "let its start accept the field and a step need it, or open another kind of matter");
}

void what_is_opened_begins(const ProofOf& proof, const std::vector<EffectRule>& effects) {
    for (const auto& effect : effects)
        if (effect.kind == EffectRule::Kind::open && proof.basis.workflow)
            if (const auto* kind = proof.basis.workflow(effect.workflow))
                engine_can_begin(proof, effect, *kind);
}

constexpr std::string_view papers_of_service = "service_item.materials",
                           steps_of_service = "service_item.steps";

// What is missing is told once: so somebody looks whether all is there before any step of the service.
void papers_come_first(const ProofOf& proof) {
    const auto& fields = proof.workflow.fields;
    if (std::none_of(fields.begin(), fields.end(), [](const FieldRule& field) {
            return field.once && field.list_source == papers_of_service;
        }))
        return;
    const auto is_step = [&](FieldIndex field) {
        return rule_at(fields, field).list_source == steps_of_service;
    };
    const auto is_every_paper = [&](FieldIndex field) {
        return rule_at(fields, field).all && rule_at(fields, field).list_source == papers_of_service;
    };
    const auto ways = ways_so_far(proof.workflow, proof.index);
    for (const auto& action : proof.machine.actions) {
        if (std::none_of(action.needs.begin(), action.needs.end(), is_step) ||
            std::any_of(action.needs.begin(), action.needs.end(), is_every_paper))
            continue;
        for (const auto from : action.from) {
            const auto& before = ways[from.value];
            if (!before.comes || std::any_of(before.filled.begin(), before.filled.end(), is_every_paper))
                continue;
            proof.error(
                action.at, "given_without_papers",
                "\"" + action.name +
                    "\" takes steps of the service, and nobody may have looked whether "
                    "all its papers are there",
                "let a step before it need a checklist of \"service_item.materials\" with all = true");
            break;
        }
    }
}

}  // namespace

void prove_service_items(const ProofOf& proof) {
    what_is_opened_begins(proof, proof.machine.start.effects);
    for (const auto& action : proof.machine.actions) {
        what_is_opened_begins(proof, action.effects);
        for (const auto& branch : action.to_when) what_is_opened_begins(proof, branch.effects);
    }
    if (proof.workflow.matter().start.service_item) {
        if (proof.is_matter()) papers_come_first(proof);
        return;
    }
    const auto look = [&](const OwnerSelector& selector) {
        if (selector.kind == OwnerSelector::Kind::desk_of_item)
            item_never_chosen(proof, selector.at, "it goes to the unit that promises a service");
    };
    for (const auto& state : proof.machine.states)
        for (const auto& selector : state.owner) look(selector);
    for (const auto& action : proof.machine.actions)
        if (action.owner) look(*action.owner);
    if (!proof.is_matter()) return;
    for (const auto& clock : proof.workflow.clocks)
        if (clock.limit == ClockLimit::item)
            item_never_chosen(proof, clock.at, "clock \"" + clock.name + "\" runs as a service promises");
    for (const auto& field : proof.workflow.fields)
        if (field.list_source == steps_of_service)
            item_never_chosen(proof, field.at, "field \"" + field.name + "\" names steps of a service");
}

void prove_ends(const ProofOf& proof) {
    for (const auto& state : proof.machine.states)
        if (state.end && !state.ends_as)
            proof.error(
                state.at, "end_does_not_count",
                "the figures cannot tell what the end \"" + state.name + "\" is",
                "write counts_as = \"closed\", \"settled\", \"refused\", \"withdrawn\" or \"not_done\"");
    for (const auto& clock : proof.workflow.clocks) {
        if (clock.limit != ClockLimit::schedule || !proof.basis.today) continue;
        if (!calendar::comes(*proof.basis.today, clock.every, 1))
            proof.warning(clock.at, "schedule_never_comes",
                          "schedule \"" + clock.name + "\" is over before it comes for the first time",
                          "let it end later, or remove it");
    }
}

}  // namespace lianxin::matter
