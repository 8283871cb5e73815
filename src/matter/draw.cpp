#include "matter/draw.hpp"

#include <cmath>

#include "matter/draw_sheet.hpp"

namespace lianxin::matter {
namespace {

std::string number(double value) {
    const auto tenths = static_cast<long long>(std::llround(value * 10));
    auto text = std::to_string(tenths / 10);
    if (tenths % 10 != 0) text += "." + std::to_string(std::llabs(tenths % 10));
    if (tenths < 0 && tenths > -10) text = "-" + text;
    return text;
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

const char* class_of(Stroke stroke) {
    switch (stroke) {
        case Stroke::hand:
            return "hand";
        case Stroke::clock:
            return "clock";
        case Stroke::engine:
            return "engine";
    }
    return "";
}

const char* class_of(const StateRule& state) {
    if (state.end) return "end";
    if (state.counts_as == CountsAs::closed) return "answered";
    if (state.counts_as == CountsAs::open_explained || state.published) return "shown";
    return state.waits_for ? "waiting" : "open";
}

constexpr const char* style = R"(<style>
text{font-family:"Noto Sans CJK SC","Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif;fill:#1d2733}
.heading{font-size:22px;font-weight:700}.part{font-size:18px;font-weight:700}
.title{font-size:16px;font-weight:700;text-anchor:middle}.line{font-size:12px;fill:#4a5866}
.label{font-size:12px;text-anchor:middle;paint-order:stroke;stroke:#fff;stroke-width:5px;stroke-linejoin:round}
.label.clock{fill:#9a4b00}.label.engine{fill:#5a5f66}
.note{font-weight:700;fill:#1b2a30}.warns{font-weight:700;fill:#b42318}
rect.box{stroke-width:1.6}
.open{fill:#eef4fb;stroke:#3b6fa5}.waiting{fill:#fff6dd;stroke:#b98500}.answered{fill:#e8f6ec;stroke:#2e8b57}
.shown{fill:#f3ecfa;stroke:#7a4fa3}.end{fill:#f1f2f4;stroke:#3d4650}
path{fill:none;stroke-width:1.5}path.hand{stroke:#3d5a78}path.clock{stroke:#b25a00;stroke-dasharray:6 4}
path.engine{stroke:#6b7075;stroke-dasharray:2 3}
</style>
<defs>)";

std::string marker(const char* name, const char* colour) {
    return std::string("<marker id=\"tip-") + name +
           "\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" "
           "orient=\"auto\">"
           "<path d=\"M0,0L8,4L0,8z\" style=\"fill:" +
           colour + ";stroke:none\"/></marker>";
}

std::string path_of(const Arrow& arrow) {
    const auto point = [](double x, double y) { return number(x) + "," + number(y); };
    if (!arrow.around) {
        const auto pull = std::abs(arrow.label_x - arrow.x1) * 0.6;
        const bool back = arrow.x2 <= arrow.x1 + 1;  // within one column: out and back on the right side
        std::string d = "M" + point(arrow.x1, arrow.y1) + "C" + point(arrow.x1 + pull, arrow.y1) + " ";
        if (back)
            return d + point(arrow.label_x - 14, arrow.label_y) + " " +
                   point(arrow.label_x - 14, arrow.label_y) + "S" + point(arrow.x2 + pull, arrow.y2) + " " +
                   point(arrow.x2, arrow.y2);
        d += point(arrow.label_x - pull / 2, arrow.label_y) + " " + point(arrow.label_x, arrow.label_y);
        return d + "S" + point(arrow.x2 - pull, arrow.y2) + " " + point(arrow.x2, arrow.y2);
    }
    // Out, along its channel, and in, with rounded corners.
    const double r = 7;
    const double v1 = arrow.channel > arrow.y1 ? 1 : -1;
    const double v2 = arrow.y2 > arrow.channel ? 1 : -1;
    const double h = arrow.lane2 > arrow.lane1 ? 1 : -1;
    std::string d = "M" + point(arrow.x1, arrow.y1) + "H" + number(arrow.lane1 - r);
    d += "Q" + point(arrow.lane1, arrow.y1) + " " + point(arrow.lane1, arrow.y1 + v1 * r) + "V" +
         number(arrow.channel - v1 * r);
    d += "Q" + point(arrow.lane1, arrow.channel) + " " + point(arrow.lane1 + h * r, arrow.channel) + "H" +
         number(arrow.lane2 - h * r);
    d += "Q" + point(arrow.lane2, arrow.channel) + " " + point(arrow.lane2, arrow.channel + v2 * r) + "V" +
         number(arrow.y2 - v2 * r);
    return d + "Q" + point(arrow.lane2, arrow.y2) + " " + point(arrow.lane2 + r, arrow.y2) + "H" +
           number(arrow.x2);
}

void write_label(std::string& out, const Arrow& arrow) {
    const std::string start = "<text class=\"label " + std::string(class_of(arrow.stroke)) + "\" x=\"" +
                              number(arrow.label_x) + "\" y=\"";
    if (arrow.around) {
        std::string joined;
        for (const auto& label : arrow.labels) joined += (joined.empty() ? "" : " · ") + label;
        out += start + number(arrow.label_y + 4) + "\">" + escaped(joined) + "</text>\n";
        return;
    }
    double y = arrow.label_y + 4 - 7.5 * static_cast<double>(arrow.labels.size() - 1);
    for (const auto& label : arrow.labels) {
        out += start + number(y) + "\">" + escaped(label) + "</text>\n";
        y += 15;
    }
}

void write_box(std::string& out, const Box& box, const StateRule& state, bool first) {
    const auto rect = [&](double by, const char* extra) {
        out += std::string("<rect class=\"box ") + class_of(state) + "\" x=\"" + number(box.x + by) +
               "\" y=\"" + number(box.y + by) + "\" width=\"" + number(box.width - 2 * by) + "\" height=\"" +
               number(box.height - 2 * by) + "\" rx=\"" + number(state.end ? 22 - by : 10) + "\"" + extra +
               "/>\n";
    };
    rect(0, first ? " style=\"stroke-width:3\"" : "");
    if (state.end) rect(4, "");  // an end has a double border
    const double text_height = 22 + 18.0 * static_cast<double>(box.lines.size() + box.notes.size());
    double y = box.y + (box.height - text_height) / 2 + 16;
    out += "<text class=\"title\" x=\"" + number(box.x + box.width / 2) + "\" y=\"" + number(y) + "\">" +
           escaped(box.title) + "</text>\n";
    const auto write = [&](const std::string& text, const char* kind) {
        y += 18;
        out += std::string("<text class=\"line ") + kind + "\" x=\"" + number(box.x + 16) + "\" y=\"" +
               number(y) + "\">" + escaped(text) + "</text>\n";
    };
    for (const auto& note : box.notes) write(note.text, note.warns ? "warns" : "note");
    for (const auto& line : box.lines) write(line, "");
}

std::string machine_svg(const Machine& machine, const Sheet& sheet) {
    std::string out;
    for (const auto& arrow : sheet.arrows)
        out += std::string("<path class=\"") + class_of(arrow.stroke) + "\" d=\"" + path_of(arrow) +
               "\" marker-end=\"url(#tip-" + class_of(arrow.stroke) + ")\"/>\n";
    for (const auto& box : sheet.boxes)
        write_box(out, box, machine.state(box.state), box.state == machine.start.to);
    for (const auto& arrow : sheet.arrows) write_label(out, arrow);
    return out;
}

std::string legend(const DrawingWords& words, double y) {
    std::string out;
    double x = 30;
    for (const auto& [stroke, word] : {std::pair{Stroke::hand, words.by_hand},
                                       {Stroke::clock, words.by_clock},
                                       {Stroke::engine, words.by_engine}}) {
        out += std::string("<path class=\"") + class_of(stroke) + "\" d=\"M" + number(x) + "," + number(y) +
               "h44\" marker-end=\"url(#tip-" + class_of(stroke) + ")\"/>";
        out += "<text class=\"line\" x=\"" + number(x + 54) + "\" y=\"" + number(y + 4) + "\">" +
               escaped(word) + "</text>\n";
        x += 80 + text_width(word, 12);
    }
    return out;
}

}  // namespace

std::string draw_svg(const Workflow& workflow, const DrawingWords& words) {
    std::string body;
    double width = 400, y = 0;
    for (const auto& machine : workflow.machines) {
        const auto sheet = lay_out(workflow, machine, words);
        const auto heading = machine.name.empty() ? words.heading : words.part(machine.name);
        body += "<g transform=\"translate(0," + number(y) + ")\">\n<text class=\"" +
                (machine.name.empty() ? "heading" : "part") + "\" x=\"30\" y=\"42\">" + escaped(heading) +
                "</text>\n" + machine_svg(machine, sheet) + "</g>\n";
        width = std::max(width, sheet.width);
        y += sheet.height + 20;
    }
    body += legend(words, y + 10);
    const auto height = y + 40;
    std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + number(width) + "\" height=\"" +
                      number(height) + "\" viewBox=\"0 0 " + number(width) + " " + number(height) +
                      "\" role=\"img\" aria-label=\"" + escaped(words.heading) + "\">\n";
    out += style;
    out += marker("hand", "#3d5a78") + marker("clock", "#b25a00") + marker("engine", "#6b7075") + "</defs>\n";
    return out + "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n" + body + "</svg>\n";
}

std::string draw_mermaid(const Workflow& workflow, const DrawingWords& words) {
    std::string out;
    const auto clean = [](std::string text) {
        for (auto& c : text)
            if (c == ':' || c == ';' || c == '"' || c == '#') c = ' ';
        return text;
    };
    for (const auto& machine : workflow.machines) {
        const auto heading = machine.name.empty() ? words.heading : words.part(machine.name);
        out += (out.empty() ? "" : "\n") + ("%% " + heading) + "\nstateDiagram-v2\n  direction LR\n";
        for (const auto& state : machine.states)
            out += "  state \"" + clean(words.state(state.name)) + "\" as " + state.name + "\n";
        out += "  [*] --> " + machine.state(machine.start.to).name + "\n";
        for (const auto& action : machine.actions) {
            auto title = clean(words.action(action.name));
            for (const auto& who : action.who)
                if (who.kind == WhoRule::Kind::clock)
                    title += " (" + clean(words.clock(rule_at(workflow.clocks, who.clock).name)) + ")";
            for (const auto from : action.from) {
                std::vector<StateIndex> to;
                if (action.to) to.push_back(*action.to);
                for (const auto& branch : action.to_when) to.push_back(branch.to);
                if (to.empty()) to.push_back(from);
                for (const auto target : to)
                    out += "  " + machine.state(from).name + " --> " + machine.state(target).name + " : " +
                           title + "\n";
            }
        }
        for (const auto& state : machine.states)
            if (state.end) out += "  " + state.name + " --> [*]\n";
    }
    return out;
}

}  // namespace lianxin::matter
