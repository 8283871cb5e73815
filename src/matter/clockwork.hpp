// matter/clockwork.hpp — the clocks of one matter while a decision is carried along: started, paused,
// extended, stopped. The counting itself is the calendar's; here is which clock runs when. Only decisions use
// this.
#pragma once

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "matter/decide.hpp"

namespace lianxin::matter {

// The deadline of a clock by its period, extension and the pauses that are over; nothing where a day was
// named.
[[nodiscard]] std::optional<Instant> counted_due(const ClockState& clock,
                                                 const calendar::WorkingCalendar& calendar, Zone zone);

// The day that is over at that moment: it ends with 24:00, which is already the next day's 0:00.
[[nodiscard]] Day day_ended_by(Instant due, Zone zone);

class Clockwork {
 public:
    Clockwork(const Facts& facts, std::vector<ClockState>& clocks) : facts_(facts), clocks_(clocks) {}

    // `notice_until`: the end of a notice opened in this decision.
    void start(ClockIndex clock, PartNo part, std::optional<Instant> notice_until);
    void restart(ClockIndex clock, PartNo part, std::optional<Instant> notice_until);
    void stop(ClockIndex clock, PartNo part, bool ran_out);
    void pause(ClockIndex clock, PartNo part);
    void resume(ClockIndex clock, PartNo part, const std::optional<calendar::Period>& cap);
    void extend(ClockIndex clock, PartNo part);
    // As it ran before it was stopped: by the calendar of today, and never earlier than was told.
    void go_on(const ClockState& before);
    // It ran out and what it was set for is still not done: it wakes once more where its rule says so.
    void urge(ClockIndex clock, PartNo part, Card card, bool once_more);
    // Somebody else has the piece now: its clocks have urged nobody yet, and wake for them as their rule
    // says.
    void pass_on(PartNo part);
    // What a schedule wants was done: nothing more is due in this stretch of it.
    void meet(ClockIndex clock, PartNo part);
    // The due of a notice that was restarted.
    void follow_notice(NoticeIndex notice, PartNo part, Instant until);
    void stop_all(PartNo part);

    [[nodiscard]] const ClockState* find(ClockIndex clock, PartNo part) const;
    [[nodiscard]] std::vector<ClockChange> changes() const;  // by part and clock

 private:
    [[nodiscard]] ClockState* present(ClockIndex clock, PartNo part);
    [[nodiscard]] ClockState fresh(ClockIndex clock, PartNo part, Instant from,
                                   std::optional<Instant> notice_until) const;
    // No piece is due after what it is a piece of, unless that is late already.
    [[nodiscard]] Instant at_most(const ClockState& clock, Instant due) const;
    // The clock of the matter moved: those that stay within it are counted again.
    void hold_within(ClockIndex moved);
    [[nodiscard]] std::optional<calendar::Period> table_limit(ClockIndex clock) const;
    // A schedule turns to its first day later than that one; false where there is none.
    [[nodiscard]] bool turn_to(ClockState& clock, Day later_than) const;
    // The same, or it has come to its end.
    void go_round(ClockState& clock, Day later_than, ClockState::Stage ends_as);
    void end(ClockState& clock, ClockState::Stage how) const;
    void mark(ClockIndex clock, PartNo part, ClockChange::Kind kind);

    const Facts& facts_;
    std::vector<ClockState>& clocks_;
    std::map<std::pair<PartNo, ClockIndex>, ClockChange::Kind> changed_;
};

}  // namespace lianxin::matter
