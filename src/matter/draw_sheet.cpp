#include "matter/draw_sheet.hpp"

#include <algorithm>
#include <map>

namespace lianxin::matter {
namespace {

constexpr double title_size = 16, line_size = 12, label_size = 12;
constexpr double row_gap = 34, margin = 30, port_step = 20, channel_step = 22, lane_step = 9;
constexpr std::size_t everywhere = 5;  // an action from so many states is written into its target

Stroke stroke_of(const ActionRule& action) {
    bool clock = false, engine = false, person = false;
    for (const auto& who : action.who) {
        clock = clock || who.kind == WhoRule::Kind::clock;
        engine = engine || who.kind == WhoRule::Kind::engine || who.kind == WhoRule::Kind::child;
        person = person || who.kind == WhoRule::Kind::relation || who.kind == WhoRule::Kind::post;
    }
    return person ? Stroke::hand : clock ? Stroke::clock : engine ? Stroke::engine : Stroke::hand;
}

std::vector<StateIndex> targets(const ActionRule& action) {
    if (action.to) return {*action.to};
    std::vector<StateIndex> to;
    for (const auto& branch : action.to_when) to.push_back(branch.to);
    return to;
}

class Layout {
 public:
    Layout(const Workflow& workflow, const Machine& machine, const DrawingWords& words)
        : workflow_(workflow), machine_(machine), words_(words) {}

    Sheet make() {
        boxes();
        arrows();
        columns();
        measure();
        place_columns();
        ports();
        labels();
        channels();
        return std::move(sheet_);
    }

 private:
    void boxes() {
        for (std::size_t at = 0; at < machine_.states.size(); ++at) {
            Box box;
            box.state = StateIndex{static_cast<std::uint16_t>(at)};
            const auto& state = machine_.states[at];
            box.title = words_.state(state.name);
            for (const auto index : state.clocks) {
                const auto& clock = rule_at(workflow_.clocks, index);
                auto line = words_.clock(clock.name);
                if (clock.limit == ClockLimit::fixed) line += " " + words_.period(clock.period);
                if (clock.limit == ClockLimit::schedule) line += " ↻";
                box.lines.push_back("◷ " + line);
            }
            if (words_.notes) box.notes = words_.notes(machine_.name, state.name);
            sheet_.boxes.push_back(std::move(box));
        }
    }

    // One arrow per pair of states and kind of hand; what stays is written into its box.
    void arrows() {
        std::map<std::tuple<std::size_t, std::size_t, Stroke>, std::vector<std::string>> pairs;
        std::vector<std::tuple<std::size_t, std::size_t, Stroke>> order;
        for (const auto& action : machine_.actions) {
            const auto title = words_.action(action.name);
            const auto to = targets(action);
            if (to.empty())
                for (const auto from : action.from) sheet_.boxes[from.value].lines.push_back("· " + title);
            if (to.size() == 1 && action.from.size() >= everywhere) {
                sheet_.boxes[to[0].value].lines.push_back("⇠ " + title);
                continue;
            }
            for (const auto from : action.from)
                for (const auto target : to) {
                    if (from == target) {
                        sheet_.boxes[from.value].lines.push_back("↻ " + title);
                        continue;
                    }
                    const std::tuple key{std::size_t{from.value}, std::size_t{target.value},
                                         stroke_of(action)};
                    if (!pairs.contains(key)) order.push_back(key);
                    pairs[key].push_back(title);
                }
        }
        for (const auto& key : order) {
            Arrow arrow;
            arrow.from = std::get<0>(key);
            arrow.to = std::get<1>(key);
            arrow.stroke = std::get<2>(key);
            arrow.labels = pairs[key];
            sheet_.arrows.push_back(std::move(arrow));
        }
    }

