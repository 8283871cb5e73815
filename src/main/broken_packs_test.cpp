#include "main/broken_packs_test.hpp"

namespace lianxin {
namespace {

// Whoever publishes is the only one who could judge what is said against it.
const std::string judge = R"(name = "judge"
answer_to = "reporter"
about = "notice"
apart_from = "parent"
[fields]
found = { type = "text", min = 1 }
[notices.wall]
shows = ["found"]
place = "village"
period = "7 days"
objections = "judge"
blocks = ["settle"]
[clocks]
step = { limit = "5 days", due = "urge" }
hung = { limit = "notice:wall", due = "over" }
[states]
open = { owner = ["desk@county"], clocks = ["step"] }
hanging = { owner = ["keep"], clocks = ["hung"], notice = "wall" }
closing = { owner = ["keep"], clocks = ["step"] }
done = { end = true, counts_as = "closed" }
[start]
to = "open"
who = ["reporter"]
[actions]
hang = { from = ["open"], to = "hanging", who = ["owner"], needs = ["found"], opens_notice = "wall" }
over = { from = ["hanging"], to = "closing", who = ["clock:hung"] }
settle = { from = ["closing"], to = "done", who = ["owner"], effects = ["tell reporter"] }
urge = { from = ["open", "closing"], to = "same", who = ["clock:step"], effects = ["note owner"] }
)";

// Handed on to a kind of post that stands over whoever owns it first.
std::string handed(const std::string& owners) {
    return R"(name = "handed"
answer_to = "reporter"
[fields]
to_post = { type = "post", kind = "watcher" }
[clocks]
step = { limit = "2 days", due = "urge" }
[states]
open = { owner = [)" +
           owners + R"(], clocks = ["step"] }
done = { end = true, counts_as = "closed" }
[start]
to = "open"
who = ["reporter"]
effects = ["receipt"]
[actions]
give = { from = ["open"], to = "open", who = ["owner"], needs = ["to_post"], owner = "field:to_post" }
answer = { from = ["open"], to = "done", who = ["owner"], effects = ["tell reporter"] }
urge = { from = ["open"], to = "same", who = ["clock:step"], effects = ["note owner"] }
)";
}

// Put to the vote of those who hold a kind of post that nobody holds there.
const std::string vote = R"(name = "vote"
answer_to = "reporter"
[fields]
asked = { type = "text", min = 1 }
[ballots.panel]
electorate = "unit_desks@household"
quorum = "1/2 of electorate"
majority = "1/2 of present"
shows = ["asked"]
[clocks]
step = { limit = "5 days", due = "urge" }
[states]
open = { owner = ["desk@county"], clocks = ["step"] }
voting = { owner = ["keep"], clocks = ["step"], ballot = "panel" }
done = { end = true, counts_as = "closed" }
[start]
to = "open"
who = ["reporter"]
needs = ["asked"]
effects = ["receipt"]
[actions]
put = { from = ["open"], to = "voting", who = ["owner"], opens_ballot = "panel" }
count = { from = ["voting"], who = ["owner"], closes_ballot = "panel", effects = ["tell reporter"], to_when = [{ when = "ballot.passed", to = "done" }, { when = "ballot.failed", to = "done" }, { when = "ballot.no_quorum", to = "open" }] }
urge = { from = ["open", "voting"], to = "same", who = ["clock:step"], effects = ["note owner"] }
)";

