// matter/broken_workflows_test.hpp — a sound workflow that has a bit of everything, and for every finding
// that reading or proving a workflow can produce a way to break it (src/main/findings_test.cpp holds this
// list against what the sources can say).
#pragma once

#include <ostream>
#include <string>
#include <vector>

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
[ballots.panel]
electorate = "representatives@village"
quorum = "2/3 of electorate"
majority = "2/3 of present"
[notices.wall]
place = "village"
period = "7 working days"
floor = "law.selection_notice"
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
stopped = { owner = ["keep"], clocks = ["step", "finish"], waits_for = "reporter" }
parked = { owner = ["keep"], clocks = ["later"], counts_as = "open_explained", pauses = ["finish"] }
asked = { owner = ["keep"], clocks = ["finish"], ballot = "panel" }
hanging = { owner = ["keep"], clocks = ["hung"], pauses = ["finish"], notice = "wall" }
answered = { owner = ["keep"], counts_as = "closed", clocks = ["last"] }
closed = { end = true, counts_as = "closed" }
[start]
to = "new"
who = ["reporter"]
effects = ["receipt"]
[actions]
accept = { from = ["new"], to = "busy", who = ["owner"] }
push = { from = ["new", "stopped"], to = "new", who = ["clock:step"], owner = "next_rung" }
refuse = { from = ["new"], to = "new", who = ["owner"], needs = ["what"], owner = "previous", limit = { per = "returns", max = 3, then = "bind" } }
bind = { from = ["new"], to = "busy", who = ["engine"], binding = true }
give = { from = ["busy"], to = "new", who = ["owner"], needs = ["to_post"], owner = "field:to_post" }
share = { from = ["busy"], to = "shared", who = ["leader"], needs = ["units"], opens = { part = "piece", for_each = "units" } }
join = { from = ["shared"], to = "busy", who = ["owner"], accepts = ["which"], guards = ["parts_done"] }
ask = { from = ["busy"], to = "stopped", who = ["owner"] }
say = { from = ["stopped"], to = "busy", who = ["reporter", "owner"], accepts = ["what"] }
park = { from = ["busy"], to = "parked", who = ["owner"], needs = ["until"], effects = ["tell reporter"] }
unpark = { from = ["parked"], to = "busy", who = ["clock:later", "owner"] }
look_in = { from = ["parked"], to = "same", who = ["owner"], needs = ["what"] }
look_late = { from = ["parked"], to = "same", who = ["clock:look"], effects = ["note owner"] }
vote = { from = ["busy"], to = "asked", who = ["owner"], needs = ["good"], opens_ballot = "panel" }
count = { from = ["asked"], who = ["owner"], closes_ballot = "panel", opens_notice = "wall", to_when = [{ when = "ballot.passed", to = "hanging" }, { when = "ballot.failed", to = "busy" }, { when = "ballot.no_quorum", to = "busy" }] }
taken_down = { from = ["hanging"], to = "busy", who = ["clock:hung", "owner"] }
extend = { from = ["busy"], to = "same", who = ["superior@owner"], extends = "finish", guards = ["before:finish"] }
decide_it = { from = ["busy"], to = "same", who = ["owner"], guards = ["notice_over:wall", "no_hold:objection"] }
solve = { from = ["busy"], to = "answered", who = ["owner"], needs = ["what"], effects = ["tell reporter"] }
reopen = { from = ["answered"], to = "busy", who = ["reporter"], restarts = ["finish"] }
close = { from = ["answered"], to = "closed", who = ["clock:last"] }
urge = { from = ["new", "busy", "shared", "stopped", "asked"], to = "same", who = ["clock:finish"], card = ["yellow", "red"], effects = ["note owner", "open accountability when red"] }
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

struct BrokenText {
    std::string code;
    std::string old_text;
    std::string new_text;
    std::string line_of;  // a text of the line where the finding must stand; empty: where new_text begins
};

inline void PrintTo(const BrokenText& broken, std::ostream* out) {
    *out << broken.code << ": " << broken.new_text;
}

