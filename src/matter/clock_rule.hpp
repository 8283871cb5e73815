// matter/clock_rule.hpp — what a workflow says of a clock: how long it runs, from when, what stops it and
// what happens when it runs out. Which clock runs when is carried along by a decision (clockwork.hpp).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "calendar/deadline.hpp"
#include "calendar/recurrence.hpp"
#include "matter/index.hpp"

namespace lianxin::matter {

enum class ClockLimit {
    fixed,     // "10 working days"
    table,     // by subkind and urgency, loaded with the matter
    field,     // "field:review_on": the end of the day filled in there
    notice,    // "notice:NAME": when the notice ends
    schedule,  // "every 3 months": again and again from the day it started, until it ends or is stopped
    item,      // "service_item.deadline": as promised for the service applied for
};
enum class ClockStart {
    state,    // afresh whenever a state that lists it is entered; stops when it is left
    receipt,  // with the matter's receipt, through all states until stopped
    opening,  // with the opening of the part (its dispatch)
    action,   // with one action, through all states until stopped
};
struct ClockRule {
    std::string name;
    MachineIndex machine;  // whose parts it runs over
    ClockLimit limit = ClockLimit::fixed;
    calendar::Period period;  // fixed
    FieldIndex field;
    NoticeIndex notice;
    calendar::Recurrence every;  // schedule
    ClockStart start = ClockStart::state;
    std::string started_by;  // start by action: its name
    std::vector<std::string>
        stopped_by;                   // names of actions that are its object: contact stops the contact clock
    std::vector<std::string> met_by;  // schedule: actions that are wanted once in every stretch of it
    std::string due;                  // the action that happens when it runs out
    std::optional<calendar::Period> again;  // and once more, so much later, while it is still not done
    std::int64_t extensions = 0;
    std::optional<calendar::Period> extend_by;
    std::optional<ClockIndex> within;  // of a piece: never due after this clock of the matter itself
    std::string law, extend_law;  // entries of law.toml that bound the limit and the extension; empty: none
    Mark at;
};

}  // namespace lianxin::matter
