// matter/engine_words_test.hpp — a workflow of one action under test, and how each word of a closed list is
// tried on it.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "matter/stage_test.hpp"

namespace lianxin::matter::testing {

using access::Relation;
using Do = std::function<void(Stage&)>;

// A workflow of one action under test.
inline Workflow with_action(const std::string& act, const std::string& clocks = "") {
    const std::string text = R"(name = "word"
answer_to = "reporter"
subkinds = ["one", "other"]
[ladder]
rungs = ["representative@household", "head@group", "desk@county"]
[lists]
marks = ["upright"]
[fields]
text = { type = "text", min = 2 }
attachments = { type = "attachments", min = 1 }
checklist = { type = "checklist", min = 1, once = true }
criteria = { type = "criteria", of = "criteria.marks", all = true }
posts = { type = "posts", min = 1, lead = 1 }
post = { type = "post" }
parties = { type = "parties", min = 1 }
party = { type = "party" }
day = { type = "day", day = "future" }
rating = { type = "rating" }
choice = { type = "choice", of = ["this", "that"] }
number = { type = "number", min = 1 }
measure = { type = "measure", units = ["m"], min = 1 }
money = { type = "money", min = 1 }
yes_no = { type = "bool" }
table = { type = "table", columns = { what = "text" }, min = 1 }
[ballots.meeting]
electorate = "representatives@village"
quorum = "2/3 of electorate"
majority = "2/3 of present"
[notices.wall]
shows = ["text"]
place = "village"
period = "7 days"
[clocks]
step = { limit = "2 working days", due = "urge" }
finish = { limit = "10 days", starts = "receipt", due = "urge", extensions = 1, extend_by = "10 days" }
)" + clocks + R"(
[states]
open = { owner = ["keep"], clocks = ["step", "finish"], parts = "piece" }
on = { owner = ["named", "desk@county"], clocks = ["step"] }
done = { end = true, counts_as = "closed" }
[start]
to = "open"
who = ["reporter"]
owner = "representative@household"
effects = ["receipt"]
[actions]
act = )" + act + R"(
engine_only = { from = ["open"], to = "on", who = ["engine"] }
share = { from = ["open"], to = "open", who = ["owner"], needs = ["posts"], opens = { part = "piece", for_each = "posts" } }
close = { from = ["open", "on"], to = "done", who = ["owner"], effects = ["tell reporter"] }
urge = { from = ["open", "on"], to = "same", who = ["clock:step", "clock:finish"], effects = ["note owner"] }
[parts.piece]
[parts.piece.clocks]
of_piece = { limit = "5 days", starts = "opening", due = "prod" }
[parts.piece.states]
doing = { owner = ["keep"], clocks = ["of_piece"] }
finished = { end = true }
[parts.piece.start]
to = "doing"
[parts.piece.actions]
prod = { from = ["doing"], to = "same", who = ["clock:of_piece"], effects = ["note owner"] }
hand_in = { from = ["doing"], to = "finished", who = ["owner"] }
)";
    pack::Findings findings;
    const auto flow = read_workflow(pack::parse_toml(text, "word.toml", findings), "word", findings);
    EXPECT_TRUE(flow.has_value()) << findings.text();
    return flow.value_or(Workflow{});
}

inline std::string same(const std::string& more) {
    return R"({ from = ["open"], to = "same", who = ["owner"])" + more + " }";
}

inline Stage begun(const std::string& act, const std::string& clocks = "") {
    Stage stage(with_action(act, clocks));
    EXPECT_EQ(code(stage.begin(Stage::as(Relation::reporter, resident))), "done") << act;
    return stage;
}

inline std::string acted(Stage& stage, const Form& form = {}) {
    return code(stage.act("act", Stage::post(stage.owner()), form));
}

inline void nothing(Stage&) {}

inline void open_part(Stage& stage, bool ended = false) {
    PartState part;
    part.no = 1;
    part.machine = MachineIndex{1};
    part.state = StateIndex{static_cast<std::uint16_t>(ended ? 1 : 0)};
    part.owner = water;
    part.lead = true;
    part.ended = ended;
    stage.matter.parts.push_back(part);
}

inline void hang_notice(Stage& stage, int days) {
    stage.notices.push_back(
        {NoticeIndex{0}, NoticeId{7}, stage.now, {stage.now.micros + days * micros_per_day}});
}

inline void count_ballot(Stage& stage, BallotOutcome outcome) {
    stage.ballots.push_back({BallotIndex{0}, 1, false, {}, outcome});
}

// Every enumerator from the first on, until there is no case for it.
template <class Word, class Case>
void each_word(std::optional<Case> (*case_of)(Word), std::size_t at_least,
               const std::function<void(const Case&)>& try_it) {
    std::size_t words = 0;
    while (const auto found = case_of(static_cast<Word>(words))) {
        SCOPED_TRACE("word " + std::to_string(words) + " of its list");
        try_it(*found);
        ++words;
    }
    EXPECT_GE(words, at_least);
}

}  // namespace lianxin::matter::testing
