// main/demo_story.hpp — a demo's year as data: demo/story.toml says over which channels things come in, what
// becomes of them and who does what; demo/texts.toml what residents say; demo/affairs.toml what else the year
// brings, kind by kind. The player knows no kind of matter, state, action, post or place by name.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pack/pack.hpp"
#include "pack/value.hpp"

namespace lianxin::demo {

// name → where its value comes from, or the value itself (demo_run_fields.cpp)
using Fields = std::vector<std::pair<std::string, pack::Value>>;

// What one resident says, with {village}, {group}, {n}, {m}, {d}, {y}, {house} still to be filled.
struct Text {
    std::string name, category, subkind, scene, subject, text, done;
    pack::Position at;
    Fields fields;  // of an affair: what this one fills in at its beginning, beside what all of them do
};
struct Channel {
    std::string name;
    std::int64_t share = 1;
    std::string by;     // a selector from the place, or "resident"
    std::string place;  // kind of place the matter is about
    std::int64_t named_percent = 0;
    std::map<std::string, std::int64_t, std::less<>> less;  // rule → so often less than the plan says
};
struct Plan {
    std::string name;
    std::int64_t share = 1;
    std::int64_t pace_tenths = 10;  // 10 as usual, 60 six times as slow
    std::int64_t units = 1;         // how many units get a part
    std::int64_t not_solved = 0;    // so many answers are rated "not solved"
    std::int64_t again_least = 0,
                 again_most = 0;  // told once more so many minutes after it was closed; 0: not
    std::map<std::string, std::int64_t, std::less<>> times;
};
struct Rule {
    std::string name, state, action;
    std::string by;  // owner, superior, lead, party, reporter, electors, or a selector from the place
    std::int64_t after_least = 0, after_most = 0;  // minutes
    std::int64_t times = 0;
    std::int64_t chance_percent = 100;
    std::vector<std::string> last;  // rules to be used up before
    bool parts_done = false;
    bool beyond_scope = false;  // only where the owner may not settle such a thing itself; however often
    Fields fields;
    std::string electors;  // of `by = "electors"`: the ballot is among them, who each vote or stay away
    std::int64_t turnout_percent = 100, yes_percent = 100;
    std::string begins;  // in place of an action: this affair is begun about the notice that hangs
};
// Something else that happens in the year: a kind of matter, who begins it where and about what, and how it
// goes on.
struct Affair {
    std::string name, workflow, service_item;
    std::string about;  // "vacancy:KIND", "post:SELECTOR", or nothing in particular
    bool on_behalf = false;
    std::int64_t times = 1;
    std::int64_t from_day = 0, until_day = 0;  // of the story: when the first and the last are begun
    std::vector<Text> said;                    // these take turns, and so do the plans
    Channel channel;
    std::vector<Plan> plans;
    std::vector<Rule> rules, part_rules;
    Fields fields;
};
struct Login {
    std::string name, post, at;  // a kind of post, at a kind of place (empty: any)
    std::string serves;          // a selector that leads from a door to it: one such door is named beside it
};
struct Story {
    std::string workflow;
    std::int64_t tellings = 0, days = 365;
    std::vector<Text> texts;
    std::vector<Channel> channels;
    std::vector<Plan> plans;
    std::vector<Rule> rules, part_rules;
    std::map<std::string, std::vector<Rule>, std::less<>> kinds;  // of matters that follow from a telling
    std::map<std::string, std::vector<std::string>, std::less<>>
        units;  // top category → units, the lead first
    std::vector<Affair> affairs;
    std::map<std::string, pack::Position, std::less<>> units_at;
    std::vector<std::string> office_posts;                   // kinds that keep office hours
    std::map<std::string, std::int64_t, std::less<>> hurry;  // urgency or subkind → tenths of the usual pace
    std::vector<std::string> hurry_plans;
    std::vector<Login> staffed, logins;
    std::map<std::string, std::vector<std::string>, std::less<>> phrases;
    std::vector<std::string> family_names, given_names;
};

// Nothing when the pack has no demo; findings when it has a faulty one.
[[nodiscard]] std::optional<Story> read_story(const pack::Pack& pack, pack::Findings& findings);

}  // namespace lianxin::demo
