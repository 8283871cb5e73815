#include "matter/state_rows.hpp"

#include <algorithm>
#include <charconv>

namespace lianxin::matter {

namespace {

// The rows of a matter were written under the workflow of its hash; another name in them is damage, not a
// user's fault.
template <class T>
T named(std::optional<T> found) {
    if (!found) throw Fault("a stored matter names something its workflow does not have");
    return *found;
}

std::int64_t parse_micros(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        throw Fault("a stored pause cannot be read");
    return value;
}

std::optional<calendar::Period> period_of(const std::string& text) {
    if (text.empty()) return {};
    return named(calendar::Period::parse(text));
}

std::string text_of(const std::optional<calendar::Period>& period) {
    return period ? period->text() : std::string();
}

}  // namespace

PartState part_state(const Workflow& workflow, const PartRow& row) {
    PartState part;
    part.no = row.no;
    part.machine = row.machine.empty() ? MachineIndex{} : named(workflow.find_machine(row.machine));
    part.state =
        named(workflow.machine(part.machine).find_state(row.left_in.empty() ? row.state : row.left_in));
    part.owner = row.owner;
    part.previous = row.previous;
    part.person = row.person;
    if (row.rung) part.rung = RungIndex{static_cast<std::uint16_t>(*row.rung)};
    part.lead = row.lead;
    part.led_by = row.led_by;
    part.bound = row.bound;
    part.ended = row.ended;
    part.card = static_cast<Card>(row.card);
    part.entered = row.entered;
    return part;
}

ClockState clock_state(const Workflow& workflow, const ClockRow& row) {
    ClockState clock;
    clock.clock = named(workflow.find_clock(row.name));
    clock.part = row.part;
    clock.stage = static_cast<ClockState::Stage>(row.stage);
    clock.started = row.started;
    clock.period = period_of(row.period);
    clock.extension = period_of(row.extension);
    clock.pauses = parse_pauses(row.pauses);
    clock.paused_since = row.paused_since;
    clock.due = row.due;
    clock.told_due = row.told_due;
    clock.wakes = row.wakes;
    clock.extensions = row.extensions;
    clock.card = static_cast<Card>(row.card);
    clock.stopped_at = row.stopped_at;
    return clock;
}

PartRow part_row(const Workflow& workflow, const PartState& part, const std::vector<ClockState>& clocks) {
    PartRow row;
    row.no = part.no;
    const Machine& machine = workflow.machine(part.machine);
    row.machine = part.machine.value == 0 ? std::string() : machine.name;
    const StateRule& state = machine.state(part.state);
    row.state = state.name;
    if (part.ended && !state.end) {
        row.state = gone_state;
        row.left_in = state.name;
    }
    row.phase =
        part.ended ? static_cast<std::int32_t>(CountsAs::ended) : static_cast<std::int32_t>(state.counts_as);
    row.owner = part.owner;
    row.previous = part.previous;
    row.person = part.person;
    if (part.rung) row.rung = part.rung->value;
    row.lead = part.lead;
    row.led_by = part.led_by;
    row.bound = part.bound;
    row.ended = part.ended;
    row.card = static_cast<std::int32_t>(part.card);
    row.entered = part.entered;
    row.due = far_future;
    Instant last{0};
    for (const ClockState& clock : clocks) {
        if (clock.part != part.no) continue;
        if (clock.live()) row.due = std::min(row.due, clock.due);
        last = std::max(last, clock.due);
    }
    if (row.due == far_future && last.micros != 0) row.due = last;
    return row;
}

ClockRow clock_row(const Workflow& workflow, const ClockState& clock, const std::string& calendar_version) {
    ClockRow row;
    row.part = clock.part;
    row.name = rule_at(workflow.clocks, clock.clock).name;
    row.stage = static_cast<std::int32_t>(clock.stage);
    row.started = clock.started;
    row.period = text_of(clock.period);
    row.extension = text_of(clock.extension);
    row.pauses = pauses_text(clock.pauses);
    row.paused_since = clock.paused_since;
    row.due = clock.due;
    row.told_due = clock.told_due;
    row.wakes = clock.wakes;
    row.extensions = clock.extensions;
    row.calendar_version = calendar_version;
    row.card = static_cast<std::int32_t>(clock.card);
    row.stopped_at = clock.stopped_at;
    return row;
}

std::string pauses_text(const std::vector<calendar::Pause>& pauses) {
    std::string text;
    for (const calendar::Pause& pause : pauses) {
        if (!pause.to) continue;
        if (!text.empty()) text += ' ';
        text += std::to_string(pause.from.micros) + '-' + std::to_string(pause.to->micros);
    }
    return text;
}

std::vector<calendar::Pause> parse_pauses(const std::string& text) {
    std::vector<calendar::Pause> pauses;
    std::string_view rest = text;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(' '), rest.size());
        const std::string_view one = rest.substr(0, end);
        const std::size_t dash = one.find('-', 1);
        if (dash == std::string_view::npos) throw Fault("a stored pause cannot be read");
        pauses.push_back({{parse_micros(one.substr(0, dash))}, Instant{parse_micros(one.substr(dash + 1))}});
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return pauses;
}

std::string lines_text(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) {
        if (!text.empty()) text += '\n';
        text += line;
    }
    return text;
}

std::vector<std::string> parse_lines(const std::string& text) {
    std::vector<std::string> lines;
    std::string_view rest = text;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        lines.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return lines;
}

}  // namespace lianxin::matter
