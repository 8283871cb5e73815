// matter/draw_sheet.hpp — where the boxes and arrows of one machine stand; draw.cpp only writes down what is
// measured here.
#pragma once

#include <string>
#include <vector>

#include "matter/draw.hpp"

namespace lianxin::matter {

enum class Stroke { hand, clock, engine };

struct Box {
    StateIndex state;
    std::string title;
    std::vector<std::string>
        lines;  // its clocks; what may be done without leaving it; what leads here from nearly everywhere
    std::vector<DrawingWords::Note> notes;
    int column = 0;
    double x = 0, y = 0, width = 0, height = 0;
};

struct Arrow {
    std::size_t from = 0, to = 0;  // boxes
    std::vector<std::string> labels;
    Stroke stroke = Stroke::hand;
    double x1 = 0, y1 = 0, x2 = 0, y2 = 0;
    double label_x = 0, label_y = 0;
    double lane1 = 0, lane2 = 0, channel = 0;  // of an arrow that goes around
    bool around = false;
};

struct Sheet {
    std::vector<Box> boxes;
    std::vector<Arrow> arrows;
    double width = 0, height = 0;
};

[[nodiscard]] Sheet lay_out(const Workflow& workflow, const Machine& machine, const DrawingWords& words);
// Han characters are as wide as they are high.
[[nodiscard]] double text_width(std::string_view text, double size);

}  // namespace lianxin::matter
