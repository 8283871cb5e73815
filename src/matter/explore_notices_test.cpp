// What goes wrong with what hangs in public: put up where it is said to hang, showing what was asked for,
// gone when the matter is, waited for by what it decides, and answered when somebody objects.
#include "matter/explore_within_test.hpp"

namespace lianxin::matter::testing {
namespace {

const NoticeFact* hanging_of(const Standing& at, NoticeIndex notice) {
    for (const auto& each : at.notices)
        if (each.notice == notice && !each.withdrawn) return &each;
    return nullptr;
}

bool waits_for(const ActionRule& action, NoticeIndex notice) {
    return std::any_of(action.guards.begin(), action.guards.end(), [&](const GuardRule& guard) {
        return guard.kind == GuardRule::Kind::notice_over && guard.notice == notice;
    });
}

}  // namespace

// As the service does it: with the owners alone that were asked for beforehand.
Result<Decision, Refusal> Exploration::child_came_to(const Standing& at, const Trigger& trigger) {
    const auto owners = town_.asked(at.matter, Action{0, {}, trigger}, {});
    return ask<Result<Decision, Refusal>>(at, {}, {}, owners,
                                          [&](const Facts& facts) { return child_ended(facts, trigger); });
}

// Somebody objected, and what they objected to hangs, or hung until it was decided.
bool Exploration::objected_to(const Standing& at) const {
    return std::any_of(at.matter.holds.begin(), at.matter.holds.end(), [&](const HoldState& hold) {
        return std::any_of(at.notices.begin(), at.notices.end(), [&](const NoticeFact& notice) {
            return !notice.withdrawn && rule_at(flow_.notices, notice.notice).objection == hold.name;
        });
    });
}

void Exploration::note_asked(Standing& after, const Decision& decision) const {
    const auto shown = [&](FieldIndex field) {
        const auto& name = rule_at(flow_.fields, field).name;
        return (flow_.certificate && among(flow_.certificate->shows, name)) ||
               std::any_of(flow_.notices.begin(), flow_.notices.end(),
                           [&](const NoticeRule& notice) { return among(notice.shows, name); });
    };
    const auto note = [&](const auto& rule) {
        for (const auto field : rule.needs)
            if (is_every_paper(rule_at(flow_.fields, field))) after.asked.insert(field);
        for (const auto* fields : {&rule.needs, &rule.accepts})
            for (const auto field : *fields)
                if (shown(field)) after.asked.insert(field);
    };
    if (decision.steps.empty()) note(flow_.matter().start);
    for (const auto& step : decision.steps)
        if (step.part == 0) note(flow_.matter().action(step.action));
}

// Where a state has a notice, it hangs; a clock that runs until the end of one has an end.
void Exploration::check_hanging(const Standing& at) {
    const auto& state = flow_.matter().state(at.matter.parts.front().state);
    if (state.notice && hanging_of(at, *state.notice) == nullptr)
        harms.insert("nothing hangs in " + state.name);
    for (const auto& clock : at.matter.clocks) {
        const auto& rule = rule_at(flow_.clocks, clock.clock);
        if (clock.live() && rule.limit == ClockLimit::notice && hanging_of(at, rule.notice) == nullptr)
            harms.insert("clock \"" + rule.name + "\" runs without its notice in " + state.name);
    }
}

void Exploration::check_notices(const Standing& before, const Standing& after, const Decision& decision) {
    for (const auto& change : decision.notices) {
        if (change.kind == NoticeChange::Kind::withdrawn) continue;
        const auto& notice = rule_at(flow_.notices, change.notice);
        for (const auto& what : notice.shows)
            if (const auto field = flow_.find_field(what); field && !after.asked.contains(*field))
                harms.insert("notice \"" + notice.name + "\" shows \"" + what + "\", never asked for");
    }
    const bool upheld = std::any_of(decision.holds.begin(), decision.holds.end(),
                                    [](const HoldChange& change) { return !change.opened; });
    if (!decision.ended_as && (!upheld || decision.steps.empty())) return;
    const auto& state = flow_.matter().state(after.matter.parts.front().state);
    for (const auto& notice : after.notices)
        if (!notice.withdrawn && before.now < notice.until && state.notice != notice.notice)
            harms.insert("notice \"" + rule_at(flow_.notices, notice.notice).name + "\" hangs on after \"" +
                         flow_.matter().action(decision.steps.back().action).name + "\"");
}

// Whoever is shown a certificate reads what was filled in by then.
void Exploration::check_conferred(const Standing& after, const Decision& decision) {
    const bool confers =
        std::any_of(decision.effects.begin(), decision.effects.end(),
                    [](const Effect& effect) { return effect.kind == EffectRule::Kind::certificate; });
    if (!confers || !flow_.certificate) return;
    for (const auto& what : flow_.certificate->shows)
        if (const auto field = flow_.find_field(what); field && !after.asked.contains(*field))
            harms.insert("the certificate shows \"" + what + "\", never asked for");
}

// What waits for the end of a notice leads to where nothing else may lead before that end.
void Exploration::check_walked_round(const Standing& before, const Decision& decision) {
    if (!decision.ended_as) return;
    const auto& state = flow_.matter().state(*decision.ended_as);
    if (state.ends_as != EndsAs::closed && state.ends_as != EndsAs::settled) return;
    for (std::size_t at = 0; at < flow_.notices.size(); ++at) {
        const NoticeIndex index{static_cast<std::uint16_t>(at)};
        const auto& actions = flow_.matter().actions;
        bool decides = false;
        for (std::size_t i = 0; i < actions.size(); ++i)
            decides =
                decides || (actions[i].to == *decision.ended_as &&
                            (waits_for(actions[i], index) || among(flow_.notices[at].blocks, action_at(i))));
        const auto* notice = hanging_of(before, index);
        if (decides && (notice == nullptr || before.now < notice->until))
            harms.insert("it ends as " + state.name + " round notice \"" + flow_.notices[at].name + "\"");
    }
}

// What waits for the end of a notice waits where one can hang.
void Exploration::note_waiting(const Standing& at, const PartState& part, ActionIndex index) {
    for (const auto& guard : machine_of(part).action(index).guards) {
        if (guard.kind != GuardRule::Kind::notice_over) continue;
        const bool hangs = std::any_of(at.notices.begin(), at.notices.end(), [&](const NoticeFact& notice) {
            return notice.notice == guard.notice && !notice.withdrawn;
        });
        waited_for_[{{part.machine.value, index.value}, part.state.value, guard.notice.value}] |= hangs;
    }
}

void Exploration::judge_waiting() {
    if (county_ != County::everybody) return;
    for (const auto& [waiting, hung] : waited_for_) {
        const auto& [action, state, notice] = waiting;
        const auto& machine = flow_.machines[action.first];
        if (!hung)
            harms.insert("\"" + machine.actions[action.second].name + "\" waits in " +
                         machine.states[state].name + " for a notice that never hangs there");
    }
}

}  // namespace lianxin::matter::testing