    // Distance from the start; ends stand in the last column.
    void columns() {
        std::vector<int> distance(sheet_.boxes.size(), -1);
        distance[machine_.start.to.value] = 0;
        for (bool grown = true; grown;) {
            grown = false;
            for (const auto& arrow : sheet_.arrows) {
                if (distance[arrow.from] < 0) continue;
                const auto next = distance[arrow.from] + 1;
                if (distance[arrow.to] >= 0 && distance[arrow.to] <= next) continue;
                distance[arrow.to] = next;
                grown = true;
            }
        }
        int last = 0;
        for (std::size_t at = 0; at < sheet_.boxes.size(); ++at)
            if (!machine_.states[at].end) last = std::max(last, distance[at]);
        for (std::size_t at = 0; at < sheet_.boxes.size(); ++at)
            sheet_.boxes[at].column = machine_.states[at].end ? last + 1 : std::max(0, distance[at]);
        columns_.resize(static_cast<std::size_t>(last) + 2);
        for (std::size_t at = 0; at < sheet_.boxes.size(); ++at)
            columns_[static_cast<std::size_t>(sheet_.boxes[at].column)].push_back(at);
    }

    void measure() {
        std::vector<int> left(sheet_.boxes.size(), 0), right(sheet_.boxes.size(), 0);
        for (const auto& arrow : sheet_.arrows) {
            ++right[arrow.from];
            ++(enters_right(arrow) ? right : left)[arrow.to];
        }
        for (std::size_t at = 0; at < sheet_.boxes.size(); ++at) {
            auto& box = sheet_.boxes[at];
            box.width = text_width(box.title, title_size) + 44;
            for (const auto& line : box.lines)
                box.width = std::max(box.width, text_width(line, line_size) + 32);
            for (const auto& note : box.notes)
                box.width = std::max(box.width, text_width(note.text, line_size) + 32);
            box.width = std::max(box.width, 120.0);
            const auto text = 44 + 18.0 * static_cast<double>(box.lines.size() + box.notes.size());
            const auto port_room = port_step * static_cast<double>(std::max(left[at], right[at]) + 1);
            box.height = std::max(text, port_room);
        }
    }

    void place_columns() {
        double x = margin;
        double tallest = 0;
        for (const auto& column : columns_) {
            double height = 0;
            for (const auto at : column) height += sheet_.boxes[at].height + row_gap;
            tallest = std::max(tallest, height);
        }
        for (std::size_t index = 0; index < columns_.size(); ++index) {
            double width = 0, height = 0;
            for (const auto at : columns_[index]) {
                width = std::max(width, sheet_.boxes[at].width);
                height += sheet_.boxes[at].height + row_gap;
            }
            double y = (tallest - height) / 2;
            for (const auto at : columns_[index]) {
                auto& box = sheet_.boxes[at];
                box.x = x;
                box.width = width;
                box.y = y;
                y += box.height + row_gap;
            }
            x += width + gap_after(static_cast<int>(index));
        }
        floor_ = tallest;
        sheet_.width = x - gap_after(static_cast<int>(columns_.size()) - 1) + margin;
    }

    double gap_after(int column) const {
        double widest = 40;
        int lanes = 0;
        for (const auto& arrow : sheet_.arrows) {
            const auto from = sheet_.boxes[arrow.from].column;
            if (goes_around(arrow)) {
                lanes += (from == column ? 1 : 0) + (sheet_.boxes[arrow.to].column - 1 == column ? 1 : 0);
                continue;
            }
            if (from != column) continue;
            for (const auto& label : arrow.labels) widest = std::max(widest, text_width(label, label_size));
        }
        return widest + 80 + lane_step * lanes;
    }

    bool enters_right(const Arrow& arrow) const {
        return sheet_.boxes[arrow.from].column == sheet_.boxes[arrow.to].column;
    }
    bool goes_around(const Arrow& arrow) const {
        const auto step = sheet_.boxes[arrow.to].column - sheet_.boxes[arrow.from].column;
        return step != 0 && step != 1;
    }

