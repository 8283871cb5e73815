// board/board.hpp — the public projection of a place: who to turn to, what was asked and done this month,
// what is late. Nothing on it identifies a resident: no text of theirs, no number, no household; complaints
// about a post do not count here, and kinds of matter that few bring (`counted_from`) are figures, no lines,
// and on the page of a place too small for figures they are not at all.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "access/access.hpp"
#include "base/crypto.hpp"
#include "base/time.hpp"
#include "matter/tone.hpp"

namespace lianxin::board {

// Of matters: "KIND", of one subkind "KIND/SUBKIND", or those of it that are not published yet "KIND*".
using Kinds = std::set<std::string>;

// Counts of matters in a place's subtree. `received`, `closed` and `solved` belong to the month; `open`,
// `late` and `explained` are as of now.
struct Counts {
    std::int64_t received = 0;
    std::int64_t closed = 0;
    std::int64_t solved = 0;  // a resident said so
    std::int64_t open = 0;
    std::int64_t late = 0;
    std::int64_t explained = 0;
    bool operator==(const Counts&) const = default;
};

// One line of what moved lately, without what would tell who asked.
struct Line {
    MatterId matter;
    bool published = false;
    std::string workflow;
    std::string subkind;
    std::optional<std::string> category;  // its name
    std::string state;
    std::int64_t phase = 0;
    PlaceId place;  // never a household
    std::string place_name;
    Instant received_at;
    std::optional<Instant> closed_at;
    Instant due;                      // of one that was explained: when it is looked at again
    Digest workflow_hash{};           // the rules it stands under
    bool late = false;                // open, and past a limit of its own
    std::optional<Instant> promised;  // while it is open: the next limit that whoever asked was told
    matter::Tone tone = matter::Tone::neutral;  // by the rules it stands under
};

// First instant of the month `at` lies in, county time, and of the month after.
struct Month {
    Instant from;
    Instant until;
};
[[nodiscard]] Month month_of(Instant at, Zone zone);

}  // namespace lianxin::board
