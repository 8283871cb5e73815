#include "matter/draw.hpp"
#include "matter/workflow_pack.hpp"

namespace lianxin::matter {

WorkflowDrawing draw_workflow(const Workflow& workflow, const pack::Words& words, std::string_view language,
                              decltype(DrawingWords::notes) notes) {
    const auto of_sort = [&](const char* sort) {
        return [&words, language, sort, name_of_flow = workflow.name](std::string_view name) {
            const auto key = std::string(sort) + "." + std::string(name);
            return words.get_first(language, {"workflow." + name_of_flow + "." + key, key});
        };
    };
    DrawingWords drawing;
    drawing.heading = words.get(language, "workflow." + workflow.name + ".title");
    drawing.state = of_sort("state");
    drawing.action = of_sort("action");
    drawing.clock = of_sort("clock");
    drawing.part = of_sort("part");
    drawing.period = [&words, language](const calendar::Period& period) {
        const auto unit = words.get(language, "unit." + std::string(calendar::name_of(period.unit)));
        // Han needs no space between a number and its unit.
        const bool spaced = !unit.empty() && static_cast<unsigned char>(unit.front()) < 0x80;
        return std::to_string(period.amount) + (spaced ? " " : "") + unit;
    };
    drawing.notes = std::move(notes);
    drawing.by_hand = words.get(language, "draw.by_hand");
    drawing.by_clock = words.get(language, "draw.by_clock");
    drawing.by_engine = words.get(language, "draw.by_engine");
    return {draw_svg(workflow, drawing), draw_mermaid(workflow, drawing)};
}

}  // namespace lianxin::matter