    // Ends of arrows are spread over a side in the order of where they lead, so that few cross.
    void ports() {
        struct Port {
            Arrow* arrow;
            bool start;
            double other;
        };
        for (std::size_t at = 0; at < sheet_.boxes.size(); ++at) {
            const auto& box = sheet_.boxes[at];
            for (const bool right : {true, false}) {
                std::vector<Port> side;
                for (auto& arrow : sheet_.arrows) {
                    const auto centre = [&](std::size_t other) {
                        return sheet_.boxes[other].y + sheet_.boxes[other].height / 2;
                    };
                    const double bias = goes_around(arrow) ? (around_below(arrow) ? 10'000 : -10'000) : 0;
                    if (arrow.from == at && right) side.push_back({&arrow, true, centre(arrow.to) + bias});
                    if (arrow.to == at && enters_right(arrow) == right)
                        side.push_back({&arrow, false, centre(arrow.from) + bias});
                }
                std::stable_sort(side.begin(), side.end(),
                                 [](const Port& a, const Port& b) { return a.other < b.other; });
                for (std::size_t port = 0; port < side.size(); ++port) {
                    const auto y = box.y + box.height * static_cast<double>(port + 1) /
                                               static_cast<double>(side.size() + 1);
                    const auto x = right ? box.x + box.width : box.x;
                    auto& arrow = *side[port].arrow;
                    (side[port].start ? arrow.x1 : arrow.x2) = x;
                    (side[port].start ? arrow.y1 : arrow.y2) = y;
                }
            }
        }
    }

    bool around_below(const Arrow& arrow) const {
        return sheet_.boxes[arrow.to].column > sheet_.boxes[arrow.from].column;
    }

    // Labels stand in the gap behind their column, pushed apart.
    void labels() {
        for (std::size_t column = 0; column < columns_.size(); ++column) {
            std::vector<Arrow*> here;
            for (auto& arrow : sheet_.arrows)
                if (!goes_around(arrow) && sheet_.boxes[arrow.from].column == static_cast<int>(column))
                    here.push_back(&arrow);
            std::stable_sort(here.begin(), here.end(),
                             [](const Arrow* a, const Arrow* b) { return a->y1 + a->y2 < b->y1 + b->y2; });
            double free_from = -1e9;
            for (auto* arrow : here) {
                const double room = 15.0 * static_cast<double>(arrow->labels.size()) + 6;
                arrow->label_y = std::max((arrow->y1 + arrow->y2) / 2, free_from + room / 2);
                free_from = arrow->label_y + room / 2;
                const auto& box = sheet_.boxes[arrow->from];
                arrow->label_x = box.x + box.width + gap_after(static_cast<int>(column)) / 2;
            }
            floor_ = std::max(floor_, free_from);
        }
    }

    void channels() {
        std::map<int, int> lanes;
        double above = -10, below = floor_ + 10;
        std::vector<Arrow*> around;
        for (auto& arrow : sheet_.arrows)
            if (goes_around(arrow)) around.push_back(&arrow);
        // Short ways inside, long ways outside.
        std::stable_sort(around.begin(), around.end(),
                         [&](const Arrow* a, const Arrow* b) { return span(*a) < span(*b); });
        for (auto* arrow : around) {
            arrow->around = true;
            const bool under = around_below(*arrow);
            auto& level = under ? below : above;
            level += under ? channel_step : -channel_step;
            arrow->channel = level;
            const auto from = sheet_.boxes[arrow->from].column;
            const auto to = sheet_.boxes[arrow->to].column - 1;
            arrow->lane1 = arrow->x1 + 10 + lane_step * lanes[from]++;
            arrow->lane2 = arrow->x2 - 14 - lane_step * lanes[to + 100]++;
            arrow->label_x = (arrow->lane1 + arrow->lane2) / 2;
            arrow->label_y = level;
        }
        const double shift = margin + 60 - above;
        for (auto& box : sheet_.boxes) box.y += shift;
        for (auto& arrow : sheet_.arrows) {
            arrow.y1 += shift;
            arrow.y2 += shift;
            arrow.label_y += shift;
            arrow.channel += shift;
        }
        sheet_.height = below + shift + margin;
    }

    int span(const Arrow& arrow) const {
        return std::abs(sheet_.boxes[arrow.to].column - sheet_.boxes[arrow.from].column);
    }

    const Workflow& workflow_;
    const Machine& machine_;
    const DrawingWords& words_;
    Sheet sheet_;
    std::vector<std::vector<std::size_t>> columns_;
    double floor_ = 0;
};

}  // namespace

double text_width(std::string_view text, double size) {
    double width = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80)
            width += 0.56;
        else if (byte >= 0xC0)
            width += 1;  // the first byte of a wider character
    }
    return width * size;
}

Sheet lay_out(const Workflow& workflow, const Machine& machine, const DrawingWords& words) {
    return Layout(workflow, machine, words).make();
}

}  // namespace lianxin::matter
