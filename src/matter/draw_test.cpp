#include "matter/draw.hpp"

#include "matter/draw_sheet.hpp"
#include "matter/stage_test.hpp"

namespace lianxin::matter::testing {
namespace {

DrawingWords plain() {
    DrawingWords words;
    words.heading = "a < b";
    const auto same = [](std::string_view name) { return std::string(name); };
    words.state = words.action = words.clock = words.part = same;
    words.period = [](const calendar::Period& period) { return period.text(); };
    return words;
}

TEST(Drawing, NoBoxLiesUponAnotherAndEveryArrowBeginsAndEndsAtABox) {
    for (const auto* name : {"request", "selection", "objection", "accountability"}) {
        const auto flow = shipped(name);
        for (const auto& machine : flow.machines) {
            const auto sheet = lay_out(flow, machine, plain());
            ASSERT_EQ(sheet.boxes.size(), machine.states.size());
            for (const auto& a : sheet.boxes) {
                EXPECT_GE(a.x, 0);
                EXPECT_LE(a.x + a.width, sheet.width);
                EXPECT_LE(a.y + a.height, sheet.height);
                for (const auto& b : sheet.boxes) {
                    const bool apart = &a == &b || a.x + a.width < b.x || b.x + b.width < a.x ||
                                       a.y + a.height < b.y || b.y + b.height < a.y;
                    EXPECT_TRUE(apart) << name << ": " << a.title << " and " << b.title;
                }
            }
            for (const auto& arrow : sheet.arrows) {
                const auto& from = sheet.boxes[arrow.from];
                const auto& to = sheet.boxes[arrow.to];
                EXPECT_EQ(arrow.x1, from.x + from.width);
                EXPECT_TRUE(arrow.x2 == to.x || arrow.x2 == to.x + to.width);
                EXPECT_TRUE(arrow.y1 > from.y && arrow.y1 < from.y + from.height);
                EXPECT_TRUE(arrow.y2 > to.y && arrow.y2 < to.y + to.height);
            }
        }
    }
}

TEST(Drawing, IsTheSameEachTimeAndEscapesItsWords) {
    const auto flow = shipped("selection");
    const auto svg = draw_svg(flow, plain());
    EXPECT_EQ(svg, draw_svg(flow, plain()));
    EXPECT_EQ(svg.rfind("<svg ", 0), 0U);
    EXPECT_NE(svg.find("a &lt; b"), std::string::npos);
    EXPECT_EQ(svg.find("a < b"), std::string::npos);
    EXPECT_NE(svg.find("class=\"clock\""), std::string::npos);  // dashed: the notice's end
}

TEST(Drawing, MermaidHasEveryStateAndEveryWay) {
    const auto flow = shipped("request");
    const auto text = draw_mermaid(flow, plain());
    EXPECT_NE(text.find("stateDiagram-v2"), std::string::npos);
    EXPECT_NE(text.find("[*] --> offered"), std::string::npos);
    EXPECT_NE(text.find("answered --> closed : close (reopen)"), std::string::npos);
    EXPECT_NE(text.find("closed --> [*]"), std::string::npos);
    for (const auto& state : flow.matter().states)
        EXPECT_NE(text.find("as " + state.name + "\n"), std::string::npos) << state.name;
}

}  // namespace
}  // namespace lianxin::matter::testing
