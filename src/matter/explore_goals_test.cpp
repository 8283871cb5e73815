// What goes wrong with what was promised in public: whoever owes it moves it, or it ends as done and nothing
// came of it.
#include "matter/explore_within_test.hpp"

namespace lianxin::matter::testing {
namespace {

bool brings_it_about(const ActionRule& action) {
    return !action.reaches.empty() ||
           std::any_of(action.effects.begin(), action.effects.end(), [](const EffectRule& effect) {
               return effect.kind == EffectRule::Kind::appoint || effect.kind == EffectRule::Kind::dismiss ||
                      effect.kind == EffectRule::Kind::certificate;
           });
}

}  // namespace

// What is to be reached, what may be spent at most, and the day until which.
std::vector<FieldIndex> Exploration::goals() const {
    std::set<FieldIndex> all;
    for (const auto& action : flow_.matter().actions)
        for (const auto field : action.reaches)
            if (const auto& bound = rule_at(flow_.fields, field).bound) all.insert(bound->field);
    for (const auto& field : flow_.fields)
        if (field.bound && field.bound->kind == BoundKind::at_most && field.bound->together)
            all.insert(field.bound->field);
    for (const auto& clock : flow_.clocks)
        if (clock.machine == MachineIndex{} && clock.limit == ClockLimit::field) all.insert(clock.field);
    return {all.begin(), all.end()};
}

// By whoever has it, in hand or by leading its pieces, with what stands in the form in its place.
void Exploration::note_moved(const Standing& before, const PartState& part, const Hand& hand,
                             const Action& action, const Form& form) {
    if (part.no != 0 || aims_.empty()) return;
    if (!among(hand.posts, part.owner) && !among(hand.relations, Relation::lead)) return;
    const auto& rule = machine_of(part).action(*action.action);
    for (std::size_t at = 0; at < aims_.size(); ++at) {
        const auto goal = aims_[at];
        if (!among(rule.needs, goal) && !among(rule.accepts, goal)) continue;
        auto moved = form;
        moved.set(goal, answer(rule_at(flow_.fields, goal), &part, before.now));
        const auto came = decided(before, hand, moved, action);
        const bool hung =
            came && std::any_of(came->notices.begin(), came->notices.end(),
                                [](const auto& each) { return each.kind != NoticeChange::Kind::withdrawn; });
        if (came && !hung) moved_.insert({Named{0, action.action->value}, part.state.value, at});
    }
}

// Where it is never the first to say it, and what it changes stood in public, whichever way was played.
void Exploration::judge_goals() {
    struct Known {
        std::uint32_t said;
        bool published;
        bool operator==(const Known&) const = default;
    };
    std::map<std::uint16_t, Known> known;
    for (bool grown = true; grown;) {
        grown = false;
        for (const auto& trail : trails_) {
            Known then{0, false};
            if (trail.from) {
                const auto from = known.find(*trail.from);
                if (from == known.end()) continue;
                then = from->second;
            }
            then.said |= trail.says;
            then.published = trail.publishes.value_or(then.published);
            const auto [to, fresh] = known.emplace(trail.to, then);
            const Known both{to->second.said & then.said, to->second.published && then.published};
            grown = grown || fresh || both != to->second;
            to->second = both;
        }
    }
    for (const auto& [action, from, goal] : moved_)
        if (const auto& there = known.at(from); there.published && (there.said >> goal & 1) != 0)
            harms.insert("whoever owes it moves \"" + rule_at(flow_.fields, aims_[goal]).name + "\" by \"" +
                         flow_.matter().actions[action.second].name + "\"");
}

// What was said and shown by it, and whether it came about.
void Exploration::note_trail(const Standing& before, Standing& after, const Decision& decision) {
    const auto& machine = flow_.matter();
    const auto to = after.matter.parts.front().state;
    Trail trail{{}, to.value, 0, {}};
    if (!before.matter.parts.empty()) trail.from = before.matter.parts.front().state.value;
    const auto note = [&](const auto& rule) {
        for (std::size_t at = 0; at < aims_.size(); ++at)
            if (among(rule.needs, aims_[at]) || among(rule.accepts, aims_[at]))
                trail.says |= std::uint32_t{1} << at;
    };
    if (decision.steps.empty()) note(machine.start);
    for (const auto& step : decision.steps)
        if (step.part == 0) note(machine.action(step.action));
    for (const auto& effect : decision.effects) {
        if (effect.kind == EffectRule::Kind::publish) trail.publishes = true;
        if (effect.kind == EffectRule::Kind::unpublish) trail.publishes = false;
    }
    if (machine.state(to).published) trail.publishes = true;
    if (!aims_.empty()) trails_.insert(trail);
    if (!may_come_about_) return;
    for (const auto& step : decision.steps)
        if (step.part == 0 && brings_it_about(machine.action(step.action))) after.came_about = true;
    for (const auto& action : machine.actions)
        if (brings_it_about(action) && among(action.from, to)) after.came_about = false;
}

bool Exploration::something_may_come_about() const {
    const auto& machine = flow_.matter();
    const bool of_a_vacancy =
        std::any_of(machine.start.guards.begin(), machine.start.guards.end(),
                    [](const GuardRule& guard) { return guard.kind == GuardRule::Kind::post_vacant; });
    return !of_a_vacancy && std::any_of(machine.actions.begin(), machine.actions.end(), brings_it_about);
}

void Exploration::check_done(const Standing& before, const Standing& after, const Decision& decision) {
    if (!decision.ended_as || !may_come_about_ || before.matter.parts.empty()) return;
    const auto& machine = flow_.matter();
    const auto& end = machine.state(*decision.ended_as);
    const auto& left = machine.state(before.matter.parts.front().state);
    if (is_good_end(end) && left.counts_as != CountsAs::closed && !after.came_about)
        harms.insert("it ends as " + end.name + ", counts as done, and nothing came of it");
}

}  // namespace lianxin::matter::testing
