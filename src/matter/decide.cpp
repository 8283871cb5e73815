#include "matter/decide.hpp"

#include <algorithm>

#include "matter/clockwork.hpp"
#include "matter/course.hpp"
#include "matter/permission.hpp"

namespace lianxin::matter {
namespace {

FormContext form_context(const Facts& facts, std::span<const FieldIndex> reaches) {
    FormContext context{facts.workflow.fields, facts.workflow.lists, facts.loaded_lists,
                        facts.zone.day_of(facts.now)};
    context.figures = facts.figures;
    context.holders = facts.holders;
    context.reaches = reaches;
    context.subkind = facts.matter.subkind;
    return context;
}

std::optional<Refusal> form_refusal(const Facts& facts, const std::vector<FieldIndex>& needs,
                                    const std::vector<FieldIndex>& accepts,
                                    std::span<const FieldIndex> reaches = {}) {
    auto faults =
        check_form(form_context(facts, reaches), facts.form, needs, accepts, waived_fields(facts, needs));
    if (faults.empty()) return {};
    return Refusal{ActRefusal::form_incomplete, std::move(faults), {}};
}

Refusal refusal(ActRefusal code) {
    return Refusal{code, {}, {}};
}

// Nobody gives work upwards, or to those whom somebody else leads.
bool names_beyond_reach(const Facts& facts) {
    return std::any_of(
        facts.form.entries().begin(), facts.form.entries().end(), [&](const Form::Entry& entry) {
            const auto* named = std::get_if<PostsValue>(&entry.value);
            if (named == nullptr || rule_at(facts.workflow.fields, entry.field).reach == Reach::any)
                return false;
            return std::any_of(named->posts.begin(), named->posts.end(), [&](PostId post) {
                return std::find(facts.beyond.begin(), facts.beyond.end(), post) != facts.beyond.end();
            });
        });
}

// Whoever has no hand in it is not named for one either; whom it is given to is refused for itself.
bool names_kept_apart(const Facts& facts, const ActionRule& rule) {
    return std::any_of(
        facts.form.entries().begin(), facts.form.entries().end(), [&](const Form::Entry& entry) {
            const auto* named = std::get_if<PostsValue>(&entry.value);
            const bool gives = (rule.owner && rule.owner->kind == OwnerSelector::Kind::field &&
                                rule.owner->field == entry.field) ||
                               (rule.opens && rule.opens->for_each == entry.field);
            return named != nullptr && !gives &&
                   std::any_of(named->posts.begin(), named->posts.end(), [&](PostId post) {
                       return std::find(facts.barred.begin(), facts.barred.end(), post) != facts.barred.end();
                   });
        });
}

// The earliest last day of what a day is to be in time for, as it stands after the step; what is late already
// bounds nothing.
std::optional<Day> last_day(const Facts& facts, const MatterState& after, const FieldRule& rule,
                            PartNo part) {
    std::optional<Day> last;
    for (const auto index : rule.in_time_of) {
        const auto* clock = after.clock(index, part);
        if (clock == nullptr || !clock->live()) continue;
        const Day day = day_ended_by(clock->due, facts.zone);
        if (day >= facts.zone.day_of(facts.now) && (!last || day < *last)) last = day;
    }
    return last;
}

std::optional<Refusal> too_late_a_day(const Facts& facts, const MatterState& after, PartNo part) {
    std::vector<FormFault> faults;
    for (const auto& entry : facts.form.entries()) {
        const auto* day = std::get_if<Day>(&entry.value);
        const auto last = last_day(facts, after, rule_at(facts.workflow.fields, entry.field), part);
        if (day != nullptr && last && *day > *last)
            faults.push_back({entry.field, FormRule::day_past_deadline, last->number, {}, {}});
    }
    if (faults.empty()) return {};
    return Refusal{ActRefusal::form_incomplete, std::move(faults), {}};
}

}  // namespace

Result<Decision, Refusal> decide(const Facts& facts, const Action& action) {
    if (auto refused = refusal_of(facts, facts.matter, action)) return fail(std::move(*refused));
    const auto& machine = facts.workflow.machine(facts.matter.part(action.part)->machine);
    const auto& rule = machine.action(*action.action);
    if (action.trigger.kind == Trigger::Kind::person) {
        if (auto refused = form_refusal(facts, rule.needs, rule.accepts, rule.reaches))
            return fail(std::move(*refused));
        if (names_beyond_reach(facts)) return fail(refusal(ActRefusal::post_beyond_reach));
        if (names_kept_apart(facts, rule)) return fail(refusal(ActRefusal::post_is_kept_apart));
    }
    Course course(facts);
    if (auto refused = course.take(action)) return fail(std::move(*refused));
    if (auto refused = too_late_a_day(facts, course.matter(), action.part)) return fail(std::move(*refused));
    return course.finish();
}

Result<Decision, Refusal> begin(const Facts& facts) {
    const auto& start = facts.workflow.matter().start;
    Trigger trigger;  // a matter may be begun by the engine: an accountability record under a red card
    if (facts.actor.are(access::Relation::engine)) trigger.kind = Trigger::Kind::engine;
    if (!may(facts, facts.matter, nullptr, start.who, trigger)) return fail(refusal(ActRefusal::not_yours));
    if (auto refused = broken_start_guard(facts)) return fail(std::move(*refused));
    if (auto refused = form_refusal(facts, start.needs, start.accepts)) return fail(std::move(*refused));
    Course course(facts);
    if (auto refused = course.start()) return fail(std::move(*refused));
    if (auto refused = too_late_a_day(facts, course.matter(), 0)) return fail(std::move(*refused));
    return course.finish();
}

Result<Decision, Refusal> hold(const Facts& facts, NoticeIndex index, const Subject& source) {
    const auto* notice = notice_of(facts, index);
    // An objection counts when it is received before the notice ends.
    if (notice == nullptr || facts.now >= notice->until) return fail(refusal(ActRefusal::notice_is_not_open));
    if (facts.matter.parts.empty() || facts.matter.parts.front().ended)
        return fail(refusal(ActRefusal::already_ended));
    Course course(facts);
    course.hold({rule_at(facts.workflow.notices, index).objection, source, facts.now});
    return course.finish();
}

Result<Decision, Refusal> child_ended(const Facts& facts, const Trigger& trigger) {
    if (facts.matter.parts.empty()) return fail(refusal(ActRefusal::no_such_part));
    Course course(facts);
    course.lift(trigger.child);
    const auto& machine = facts.workflow.matter();
    for (std::size_t at = 0; at < machine.actions.size(); ++at) {
        Action action;
        action.action = ActionIndex{static_cast<std::uint16_t>(at)};
        action.trigger = trigger;
        if (refusal_of(facts, course.matter(), action)) continue;
        if (auto refused = course.take(action)) return fail(std::move(*refused));
        break;
    }
    return course.finish();
}

std::vector<Action> actions_due(const Workflow& workflow, const MatterState& matter, Instant now) {
    std::vector<const ClockState*> due;
    for (const auto& clock : matter.clocks)
        if (clock.stage == ClockState::Stage::running && clock.wakes && *clock.wakes <= now)
            due.push_back(&clock);
    std::stable_sort(due.begin(), due.end(),
                     [](const auto* a, const auto* b) { return *a->wakes < *b->wakes; });
    std::vector<Action> actions;
    for (const auto* clock : due) {
        const auto* part = matter.part(clock->part);
        if (part == nullptr || part->ended) continue;
        Action action;
        action.part = clock->part;
        action.action =
            workflow.machine(part->machine).find_action(rule_at(workflow.clocks, clock->clock).due);
        action.trigger.kind = Trigger::Kind::clock;
        action.trigger.clock = clock->clock;
        actions.push_back(action);
    }
    return actions;
}

std::vector<Offer> available(const Facts& facts) {
    std::vector<Offer> offers;
    for (const auto& part : facts.matter.parts) {
        const auto& machine = facts.workflow.machine(part.machine);
        for (std::size_t at = 0; at < machine.actions.size(); ++at) {
            const auto& rule = machine.actions[at];
            const bool from_here =
                std::find(rule.from.begin(), rule.from.end(), part.state) != rule.from.end();
            if (part.ended || !from_here || !meant_for_people(rule.who)) continue;
            Action action;
            action.part = part.no;
            action.action = ActionIndex{static_cast<std::uint16_t>(at)};
            const auto refused = refusal_of(facts, facts.matter, action);
            offers.push_back(
                {part.no, *action.action, refused ? std::optional(refused->code) : std::nullopt});
        }
    }
    return offers;
}

}  // namespace lianxin::matter
