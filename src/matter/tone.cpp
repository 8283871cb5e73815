#include "matter/tone.hpp"

namespace lianxin::matter {

namespace {

Tone tone_of_end(EndsAs end) {
    switch (end) {
        case EndsAs::closed:
        case EndsAs::settled:
            return Tone::good;
        case EndsAs::not_done:
            return Tone::bad;
        case EndsAs::refused:
        case EndsAs::withdrawn:
            break;
    }
    return Tone::neutral;
}

}  // namespace

Tone tone_of(const StateRule& state) {
    if (state.end) return state.ends_as ? tone_of_end(*state.ends_as) : Tone::neutral;
    if (state.counts_as == CountsAs::closed) return Tone::good;
    const bool waits = state.waits_for || state.counts_as == CountsAs::open_explained;
    return waits ? Tone::waiting : Tone::under_way;
}

Tone tone_in(const Workflow& rules, std::string_view part_kind, std::string_view state) {
    const auto index = rules.find_machine(part_kind);
    if (!index) return Tone::neutral;
    const Machine& machine = rules.machine(*index);
    const auto found = machine.find_state(state);
    return found ? tone_of(machine.state(*found)) : Tone::neutral;
}

}  // namespace lianxin::matter
