// report/mark.hpp — what one matter leaves in the figures: marks, each a metric with a day, and what else the
// metric tells apart. A mark counts at every place the matter lies below, so a figure is a sum of marks, and
// a matter that changes takes its old marks out and puts its new ones in: corrections, merging and reopening
// need no rule of their own. docs/metrics.md is turned into marks in matter_facts.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "access/access.hpp"
#include "base/bytes.hpp"
#include "base/time.hpp"

namespace lianxin::report {

// Kept in stores by these numbers: a new meaning gets a new one (or another counters_format).
enum class Metric : std::int64_t {
    // By the day of receipt.
    received = 1,
    received_merged = 2,
    received_closed = 3,     // detail: the day it was closed
    received_withdrawn = 4,  // detail: the day it was taken back
    solved_at_first_contact = 5,
    transfers = 6,
    returns = 7,
    asked = 8,  // returns for missing material
    asked_again = 9,
    received_refused = 10,  // detail: the day it was refused
    dispute_found = 11,
    dispute_settled = 12,   // detail: the day it ended so
    petition_carried = 13,  // detail: the place it came from
    dispute_merged = 14,
    // By the day the contact deadline fell on, by that of the finish deadline: the same in the same order.
    contact_due = 20,
    contact_met = 21,
    contact_extended = 22,
    contact_extended_met = 23,
    contact_closed_late = 24,  // detail: the day it was closed
    contact_waiting = 25,
    contact_withdrawn = 26,
    contact_merged = 27,
    contact_refused = 28,
    finish_due = 30,
    finish_met = 31,
    finish_extended = 32,
    finish_extended_met = 33,
    finish_closed_late = 34,  // detail: the day it was closed
    finish_waiting = 35,
    finish_withdrawn = 36,
    finish_merged = 37,
    finish_refused = 38,
    // By the day it was closed, or first contacted.
    closed = 40,  // detail: the day of receipt
    closed_asked = 41,
    closed_reworked = 42,
    closed_rereported = 43,
    closed_merged = 44,
    closed_solved = 45,  // a resident said so at any time
    contacted = 46,      // detail: the day of receipt
    // By the day the resident was asked.
    said_asked = 60,
    said_answered = 61,
    said_solved = 62,
    said_partly = 63,
    said_graded = 64,
    said_satisfied = 65,
    // Of what stands now; `at` is the deadline as an instant.
    open = 80,
    explained = 81,
    explained_publicly = 82,  // detail: the matter
};
// Of one state of one workflow.
enum class FlowMetric : std::int64_t {
    matters,   // of the workflow, whatever state; detail: 1 when ended
    standing,  // `at` since when, detail the deadline, both instants
    left,      // by the day it was left; detail: how long the stay was, see whole_length
    late,      // a deadline had passed by then
    again,     // the piece of work had been in this state before
};
[[nodiscard]] constexpr std::int64_t number_of(Metric metric) {
    return static_cast<std::int64_t>(metric);
}
// Whether a metric goes by that clock's deadline.
[[nodiscard]] constexpr bool by_contact_due(std::int64_t metric) {
    return metric >= number_of(Metric::contact_due) && metric <= number_of(Metric::contact_refused);
}
[[nodiscard]] constexpr bool by_finish_due(std::int64_t metric) {
    return metric >= number_of(Metric::finish_due) && metric <= number_of(Metric::finish_refused);
}
// The workflow by the first bits of its hash, machine and state by their place in it.
[[nodiscard]] std::int64_t number_of(FlowMetric metric, const Digest& workflow, std::size_t machine = 0,
                                     std::size_t state = 0);

// Where a mark counts: bit k for the ancestor of level k, bit 0 for the county alone (see Lineage in
// counters_store: sealed complaints show in no village's figures).
using Levels = std::uint8_t;
inline constexpr Levels county_alone = 1;
inline constexpr Levels every_level = 0xFE;
inline constexpr Levels root_level = 2;

struct Mark {
    std::int64_t metric = 0;
    std::int64_t at = 0;
    std::int64_t detail = 0;
    std::int64_t n = 1;
    Levels where = every_level;
    auto operator<=>(const Mark&) const = default;
};
// Small numbers in few octets; what was packed is what is unpacked. Damage is a Fault.
[[nodiscard]] Bytes packed(const std::vector<Mark>& marks);
[[nodiscard]] std::vector<Mark> unpacked(BytesView bytes);

// [1 … 7] the places a matter lies below, households left out; 0: none of that level.
using Ancestors = std::array<std::int64_t, 8>;
// The levels at which two matters lie below the same place.
[[nodiscard]] Levels shared_levels(const Ancestors& a, const Ancestors& b);

struct Cell {
    std::int64_t place = 0;  // negative: what only the county counts there
    std::int64_t metric = 0, at = 0, detail = 0;
    auto operator<=>(const Cell&) const = default;
};
// Adds `times` each mark to the cells of the places it counts at.
template <class Cells>
void count_marks(Cells& cells, const Ancestors& ancestors, const std::vector<Mark>& marks, int times) {
    for (const Mark& mark : marks) {
        const Cell cell{0, mark.metric, mark.at, mark.detail};
        for (std::size_t level = 0; level < ancestors.size(); ++level) {
            const std::int64_t place = level == 0 ? -ancestors[1] : ancestors[level];
            if ((mark.where >> level & 1U) == 0 || place == 0) continue;
            Cell here = cell;
            here.place = place;
            cells[here] += mark.n * times;
        }
    }
}

}  // namespace lianxin::report
