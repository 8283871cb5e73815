// Everything that can happen, played from the beginning until nothing new comes.
#include <exception>
#include "matter/explore_within_test.hpp"
#include "matter/permission.hpp"

namespace lianxin::matter::testing {
namespace {

constexpr std::size_t most_standings = 30'000;

}  // namespace

Result<Decision, Refusal> Exploration::decided(const Standing& at, const Hand& hand, const Form& form,
                                               const Action& action) {
    using Answer = Result<Decision, Refusal>;
    const auto decide_it = [&](const Facts& facts) { return decide(facts, action); };
    auto answer = ask<Answer>(at, hand, form, town_.all(), decide_it);
    // What the service loads beforehand is enough, once for every rule and state.
    const auto& part = *at.matter.part(action.part);
    const std::tuple question{part.machine.value, part.state.value, action.action->value,
                              static_cast<int>(action.trigger.kind)};
    if (asked_.insert(question).second) {
        const auto few = town_.asked(at.matter, action, form);
        const auto again = ask<Answer>(at, hand, form, few, decide_it);
        if (answer.has_value() != again.has_value() || (answer && answer->after.parts != again->after.parts))
            harms.insert("what is asked beforehand does not suffice for \"" +
                         machine_of(part).action(*action.action).name + "\"");
    }
    return answer;
}

void Exploration::run() {
    try {
        begin();
        while (from_ < all_.size() && all_.size() < most_standings) {
            if (stop_at_harm && !harms.empty()) return;
            look(from_++);
        }
        complete = from_ == all_.size();
        judge();
    } catch (const std::exception& broken) {
        harms.insert(std::string("a rule of the engine is broken: ") + broken.what());
    }
    standings = all_.size();
}

void Exploration::begin() {
    const auto& start = flow_.matter().start;
    Standing nothing;
    nothing.now = *parse_local("2024-11-04 09:00:00", Zone{});
    nothing.matter.received = nothing.now;
    nothing.matter.subkind = flow_.subkinds.empty() ? "" : flow_.subkinds.front();
    nothing.matter.host = asked_first;
    check_fillable(nothing.now);
    std::vector<const Condition*> conditions;
    for (const auto& who : start.who) {
        auto by = hands(nothing, nullptr, who);
        if (who.kind == WhoRule::Kind::engine) by.push_back({{Relation::engine}, {}, {}});
        for (const auto& hand : by)
            for (const auto& form : forms(start.needs, start.accepts, conditions, nullptr, nothing.now)) {
                const auto begun =
                    ask<Result<Decision, Refusal>>(nothing, hand, form, town_.all(), matter::begin);
                auto with_form = nothing;
                if (begun) say(with_form, form, "the start");
                if (begun) check_awaited(hand, *begun);
                if (begun)
                    became(SIZE_MAX, with_form, *begun);
                else if (begun.error().code != ActRefusal::not_yours)
                    harms.insert(std::string("a start is refused: ") + name_of(begun.error().code));
            }
    }
    if (all_.empty()) harms.insert("nobody can begin it");
    begin_for_others(nothing);
}

void Exploration::look(std::size_t at) {
    const auto parts = all_[at].matter.parts;
    if (parts.front().ended) return;
    const auto& state = flow_.matter().state(parts.front().state);
    for (const auto& ballot : all_[at].ballots)
        if (ballot.open && state.ballot != ballot.ballot)
            harms.insert("a ballot is left open in " + state.name);
    for (const auto& part : parts)
        if (part.no > 0 && !part.ended && state.parts != part.machine)
            harms.insert("a part is left behind in " + state.name);
    check_hanging(all_[at]);
    for (const auto& part : parts)
        if (!part.ended) look_at_part(at, part);
    const auto clocks = all_[at].matter.clocks;
    for (const auto& clock : clocks)
        if (clock.stage == ClockState::Stage::running && clock.wakes) by_clock(at, clock);
    by_others(at);
}

void Exploration::look_at_part(std::size_t at, const PartState& part) {
    const auto& machine = machine_of(part);
    const auto& state = machine.state(part.state);
    const std::pair here{part.machine.value, part.state.value};
    reached_.insert(here);
    const auto& clocks = all_[at].matter.clocks;
    const bool timed = std::any_of(clocks.begin(), clocks.end(), [&](const ClockState& clock) {
        return clock.part == part.no && clock.stage == ClockState::Stage::running;
    });
    if (!timed) harms.insert("no deadline runs in " + state.name);
    for (const auto& clock : clocks)
        if (clock.part == part.no && clock.stage == ClockState::Stage::running &&
            rule_at(flow_.clocks, clock.clock).limit == ClockLimit::schedule)
            scheduled_.insert({part.machine.value, part.state.value, clock.clock.value});
    if (part.owner == PostId()) harms.insert("nobody owns it in " + state.name);
    check_pauses(all_[at], part);
    for (std::size_t i = 0; i < machine.actions.size(); ++i)
        if (among(machine.actions[i].from, part.state)) by_people(at, part, action_at(i));
    const std::tuple owned{part.machine.value, part.state.value, part.owner.value(),
                           part.rung ? part.rung->value + 1 : 0};
    if (chained_.insert(owned).second) left_to_clocks(at, part.no);
}

bool Exploration::refused_for_good(const Refusal& refusal) {
    switch (refusal.code) {
        case ActRefusal::nobody_to_own_it:
        case ActRefusal::no_way_on:
        case ActRefusal::form_incomplete:
        case ActRefusal::not_in_this_state:  // of what follows from it: the action itself was possible
        case ActRefusal::not_yours:
            return true;
        default:
            return false;
    }
}

// What was counted, shown or asked for before is not part of where a matter stands: whatever asks for it is
// tried with it and without (judge() asks whether a limit can be come to).
std::vector<Exploration::Past> Exploration::pasts(const PartState& part, const ActionRule& rule) const {
    const auto& machine = machine_of(part);
    std::vector<Past> all(1);
    bool counted = rule.limit.has_value();
    for (const auto& next : rule.then) counted = counted || machine.action(next.action).limit;
    if (counted) {
        all.emplace_back();
        for (const auto& other : machine.actions)
            if (other.limit) all.back().tallies.push_back({part.no, other.limit->tally, 1});
    }
    if (rule.card.size() > 1) {
        all.emplace_back();
        all.back().card = rule.card[rule.card.size() - 2];
    }
    if (std::any_of(rule.effects.begin(), rule.effects.end(), [](const EffectRule& effect) {
            return effect.when && effect.when->subject == ConditionSubject::told_twice;
        })) {
        all.emplace_back();
        all.back().asked = true;
    }
    return all;
}

void Exploration::Past::lay(MatterState& matter, PartNo part) const {
    matter.tallies = tallies;
    matter.asked_times = asked ? 1 : 0;
    for (auto& each : matter.parts)
        if (each.no == part) each.card = card;
    for (auto& clock : matter.clocks)
        if (clock.part == part) clock.card = card;
}

void Exploration::acted(const PartState& part, const WhoRule& who) {
    const std::pair here{part.machine.value, part.state.value};
    if (who.kind != WhoRule::Kind::relation) return;
    if (who.relation == Relation::owner || who.relation == Relation::anyone) owner_acts_.insert(here);
    const auto& waits = machine_of(part).state(part.state).waits_for;
    if (waits && who.relation == *waits) waited_acts_.insert(here);
}

// The notice that was put up last and not taken down.
std::optional<NoticeIndex> Exploration::hanging(const Standing& at) {
    for (auto notice = at.notices.rbegin(); notice != at.notices.rend(); ++notice)
        if (!notice->withdrawn) return notice->notice;
    return {};
}

bool Exploration::by_hand(std::size_t at, Standing before, const Hand& hand, const Action& action,
                          const std::vector<Form>& all) {
    const auto part = *before.matter.part(action.part);
    const auto& rule = machine_of(part).action(*action.action);
    std::vector<BallotCount> ballots{{}};
    if (rule.closes_ballot) ballots = {{10, 10, 10, 0, 0}, {10, 10, 0, 10, 0}, {10, 1, 1, 0, 0}};
    bool some = false;
    for (const auto& past : pasts(part, rule))
        for (const auto& form : all)
            for (const auto& count : ballots) {
                past.lay(before.matter, part.no);
                for (auto& ballot : before.ballots)
                    if (ballot.open) ballot.count = count;
                const auto answer = decided(before, hand, form, action);
                some = some || answer;
                for (const auto clock : rule.meets)
                    if (answer) met_.insert({part.machine.value, part.state.value, clock.value});
                auto with_form = before;
                if (answer) say(with_form, form, rule.name);
                if (answer)
                    steps_.insert({{part.machine.value, action.action->value},
                                   part.state.value,
                                   answer->after.part(part.no)->state.value});
                if (answer) check_awaited(hand, *answer);
                if (answer) check_taken_back(hand, before, *answer);
                if (answer) check_fixed_day(rule, part, form, *answer);
                if (answer && form.empty() && among(hand.posts, part.owner))
                    if (const auto* after = answer->after.part(part.no); after != nullptr)
                        only_taken_[part.machine.value].insert({part.state.value, after->state.value});
                if (!answer)
                    check_held_back(rule, answer.error(),
                                    rule.to ? &machine_of(part).state(*rule.to) : nullptr);
                if (answer)
                    became(at, with_form, *answer);
                else if (answer.error().code == ActRefusal::not_by_the_same_person)
                    kept_apart_.insert({part.machine.value, action.action->value}), held_apart_ = true;
                else if (answer.error().code == ActRefusal::objection_is_open && hanging(before))
                    held_back_.insert(*hanging(before));
                else if (refused_for_good(answer.error()))
                    harms.insert("\"" + rule.name +
                                 "\" is refused for good: " + name_of(answer.error().code));
            }
    return some;
}

namespace {

// What whoever asks can do as well as others is done by the others.
std::vector<WhoRule> insiders_first(std::vector<WhoRule> who) {
    std::stable_partition(who.begin(), who.end(), [](const WhoRule& rule) { return !is_outsider(rule); });
    return who;
}

}  // namespace

void Exploration::by_people(std::size_t at, const PartState& part, ActionIndex index) {
    const auto& rule = machine_of(part).action(index);
    const auto& parts = all_[at].matter.parts;
    note_waiting(all_[at], part, index);
    if (rule.opens &&
        std::any_of(parts.begin(), parts.end(), [](const auto& each) { return each.no > 0 && !each.ended; }))
        return;
    std::vector<const Condition*> conditions;
    for (const auto& branch : rule.to_when) conditions.push_back(&branch.when);
    for (const auto& next : rule.then) conditions.push_back(&next.when);
    for (const auto& effect : rule.effects)
        if (effect.when) conditions.push_back(&*effect.when);
    std::vector<Form> all;
    Standing before = all_[at];
    before.now = {before.now.micros + 60 * 1'000'000};
    Action action;
    action.part = part.no;
    action.action = index;
    bool done = false;
    held_apart_ = false;
    if (const auto notice = hanging(before); notice && !before.matter.holds.empty())
        objected_.insert(*notice);
    for (const auto& who : insiders_first(rule.who))
        for (const auto& hand : hands(before, &part, who)) {
            by_outsider_ = is_outsider(who);
            if (all.empty())
                all = forms(rule.needs, rule.accepts, conditions, &part, before.now, rule.reaches);
            // The same in another hand leads to the same, unless hands are kept apart.
            const bool may =
                done && !apart_
                    ? ask<bool>(before, hand, {}, town_.all(),
                                [&](const Facts& facts) { return !refusal_of(facts, before.matter, action); })
                    : by_hand(at, before, hand, action, all);
            if (may) acted(part, who);
            if (may && by_outsider_) check_asker(before, part, hand, action, all);
            if (may && by_outsider_) note_answer(before, part, hand, action, all.front());
            if (may && !by_outsider_) check_rates(before, hand, action, all.front());
            if (may && !by_outsider_) check_put_off(before, part, hand, action, all.front());
            if (may) note_moved(before, part, hand, action, all.front());
            if (may && by_outsider_) outsiders_act_.insert({part.machine.value, part.state.value});
            if (may) note_gone_on(before, part, who, hand, action, all);
            if (may) check_leads_pieces(before, part, action, all.front());
            if (may) check_one_post_twice(before, part, action, all.front());
            done = done || may;
        }
    by_outsider_ = false;
    check_themselves(before, part, action);
    check_kept_apart(before, part, action);
    if (!all.empty()) check_handed_on(before, part, action, all.front());
    if (rule.extends) check_own_deadline(before, part, action);
    for (const auto& other : rule.apart_from)
        for (const auto& did : before.matter.done)
            if (did.part == part.no && did.action == other)
                came_before_.insert({{part.machine.value, index.value}, other.value});
    for (const auto field : rule.apart_from_named)
        if (before.named.contains(field)) named_before_.insert({{part.machine.value, index.value}, field});
    if (held_apart_ && !done)
        harms.insert("\"" + rule.name + "\" is for nobody: whoever has it here did the other step");
}

void Exploration::by_clock(std::size_t at, const ClockState& clock) {
    const auto* part = all_[at].matter.part(clock.part);
    if (part == nullptr || part->ended) return;
    Standing before = all_[at];
    before.now = std::max(before.now, *clock.wakes);
    const auto action = run_out(*part, clock.clock);
    if (!action.action) return;
    const auto& machine = machine_of(*part);
    const auto state = part->state;
    for (const auto& past : pasts(*part, machine.action(*action.action))) {
        past.lay(before.matter, clock.part);
        const auto answer = decided(before, {}, {}, action);
        if (answer)
            note_short(before, clock, *answer), check_awaited({}, *answer),
                check_taken_back({}, before, *answer), became(at, before, *answer);
        else
            harms.insert("clock \"" + rule_at(flow_.clocks, clock.clock).name + "\" runs out in " +
                         machine.state(state).name + " and is refused: " + name_of(answer.error().code));
    }
}

Action Exploration::run_out(const PartState& part, ClockIndex clock) const {
    Action action;
    action.part = part.no;
    action.action = machine_of(part).find_action(rule_at(flow_.clocks, clock).due);
    action.trigger.kind = Trigger::Kind::clock;
    action.trigger.clock = clock;
    return action;
}

std::vector<Trigger> Exploration::endings_of(const Standing& at) const {
    std::vector<Trigger> endings;
    const auto ends = [&](const std::string& kind, const Subject& subject) {
        std::set<std::string> outcomes{"dismissed", "withdrawn"};
        for (const auto& machine : flow_.machines)
            for (const auto& rule : machine.actions)
                for (const auto& who : rule.who)
                    if (who.kind == WhoRule::Kind::child && who.child_kind == kind)
                        outcomes.insert(who.outcome);
        for (const auto& outcome : outcomes) {
            Trigger trigger;
            trigger.kind = Trigger::Kind::child;
            trigger.child_kind = kind;
            trigger.outcome = outcome;
            trigger.child = subject;
            endings.push_back(trigger);
        }
    };
    for (const auto& hold : at.matter.holds) ends(hold.name, hold.source);
    for (const auto& child : at.children)
        if (child.open) ends(child.kind, child.subject);
    return endings;
}

// Objections come and are decided; what was opened about it ends.
void Exploration::by_others(std::size_t at) {
    for (const auto& notice : std::vector<NoticeFact>(all_[at].notices)) {
        const auto& rule = rule_at(flow_.notices, notice.notice);
        if (rule.objection.empty() || !all_[at].matter.holds.empty()) continue;
        const auto held =
            ask<Result<Decision, Refusal>>(all_[at], {}, {}, town_.all(), [&](const Facts& facts) {
                return matter::hold(facts, notice.notice, {"matter", 77});
            });
        if (held) became(at, all_[at], *held);
    }
    bool answered = !objected_to(all_[at]);
    for (const auto& trigger : endings_of(all_[at])) {
        Standing before = all_[at];
        for (auto& child : before.children)
            if (child.subject == trigger.child) child.open = false;
        const auto came = child_came_to(before, trigger);
        answered = answered || (came && !came->steps.empty());
        if (came)
            check_awaited({}, *came), became(at, before, *came);
        else
            harms.insert("the end of \"" + trigger.child_kind +
                         "\" is refused: " + name_of(came.error().code));
    }
    if (!answered)
        harms.insert("whatever becomes of an objection, nothing happens in " +
                     flow_.matter().state(all_[at].matter.parts.front().state).name);
}

}  // namespace lianxin::matter::testing
