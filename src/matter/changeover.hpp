// matter/changeover.hpp — a matter under way goes over to another version of its workflow, because a person
// moves it: state by state, each to the state of the same name or to one that was chosen. It keeps its owner
// and every deadline it was told; what the new version counts beside that starts at the moment of the move.
// No move closes a matter, reopens one, ends what it waits for, goes past a step that asks for something or
// leaves it without a deadline. Pure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "matter/decide.hpp"

namespace lianxin::matter {

// Chosen by a person where the names differ. `machine`: the kind of part; empty: the matter itself.
struct StateChoice {
    std::string machine;
    std::string from, to;
    bool operator==(const StateChoice&) const = default;
};

// Why what stands in one state cannot stand in another.
enum class Misfit {
    part_kind_is_gone,
    state_is_gone,     // no state of that name, and none was chosen
    counts_otherwise,  // it would be closed, reopened or ended by the move
    waits_otherwise,   // for another ballot, another notice or other pieces of work
    asks_for_a_day,    // a deadline of the state is a day that nobody has named yet
    no_deadline,       // nothing would count there: its clocks start with a step that was not taken
    skips_a_step,      // every way there asks for something, or starts a clock, that this one never came to
    owned_above,       // whoever moves it does not lead who has it in hand
};
[[nodiscard]] const char* name_of(Misfit misfit);

// Why a piece of work may not go as chosen; nothing: it may.
[[nodiscard]] std::optional<Misfit> misfit_of(const Workflow& from, const Workflow& next,
                                              const StateChoice& choice);

// Each state of a version, ends left out: where it goes by name, and where a person may send it.
struct StateMove {
    std::string machine;
    std::string state;
    std::optional<Misfit> misfit;      // of the state of the same name; nothing: it goes there
    std::vector<std::string> choices;  // every state that fits, in the order of the new version
    bool operator==(const StateMove&) const = default;
};
[[nodiscard]] std::vector<StateMove> state_moves(const Workflow& from, const Workflow& next);

// A matter in the terms of another version.
struct Translated {
    MatterState matter;
    std::vector<ClockState> left;  // in the terms of the version left: stopped, since the other has no such
};
struct CannotMove {
    Misfit misfit = Misfit::state_is_gone;
    std::string machine, state;
    bool operator==(const CannotMove&) const = default;
};
[[nodiscard]] Result<Translated, CannotMove> translate(const Workflow& from, const MatterState& matter,
                                                       const Workflow& next,
                                                       std::span<const StateChoice> choices, Instant now);

// What the move brings. `facts`: of the new version and the translated matter; `before`: as it stood. What
// runs in this matter is known here: where nothing would, it cannot move.
[[nodiscard]] Result<Decision, CannotMove> change_over(const Facts& facts, const Workflow& from,
                                                       const MatterState& before);

}  // namespace lianxin::matter
