// main/demo_player.hpp — plays a pack's demo: a year of a living place, through the same use cases people use
// and as the people who may use them, on a clock that walks from a year ago to today. Nothing is inserted
// behind anybody's back, so what a board or a report shows of the demo is true of it. The same seed gives the
// same year.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "county/county.hpp"
#include "main/town.hpp"
#include "pack/pack.hpp"

namespace lianxin::demo {

struct DemoOptions {
    std::uint64_t seed = 20230101;
    Instant today;                               // where the year ends; the clock is left there
    std::string password = "lianxin-demo-8311";  // of every demo login
};

struct DemoLogin {
    std::string login, password;
    std::string title;  // the post, in the pack's default language
    std::string name, place;
};

// Enough of an electorate to carry a ballot: logins numbered from `first` to `last`.
struct DemoVoters {
    std::string first, last, password, title, place;
};

struct DemoReport {
    std::int64_t taken_in = 0;
    std::int64_t affairs = 0;  // of other kinds, begun beside
    std::int64_t actions = 0;  // by people; the clocks' are not counted
    std::int64_t solved = 0;   // answered, and not said to be unsolved since
    std::int64_t open = 0, overdue = 0, cards = 0;
    std::map<std::string, std::int64_t> states;  // of the matters at the end
    std::map<std::string, std::int64_t>
        refusals;  // "action: code" → how often; empty when the story fits the workflows
    std::vector<DemoLogin> logins;
    std::vector<DemoVoters> voters;
};

// What the player acts through. `clock` is the county's own.
struct DemoStage {
    County& county;
    ManualClock& clock;
    const pack::Pack& pack;
    Town& town;
};

// Settles the town a day before the story begins (which opens an empty county), then plays. A pack without a
// demo is opened and left quiet, with a login for each kind of post. Throws Fault when the pack cannot be
// opened.
[[nodiscard]] DemoReport play_demo(const DemoStage& stage, const DemoOptions& options);

// What was played, in one sentence.
[[nodiscard]] std::string describe(const DemoReport& report);

}  // namespace lianxin::demo