const std::vector<BrokenPack> all = {
    // The packs themselves.
    {"pack_is_absent", "sound/pack.toml", "extends = \"ground\"", "extends = \"grund\"", "",
     "grund/pack.toml", true},
    {"packs_extend_in_a_circle", "ground/pack.toml", "", "extends = \"sound\"\n", "", "sound/pack.toml",
     true},
    {"name_is_not_the_folder", "sound/pack.toml", "\"sound\"", "\"sounds\""},
    {"zone_is_not_an_offset", "sound/pack.toml", "\"+08:00\"", "\"Asia/Shanghai\""},
    {"default_language_is_not_listed", "sound/pack.toml", "default_language = \"en\"",
     "default_language = \"fr\""},
    {"left_out_file_is_not_inherited", "sound/pack.toml", "", "without = [\"workflows/none.toml\"]\n"},
    {"file_too_large", "sound/large.toml", "", std::string((4U << 20U) + 1, '#'), "", "", true},
    {"toml_syntax", "sound/places.toml", "", "[places.\n"},
    {"unsupported_value", "sound/pack.toml", "", "at = 07:32:00\n"},
    {"remove_is_not_a_list", "sound/posts.toml", "", "[posts]\nremove = \"desk\"\n", "remove ="},
    {"removed_key_is_not_inherited", "sound/posts.toml", "", "[posts]\nremove = [\"herald\"]\n", "remove ="},
    {"extends_is_not_a_document", "sound/scope.toml", "", "extends = 3\n"},
    {"extended_document_is_absent", "sound/scope.toml", "", "extends = \"ground/none\"\n"},
    {"extended_document_is_absent", "sound/workflows/ask.toml", "", "extends = \"sound/ask\"\n"},
    {"words_are_absent", "sound/pack.toml", "\"zh-Hans\"]", "\"zh-Hans\", \"fr\"]", "", "sound/words/fr.toml",
     true},
    {"word_is_not_a_text", "ground/words/en.toml", "", "[odd]\nx = 3\n", "x = 3"},
    {"word_is_missing", "ground/words/en.toml", "", "[odd]\nx = \"x\"\n", "x = \"x\""},
    {"placeholders_disagree", "ground/words/zh-Hans.toml", "{county}", "{country}"},
    // What stands in any file.
    {"unknown_key", "ground/law.toml", "", "actricle = \"x\"\n"},
    {"missing_key", "ground/law.toml", "article = \"ours\"\n", "", "[answer]"},
    {"wrong_kind", "ground/law.toml", "own = false", "own = 3"},
    {"empty_text", "ground/law.toml", "\"ours\"", "\"\""},
    {"out_of_range", "ground/places.toml", "level = 2", "level = 9"},
    {"out_of_range", "ground/posts.toml", "per_seat = 1", "per_seat = 0"},
    {"out_of_range", "ground/posts.toml", "per_seat = 1", "per_seat = 1\nterm_months = 0", "term_months"},
    {"unknown_word", "sound/posts.toml", "", "by = \"chance\"\n"},
    // Tables.
    {"period_is_malformed", "ground/law.toml", "\"9wd\"", "\"1 moon\""},
    {"bound_is_missing", "ground/law.toml", "at_most = \"9wd\"\n", "", "[answer]"},
    // Who stands above whom.
    {"superiors_in_a_circle", "ground/posts.toml", "at = [\"county\", \"township\", \"village\"]\n",
     "at = [\"county\", \"township\", \"village\"]\nsuperior = [\"helper@village\"]\n",
     "[\"helper@village\"]"},
    {"superiors_in_a_circle", "sound/posts.toml", "",
     "[posts.desk]\nsuperior = [\"watcher@township\"]\n[posts.watcher]\nsuperior = [\"desk@township\"]\n",
     "[\"watcher@township\"]"},
    {"superior_never_found", "ground/posts.toml", "superior = [\"desk@county\"]",
     "superior = [\"helper@village\"]"},
    {"superior_never_found", "sound/posts.toml", "",
     "[posts.watcher]\nsuperior = [\"desk@county\", \"helper@village\"]\n", "\"helper@village\""},
    {"unit_parent_unknown", "sound/posts.toml", "name = \"Spring\"\n",
     "name = \"Spring\"\nparent = \"works\"\n", "[units.spring]"},
    // The law holds whoever leaves a word out.
    {"law_binds_nothing", "ground/law.toml", "binds = [\"ask.clock.step\"]\n", "", "[answer]"},
    {"binding_is_malformed", "ground/law.toml", "ask.clock.step", "ask.step"},
    {"law_binds_no_kind", "ground/law.toml", "ask.clock.step", "ak.clock.step"},
    {"law_binds_what_is_not_there", "ground/law.toml", "ask.clock.step", "ask.clock.stp", "name = \"ask\"",
     "ground/workflows/ask.toml"},
    {"law_binds_what_is_not_there", "ground/law.toml", "",
     "[other_hand]\narticle = \"ours\"\nown = true\nbinds = [\"ask.apart.answer.ask\"]\n", "name = \"ask\"",
     "ground/workflows/ask.toml"},
    {"not_kept_apart", "ground/law.toml", "",
     "[other_hand]\narticle = \"ours\"\nown = true\nbinds = [\"ask.apart.answer.urge\"]\n", "answer = {",
     "ground/workflows/ask.toml"},
    {"binding_is_malformed", "ground/law.toml", "ask.clock.step", "ask.apart.answer"},
    {"law_binds_what_is_not_there", "ground/law.toml", "",
     "[meeting]\nquorum = \"2/3 of electorate\"\narticle = \"ours\"\nbinds = [\"ask.ballot.panel\"]\n",
     "name = \"ask\"", "ground/workflows/ask.toml"},
    {"bound_is_missing", "ground/law.toml", "",
     "[meeting]\narticle = \"ours\"\nbinds = [\"*.ballot.panel\"]\n", "[meeting]"},
    {"law_share_is_malformed", "ground/law.toml", "",
     "[meeting]\nquorum = \"most\"\narticle = \"ours\"\nbinds = [\"*.ballot.panel\"]\n", "[meeting]"},
    {"law_not_named", "ground/workflows/ask.toml", ", law = \"law.answer\"", "", "step = {"},
    {"law_not_named", "sound/workflows/ask.toml", "", "[clocks.step]\nremove = [\"law\"]\n"},
    {"longer_than_law", "ground/deadlines.toml", "\"5wd\"", "\"50wd\""},
    {"law_loosened", "sound/law.toml", "", "[answer]\nat_most = \"90wd\"\n", "[answer]"},
    {"law_loosened", "sound/law.toml", "", "[answer]\nbinds = [\"*.clock.answer\"]\n", "[answer]"},
    {"law_loosened", "sound/law.toml", "", "[council]\nquorum = \"1/2 of electorate\"\n", "[council]"},
    {"law_loosened", "sound/law.toml", "", "[council]\nremove = [\"majority\"]\n", "[council]"},
    {"law_loosened", "sound/law.toml", "", "[council]\nbinds = [\"ask.ballot.council\"]\n", "[council]"},
    {"law_taken_away", "sound/law.toml", "", "remove = [\"answer\"]\n"},
    {"law_taken_away", "sound/pack.toml", "default_language", "without = [\"law.toml\"]\ndefault_language",
     "without ="},
    // What the pack it builds on gives is given here too, or said not to be.
    {"protection_taken_away", "sound/workflows/ask.toml", "", "[actions.answer]\nneeds = []\n", "needs ="},
    {"protection_taken_away", "sound/deadlines.toml", "", "[ordinary.any]\nstep = \"8wd\"\n", "step ="},
    {"protection_taken_away", "sound/pack.toml", "default_language",
     "without = [\"scope.toml\"]\ndefault_language", "without ="},
    {"departure_without_reason", "sound/departures.toml", "", "[scope]\nhelper = \"\"\n", "helper ="},
    {"departure_without_reason", "sound/departures.toml", "", "[scope]\nhelper = \"known\"\n", "helper ="},
    {"departs_from_nothing", "sound/departures.toml", "",
     "\"workflows.ask.actions.answer.needs.reason\" = \"known at the desk\"\n"},
    {"deadline_is_not_in_the_table", "ground/deadlines.toml", "step = \"5wd\"", "contact = \"5wd\"",
     "step = {", "ground/workflows/ask.toml"},
    {"deadline_out_of_order", "ground/deadlines.toml", "soon = \"1wd\"", "soon = \"6wd\""},
    {"deadline_has_no_default", "ground/deadlines.toml", "", "[ordinary.help]\ncontact = \"1d\"\n",
     "[ordinary.any]"},
    {"deadline_is_nothing", "ground/deadlines.toml", "\"5wd\"", "\"0wd\"", "step ="},
    {"urgency_unknown", "ground/deadlines.toml", "", "[ordinry.any]\nstep = \"1d\"\n", "step = \"1d\""},
    {"subkind_unknown", "ground/deadlines.toml", "", "[ordinary.hep]\nstep = \"1d\"\n", "step = \"1d\""},
    {"clock_unknown", "ground/deadlines.toml", "step = \"5wd\"", "step = \"5wd\"\nstp = \"5wd\"", "stp ="},
    {"never_filled_in", "ground/workflows/ask.toml", "of = \"service_item.materials\"",
     "of = \"service_item.materials\", min = 2", "papers ="},
    {"urgency_is_not_in_the_table", "ground/categories.toml", "\"ordinary\"", "\"ordinry\"",
     "[categories.water]"},
    {"category_unknown", "ground/services.toml", "\"water\"", "\"watr\"", "[services.tap]"},
    {"category_unknown", "ground/scope.toml", "\"water\"", "\"watr\""},
    {"category_unknown", "sound/demo/texts.toml", "\"water\"\nsubkind", "\"watr\"\nsubkind", "[texts.dry]"},
    {"unit_unknown", "ground/services.toml", "\"works\"", "\"work\"", "[services.tap]"},
    {"service_without_steps", "ground/services.toml", "steps = [\"apply\"]\n", "", "[services.tap]"},
    {"service_without_papers", "ground/services.toml", "materials = [\"card\"]", "materials = []",
     "[services.tap]"},
    {"paper_twice", "ground/services.toml", "[\"card\"]", "[\"card\", \"card\"]"},
    {"step_twice", "ground/services.toml", "[\"apply\"]", "[\"apply\", \"apply\"]"},
    {"promised_at_once", "ground/services.toml", "\"5wd\"", "\"0wd\""},
    {"unit_without_desk", "ground/services.toml", "\"works\"", "\"gang\"", "[services.tap]"},
    {"service_out_of_reach", "ground/services.toml", "\"works\"", "\"spring\"", "[services.tap]"},
    {"kind_unknown", "ground/metrics.toml", "", "of = [\"aks\"]\n"},
    {"kind_unknown", "ground/metrics.toml", "", "places = \"vilage\"\n", "[metrics.rate]"},
    {"kind_never_settled", "ground/metrics.toml", "",
     "[metrics.settlement_rate]\nnumerator = \"a\"\ndenominator = \"b\"\nbasis = \"c\"\nof = [\"ask\"]\n",
     "of ="},
    {"unit_unknown", "sound/demo/story.toml", "[\"works\"]", "[\"work\"]"},
    {"post_kind_unknown", "ground/scope.toml", "[helper]", "[helpr]"},
    {"span_is_malformed", "sound/demo/story.toml", "[1, 2]", "[2, 1]"},
    // Places.
    {"level_taken", "ground/places.toml", "level = 3", "level = 2", "level = 2\n[kinds.household]"},
    {"household_not_deepest", "ground/places.toml", "household = true\n", "", "[kinds.county]"},
    {"root_level_missing", "ground/places.toml", "level = 1", "level = 5", "[kinds.county]"},
    {"levels_too_few", "ground/places.toml", "[kinds.township]\nlevel = 2\n", "", "[kinds.county]"},
    {"point_malformed", "sound/places.toml", "name = \"A\"", "name = \"A\"\nlatitude = 95.0", "latitude"},
    {"division_code_malformed", "sound/places.toml", "\"430181000000\"", "\"4301\""},
    {"kind_unknown", "sound/places.toml", "kind = \"village\"", "kind = \"vilage\"", "[places.hill]"},
    {"station_kind_unknown", "sound/places.toml", "[\"point\"]", "[\"pint\"]", "[places.town]"},
    {"fill_not_below", "sound/places.toml", "{ household = 6 }", "{ county = 6 }", "[places.hill]"},
    {"fill_without_made_up", "sound/places.toml", "[made_up]\nseed = 1\nphone_prefix = \"000\"\n", "",
     "[places.hill]"},
    {"parent_missing", "sound/places.toml", "parent = \"town\"\n", "", "[places.hill]"},
    {"parent_unknown", "sound/places.toml", "parent = \"town\"", "parent = \"towns\"", "[places.hill]"},
    {"kind_not_below_parent", "sound/places.toml", "kind = \"village\"", "kind = \"township\"",
     "[places.hill]"},
    {"division_code_disagrees_with_parent", "sound/places.toml", "\"430181900000\"", "\"430281900000\"",
     "[places.town]"},
    {"division_code_taken", "sound/places.toml", "\"430181900000\"", "\"430181000000\"", "[places.town]"},
    {"one_root", "sound/places.toml", "", "[places.other]\nkind = \"county\"\nname = \"D\"\n",
     "[places.county]"},
    // Offices.
    {"seat_unknown", "ground/posts.toml", "at = [\"township\"]", "at = [\"townshop\"]"},
    {"seat_unknown", "ground/posts.toml", "superior = [\"desk@village\"]", "superior = [\"desk@vilage\"]"},
    {"seat_missing", "ground/posts.toml", "at = [\"township\"]\n", "", "[posts.watcher]"},
    {"rights_exclude_each_other", "ground/posts.toml", "rights = [\"oversee\"]",
     "rights = [\"oversee\", \"lead\"]"},
    {"rights_exclude_each_other", "sound/posts.toml", "",
     "[posts.watcher]\nrights = [\"audit\", \"take_in\"]\n", "rights ="},
    {"right_unknown", "ground/posts.toml", "rights = [\"oversee\"]", "rights = [\"overlook\"]"},
    {"unit_reaches_over_its_place", "ground/posts.toml", "at = [\"department\"]\ndesk = true\n",
     "at = [\"department\"]\ndesk = true\nrights = [\"read_place\"]\n", "rights = [\"read_place\"]"},
    {"desk_missing", "ground/posts.toml", "\"township\", \"village\"]", "\"township\"]", "[posts.desk]"},
    {"desk_twice", "ground/posts.toml", "[posts.helper]\n", "[posts.helper]\ndesk = true\n", "[posts.desk]"},
    {"selector_malformed", "ground/posts.toml", "superior = [\"desk@village\"]", "superior = [\"desk\"]"},
    {"post_unknown", "ground/posts.toml", "superior = [\"desk@village\"]", "superior = [\"disk@village\"]"},
    {"post_never_sits_there", "ground/posts.toml", "superior = [\"desk@village\"]",
     "superior = [\"watcher@village\"]"},
    {"unit_kind_unknown", "sound/posts.toml", "kind = \"department\"", "kind = \"departement\""},
    {"place_unknown", "sound/posts.toml", "place = \"town\"", "place = \"towns\""},
    {"side_malformed", "sound/posts.toml", "\"post:helper\"", "\"helper\""},
    {"side_missing", "sound/posts.toml", "from = \"post:helper\"\n", "", "[liaison.door]"},
    {"sides_mixed", "sound/posts.toml", "\"post:helper\"", "[\"post:helper\", \"place:village\"]"},
    {"kind_unknown", "sound/posts.toml", "\"post:helper\"", "\"post:helpr\""},
    {"kind_unknown", "sound/posts.toml", "near = \"village\"", "near = \"vilage\""},
    {"bounds_missing", "sound/posts.toml", "per_from = \"1..5\"\n", "", "[liaison.door]"},
    {"bounds_malformed", "sound/posts.toml", "\"1..5\"", "\"5..1\""},
    {"liaison_cannot_be", "sound/posts.toml", "\"1..5\"", "\"4..5\""},
    {"liaison_cannot_be", "sound/posts.toml", "\"1..5\"", "\"1..2\""},
    {"seat_has_no_place", "sound/posts.toml", "", "by = \"seat\"\n"},
    {"nobody_oversees", "ground/complaints.toml", "\"desk@county\", \"watcher@township\"]",
     "\"desk@county\"]", "[posts.watcher]", "ground/posts.toml"},
    {"overseen_here", "ground/complaints.toml", "\"watcher@township\"]",
     "\"watcher@township\", \"helper@village\"]"},
    {"post_unknown", "ground/complaints.toml", "\"watcher@township\"]", "\"wotcher@township\"]"},
    {"kind_unknown", "ground/complaints.toml", "", "kinds = [\"ask/rumour\"]\n"},
    // Workflows of a pack; what stands in one is broken in matter/broken_workflows_test.hpp.
    {"unknown_law", "ground/workflows/ask.toml", "law.answer", "law.none"},
    {"nobody_leads_them", "ground/workflows/ask.toml", "reason = { type = \"text\", min = 1 }",
     "reason = { type = \"post\", kind = \"unit_desk\", reach = \"beneath\" }"},
    {"nobody_has_the_right", "ground/workflows/ask.toml", "reason = { type = \"text\", min = 1 }",
     "reason = { type = \"post\", right = \"fly\" }"},
    {"nobody_may_receive", "sound/workflows/handed.toml", "", handed("\"helper@village\""), "to_post = {"},
    {"nobody_to_hand_on_to", "sound/workflows/handed.toml", "", handed("\"helper@village\", \"desk@county\""),
     "to_post = {"},
    {"ballot_without_bound", "sound/workflows/vote.toml", "", vote, "[ballots.panel]"},
    {"post_never_found", "sound/workflows/vote.toml", "", vote, "electorate ="},
    {"nobody_stands_apart", "sound/workflows/judge.toml", "", judge, "open = {"},
};

}  // namespace

const std::vector<BrokenPack>& broken_packs() {
    return all;
}

}  // namespace lianxin
