// report/metrics.hpp — docs/metrics.md as code: which matters count, and what they make. Counting is SQL
// (report_store), the definitions are here, so every place that shows a rate shows the same one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "rating/rate.hpp"
#include "report/distribution.hpp"

namespace lianxin::report {

// [from, until); deadlines only to due_until, which is never after now: what has not fallen due yet is not
// late. What happened is not cut: it is there because it happened.
struct Span {
    Instant from, until, due_until;
    Day last = {};  // the one that ends with `until`
    bool operator==(const Span&) const = default;
};
// Days first … last in the county's zone. Nothing when last is before first.
[[nodiscard]] std::optional<Span> span_of(Zone zone, Day first, Day last, Instant now);

struct KindOfMatter {
    std::string workflow;
    std::string subkind;  // empty: all of them
};
// The words of docs/metrics.md for what a workflow counts and times, and of which kinds of matter they tell.
struct MetricWords {
    std::string contact_clock = "contact";
    std::string finish_clock = "finish";
    std::string returns = "returns";
    std::string transfers = "transfers";
    std::string reopenings = "reopenings";
    std::vector<KindOfMatter> disputes;   // settlement_rate
    std::vector<KindOfMatter> petitions;  // no_higher_petition: carried to a level above the place's own
    int petition_level = 0;               // … the places it counts; 0: none
};
[[nodiscard]] bool is_one_of(const std::vector<KindOfMatter>& kinds, std::string_view workflow,
                             std::string_view subkind);

// Deadlines of one clock that fell in the period.
struct DueCounts {
    std::int64_t counted = 0, met = 0;
    std::int64_t closed = 0;                      // of counted, in or out of time, by the period's end
    std::int64_t extended = 0, extended_met = 0;  // of counted
    std::int64_t waiting = 0, withdrawn = 0, refused = 0, merged = 0;  // left out
    bool operator==(const DueCounts&) const = default;
};
// Matters received in the period, as they stood at its end.
struct ReceivedCounts {
    std::int64_t received = 0, closed = 0, solved_at_first_contact = 0;
    std::int64_t withdrawn = 0, refused = 0, merged = 0;
    std::int64_t transfers = 0, returns = 0;  // how often, summed over the matters
    std::int64_t asked = 0, asked_again = 0;  // returns for missing material; those after the first
    bool operator==(const ReceivedCounts&) const = default;
};
// Matters closed in the period.
struct ClosedCounts {
    std::int64_t closed = 0, asked = 0, reworked = 0, rereported = 0, merged = 0;
    bool operator==(const ClosedCounts&) const = default;
};
struct SaidCounts {
    std::int64_t asked = 0, answered = 0, solved = 0, partly = 0, graded = 0, satisfied = 0;
    bool operator==(const SaidCounts&) const = default;
};

// Disputes found in the period, as they stood at its end.
struct DisputeCounts {
    std::int64_t found = 0, settled = 0, merged = 0;
    bool operator==(const DisputeCounts&) const = default;
};
// Places in force at the period's end, and those from which nobody carried a petition to a higher level in
// it.
struct PlaceCounts {
    std::int64_t places = 0, without_petition = 0;
    bool operator==(const PlaceCounts&) const = default;
};

struct Counted {
    DueCounts contact, finish;
    ReceivedCounts received;
    ClosedCounts closed;
    SaidCounts said;
    DisputeCounts disputes;
    PlaceCounts petitions;
};
// In the order they are shown.
[[nodiscard]] std::vector<rating::Rate> rates_of(const Counted& counted);

inline constexpr std::int64_t rereport_days = 30;
// For rereport_rate: the same resident, or the same lowest place and category, again within 30 days of
// closing.
struct ClosedMatter {
    std::int64_t id = 0, resident = 0, place = 0;
    std::optional<std::int64_t> category;
    Instant received_at, closed_at;
};
struct ReceivedMatter {
    std::int64_t id = 0, resident = 0, place = 0;
    std::optional<std::int64_t> category;
    Instant received_at;
};
[[nodiscard]] std::int64_t count_rereported(const std::vector<ClosedMatter>& closed,
                                            const std::vector<ReceivedMatter>& received);

}  // namespace lianxin::report
