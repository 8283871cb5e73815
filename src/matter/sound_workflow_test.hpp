// matter/sound_workflow_test.hpp — a sound workflow that has a bit of everything.
#pragma once

#include <string>

namespace lianxin::matter::testing {

inline const std::string sound = R"(name = "sound"
answer_to = "reporter"
[ladder]
rungs = ["representative@household", "desk@county"]
[lists]
virtues = ["upright", "able"]
[fields]
what = { type = "text", min = 5, told = true }
to_post = { type = "post" }
units = { type = "posts", min = 1, lead = 1 }
until = { type = "day", day = "future" }
good = { type = "criteria", of = "criteria.virtues", all = true }
which = { type = "choice", of = ["one", "other"] }
there = { type = "number", min = 1 }
yes = { type = "number", min = 0, at_most = "field:there" }
[ballots.panel]
electorate = "representatives@village"
quorum = "2/3 of electorate"
majority = "2/3 of present"
shows = ["what"]
[notices.wall]
place = "village"
period = "7 working days"
floor = "law.selection_notice"
shows = ["good"]
objections = "objection"
[clocks]
step = { limit = "2 working days", due = "push" }
finish = { limit = "table", starts = "receipt", stops = ["solve"], due = "urge", extensions = 1, extend_by = "10 working days" }
later = { limit = "field:until", starts = "action:park", stops = ["unpark"], due = "unpark" }
look = { limit = "every 1 month", starts = "action:park", stops = ["unpark"], met_by = ["look_in"], due = "look_late" }
hung = { limit = "notice:wall", due = "taken_down" }
last = { limit = "10 days", due = "close", law = "law.reopening" }
[states]
new = { owner = ["next_rung", "desk@county"], clocks = ["step", "finish"] }
busy = { owner = ["keep"], clocks = ["finish"] }
shared = { owner = ["keep"], clocks = ["finish"], parts = "piece" }
stopped = { owner = ["keep"], clocks = ["step"], pauses = ["finish"], pause_cap = "30 days", waits_for = "reporter" }
parked = { owner = ["keep"], clocks = ["later", "finish"], counts_as = "open_explained" }
asked = { owner = ["keep"], clocks = ["finish"], ballot = "panel" }
hanging = { owner = ["keep"], clocks = ["hung", "finish"], notice = "wall" }
answered = { owner = ["keep"], counts_as = "closed", clocks = ["last"] }
closed = { end = true, counts_as = "closed" }
dropped = { end = true, counts_as = "withdrawn" }
[start]
to = "new"
who = ["reporter"]
effects = ["receipt"]
[actions]
accept = { from = ["new"], to = "busy", who = ["owner"] }
push = { from = ["new", "stopped"], to = "new", who = ["clock:step"], owner = "next_rung" }
refuse = { from = ["new"], to = "new", who = ["owner"], needs = ["what"], owner = "previous", limit = { per = "returns", max = 3, then = "bind" } }
bind = { from = ["new"], to = "busy", who = ["engine"], binding = true }
give = { from = ["busy"], to = "new", who = ["owner"], needs = ["to_post"], owner = "field:to_post", limit = { per = "transfers", max = 3, then = "settle" } }
settle = { from = ["busy"], to = "busy", who = ["engine"], binding = true }
share = { from = ["busy"], to = "shared", who = ["leader"], needs = ["units"], opens = { part = "piece", for_each = "units" } }
join = { from = ["shared"], to = "busy", who = ["owner"], accepts = ["which"], guards = ["parts_done"] }
ask = { from = ["busy"], to = "stopped", who = ["owner"], effects = ["tell reporter"] }
say = { from = ["stopped"], to = "busy", who = ["reporter", "owner"], accepts = ["what"] }
park = { from = ["busy"], to = "parked", who = ["owner"], needs = ["until"], effects = ["tell reporter"] }
unpark = { from = ["parked"], to = "busy", who = ["clock:later", "owner"] }
look_in = { from = ["parked"], to = "same", who = ["owner"], needs = ["what"] }
look_late = { from = ["parked"], to = "same", who = ["clock:look"], effects = ["note owner"] }
vote = { from = ["busy"], to = "asked", who = ["owner"], needs = ["good"], opens_ballot = "panel", effects = ["withdraw_notice"] }
count = { from = ["asked"], who = ["owner"], needs = ["there", "yes"], closes_ballot = "panel", opens_notice = "wall", to_when = [{ when = "ballot.passed", to = "hanging" }, { when = "ballot.failed", to = "busy" }, { when = "ballot.no_quorum", to = "busy" }] }
watch = { from = ["hanging"], to = "same", who = ["owner"], needs = ["what"] }
taken_down = { from = ["hanging"], to = "busy", who = ["clock:hung"] }
extend = { from = ["busy"], to = "same", who = ["superior@owner"], extends = "finish", guards = ["before:finish"], apart_from_owner = true, effects = ["tell reporter"] }
decide_it = { from = ["busy"], to = "same", who = ["owner"], guards = ["notice_over:wall", "no_hold:objection"] }
solve = { from = ["busy"], to = "answered", who = ["owner"], needs = ["what"], effects = ["withdraw_notice", "tell reporter"] }
reopen = { from = ["answered"], to = "busy", who = ["reporter"], restarts = ["finish"] }
drop = { from = ["busy"], to = "dropped", who = ["reporter"], effects = ["withdraw_notice", "tell reporter"] }
put_down = { from = ["hanging"], to = "busy", who = ["child:objection.upheld"], effects = ["withdraw_notice"] }
put_down_later = { from = ["new", "busy", "shared", "stopped", "parked", "asked"], to = "same", who = ["child:objection.upheld"], effects = ["withdraw_notice"] }
close = { from = ["answered"], to = "closed", who = ["clock:last"] }
urge = { from = ["new", "busy", "shared", "parked", "hanging", "asked"], to = "same", who = ["clock:finish"], card = ["yellow", "red"], effects = ["note owner", "open accountability when red"] }
[parts.piece]
[parts.piece.clocks]
share_of = { limit = "5 working days", starts = "opening", stops = ["hand_in"], due = "prod" }
[parts.piece.states]
begun = { owner = ["keep"], clocks = ["share_of"] }
handed_in = { end = true }
[parts.piece.start]
to = "begun"
[parts.piece.actions]
hand_in = { from = ["begun"], to = "handed_in", who = ["owner"], needs = ["what"] }
prod = { from = ["begun"], to = "same", who = ["clock:share_of"], effects = ["note owner"] }
)";

// What stands in the sound one from one text to the end of another.
inline std::string from_to(const std::string& from, const std::string& to) {
    const auto at = sound.find(from);
    return sound.substr(at, sound.find(to, at) + to.size() - at);
}

// From whom it answers to what happens with its start, and the same with another start.
inline const std::string to_the_start = from_to("answer_to = \"reporter\"", "effects = [\"receipt\"]");
inline std::string begun_with(const std::string& about, const std::string& effects,
                              const std::string& guards = {}) {
    const auto before = to_the_start.substr(0, to_the_start.rfind("effects = "));
    return "answer_to = \"reporter\"\n" + about + before.substr(before.find('\n')) + guards + "effects = [" +
           effects + "]";
}

// The same, answering its parties, who begin it.
inline std::string for_parties(std::string start) {
    for (std::size_t at = 0; (at = start.find("\"reporter\"", at)) != std::string::npos;)
        start.replace(at, std::string_view("\"reporter\"").size(), "\"party\"");
    return start;
}

}  // namespace lianxin::matter::testing
