// matter/draw.hpp — a workflow on one sheet, for the wall: states as boxes in columns from the start to the
// ends, actions as arrows, what the clock does dashed. The layout is a plain function of the workflow, so the
// same text gives the same picture.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "matter/workflow.hpp"

namespace lianxin::matter {

// The words of the sheet; the pure part knows none.
struct DrawingWords {
    std::string heading;
    std::function<std::string(std::string_view name)> state;
    std::function<std::string(std::string_view name)> action;
    std::function<std::string(std::string_view name)> clock;
    std::function<std::string(const calendar::Period& period)> period;
    std::function<std::string(std::string_view part_kind)> part;
    // What is known of a state from use ("12 here, 2 late"), written below its name; nothing: a plain sheet.
    struct Note {
        std::string text;
        bool warns = false;
    };
    std::function<std::vector<Note>(std::string_view part_kind, std::string_view state)> notes;
    std::string by_hand = "action";  // the legend
    std::string by_clock = "clock";
    std::string by_engine = "engine";
};

[[nodiscard]] std::string draw_svg(const Workflow& workflow, const DrawingWords& words);
[[nodiscard]] std::string draw_mermaid(const Workflow& workflow, const DrawingWords& words);

}  // namespace lianxin::matter
