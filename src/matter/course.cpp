#include "matter/course.hpp"

#include <algorithm>

#include "matter/apart.hpp"
#include "matter/conditions_hold.hpp"
#include "matter/permission.hpp"

namespace lianxin::matter {
namespace {

// A step may bring another; a proved workflow never goes deeper than this.
constexpr int max_depth = 8;

Trigger by_engine() {
    Trigger trigger;
    trigger.kind = Trigger::Kind::engine;
    return trigger;
}

bool contains(const std::vector<std::string>& items, const std::string& item) {
    return std::find(items.begin(), items.end(), item) != items.end();
}

}  // namespace

Course::Course(const Facts& facts) : facts_(facts), now_(facts.matter), clocks_(facts, now_.clocks) {}

PartState& Course::part(PartNo no) {
    const auto found = std::find_if(now_.parts.begin(), now_.parts.end(),
                                    [&](const PartState& each) { return each.no == no; });
    require(found != now_.parts.end(), "a step is taken on a part that exists");
    return *found;
}

void Course::moved(PartNo no, bool entered, bool cancelled) {
    auto& trace = moved_[no];
    trace.entered = trace.entered || entered;
    trace.cancelled = trace.cancelled || cancelled;
}

std::optional<Refusal> Course::take(const Action& action) {
    return perform(action.part, *action.action, action.trigger, Step::Because::asked);
}

Course::Refused Course::perform(PartNo no, ActionIndex action, const Trigger& trigger,
                                Step::Because because) {
    require(++depth_ <= max_depth, "what follows from an action comes to an end");
    const auto& machine = facts_.workflow.machine(part(no).machine);
    const auto& rule = machine.action(action);
    decision_.steps.push_back({no, action, because});
    if (because == Step::Because::asked) read_form();
    if (trigger.kind == Trigger::Kind::person) remember_hand(no, action);
    if (rule.limit) {
        const auto count = now_.tally(rule.limit->tally, no) + 1;
        std::erase_if(now_.tallies, [&](const Tally& tally) {
            return tally.part == no && tally.name == rule.limit->tally;
        });
        now_.tallies.push_back({no, rule.limit->tally, count});
        decision_.tallies.push_back({no, rule.limit->tally, count});
        if (count >= rule.limit->max) return perform_instead(no, *rule.limit);
    }
    run_ballots(rule);
    std::optional<StateIndex> to = rule.to;
    const std::vector<EffectRule>* more = nullptr;
    if (auto refused = choose_way(rule, no, to, more)) return refused;
    turn_clocks(no, rule, trigger);
    give_card(no, rule, trigger);
    run_notices(rule);
    if (to)
        if (auto refused = move(no, rule, *to, trigger)) return refused;
    if (rule.opens)
        if (auto refused = open_parts(part(no), *rule.opens, action)) return refused;
    bring_about(no, action, rule.effects);
    if (more != nullptr) bring_about(no, action, *more);
    return follow(no, rule);
}

// The limit's action happens in place of the one that reached it.
Course::Refused Course::perform_instead(PartNo no, const LimitRule& limit) {
    Action action;
    action.part = no;
    action.action = limit.then;
    action.trigger = by_engine();
    if (auto refused = refusal_of(facts_, now_, action)) return refused;
    return perform(no, limit.then, action.trigger, Step::Because::limit);
}

Course::Refused Course::follow(PartNo no, const ActionRule& rule) {
    for (const auto& next : rule.then) {
        if (!holds(next.when, &part(no))) continue;
        Action action;
        action.part = no;
        action.action = next.action;
        action.trigger = by_engine();
        if (auto refused = refusal_of(facts_, now_, action)) return refused;
        if (auto refused = perform(no, next.action, action.trigger, Step::Because::follow_up)) return refused;
    }
    return {};
}

Course::Refused Course::choose_way(const ActionRule& rule, PartNo no, std::optional<StateIndex>& to,
                                   const std::vector<EffectRule>*& more) {
    if (rule.to_when.empty()) return {};
    for (const auto& branch : rule.to_when) {
        if (!holds(branch.when, &part(no))) continue;
        to = branch.to;
        more = &branch.effects;
        return {};
    }
    return Refusal{ActRefusal::no_way_on, {}, {}};
}

// What a form says about the matter beyond its own entry: it was rated, or it asks for what is missing.
void Course::read_form() {
    for (const auto& [field, value] : facts_.form.entries()) {
        if (std::holds_alternative<RatingValue>(value)) now_.rated = true;
        const auto* list = std::get_if<ChecklistValue>(&value);
        if (list != nullptr && rule_at(facts_.workflow.fields, field).once) ask_for(field, *list);
    }
}

// A return asks late for what an earlier one could have named: a paper that stood on the list by then, or
// words beside it. Each counts once, and what is asked for again was named in time.
void Course::ask_for(FieldIndex field, const ChecklistValue& missing) {
    const auto could_name = [&](const std::string& item) {
        return now_.asked_times > 0 && (now_.could_ask.empty() || contains(now_.could_ask, item));
    };
    const auto name = [&](const std::string& item, bool in_time) {
        if (contains(now_.asked_before, item)) return;
        if (!in_time) decision_.told_twice = true;
        now_.asked_before.push_back(item);
    };
    for (const auto& item : missing.items) name(item, !could_name(item));
    for (const auto& words : missing.others) name(words, now_.asked_times == 0);
    for (const auto& list : facts_.loaded_lists)
        for (const auto& item : list.items)
            if (list.field == field && !contains(now_.could_ask, item)) now_.could_ask.push_back(item);
    ++now_.asked_times;
    if (decision_.told_twice) ++now_.asked_late;
}

void Course::remember_hand(PartNo no, ActionIndex action) {
    if (!facts_.actor.party || !is_remembered(facts_.workflow, part(no).machine, action)) return;
    std::erase_if(now_.done, [&](const DoneBy& done) { return done.part == no && done.action == action; });
    now_.done.push_back({no, action, *facts_.actor.party});
}

bool Course::holds(const Condition& condition, const PartState* part) const {
    Circumstances circumstances;
    circumstances.matter = &now_;
    circumstances.part = part;
    circumstances.ballot = ballot_outcome_;
    circumstances.card = card_given_;
    circumstances.told_twice = decision_.told_twice;
    return matter::holds(facts_, circumstances, condition);
}

void Course::hold(HoldState hold) {
    now_.holds.push_back(hold);
    decision_.holds.push_back({true, std::move(hold)});
}

const ActionRule* card_action(const Machine& machine) {
    const auto found = std::find_if(machine.actions.begin(), machine.actions.end(),
                                    [](const ActionRule& action) { return !action.card.empty(); });
    return found == machine.actions.end() ? nullptr : &*found;
}

void Course::put_card(PartNo no, Card card) {
    auto& here = part(no);
    card_given_ = card;
    here.card = std::max(here.card, card);
    moved(no, false);
    const auto& machine = facts_.workflow.machine(here.machine);
    if (const auto* own = card_action(machine))
        return bring_about(no, *machine.find_action(own->name), own->effects);
    EffectRule owner, superior;
    superior.whom = access::Relation::superior_of_owner;
    bring_about(no, ActionIndex{}, {owner, superior});
}

void Course::leave_off() {
    part(0).ended = true;
    moved(0, false);
    end_all();
}

void Course::stand_again(const MatterState& before) {
    for (PartState& each : now_.parts) {
        const PartState* stood = before.part(each.no);
        if (stood == nullptr || stood->ended == each.ended) continue;
        each = *stood;
        moved(each.no, false);
    }
    for (const ClockState& clock : before.clocks) {
        if (!clock.live()) continue;
        // What a state gives its owner is given anew; what was promised the resident is promised still.
        if (rule_at(facts_.workflow.clocks, clock.clock).start == ClockStart::state)
            clocks_.start(clock.clock, clock.part, {});
        else
            clocks_.go_on(clock);
    }
}

void Course::lift(const Subject& source) {
    for (const auto& hold : now_.holds)
        if (hold.source == source) decision_.holds.push_back({false, hold});
    std::erase_if(now_.holds, [&](const HoldState& hold) { return hold.source == source; });
}

Decision Course::finish() {
    for (const auto& [no, trace] : moved_) {
        PartMove move;
        if (const auto* before = facts_.matter.part(no)) move.from = before->state;
        move.after = part(no);
        move.phase = facts_.workflow.machine(move.after.machine).state(move.after.state).counts_as;
        move.entered = trace.entered;
        move.cancelled = trace.cancelled;
        decision_.moves.push_back(move);
    }
    decision_.clocks = clocks_.changes();
    const auto& root = part(0);
    if (root.ended) decision_.ended_as = root.state;
    decision_.after = now_;
    return std::move(decision_);
}

std::vector<FieldIndex> waived_fields(const Facts& facts, const std::vector<FieldIndex>& needs) {
    std::vector<FieldIndex> waived;
    Circumstances circumstances;
    circumstances.matter = &facts.matter;
    for (const auto field : needs) {
        const auto& unless = rule_at(facts.workflow.fields, field).unless;
        if (std::any_of(unless.begin(), unless.end(),
                        [&](const Condition& each) { return holds(facts, circumstances, each); }))
            waived.push_back(field);
    }
    return waived;
}

}  // namespace lianxin::matter
