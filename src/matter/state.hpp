// matter/state.hpp — where one matter stands: its parts (0 is the matter itself), the clocks running over
// them, what holds it, what was counted. It is what the current projection stores and what a decision starts
// from; nothing here is looked up.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "access/access.hpp"
#include "base/time.hpp"
#include "calendar/deadline.hpp"
#include "matter/form.hpp"
#include "matter/index.hpp"
#include "matter/workflow.hpp"

namespace lianxin::matter {

using PartNo = std::int32_t;

struct PartState {
    PartNo no = 0;
    MachineIndex machine;
    StateIndex state;
    PostId owner;                    // of an ended part: the last
    std::optional<PostId> previous;  // who owned it before
    std::optional<PartyId> person;   // who accepted; nothing until somebody did
    std::optional<RungIndex> rung;   // where the owner stands on the ladder
    bool lead = false;               // the part that answers for all
    std::optional<PostId> led_by;    // of the leading part, given away: who leads until it is accepted
    bool bound = false;              // assigned bindingly: cannot be sent away
    bool ended = false;
    Card card = Card::none;
    Instant entered;  // when this state was entered
    [[nodiscard]] PostId leader() const { return led_by.value_or(owner); }
    bool operator==(const PartState&) const = default;
};

struct ClockState {
    enum class Stage { running, paused, stopped_in_time, stopped_late, ran_out };
    ClockIndex clock;
    PartNo part = 0;
    Stage stage = Stage::running;
    Instant started;
    std::optional<calendar::Period> period;     // the limit; nothing: the day itself was named
    std::optional<calendar::Period> extension;  // counted on from the end of the period
    std::vector<calendar::Pause> pauses;        // over and counted
    std::optional<Instant> paused_since;
    Instant due;       // the deadline; it stays when it was missed
    Instant told_due;  // what the resident was told: a calendar correction never shortens it
    std::optional<Instant>
        wakes;  // when the engine acts next: due, then once more (`again`); nothing: no more
    std::int64_t extensions = 0;
    Card card = Card::none;
    std::optional<Instant> stopped_at;
    [[nodiscard]] bool live() const { return stage == Stage::running || stage == Stage::paused; }
    bool operator==(const ClockState&) const = default;
};

struct HoldState {
    std::string name;  // the kind of matter that holds: an objection
    Subject source;
    Instant since;
    bool operator==(const HoldState&) const = default;
};

struct Tally {
    PartNo part = 0;
    TallyIndex name;
    std::int64_t count = 0;
    bool operator==(const Tally&) const = default;
};

// Who did what last, for rules that keep two steps in different hands.
struct DoneBy {
    PartNo part = 0;
    ActionIndex action;
    PartyId party;
    bool operator==(const DoneBy&) const = default;
};

struct MatterState {
    std::vector<PartState> parts;  // by number; [0] is the matter itself; empty before it begins
    std::vector<ClockState> clocks;
    std::vector<HoldState> holds;
    std::vector<Tally> tallies;
    std::vector<DoneBy> done;
    std::optional<PostId> host;  // who took it in, and answers for it until somebody accepts
    Instant received;
    std::string subkind;
    bool anonymous = false;
    bool rated = false;                     // this answer was rated already
    std::vector<std::string> asked_before;  // items of earlier returns (fields told `once`)
    std::int64_t asked_times = 0;           // earlier returns
    std::int64_t asked_late = 0;            // … that named what one before them could have named
    std::vector<std::string> could_ask;     // what stood on the list when they were made

    [[nodiscard]] const PartState* part(PartNo no) const;
    [[nodiscard]] const ClockState* clock(ClockIndex clock, PartNo part) const;
    [[nodiscard]] std::int64_t tally(TallyIndex name, PartNo part) const;
    [[nodiscard]] bool held_by(const std::string& name) const;
    [[nodiscard]] const PartState* leading() const;  // the open part that leads, else the last that did
};

// When the piece is due: the first of its clocks that run, of those told alone for whoever the matter
// answers.
[[nodiscard]] std::optional<Instant> due_of(const Workflow& workflow, const MatterState& matter, PartNo part,
                                            bool told_only);

}  // namespace lianxin::matter
