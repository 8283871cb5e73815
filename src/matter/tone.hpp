// matter/tone.hpp — how a state looks at a glance. An end is good or bad by what its workflow says of it,
// never by its phase: a promise that was not kept is over, and nobody's success. It stands beside the state's
// own word, since a colour says nothing to who cannot see it. Pure.
#pragma once

#include <string_view>

#include "matter/workflow.hpp"

namespace lianxin::matter {

enum class Tone {
    under_way,
    waiting,  // for whoever asked, or for the day on which it is looked at again
    good,     // done, or answered
    bad,      // it came to nothing
    neutral,  // refused or withdrawn, or its rules do not say
};

[[nodiscard]] Tone tone_of(const StateRule& state);
// Of a state by its name and that of its kind of part; neutral where these rules have none: a piece that the
// matter went on without.
[[nodiscard]] Tone tone_in(const Workflow& rules, std::string_view part_kind, std::string_view state);

}  // namespace lianxin::matter
