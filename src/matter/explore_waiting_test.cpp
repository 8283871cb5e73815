// What goes wrong where somebody outside is waited for: they can say nothing there, or somebody else goes on
// as if they had.
#include "matter/explore_within_test.hpp"

namespace lianxin::matter::testing {
namespace {

bool is_asker(Relation relation) {
    return relation == Relation::reporter || relation == Relation::applicant ||
           relation == Relation::party_to || relation == Relation::anyone;
}

// Whom it waits for asked for it: then saying no is a decision about them.
bool asked_for_it(const Machine& machine, Relation whom) {
    return std::any_of(machine.start.who.begin(), machine.start.who.end(), [&](const WhoRule& who) {
        return who.kind == WhoRule::Kind::relation && who.relation == whom;
    });
}

bool has_it_in_hand(const WhoRule& who) {
    return who.kind == WhoRule::Kind::relation &&
           (who.relation == Relation::owner || who.relation == Relation::lead ||
            who.relation == Relation::co_handler);
}

}  // namespace

// Where nothing comes of whom it waits for but that they give up, they were not waited for.
void Exploration::note_answer(const Standing& before, const PartState& part, const Hand& hand,
                              const Action& action, const Form& form) {
    const auto& machine = machine_of(part);
    const auto& waits = machine.state(part.state).waits_for;
    if (!waits || !is_asker(*waits) || !among(hand.relations, *waits)) return;
    const auto& rule = machine.action(*action.action);
    const auto try_it = [&](const Form& said) {
        const auto came = decided(before, hand, said, action);
        if (!came) return;
        const auto& after = *came->after.part(part.no);
        const bool leads_on =
            after.state != part.state && machine.state(after.state).ends_as != EndsAs::withdrawn;
        if (leads_on || (after.state == part.state && !said.empty()))
            answers_.insert({part.machine.value, part.state.value});
    };
    try_it(form);
    for (const auto field : rule.accepts) {
        auto said = form;
        said.set(field, answer(rule_at(flow_.fields, field), &part, before.now));
        try_it(said);
    }
}

// Somebody else than whom it waits for takes it somewhere; whoever takes in for them may write down what they
// say.
void Exploration::note_gone_on(const Standing& before, const PartState& part, const WhoRule& who,
                               const Hand& hand, const Action& action, const std::vector<Form>& all) {
    const auto& machine = machine_of(part);
    const auto& waits = machine.state(part.state).waits_for;
    if (!waits || !is_asker(*waits)) return;
    const bool theirs =
        who.kind == WhoRule::Kind::relation &&
        (who.relation == waits || who.relation == Relation::anyone || who.relation == Relation::host);
    for (const auto& form : all) {
        const auto came = decided(before, hand, form, action);
        if (!came) continue;
        const auto to = came->after.part(part.no)->state.value;
        if (!theirs && to != part.state.value)
            gone_on_.insert(
                {{part.machine.value, action.action->value}, part.state.value, to, has_it_in_hand(who)});
    }
}

std::set<std::uint16_t> Exploration::reached_without(std::uint16_t machine, std::uint16_t gate) const {
    std::set<std::uint16_t> seen{flow_.machines[machine].start.to.value};
    seen.erase(gate);
    const auto ways = ways_.find(machine);
    for (bool grown = ways != ways_.end(); grown;) {
        grown = false;
        for (const auto& [from, to] : ways->second)
            if (to != gate && seen.contains(from)) grown = seen.insert(to).second || grown;
    }
    return seen;
}

// It may go back, be taken back, be given up from above or in their favour, and take another way that was
// open before it waited; nothing else goes on without whom it waits for.
void Exploration::judge_gone_on() {
    for (const auto& [step, from, to, in_hand] : gone_on_) {
        const auto& machine = flow_.machines[step.first];
        const auto &left = machine.states[from], &state = machine.states[to];
        const bool over = is_answer(state) || state.end;
        if (state.end && state.ends_as == EndsAs::withdrawn) continue;
        if (state.end && step.first == 0 && !is_good_end(state) &&
            (!in_hand || !asked_for_it(machine, *left.waits_for)))
            continue;
        if (!over && !reached_without(step.first, to).contains(from)) continue;
        const bool theirs_to_say = !reached_without(step.first, from).contains(to);
        const auto ways = ways_.find(step.first);
        const bool open_before = std::any_of(ways->second.begin(), ways->second.end(), [&](const Named& way) {
            return way.second == from && way.first != from && steps_.contains({step, way.first, to});
        });
        if (over || theirs_to_say || !open_before)
            harms.insert("\"" + machine.actions[step.second].name + "\" goes on from " + left.name +
                         " without whom it waits for");
    }
}

void Exploration::judge_answers() {
    for (std::size_t m = 0; m < flow_.machines.size(); ++m)
        for (std::size_t i = 0; i < flow_.machines[m].states.size(); ++i) {
            const auto& state = flow_.machines[m].states[i];
            const Named here{static_cast<std::uint16_t>(m), static_cast<std::uint16_t>(i)};
            if (state.waits_for && is_asker(*state.waits_for) && reached_.contains(here) &&
                !answers_.contains(here))
                harms.insert("whom it waits for can only give up in " + state.name);
        }
}

}  // namespace lianxin::matter::testing