inline const std::vector<BrokenText> not_read = {
    {"bad_until", "due = \"look_late\"", "due = \"look_late\", until = \"some day\"", ""},
    {"until_without_schedule", "10 days\", due", "10 days\", until = \"3 times\", due", ""},
    {"within_no_whole", "5 working days\", st", "5 working days\", within = \"share_of\", st", ""},
    {"promise_runs_from_receipt", "limit = \"2 working days\"", "limit = \"service_item.deadline\"", ""},
    {"unknown_list", "good = {", "tick = { type = \"checklist\", of = \"service_item.paper\" }\ngood = {",
     "tick ="},
    {"bad_schedule", "every 1 month", "every blue moon", ""},
    {"schedule_is_no_limit", "due = \"look_late\"", "due = \"look_late\", again = \"2 days\"", ""},
    {"schedule_half_said", ", met_by = [\"look_in\"]", "", "look = {"},
    {"unknown_state", "to = \"busy\", who = [\"owner\"] }\npush", "to = \"buzy\", who = [\"owner\"] }\npush",
     ""},
    {"unknown_field", "needs = [\"until\"]", "needs = [\"untill\"]", ""},
    {"unknown_clock", "clocks = [\"last\"]", "clocks = [\"lost\"]", ""},
    {"unknown_action", "then = \"bind\"", "then = \"bound\"", ""},
    {"unknown_relation", "who = [\"leader\"]", "who = [\"lieder\"]", ""},
    {"unknown_guard", "guards = [\"parts_done\"]", "guards = [\"parts_ready\"]", ""},
    {"unknown_effect", "\"note owner\", \"open", "\"notify owner\", \"open", ""},
    {"unknown_notice", "limit = \"notice:wall\"", "limit = \"notice:door\"", ""},
    {"unknown_ballot", "closes_ballot = \"panel\"", "closes_ballot = \"pannel\"", ""},
    {"unknown_part", "part = \"piece\", for_each", "part = \"peace\", for_each", ""},
    {"unknown_list", "of = \"criteria.virtues\"", "of = \"criteria.virtue\"", ""},
    {"unknown_card", "card = [\"yellow\", \"red\"]", "card = [\"yellow\", \"black\"]", ""},
    {"unknown_key", "period = \"7 working days\"", "period = \"7 working days\"\nobjectons = \"x\"",
     "objectons"},
    {"bad_period", "limit = \"2 working days\"", "limit = \"2 moons\"", ""},
    {"bad_period", "limit = \"2 working days\"", "limit = \"0 working days\"", ""},
    {"bad_condition", "when = \"ballot.passed\"", "when = \"passed or failed\"", ""},
    {"condition_does_not_fit_field", "when = \"ballot.passed\"", "when = \"good.grade > 3\"", ""},
    {"bad_selector", "owner = [\"next_rung\", ", "owner = [\"next rung\", ", ""},
    {"bad_share", "\"2/3 of electorate\"", "\"4/3 of electorate\"", ""},
    {"owner_field_is_no_post", "owner = \"field:to_post\"", "owner = \"field:what\"", ""},
    {"limit_is_no_day", "limit = \"field:until\"", "limit = \"field:what\"", ""},
    {"extension_half_said", ", extend_by = \"10 working days\"", "", "finish = {"},
    {"end_goes_on", "closed = { end = true, counts_as = \"closed\" }",
     "closed = { end = true, counts_as = \"closed\", owner = [\"keep\"] }", ""},
    {"action_goes_nowhere", "accept = { from = [\"new\"], to = \"busy\",", "accept = { from = [\"new\"],",
     ""},
    {"action_without_who", "bind = { from = [\"new\"], to = \"busy\", who = [\"engine\"],",
     "bind = { from = [\"new\"], to = \"busy\",", ""},
    {"action_without_from", "accept = { from = [\"new\"], to", "accept = { to", ""},
    {"all_and_none", "all = true }", "all = true, none = true }", ""},
    {"bad_child", "who = [\"leader\"], needs = [\"units\"]",
     "who = [\"child:objection\"], needs = [\"units\"]", ""},
    {"bad_distance", "day = \"future\" }", "day = \"future\", within = \"far\" }", ""},
    {"bad_electorate", "electorate = \"representatives@village\"", "electorate = \"keep\"", ""},
    {"bad_rung", "rungs = [\"representative@household\", ", "rungs = [\"keep\", ", ""},
    {"bad_start", "starts = \"receipt\"", "starts = \"dawn\"", ""},
    {"bounds_cross", "what = { type = \"text\", min = 5, told",
     "what = { type = \"text\", min = 5, max = 4, told", ""},
    {"cap_without_pause", "waits_for = \"reporter\" }", "waits_for = \"reporter\", pause_cap = \"3 days\" }",
     ""},
    {"clock_not_extensible", "extends = \"finish\"", "extends = \"step\"", ""},
    {"clock_twice", "share_of = { limit", "step = { limit = \"5 working days\", x",
     "step = { limit = \"5 working days\", x"},
    {"field_not_needed", "needs = [\"units\"], opens", "opens", "share = {"},
    {"involve_names_nobody", "needs = [\"until\"], effects = [\"tell reporter\"]",
     "needs = [\"until\"], effects = [\"tell reporter\", \"involve party from what\"]", ""},
    {"no_choices", "good = {", "pick = { type = \"choice\", of = [] }\ngood = {", "pick ="},
    {"no_columns", "good = {", "pick = { type = \"table\" }\ngood = {", "pick ="},
    {"no_units", "good = {", "pick = { type = \"measure\" }\ngood = {", "pick ="},
    {"unknown_column", "good = {", "pick = { type = \"table\", columns = { a = \"song\" } }\ngood = {",
     "pick ="},
    {"no_start", "[parts.piece.start]\nto = \"begun\"\n", "", "[parts.piece]"},
    {"parts_without_posts", "for_each = \"units\"", "for_each = \"to_post\"", ""},
    {"unknown_thing", "answer_to = \"reporter\"", "answer_to = \"reporter\"\nabout = \"weather\"", "about ="},
    {"post_kind_without_post", "answer_to = \"reporter\"", "answer_to = \"reporter\"\npost_kind = \"head\"",
     "post_kind ="},
    {"bad_apart", "answer_to = \"reporter\"",
     "answer_to = \"reporter\"\nabout = \"matter\"\napart_from = \"lead\"", "apart_from ="},
    {"apart_from_nothing", "answer_to = \"reporter\"", "answer_to = \"reporter\"\napart_from = \"parent\"",
     "apart_from ="},
    {"late_for_nothing", "answer_to = \"reporter\"", "answer_to = \"reporter\"\nlate = \"request.complaint\"",
     "late ="},
    {"bad_concern", "who = [\"reporter\"]\neffects = [\"receipt\"]",
     "who = [\"reporter\"]\nconcerns = [\"keep\"]\neffects = [\"receipt\"]", "concerns ="},
    {"name_differs_from_file", "name = \"sound\"", "name = \"sounds\"", ""},
    {"no_states", "[parts.piece.states]\nbegun =", "[parts.piece.stats]\nbegun =", "[parts.piece]"}};

