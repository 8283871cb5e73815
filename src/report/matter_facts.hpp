// report/matter_facts.hpp — one matter as the figures see it, and the marks it leaves: docs/metrics.md, each
// definition once more as report_store has it in SQL; a test holds the two against each other over random
// histories. Whether something was reported again depends on other matters and is decided beside them
// (counters_service).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "matter/workflow.hpp"
#include "report/mark.hpp"
#include "report/metrics.hpp"

namespace lianxin::report {

struct ClockFact {
    Instant due;
    bool waiting = false;  // paused: the resident's turn
    std::int64_t extensions = 0;
};
struct RatingFact {
    std::int64_t round = 1;
    Instant asked_at;
    bool answered = false;
    std::optional<std::int64_t> solved, grade;
};
struct PieceFact {
    std::int64_t no = 0;
    std::string machine, state;
    bool ended = false;
    std::int64_t phase = 0;
    Instant due, entered_at;
};
struct StayFact {
    std::int64_t part = 0;
    std::string machine, state;
    Instant entered_at, left_at;
    bool late = false;
};

struct MatterFacts {
    std::int64_t matter = 0, version = 0, resident = 0, place = 0;
    std::optional<std::int64_t> category;
    Ancestors ancestors{};
    std::string kind, subkind;
    Digest workflow{};
    bool sealed = false;  // a complaint about a post
    bool about = false;   // about another matter, a notice, a post: nobody asked with it
    bool merged = false;
    bool published = false;
    Instant received_at;
    std::optional<Instant> contacted_at, closed_at, ended_at;
    std::string ended_as;  // a word of matter::EndsAs; empty: it goes on, or ended before ends said so
    std::int64_t asked_times = 0, asked_late = 0;
    std::int64_t transfers = 0, returns = 0, reopenings = 0;
    std::optional<ClockFact> contact, finish;
    std::vector<RatingFact> ratings;
    std::vector<PieceFact> pieces;
    std::vector<StayFact> stays;  // by the time they were left
};

// `workflow`: of the facts' hash; without it its states are in no flow.
[[nodiscard]] std::vector<Mark> marks_of(const MatterFacts& facts, Zone zone, const MetricWords& words,
                                         const matter::Workflow* workflow);
// Where its marks count.
[[nodiscard]] Levels levels_of(const MatterFacts& facts);

}  // namespace lianxin::report
