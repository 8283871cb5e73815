// matter/state_rows.hpp — between rows, which hold names, and a decision's state, which holds the places of
// rules in a workflow. Pure.
#pragma once

#include "matter/decide.hpp"
#include "matter/matter_rows.hpp"

namespace lianxin::matter {

inline constexpr Instant far_future{253'402'300'799LL * micros_per_second};  // 9999-12-31: sorts last

// Throw Fault when a name is not the workflow's.
[[nodiscard]] PartState part_state(const Workflow& workflow, const PartRow& row);
[[nodiscard]] ClockState clock_state(const Workflow& workflow, const ClockRow& row);

// `clocks` are the part's own after the decision: its due is the earliest that still runs.
[[nodiscard]] PartRow part_row(const Workflow& workflow, const PartState& part,
                               const std::vector<ClockState>& clocks);
[[nodiscard]] ClockRow clock_row(const Workflow& workflow, const ClockState& clock,
                                 const std::string& calendar_version);

// "from-until …" in microseconds.
[[nodiscard]] std::string pauses_text(const std::vector<calendar::Pause>& pauses);
[[nodiscard]] std::vector<calendar::Pause> parse_pauses(const std::string& text);
// One a line.
[[nodiscard]] std::string lines_text(const std::vector<std::string>& lines);
[[nodiscard]] std::vector<std::string> parse_lines(const std::string& text);

}  // namespace lianxin::matter