inline const std::vector<BrokenText> not_proved = {
    {"end_does_not_count", "closed = { end = true, counts_as = \"closed\" }", "closed = { end = true }", ""},
    {"schedule_never_comes", "due = \"look_late\"", "due = \"look_late\", until = 2024-11-30", ""},
    {"item_never_chosen", "finish = { limit = \"table\"", "finish = { limit = \"service_item.deadline\"", ""},
    {"item_never_chosen", "busy = { owner = [\"keep\"]", "busy = { owner = [\"desk@service_item\", \"keep\"]",
     ""},
    {"item_never_chosen", "good = {",
     "tick = { type = \"checklist\", of = \"service_item.steps\" }\ngood = {", "tick ="},
    {"schedule_cannot_be_met", "look_in = { from = [\"parked\"]", "look_in = { from = [\"busy\"]",
     "parked = {"},
    {"state_not_reached", "closed = { end = true, counts_as = \"closed\" }",
     "closed = { end = true, counts_as = \"closed\" }\nlost = { owner = [\"keep\"], clocks = [\"step\"] }",
     "lost ="},
    {"no_end_in_reach", "close = { from = [\"answered\"], to = \"closed\"",
     "close = { from = [\"answered\"], to = \"answered\"", "answered = {"},
    {"state_without_clock", "restarts = [\"finish\"]", "effects = [\"note owner\"]", "busy = {"},
    {"clock_leads_nowhere", "urge = { from = [\"new\", \"busy\", \"shared\", \"stopped\", \"asked\"]",
     "urge = { from = [\"new\", \"busy\", \"shared\", \"stopped\"]", "asked = {"},
    {"clock_may_not_act", "who = [\"clock:later\", \"owner\"]", "who = [\"owner\"]", "unpark = {"},
    {"clock_is_not_due_here", "who = [\"clock:later\", \"owner\"]",
     "who = [\"clock:later\", \"clock:step\", \"owner\"]", ""},
    {"ends_untold", "needs = [\"what\"], effects = [\"tell reporter\"] }\nreopen",
     "needs = [\"what\"] }\nreopen", "close = {"},
    {"owner_can_do_nothing", "join = { from = [\"shared\"], to = \"busy\", who = [\"owner\"]",
     "join = { from = [\"shared\"], to = \"busy\", who = [\"leader\"]", "shared = {"},
    {"waited_for_cannot_act", "who = [\"reporter\", \"owner\"], accepts", "who = [\"owner\"], accepts",
     "stopped = {"},
    {"state_without_owner", "busy = { owner = [\"keep\"]", "busy = { owner = []", ""},
    {"owner_may_be_nobody", "stopped = { owner = [\"keep\"]", "stopped = { owner = [\"named\"]", ""},
    {"rule_never_applies", "\"open accountability when red\"", "\"open accountability when told_twice\"", ""},
    {"rule_never_applies", "card = [\"yellow\", \"red\"]", "card = [\"yellow\"]", ""},
    {"no_other_hand",
     "hand_in = { from = [\"begun\"], to = \"handed_in\", who = [\"owner\"], needs = [\"what\"] }",
     "look_in = { from = [\"begun\"], to = \"same\", who = [\"owner\"], needs = [\"what\"] "
     "}\nhand_in = { from = [\"begun\"], to = \"handed_in\", who = [\"owner\"], needs = [\"what\"], "
     "apart_from = [\"look_in\"] }",
     "apart_from = [\"look_in\"]"},
    {"owner_may_be_nobody", "busy = { owner = [\"keep\"]", "busy = { owner = [\"previous\"]", ""},
    {"post_never_found", "\"representative@household\"", "\"herald@household\"", ""},
    {"nobody_owns_the_start", "new = { owner = [\"next_rung\", \"desk@county\"]",
     "new = { owner = [\"previous\"]", "[start]"},
    {"escalation_in_a_circle", "to = \"new\", who = [\"clock:step\"], owner = \"next_rung\"",
     "to = \"new\", who = [\"clock:step\"], owner = \"previous\"", "push ="},
    {"limit_leads_nowhere", "bind = { from = [\"new\"]", "bind = { from = [\"busy\"]", "refuse ="},
    {"engine_may_not", "who = [\"engine\"], binding", "who = [\"leader\"], binding", ""},
    {"action_nobody_takes", ", limit = { per = \"returns\", max = 3, then = \"bind\" }", "", "bind = {"},
    {"field_never_filled", "needs = [\"to_post\"], owner = \"field:to_post\"", "owner = \"field:to_post\"",
     ""},
    {"day_not_yet_known", "starts = \"action:park\", stops = [\"unpark\"]", "stops = [\"unpark\"]",
     "later = {"},
    {"field_never_asked", "until = { type", "never = { type = \"bool\" }\nuntil = { type", "never ="},
    {"parts_without_a_state", "to = \"shared\", who = [\"leader\"]", "to = \"busy\", who = [\"leader\"]", ""},
    {"pause_of_a_short_clock", "pauses = [\"finish\"], notice", "pauses = [\"finish\", \"step\"], notice",
     ""},
    {"ballot_outcome_without_way", ", { when = \"ballot.no_quorum\", to = \"busy\" }", "", "count = {"},
    {"ballot_without_a_state", ", ballot = \"panel\" }", " }", "vote = {"},
    {"shorter_than_law", "period = \"7 working days\"", "period = \"5 working days\"", "[notices.wall]"},
    {"shorter_than_law", "limit = \"10 days\"", "limit = \"9 days\"", ""},
    {"unknown_law", "floor = \"law.selection_notice\"", "floor = \"law.of_the_jungle\"", "[notices.wall]"},
    {"action_never_possible", "guards = [\"parts_done\"] }", "guards = [\"parts_done\", \"before:last\"] }",
     ""},
    {"ballot_left_open", "solve = { from = [\"busy\"]", "solve = { from = [\"busy\", \"asked\"]",
     "answered = {"},
    {"clock_is_held_back", "who = [\"clock:finish\"], card",
     "who = [\"clock:finish\"], guards = [\"notice_over:wall\"], card", ""},
    {"field_asked_twice", "who = [\"reporter\", \"owner\"], accepts",
     "who = [\"reporter\", \"owner\"], needs = [\"what\"], accepts", ""},
    {"follow_up_leads_nowhere", "accepts = [\"what\"] }",
     "accepts = [\"what\"], then = [{ when = \"what\", do = \"bind\" }] }", ""},
    {"limit_behind_limit", "who = [\"engine\"], binding = true }",
     "who = [\"engine\"], binding = true, limit = { per = \"binds\", max = 2, then = \"accept\" } }", ""},
    {"longer_than_law", "extend_by = \"10 working days\" }",
     "extend_by = \"20 working days\", extend_law = \"law.extension\" }", ""},
    {"nobody_begins", "who = [\"reporter\"]\neffects = [\"receipt\"]", "who = []\neffects = [\"receipt\"]",
     "[start]"},
    {"unknown_outcome", "who = [\"leader\"], needs = [\"units\"]",
     "who = [\"child:objection.lost\"], needs = [\"units\"]", ""},
    {"unknown_workflow", "open accountability when red", "open inquiry when red", ""},
    {"shows_unknown_field", "objections = \"objection\"", "objections = \"objection\"\nshows = [\"whta\"]",
     "[notices.wall]"},
    {"shows_no_ballot", "objections = \"objection\"",
     "objections = \"objection\"\nshows = [\"ballots.pannel.result\"]", "[notices.wall]"},
    {"shows_empty_field", "objections = \"objection\"\n[clocks]",
     "objections = \"objection\"\nshows = [\"later_on\"]\n[fields.later_on]\ntype = \"text\"\n[clocks]",
     "[notices.wall]"},
    {"personal_on_notice", "objections = \"objection\"\n[clocks]",
     "objections = \"objection\"\nshows = [\"contact\"]\n[fields.contact]\ntype = \"text\"\npersonal = "
     "true\n[clocks]",
     "shows = ["},
    {"notice_never_opened", ", opens_notice = \"wall\"", "", "[notices.wall]"},
    {"late_as_nothing", "answer_to = \"reporter\"",
     "answer_to = \"reporter\"\nabout = \"notice\"\nlate = \"weather\"", "late ="},
    {"level_without_board", "answer_to = \"reporter\"",
     "answer_to = \"reporter\"\ncounted_from = \"household\"", "counted_from ="},
    {"hold_never_there", "\"no_hold:objection\"", "\"no_hold:objektion\"", ""},
    {"notice_blocks_nothing", ", guards = [\"notice_over:wall\", \"no_hold:objection\"] }", " }",
     "[notices.wall]"},
    {"relation_nobody_has", "who = [\"reporter\", \"owner\"], accepts",
     "who = [\"reporter\", \"applicant\", \"owner\"], accepts", ""},
    {"relation_nobody_has", "effects = [\"tell reporter\"] }\nunpark",
     "effects = [\"tell reporter\", \"tell party\"] }\nunpark", ""},
    {"objection_judged_by_its_subject", "objections = \"objection\"", "objections = \"accountability\"",
     "[notices.wall]"},
    {"post_without_about", "who = [\"reporter\"]\neffects = [\"receipt\"]",
     "who = [\"reporter\"]\nguards = [\"post_vacant\"]\neffects = [\"receipt\"]",
     "guards = [\"post_vacant\"]"},
    {"concerns_nothing", "who = [\"reporter\"]\neffects = [\"receipt\"]",
     "who = [\"reporter\"]\nconcerns = [\"parent\"]\neffects = [\"receipt\"]", "concerns ="},
    // Another step of the owner's own leads to an end; what stands apart is nobody's all the same.
    {"no_other_hand", "solve = { from = [\"busy\"]",
     "check = { from = [\"busy\"], to = \"same\", who = [\"owner\"], apart_from = [\"accept\"] }\nsolve = { "
     "from = "
     "[\"busy\"]",
     "check = {"},
    {"choice_without_way", "taken_down = { from",
     "pick = { from = [\"busy\"], who = [\"owner\"], needs = [\"which\"], to_when = [{ when = \"which = "
     "one\", to = \"busy\" }] }\ntaken_down = { from",
     "pick = {"}};

}  // namespace lianxin::matter::testing
