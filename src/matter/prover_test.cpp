// What ships is proved; what is broken is found, at its line, with its code.
#include "matter/prover.hpp"

#include <chrono>

#include "matter/stage_test.hpp"

namespace lianxin::matter::testing {
namespace {

class Seats final : public OwnerResolver {
 public:
    std::size_t groups() const override { return 1; }
    std::vector<std::string> names_of(std::size_t) const override { return {"every place"}; }
    std::size_t places_in(std::size_t) const override { return 1; }
    bool known(const OwnerSelector& selector) const override {
        const auto text = selector_text(selector, "");
        return seated(text).has_value() || text == "representatives@village";
    }
    std::string hand(const OwnerSelector& selector, std::size_t) const override {
        return known(selector) ? selector_text(selector, "") : std::string();
    }
    std::string top(std::size_t) const override { return "desk@county"; }
};

std::optional<LawBound> law(std::string_view name) {
    using calendar::Period;
    using calendar::Unit;
    if (name == "selection_notice") return LawBound{Period{7, Unit::working_day}, {}};
    if (name == "reopening") return LawBound{Period{10, Unit::day}, {}};
    if (name == "extension") return LawBound{{}, Period{10, Unit::working_day}};
    if (name == "unit_refusal") return LawBound{{}, Period{2, Unit::working_day}};
    return {};
}

struct Found {
    std::vector<WorkflowFault> faults;
    pack::Findings findings;
};

Found check(const std::string& text, const std::string& name) {
    static const std::map<std::string, Workflow> others = {{"objection", shipped("objection")},
                                                           {"accountability", shipped("accountability")}};
    const Seats seats;
    ProofBasis basis;
    basis.owners = &seats;
    basis.law = law;
    basis.workflow = [](std::string_view wanted) -> const Workflow* {
        const auto found = others.find(std::string(wanted));
        return found == others.end() ? nullptr : &found->second;
    };
    Found found;
    const auto document = pack::parse_toml(text, name + ".toml", found.findings);
    if (const auto workflow = read_workflow(document, name, found.findings))
        found.faults = prove(*workflow, basis);
    return found;
}

std::string all_of(const Found& found) {
    std::string text = found.findings.text();
    for (const auto& fault : found.faults)
        text += std::to_string(fault.at.line) + ": " + fault.code + ": " + fault.message + "\n";
    return text;
}

TEST(Prover, FindsNothingWrongWithWhatShips) {
    for (const auto* name : {"request", "selection", "objection", "accountability"}) {
        const auto found = check(file_text(std::string("packs/common/workflows/") + name + ".toml"), name);
        EXPECT_EQ(all_of(found), "") << name;
    }
}

const std::string sound = R"(name = "sound"
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
closed = { end = true }
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
join = { from = ["shared"], to = "busy", who = ["owner"], guards = ["parts_done"] }
ask = { from = ["busy"], to = "stopped", who = ["owner"] }
say = { from = ["stopped"], to = "busy", who = ["reporter", "owner"], accepts = ["what"] }
park = { from = ["busy"], to = "parked", who = ["owner"], needs = ["until"], effects = ["tell reporter"] }
unpark = { from = ["parked"], to = "busy", who = ["clock:later", "owner"] }
vote = { from = ["busy"], to = "asked", who = ["owner"], needs = ["good"], opens_ballot = "panel" }
count = { from = ["asked"], who = ["owner"], closes_ballot = "panel", to_when = [{ when = "ballot.passed", to = "hanging" }, { when = "ballot.failed", to = "busy" }, { when = "ballot.no_quorum", to = "busy" }] }
taken_down = { from = ["hanging"], to = "busy", who = ["clock:hung", "owner"] }
extend = { from = ["busy"], to = "same", who = ["superior@owner"], extends = "finish", guards = ["before:finish"] }
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

TEST(Prover, FindsNothingWrongWithTheSoundOne) {
    EXPECT_EQ(all_of(check(sound, "sound")), "");
}

struct Break {
    std::string code;
    std::string old_text;
    std::string new_text;
    std::string line_of;  // a text of the line where the finding must stand; empty: where new_text begins
};

void PrintTo(const Break& broken, std::ostream* out) {
    *out << broken.code << ": " << broken.new_text;
}

class BrokenWorkflow : public ::testing::TestWithParam<Break> {};

std::uint32_t line_with(const std::string& text, const std::string& part) {
    const auto at = text.find(part);
    EXPECT_NE(at, std::string::npos) << part;
    return static_cast<std::uint32_t>(
        1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

TEST_P(BrokenWorkflow, IsFoundAtItsLine) {
    const auto& broken = GetParam();
    auto text = sound;
    const auto at = text.find(broken.old_text);
    ASSERT_NE(at, std::string::npos) << broken.old_text;
    text.replace(at, broken.old_text.size(), broken.new_text);
    const auto line = line_with(text, broken.line_of.empty() ? broken.new_text : broken.line_of);
    const auto found = check(text, "sound");
    bool seen = false;
    for (const auto& fault : found.faults)
        seen = seen || (fault.code == broken.code && fault.at.line == line && fault.at.column > 0 &&
                        !fault.remedy.empty());
    for (const auto& finding : found.findings.all())
        seen = seen || (finding.code == broken.code && finding.line == line && finding.column > 0 &&
                        !finding.remedy.empty() && finding.file == "sound.toml");
    EXPECT_TRUE(seen) << "wanted " << broken.code << " at line " << line << ", got\n" << all_of(found);
}

INSTANTIATE_TEST_SUITE_P(
    Reading, BrokenWorkflow,
    ::testing::Values(
        Break{"unknown_state", "to = \"busy\", who = [\"owner\"] }\npush",
              "to = \"buzy\", who = [\"owner\"] }\npush", ""},
        Break{"unknown_field", "needs = [\"until\"]", "needs = [\"untill\"]", ""},
        Break{"unknown_clock", "clocks = [\"last\"]", "clocks = [\"lost\"]", ""},
        Break{"unknown_action", "then = \"bind\"", "then = \"bound\"", ""},
        Break{"unknown_relation", "who = [\"leader\"]", "who = [\"lieder\"]", ""},
        Break{"unknown_guard", "guards = [\"parts_done\"]", "guards = [\"parts_ready\"]", ""},
        Break{"unknown_effect", "\"note owner\", \"open", "\"notify owner\", \"open", ""},
        Break{"unknown_notice", "limit = \"notice:wall\"", "limit = \"notice:door\"", ""},
        Break{"unknown_ballot", "closes_ballot = \"panel\"", "closes_ballot = \"pannel\"", ""},
        Break{"unknown_part", "part = \"piece\", for_each", "part = \"peace\", for_each", ""},
        Break{"unknown_list", "of = \"criteria.virtues\"", "of = \"criteria.virtue\"", ""},
        Break{"unknown_card", "card = [\"yellow\", \"red\"]", "card = [\"yellow\", \"black\"]", ""},
        Break{"unknown_key", "period = \"7 working days\"", "period = \"7 working days\"\nobjectons = \"x\"",
              "objectons"},
        Break{"bad_period", "limit = \"2 working days\"", "limit = \"2 moons\"", ""},
        Break{"bad_condition", "when = \"ballot.passed\"", "when = \"passed or failed\"", ""},
        Break{"condition_does_not_fit_field", "when = \"ballot.passed\"", "when = \"good.grade > 3\"", ""},
        Break{"bad_selector", "owner = [\"next_rung\", ", "owner = [\"next rung\", ", ""},
        Break{"bad_share", "\"2/3 of electorate\"", "\"4/3 of electorate\"", ""},
        Break{"owner_field_is_no_post", "owner = \"field:to_post\"", "owner = \"field:what\"", ""},
        Break{"limit_is_no_day", "limit = \"field:until\"", "limit = \"field:what\"", ""},
        Break{"extension_half_said", ", extend_by = \"10 working days\"", "", "finish = {"},
        Break{"end_goes_on", "closed = { end = true }", "closed = { end = true, owner = [\"keep\"] }", ""},
        Break{"action_goes_nowhere", "accept = { from = [\"new\"], to = \"busy\",",
              "accept = { from = [\"new\"],", ""},
        Break{"action_without_who", "bind = { from = [\"new\"], to = \"busy\", who = [\"engine\"],",
              "bind = { from = [\"new\"], to = \"busy\",", ""},
        Break{"action_without_from", "accept = { from = [\"new\"], to", "accept = { to", ""},
        Break{"all_and_none", "all = true }", "all = true, none = true }", ""},
        Break{"bad_child", "who = [\"leader\"], needs = [\"units\"]",
              "who = [\"child:objection\"], needs = [\"units\"]", ""},
        Break{"bad_distance", "day = \"future\" }", "day = \"future\", within = \"far\" }", ""},
        Break{"bad_electorate", "electorate = \"representatives@village\"", "electorate = \"keep\"", ""},
        Break{"bad_rung", "rungs = [\"representative@household\", ", "rungs = [\"keep\", ", ""},
        Break{"bad_start", "starts = \"receipt\"", "starts = \"dawn\"", ""},
        Break{"bounds_cross", "what = { type = \"text\", min = 5, told",
              "what = { type = \"text\", min = 5, max = 4, told", ""},
        Break{"cap_without_pause", "waits_for = \"reporter\" }",
              "waits_for = \"reporter\", pause_cap = \"3 days\" }", ""},
        Break{"clock_not_extensible", "extends = \"finish\"", "extends = \"step\"", ""},
        Break{"clock_twice", "share_of = { limit", "step = { limit = \"5 working days\", x",
              "step = { limit = \"5 working days\", x"},
        Break{"field_not_needed", "needs = [\"units\"], opens", "opens", "share = {"},
        Break{"involve_names_nobody", "needs = [\"until\"], effects = [\"tell reporter\"]",
              "needs = [\"until\"], effects = [\"tell reporter\", \"involve party from what\"]", ""},
        Break{"no_choices", "good = {", "pick = { type = \"choice\", of = [] }\ngood = {", "pick ="},
        Break{"no_columns", "good = {", "pick = { type = \"table\" }\ngood = {", "pick ="},
        Break{"no_units", "good = {", "pick = { type = \"measure\" }\ngood = {", "pick ="},
        Break{"unknown_column", "good = {",
              "pick = { type = \"table\", columns = { a = \"song\" } }\ngood = {", "pick ="},
        Break{"no_start", "[parts.piece.start]\nto = \"begun\"\n", "", "[parts.piece]"},
        Break{"parts_without_posts", "for_each = \"units\"", "for_each = \"to_post\"", ""},
        Break{"name_differs_from_file", "name = \"sound\"", "name = \"sounds\"", ""}));

INSTANTIATE_TEST_SUITE_P(
    Proving, BrokenWorkflow,
    ::testing::Values(
        Break{"state_not_reached", "closed = { end = true }",
              "closed = { end = true }\nlost = { owner = [\"keep\"], clocks = [\"step\"] }", "lost ="},
        Break{"no_end_in_reach", "close = { from = [\"answered\"], to = \"closed\"",
              "close = { from = [\"answered\"], to = \"answered\"", "answered = {"},
        Break{"state_without_clock", "restarts = [\"finish\"]", "effects = [\"note owner\"]", "busy = {"},
        Break{"clock_leads_nowhere",
              "urge = { from = [\"new\", \"busy\", \"shared\", \"stopped\", \"asked\"]",
              "urge = { from = [\"new\", \"busy\", \"shared\", \"stopped\"]", "asked = {"},
        Break{"clock_may_not_act", "who = [\"clock:later\", \"owner\"]", "who = [\"owner\"]", "unpark = {"},
        Break{"clock_is_not_due_here", "who = [\"clock:later\", \"owner\"]",
              "who = [\"clock:later\", \"clock:step\", \"owner\"]", ""},
        Break{"ends_untold", "needs = [\"what\"], effects = [\"tell reporter\"] }\nreopen",
              "needs = [\"what\"] }\nreopen", "close = {"},
        Break{"owner_can_do_nothing", "join = { from = [\"shared\"], to = \"busy\", who = [\"owner\"]",
              "join = { from = [\"shared\"], to = \"busy\", who = [\"leader\"]", "shared = {"},
        Break{"waited_for_cannot_act", "who = [\"reporter\", \"owner\"], accepts",
              "who = [\"owner\"], accepts", "stopped = {"},
        Break{"state_without_owner", "busy = { owner = [\"keep\"]", "busy = { owner = []", ""},
        Break{"owner_may_be_nobody", "stopped = { owner = [\"keep\"]", "stopped = { owner = [\"named\"]", ""},
        Break{"rule_never_applies", "\"open accountability when red\"",
              "\"open accountability when told_twice\"", ""},
        Break{"rule_never_applies", "card = [\"yellow\", \"red\"]", "card = [\"yellow\"]", ""},
        Break{"no_other_hand",
              "hand_in = { from = [\"begun\"], to = \"handed_in\", who = [\"owner\"], needs = [\"what\"] }",
              "look_in = { from = [\"begun\"], to = \"same\", who = [\"owner\"], needs = [\"what\"] "
              "}\nhand_in = { from = [\"begun\"], to = \"handed_in\", who = [\"owner\"], needs = [\"what\"], "
              "apart_from = [\"look_in\"] }",
              "apart_from = [\"look_in\"]"},
        Break{"owner_may_be_nobody", "busy = { owner = [\"keep\"]", "busy = { owner = [\"previous\"]", ""},
        Break{"post_never_found", "\"representative@household\"", "\"herald@household\"", ""},
        Break{"nobody_owns_the_start", "new = { owner = [\"next_rung\", \"desk@county\"]",
              "new = { owner = [\"previous\"]", "[start]"},
        Break{"escalation_in_a_circle", "to = \"new\", who = [\"clock:step\"], owner = \"next_rung\"",
              "to = \"new\", who = [\"clock:step\"], owner = \"previous\"", "push ="},
        Break{"limit_leads_nowhere", "bind = { from = [\"new\"]", "bind = { from = [\"busy\"]", "refuse ="},
        Break{"engine_may_not", "who = [\"engine\"], binding", "who = [\"leader\"], binding", ""},
        Break{"action_nobody_takes", ", limit = { per = \"returns\", max = 3, then = \"bind\" }", "",
              "bind = {"},
        Break{"field_never_filled", "needs = [\"to_post\"], owner = \"field:to_post\"",
              "owner = \"field:to_post\"", ""},
        Break{"day_not_yet_known", "starts = \"action:park\", stops = [\"unpark\"]", "stops = [\"unpark\"]",
              "later = {"},
        Break{"field_never_asked", "until = { type", "never = { type = \"bool\" }\nuntil = { type",
              "never ="},
        Break{"parts_without_a_state", "to = \"shared\", who = [\"leader\"]",
              "to = \"busy\", who = [\"leader\"]", ""},
        Break{"pause_of_a_short_clock", "pauses = [\"finish\"], notice",
              "pauses = [\"finish\", \"step\"], notice", ""},
        Break{"ballot_outcome_without_way", ", { when = \"ballot.no_quorum\", to = \"busy\" }", "",
              "count = {"},
        Break{"ballot_without_a_state", ", ballot = \"panel\" }", " }", "vote = {"},
        Break{"shorter_than_law", "period = \"7 working days\"", "period = \"5 working days\"",
              "[notices.wall]"},
        Break{"shorter_than_law", "limit = \"10 days\"", "limit = \"9 days\"", ""},
        Break{"unknown_law", "floor = \"law.selection_notice\"", "floor = \"law.of_the_jungle\"",
              "[notices.wall]"},
        Break{"action_never_possible", "guards = [\"parts_done\"] }",
              "guards = [\"parts_done\", \"notice_over:wall\"] }", ""},
        Break{"ballot_left_open", "solve = { from = [\"busy\"]", "solve = { from = [\"busy\", \"asked\"]",
              "answered = {"},
        Break{"clock_is_held_back", "who = [\"clock:finish\"], card",
              "who = [\"clock:finish\"], guards = [\"notice_over:wall\"], card", ""},
        Break{"field_asked_twice", "who = [\"reporter\", \"owner\"], accepts",
              "who = [\"reporter\", \"owner\"], needs = [\"what\"], accepts", ""},
        Break{"follow_up_leads_nowhere", "accepts = [\"what\"] }",
              "accepts = [\"what\"], then = [{ when = \"what\", do = \"bind\" }] }", ""},
        Break{"limit_behind_limit", "who = [\"engine\"], binding = true }",
              "who = [\"engine\"], binding = true, limit = { per = \"binds\", max = 2, then = \"accept\" } }",
              ""},
        Break{"longer_than_law", "extend_by = \"10 working days\" }",
              "extend_by = \"20 working days\", extend_law = \"law.extension\" }", ""},
        Break{"nobody_begins", "who = [\"reporter\"]\neffects = [\"receipt\"]",
              "who = []\neffects = [\"receipt\"]", "[start]"},
        Break{"unknown_outcome", "who = [\"leader\"], needs = [\"units\"]",
              "who = [\"child:objection.lost\"], needs = [\"units\"]", ""},
        Break{"unknown_workflow", "open accountability when red", "open inquiry when red", ""}));

TEST(Prover, FiveHundredWorkflowsTakeLessThanASecond) {
    const auto workflow = shipped("request");
    const Seats seats;
    ProofBasis basis;
    basis.owners = &seats;
    const auto before = std::chrono::steady_clock::now();
    std::size_t faults = 0;
    for (int each = 0; each < 500; ++each) faults += prove(workflow, basis).size();
    const auto took = std::chrono::steady_clock::now() - before;
    EXPECT_EQ(faults, 0U);
    // A debug build with checks is allowed five times as long; what counts is the order of magnitude.
    EXPECT_LT(std::chrono::duration<double>(took).count(), 5.0);
    RecordProperty("milliseconds",
                   static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(took).count()));
}

TEST(StoredWorkflow, ReadsTheSameAsItsFile) {
    for (const auto* name : {"request", "selection", "objection", "accountability"}) {
        const auto workflow = shipped(name);
        const auto again = reread_workflow(workflow.body);
        EXPECT_EQ(again.body, workflow.body);
        EXPECT_EQ(again.hash, workflow.hash);
        EXPECT_EQ(again.machines.size(), workflow.machines.size());
        EXPECT_EQ(again.matter().actions.size(), workflow.matter().actions.size());
    }
    EXPECT_NE(shipped("request").hash, shipped("selection").hash);
}

TEST(StoredWorkflow, CommentsAndSpacingAreNoPartOfIt) {
    pack::Findings findings;
    const auto plain = read_workflow(pack::parse_toml(sound, "sound.toml", findings), "sound", findings);
    const auto spaced =
        read_workflow(pack::parse_toml("# a remark\n\n" + sound, "sound.toml", findings), "sound", findings);
    ASSERT_TRUE(plain && spaced);
    EXPECT_EQ(plain->hash, spaced->hash);
}

}  // namespace
}  // namespace lianxin::matter::testing
