#include "matter/workflow_pack.hpp"
#include "report/flow_service.hpp"

namespace lianxin::report {
namespace {

// The largest unit in which it is at least two: 90 minutes, 36 hours, 5 days.
std::string length_text(std::int64_t seconds, const pack::Words& words, const std::string& language) {
    constexpr std::int64_t minute = 60, hour = 60 * minute, day = 24 * hour;
    const auto [size, unit] = seconds >= 2 * day    ? std::pair(day, "unit.day")
                              : seconds >= 2 * hour ? std::pair(hour, "unit.hour")
                                                    : std::pair(minute, "unit.minute");
    return words.fill(
        language, "draw.length",
        {{"n", std::to_string((seconds + size / 2) / size)}, {"unit", words.get(language, unit)}});
}

std::vector<matter::DrawingWords::Note> notes_of(const StateFlow& flow, const pack::Words& words,
                                                 const std::string& language) {
    std::vector<matter::DrawingWords::Note> notes;
    if (flow.standing > 0)
        notes.push_back(
            {words.fill(language, "draw.standing", {{"n", std::to_string(flow.standing)}}), false});
    if (flow.overdue > 0)
        notes.push_back({words.fill(language, "draw.overdue", {{"n", std::to_string(flow.overdue)}}), true});
    if (flow.median_s)
        notes.push_back({words.fill(language, "draw.stayed",
                                    {{"median", length_text(*flow.median_s, words, language)},
                                     {"p90", length_text(*flow.p90_s, words, language)}}),
                         false});
    if (flow.returns > 0)
        notes.push_back({words.fill(language, "draw.returns", {{"n", std::to_string(flow.returns)}}), false});
    return notes;
}

}  // namespace

std::string draw_flow(const FlowReport& report, const pack::Words& words, const std::string& language) {
    return matter::draw_workflow(
               *report.version.workflow, words, language,
               [&](std::string_view part, std::string_view state) {
                   const auto found = report.flow.find({std::string(part), std::string(state)});
                   if (found == report.flow.end()) return std::vector<matter::DrawingWords::Note>();
                   return notes_of(found->second, words, language);
               })
        .svg;
}

}  // namespace lianxin::report
