#include "matter/clockwork.hpp"

#include <algorithm>

namespace lianxin::matter {
namespace {

using Kind = ClockChange::Kind;
using Stage = ClockState::Stage;

// What is late already, or over, bounds nothing.
Instant held_within(const ClockState& piece, const ClockState& whole, Instant due) {
    return whole.live() && whole.due > piece.started ? std::min(due, whole.due) : due;
}

bool counts_days(const calendar::Period& period) {
    return period.unit == calendar::Unit::day || period.unit == calendar::Unit::working_day;
}

}  // namespace

Day day_ended_by(Instant due, Zone zone) {
    return zone.day_of({due.micros - 1});
}

std::optional<Instant> counted_due(const ClockState& clock, const calendar::WorkingCalendar& calendar,
                                   Zone zone) {
    if (!clock.period) return {};
    const bool together = !clock.extension || clock.extension->unit == clock.period->unit;
    const auto extension = together ? clock.extension : std::nullopt;
    const auto due =
        calendar::deadline(calendar, zone, clock.started, *clock.period, clock.pauses, extension).due;
    if (together) return due;
    // The extension counts from the day the period ended on.
    const Instant from = counts_days(*clock.period) ? Instant{due.micros - 1} : due;
    return calendar::due(calendar, zone, from, *clock.extension);
}

const ClockState* Clockwork::find(ClockIndex clock, PartNo part) const {
    for (const auto& each : clocks_)
        if (each.clock == clock && each.part == part) return &each;
    return nullptr;
}

ClockState* Clockwork::present(ClockIndex clock, PartNo part) {
    const auto found = std::find_if(clocks_.begin(), clocks_.end(), [&](const auto& each) {
        return each.clock == clock && each.part == part;
    });
    return found == clocks_.end() ? nullptr : &*found;
}

void Clockwork::mark(ClockIndex clock, PartNo part, Kind kind) {
    const std::pair key{part, clock};
    const auto before = changed_.find(key);
    const bool was_live =
        before != changed_.end() && (before->second == Kind::stopped || before->second == Kind::ran_out);
    changed_[key] = kind == Kind::started && was_live ? Kind::restarted : kind;
}

Instant Clockwork::at_most(const ClockState& clock, Instant due) const {
    const auto& within = rule_at(facts_.workflow.clocks, clock.clock).within;
    const auto* whole = within ? find(*within, 0) : nullptr;
    return whole != nullptr ? held_within(clock, *whole, due) : due;
}

void Clockwork::hold_within(ClockIndex moved) {
    const auto* whole = find(moved, 0);
    for (auto& clock : clocks_) {
        if (whole == nullptr || !clock.live() || rule_at(facts_.workflow.clocks, clock.clock).within != moved)
            continue;
        const auto counted = counted_due(clock, facts_.calendar, facts_.zone);
        const auto due = counted ? std::max(held_within(clock, *whole, *counted), clock.told_due) : clock.due;
        if (due == clock.due) continue;
        if (clock.wakes == clock.due) clock.wakes = due;
        clock.due = clock.told_due = due;
        mark(clock.clock, clock.part, Kind::recounted);
    }
}

std::optional<calendar::Period> Clockwork::table_limit(ClockIndex clock) const {
    for (const auto& limit : facts_.limits)
        if (limit.clock == clock) return limit.period;
    return {};
}

ClockState Clockwork::fresh(ClockIndex index, PartNo part, Instant from,
                            std::optional<Instant> notice_until) const {
    const auto& rule = rule_at(facts_.workflow.clocks, index);
    ClockState clock;
    clock.clock = index;
    clock.part = part;
    clock.started = from;
    switch (rule.limit) {
        case ClockLimit::fixed:
            clock.period = rule.period;
            break;
        case ClockLimit::table:
        case ClockLimit::item: {
            clock.period = table_limit(index);
            const auto* earlier = find(index, part);
            if (!clock.period && earlier != nullptr) clock.period = earlier->period;
            require(clock.period.has_value(), "the deadline table, or the service applied for, has a limit");
            break;
        }
        case ClockLimit::field: {
            const auto* day = facts_.form.find_as<Day>(rule.field);
            const auto* earlier = find(index, part);
            require(day != nullptr || earlier != nullptr,
                    "a clock set to a day is started by the action that asks for it");
            // Taken up again without another day: the day once named stands.
            clock.due = day != nullptr ? facts_.zone.end_of(*day) : earlier->due;
            break;
        }
        case ClockLimit::notice: {
            for (const auto& notice : facts_.notices)
                if (!notice_until && notice.notice == rule.notice && !notice.withdrawn)
                    clock.due = notice.until;
            if (notice_until) clock.due = *notice_until;
            break;
        }
        case ClockLimit::schedule:
            clock.due = from;
            if (!turn_to(clock, facts_.zone.day_of(from))) end(clock, Stage::stopped_in_time);
            return clock;
    }
    if (const auto due = counted_due(clock, facts_.calendar, facts_.zone)) clock.due = at_most(clock, *due);
    clock.told_due = clock.due;
    clock.wakes = clock.due;
    return clock;
}

bool Clockwork::turn_to(ClockState& clock, Day later_than) const {
    const auto& every = rule_at(facts_.workflow.clocks, clock.clock).every;
    const Day first = facts_.zone.day_of(clock.started);
    const auto n = calendar::next_after(first, every, later_than);
    if (!calendar::comes(first, every, n)) return false;
    clock.due = clock.told_due = facts_.zone.end_of(calendar::occurrence(first, every, n));
    clock.wakes = clock.due;
    return true;
}

// A schedule came for the last time: nothing more is owed.
void Clockwork::end(ClockState& clock, Stage how) const {
    clock.stage = how;
    clock.told_due = clock.due;
    clock.stopped_at = facts_.now;
    clock.wakes.reset();
    clock.paused_since.reset();
}

void Clockwork::go_round(ClockState& clock, Day later_than, Stage ends_as) {
    if (turn_to(clock, later_than)) return;
    end(clock, ends_as);
    mark(clock.clock, clock.part, Kind::stopped);
}

void Clockwork::start(ClockIndex index, PartNo part, std::optional<Instant> notice_until) {
    const auto& rule = rule_at(facts_.workflow.clocks, index);
    const Instant from = rule.start == ClockStart::receipt ? facts_.matter.received : facts_.now;
    auto clock = fresh(index, part, from, notice_until);
    if (auto* earlier = present(index, part))
        *earlier = clock;
    else
        clocks_.push_back(clock);
    mark(index, part, Kind::started);
}

void Clockwork::restart(ClockIndex index, PartNo part, std::optional<Instant> notice_until) {
    // It came from a version that asked for no such day: there is none to go back to.
    const auto& rule = rule_at(facts_.workflow.clocks, index);
    if (rule.limit == ClockLimit::field && facts_.form.find(rule.field) == nullptr &&
        present(index, part) == nullptr)
        return;
    auto clock = fresh(index, part, facts_.now, notice_until);
    if (auto* earlier = present(index, part)) {
        clock.extensions = earlier->extensions;  // one extension at most, however often it is taken up again
        *earlier = clock;
    } else {
        clocks_.push_back(clock);
    }
    mark(index, part, Kind::restarted);
}

void Clockwork::stop(ClockIndex index, PartNo part, bool ran_out) {
    auto* clock = present(index, part);
    if (clock == nullptr || !clock->live()) return;
    const bool late = clock->paused_since.value_or(facts_.now) > clock->due;
    clock->stage = ran_out ? Stage::ran_out : late ? Stage::stopped_late : Stage::stopped_in_time;
    clock->stopped_at = facts_.now;
    clock->wakes.reset();
    clock->paused_since.reset();
    mark(index, part, ran_out ? Kind::ran_out : Kind::stopped);
}

void Clockwork::stop_all(PartNo part) {
    for (std::size_t at = 0; at < clocks_.size(); ++at)
        if (clocks_[at].part == part) stop(clocks_[at].clock, part, false);
}

void Clockwork::pause(ClockIndex index, PartNo part) {
    auto* clock = present(index, part);
    if (clock == nullptr || clock->stage != Stage::running) return;
    clock->stage = Stage::paused;
    clock->paused_since = facts_.now;
    clock->wakes.reset();
    mark(index, part, Kind::paused);
}

void Clockwork::resume(ClockIndex index, PartNo part, const std::optional<calendar::Period>& cap) {
    auto* clock = present(index, part);
    if (clock == nullptr || clock->stage != Stage::paused) return;
    const Instant since = *clock->paused_since;
    clock->paused_since.reset();
    clock->stage = Stage::running;
    mark(index, part, Kind::resumed);
    // What fell due while a schedule stood still was not owed.
    if (rule_at(facts_.workflow.clocks, index).limit == ClockLimit::schedule)
        return go_round(*clock, std::max(facts_.zone.day_of(facts_.now), day_ended_by(since, facts_.zone)),
                        Stage::stopped_in_time);
    if (since > clock->due) {  // it was late before it stood still: nothing to lengthen
        clock->wakes = facts_.now;
        return;
    }
    Instant until = facts_.now;
    if (cap) until = std::min(until, calendar::due(facts_.calendar, facts_.zone, since, *cap));
    clock->pauses.push_back({since, until});
    if (const auto due = counted_due(*clock, facts_.calendar, facts_.zone))
        clock->due = std::max(at_most(*clock, *due), clock->due);
    clock->told_due = clock->due;
    clock->wakes = clock->due;
    hold_within(index);
}

void Clockwork::extend(ClockIndex index, PartNo part) {
    auto* clock = present(index, part);
    const auto& rule = rule_at(facts_.workflow.clocks, index);
    require(clock != nullptr && clock->live() && rule.extend_by.has_value(),
            "only a running clock is extended");
    auto by = *rule.extend_by;
    if (clock->extension && clock->extension->unit == by.unit) by.amount += clock->extension->amount;
    clock->extension = by;
    ++clock->extensions;
    if (const auto due = counted_due(*clock, facts_.calendar, facts_.zone)) clock->due = *due;
    clock->told_due = clock->due;
    if (clock->stage == Stage::running) clock->wakes = clock->due;
    mark(index, part, Kind::extended);
    hold_within(index);
}

void Clockwork::go_on(const ClockState& before) {
    auto* clock = present(before.clock, before.part);
    require(clock != nullptr, "a clock that goes on was there before");
    *clock = before;
    if (const auto counted = counted_due(before, facts_.calendar, facts_.zone)) {
        const Instant due = std::max(at_most(before, *counted), before.told_due);
        if (clock->wakes == clock->due) clock->wakes = due;
        clock->due = clock->told_due = due;
    }
    mark(before.clock, before.part, Kind::resumed);
}

void Clockwork::urge(ClockIndex index, PartNo part, Card card, bool once_more) {
    auto* clock = present(index, part);
    if (clock == nullptr || !clock->live()) return;
    const auto& rule = rule_at(facts_.workflow.clocks, index);
    clock->card = card;
    mark(index, part, Kind::urged);
    if (rule.limit == ClockLimit::schedule)
        return go_round(*clock, day_ended_by(clock->due, facts_.zone), Stage::stopped_late);
    clock->wakes.reset();
    if (once_more && rule.again)
        clock->wakes = calendar::due(facts_.calendar, facts_.zone, facts_.now, *rule.again);
}

void Clockwork::pass_on(PartNo part) {
    for (auto& clock : clocks_) {
        if (clock.part != part || !clock.live() || clock.card == Card::none) continue;
        clock.card = Card::none;
        mark(clock.clock, part, Kind::restarted);
        const auto& again = rule_at(facts_.workflow.clocks, clock.clock).again;
        // A schedule wakes at its next turn in any case.
        if (again && clock.period && clock.stage == Stage::running)
            clock.wakes = calendar::due(facts_.calendar, facts_.zone, facts_.now, *again);
    }
}

void Clockwork::meet(ClockIndex index, PartNo part) {
    auto* clock = present(index, part);
    if (clock == nullptr || !clock->live()) return;
    const auto& every = rule_at(facts_.workflow.clocks, index).every;
    const Day first = facts_.zone.day_of(clock->started);
    const Day wanted = day_ended_by(clock->due, facts_.zone);
    const auto stretch = calendar::next_after(first, every, wanted) - 1;
    if (stretch > 1 && facts_.zone.day_of(facts_.now) <= calendar::occurrence(first, every, stretch - 1))
        return;
    clock->card = Card::none;
    mark(index, part, Kind::restarted);
    go_round(*clock, wanted, Stage::stopped_in_time);
}

void Clockwork::follow_notice(NoticeIndex notice, PartNo part, Instant until) {
    for (auto& clock : clocks_) {
        const auto& rule = rule_at(facts_.workflow.clocks, clock.clock);
        if (rule.limit != ClockLimit::notice || rule.notice != notice || clock.part != part || !clock.live())
            continue;
        clock.due = clock.told_due = until;
        clock.wakes = until;
        mark(clock.clock, part, Kind::restarted);
    }
}

std::vector<ClockChange> Clockwork::changes() const {
    std::vector<ClockChange> changes;
    for (const auto& [key, kind] : changed_) changes.push_back({kind, *find(key.second, key.first)});
    return changes;
}

std::vector<ClockChange> recount(const Workflow& workflow, const MatterState& matter,
                                 const calendar::WorkingCalendar& calendar, Zone zone) {
    std::vector<ClockChange> changes;
    // A piece stays within the whole as that is counted now.
    const auto whole_of = [&](const ClockRule& rule) -> std::optional<ClockState> {
        if (!rule.within) return {};
        for (const auto& change : changes)
            if (change.after.clock == *rule.within && change.after.part == 0) return change.after;
        const auto* stands = matter.clock(*rule.within, 0);
        return stands == nullptr ? std::nullopt : std::optional(*stands);
    };
    const auto count = [&](ClockState clock) {
        const auto& rule = rule_at(workflow.clocks, clock.clock);
        const auto counted = clock.live() ? counted_due(clock, calendar, zone) : std::nullopt;
        if (!counted || rule.limit == ClockLimit::notice) return;
        const auto whole = whole_of(rule);
        const auto due = std::max(whole ? held_within(clock, *whole, *counted) : *counted, clock.told_due);
        if (due == clock.due) return;
        if (clock.wakes == clock.due) clock.wakes = due;
        clock.due = clock.told_due = due;  // it is shown from now on
        changes.push_back({ClockChange::Kind::recounted, clock});
    };
    for (const auto& clock : matter.clocks)
        if (!rule_at(workflow.clocks, clock.clock).within) count(clock);
    for (const auto& clock : matter.clocks)
        if (rule_at(workflow.clocks, clock.clock).within) count(clock);
    return changes;
}

}  // namespace lianxin::matter
