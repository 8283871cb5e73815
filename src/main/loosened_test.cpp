#include "main/loosened.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>

#include "main/check_pack_departures.hpp"
#include "main/check_pack_law.hpp"
#include "pack/departures.hpp"

namespace lianxin {
namespace {

const std::string kind = R"(name = "ask"
answer_to = "applicant"
apart_from = "applicant"
shows = ["found"]
[ladder]
rungs = ["head@group", "desk@county"]
[fields]
found = { type = "text", min = 10, told = true }
proof = { type = "attachments", min = 1, unless = ["subkind = word"] }
other = { type = "text", min = 1 }
reason = { type = "text", min = 1 }
asked = { type = "money", min = 1, personal = true }
sum = { type = "money", at_most = "field:asked", together = true }
by = { type = "day", day = "future", within = "1 year" }
[ballots.vote]
electorate = "heads@village"
secret = true
quorum = "2/3 of electorate"
majority = "more than 1/2 of present"
[notices.wall]
shows = ["reason"]
place = "village"
period = "7 working days"
objections = "objection"
blocks = ["answer"]
[clocks]
step = { limit = "5 working days", due = "urge", again = "2 days", stops = ["answer"] }
theirs = { limit = "10 days", due = "lapse" }
late = { limit = "10 days", due = "close" }
visit = { limit = "every 3 months", due = "urge", met_by = ["look"] }
[states]
open = { owner = ["desk@county"], clocks = ["step"] }
waiting = { owner = ["keep"], waits_for = "applicant", clocks = ["theirs"], pauses = ["step"], pause_cap = "30 days" }
checked = { owner = ["head@county"], clocks = ["step"] }
told = { owner = ["keep"], counts_as = "closed", clocks = ["late"] }
done = { end = true, counts_as = "closed" }
[start]
to = "open"
who = ["applicant"]
guards = ["known_person"]
effects = ["receipt"]
[actions]
ask = { from = ["open"], to = "waiting", who = ["owner"], needs = ["other"], effects = ["tell applicant"] }
reply = { from = ["waiting"], to = "open", who = ["applicant"], accepts = ["other"] }
lapse = { from = ["waiting"], to = "told", who = ["clock:theirs"], effects = ["tell applicant"] }
check = { from = ["open"], to = "checked", who = ["owner"], needs = ["found"], accepts = ["other"], limit = { per = "checks", max = 3, then = "answer" } }
answer = { from = ["checked"], to = "told", who = ["owner"], needs = ["found", "proof"], guards = ["not_bound"], apart_from = ["check"], effects = ["tell applicant", "ask_rating", "open record when red"] }
rate = { from = ["told"], to = "same", who = ["applicant"], needs = ["other"], then = [{ when = "other", do = "reopen" }] }
reopen = { from = ["told"], to = "open", who = ["applicant", "engine"], restarts = ["step"] }
close = { from = ["told"], to = "done", who = ["clock:late"] }
urge = { from = ["open", "checked"], to = "same", who = ["clock:step"], card = ["yellow", "red"], effects = ["note owner"] }
)";

std::string manifest(const std::string& name, const std::string& more) {
    return "name = \"" + name + "\"\nlanguages = [\"en\"]\n" + more;
}

struct Overlay {
    std::string text;     // of the county's own workflows/ask.toml
    std::string address;  // of what it takes away; empty: of nothing
};
void PrintTo(const Overlay& overlay, std::ostream* out) {
    *out << overlay.text;
}

std::optional<pack::Pack> pack_of(const std::string& name, std::vector<pack::File> more) {
    more.push_back({"ground", "pack.toml", manifest("ground", "base = true\n")});
    more.push_back({"ground", "workflows/ask.toml", kind});
    more.push_back({"ground", "scope.toml", "[head]\nexcept = [\"water.supply\"]\n"});
    more.push_back({"ground", "posts.toml", "[posts.head]\nrights = [\"take_in\"]\nterm_months = 36\n"});
    more.push_back({"ground", "complaints.toml", "kinds = [\"ask/harm\"]\n"});
    more.push_back({"ground", "metrics.toml", "[metrics.rate]\nnumerator = \"a\"\ndenominator = \"b\"\n"});
    more.push_back({"ground", "categories.toml",
                    "[categories.fire]\nname = \"fire\"\nurgency = \"danger\"\n[categories.tap]\nname = "
                    "\"tap\"\n"});
    more.push_back({"ground", "deadlines.toml",
                    "[ordinary.any]\nstep = \"10wd\"\npart = \"5wd\"\n[danger.any]\nstep = \"2h\"\n"});
    more.push_back(
        {"ground", "law.toml",
         "[pause]\nat_least = \"10d\"\narticle = \"ours\"\nown = true\nbinds = [\"ask.clock.late\"]\n"
         "[vote]\nmajority = \"1/2 of present\"\narticle = \"ours\"\nown = true\n"
         "binds = [\"ask.ballot.vote\"]\n"
         "[meeting]\nquorum = \"2/3 of electorate\"\nmajority = \"more than 1/2 of present\"\n"
         "article = \"theirs\"\nbinds = [\"ask.ballot.vote\", \"tell.ballot.vote\"]\n"
         "[statute]\nat_most = \"30d\"\narticle = \"theirs\"\nbinds = [\"ask.clock.step\"]\n"});
    more.push_back({"county", "pack.toml", manifest("county", "extends = \"ground\"\n")});
    pack::Findings findings;
    auto pack = pack::Pack::from_files(name, std::move(more), findings);
    EXPECT_EQ(findings.text(), "");
    return pack;
}

std::vector<std::string> lost(const std::string& path, const std::string& text) {
    std::vector<pack::File> own{{"county", path, text}};
    std::vector<std::string> addresses;
    for (const auto& each : loosened(*pack_of("ground", {}), *pack_of("county", own)))
        addresses.push_back(each.address());
    return addresses;
}

class AnOverlay : public testing::TestWithParam<Overlay> {};

TEST_P(AnOverlay, IsFoundWhereItGivesLessAndNowhereElse) {
    const auto& [text, address] = GetParam();
    const auto found = lost("workflows/ask.toml", text);
    if (address.empty())
        EXPECT_EQ(found, std::vector<std::string>());
    else
        EXPECT_EQ(found, std::vector<std::string>{"workflows.ask." + address});
}

INSTANTIATE_TEST_SUITE_P(
    Loosens, AnOverlay,
    testing::Values(
        Overlay{"[actions.answer]\nneeds = [\"found\"]\n", "actions.answer.needs.proof"},
        Overlay{"[actions.answer]\nguards = []\n", "actions.answer.guards.not_bound"},
        Overlay{"[actions.answer]\napart_from = []\n", "actions.answer.apart_from.check"},
        Overlay{"[actions.answer]\neffects = [\"ask_rating\", \"open record when red\"]\n",
                "actions.answer.effects.tell applicant"},
        Overlay{"[actions.answer]\neffects = [\"tell applicant\", \"ask_rating\"]\n",
                "actions.answer.effects.open record when red"},
        Overlay{"[actions.answer]\nwho = [\"owner\", \"host\"]\n", "actions.answer.who.host"},
        Overlay{"[actions.answer]\nwho = [\"owner\", \"applicant\"]\n", "actions.answer.who.applicant"},
        Overlay{"[actions.answer]\nto = \"done\"\n", "actions.answer.to"},
        Overlay{"[actions.answer]\nfrom = [\"checked\", \"open\"]\n", "actions.answer.from.open"},
        Overlay{"[actions.check]\nremove = [\"limit\"]\n", "actions.check.limit"},
        Overlay{"[actions.check.limit]\nmax = 30\n", "actions.check.limit.max"},
        Overlay{"[actions.check]\naccepts = [\"other\", \"asked\"]\n", "actions.check.accepts.asked"},
        Overlay{"[actions.answer]\naccepts = [\"reason\"]\n", "actions.answer.accepts.reason"},
        Overlay{"[actions.check]\nrestarts = [\"step\"]\n", "actions.check.restarts.step"},
        Overlay{"[actions.check]\nextends = \"step\"\n", "actions.check.extends"},
        Overlay{"[actions.reply]\naccepts = []\n", "actions.reply.accepts.other"},
        Overlay{"[actions.rate]\nthen = []\n", "actions.rate.then.reopen"},
        Overlay{"[actions.reopen]\nwho = [\"engine\"]\n", "actions.reopen.who.applicant"},
        Overlay{"[actions]\nremove = [\"reopen\"]\n", "actions.reopen"},
        Overlay{"[actions.reopen]\nrestarts = []\n", "actions.reopen.restarts.step"},
        Overlay{"[actions.urge]\ncard = [\"yellow\"]\n", "actions.urge.card.red"},
        // A step of its own leads to what the base comes to with more, or not at all.
        Overlay{"[actions]\nstop = { from = [\"open\"], to = \"done\", who = [\"owner\"] }\n",
                "actions.stop"},
        Overlay{"[actions]\nquick = { from = [\"checked\"], to = \"told\", who = [\"owner\"], needs = "
                "[\"found\"], effects = [\"tell applicant\"] }\n",
                "actions.quick"},
        Overlay{"[states]\naside = { owner = [\"keep\"], clocks = [\"step\"] }\n[actions]\n"
                "put_by = { from = [\"open\"], to = \"aside\", who = [\"owner\"] }\n"
                "drop = { from = [\"aside\"], to = \"done\", who = [\"owner\"] }\n",
                "actions.drop.from.aside"},
        Overlay{"[fields.found]\nmin = 1\n", "fields.found.min"},
        Overlay{"[fields.found]\ntold = false\n", "fields.found.told"},
        Overlay{"[fields.proof]\nunless = [\"subkind = word\", \"subkind = deed\"]\n",
                "fields.proof.unless.subkind = deed"},
        Overlay{"[fields.asked]\nremove = [\"personal\"]\n", "fields.asked.personal"},
        Overlay{"[fields.sum]\nremove = [\"at_most\"]\n", "fields.sum.at_most"},
        Overlay{"[fields.by]\nwithin = \"30 years\"\n", "fields.by.within"},
        Overlay{"[ballots.vote]\nquorum = \"1/2 of electorate\"\n", "ballots.vote.quorum"},
        Overlay{"[ballots.vote]\nmajority = \"1/2 of present\"\n", "ballots.vote.majority"},
        Overlay{"[ballots.vote]\nmajority = \"more than 1/2 of votes\"\n", "ballots.vote.majority"},
        Overlay{"[ballots.vote]\nsecret = false\n", "ballots.vote.secret"},
        Overlay{"[notices.wall]\nperiod = \"5 working days\"\n", "notices.wall.period"},
        Overlay{"[notices.wall]\nblocks = []\n", "notices.wall.blocks.answer"},
        Overlay{"[notices.wall]\nshows = [\"reason\", \"other\"]\n", "notices.wall.shows.other"},
        Overlay{"[clocks.step]\nlimit = \"50 working days\"\n", "clocks.step.limit"},
        Overlay{"[clocks.step]\nremove = [\"again\"]\n", "clocks.step.again"},
        Overlay{"[clocks.step]\nstops = [\"answer\", \"check\"]\n", "clocks.step.stops.check"},
        Overlay{"[clocks.step]\nextensions = 1\n", "clocks.step.extensions"},
        Overlay{"[clocks.theirs]\nlimit = \"1 day\"\n", "clocks.theirs.limit"},
        Overlay{"[clocks.late]\nlimit = \"1 day\"\n", "clocks.late.limit"},
        Overlay{"[clocks.visit]\nlimit = \"every 10 years\"\n", "clocks.visit.limit"},
        Overlay{"[states.open]\nclocks = []\n", "states.open.clocks.step"},
        Overlay{"[states.checked]\npauses = [\"step\"]\n", "states.checked.pauses.step"},
        Overlay{"[states.checked]\nowner = [\"keep\"]\n", "states.checked.owner"},
        Overlay{"[states.waiting]\npause_cap = \"300 days\"\n", "states.waiting.pause_cap"},
        Overlay{"[states.open]\npublished = true\n", "states.open.published"},
        Overlay{"[start]\nwho = [\"host\"]\n", "start.who.applicant"},
        Overlay{"[start]\nanonymous = false\n", "start.anonymous"},
        Overlay{"[start]\nguards = []\n", "start.guards.known_person"},
        Overlay{"remove = [\"apart_from\"]\n", "apart_from"},
        Overlay{"shows = [\"found\", \"other\"]\n", "shows.other"},
        Overlay{"[ladder]\nrungs = [\"head@group\"]\n", "ladder.rungs.desk@county"}));

INSTANTIATE_TEST_SUITE_P(
    GivesMoreOrElse, AnOverlay,
    testing::Values(
        Overlay{"", ""}, Overlay{"[actions.answer]\nneeds = [\"found\", \"proof\", \"other\"]\n", ""},
        Overlay{"[actions.answer]\neffects = [\"tell applicant\", \"ask_rating\", \"open record\"]\n", ""},
        Overlay{"[actions.answer]\nwho = [\"owner\", \"head@county\"]\n", ""},
        Overlay{"[actions.reply]\naccepts = []\nneeds = [\"other\"]\n", ""},
        Overlay{"[actions.check.limit]\nmax = 1\n", ""}, Overlay{"[fields.found]\nmin = 30\n", ""},
        Overlay{"[fields.other]\nunless = [\"subkind = deed\"]\n[actions.ask]\nneeds = [\"other\"]\n",
                "fields.other.unless.subkind = deed"},
        Overlay{"[fields.by]\nwithin = \"6 months\"\n", ""},
        Overlay{"[ballots.vote]\nquorum = \"3/4 of electorate\"\nmajority = \"2/3 of present\"\n", ""},
        Overlay{"[notices.wall]\nperiod = \"10 working days\"\n", ""},
        Overlay{"[clocks.step]\nlimit = \"3 working days\"\nagain = \"1 day\"\n", ""},
        Overlay{"[clocks.theirs]\nlimit = \"20 days\"\n[clocks.late]\nlimit = \"20 days\"\n", ""},
        Overlay{"[clocks.visit]\nlimit = \"every 1 month\"\n", ""},
        Overlay{"[ladder]\nrungs = [\"station@village\", \"desk@county\", \"leader@county\"]\n", ""},
        // Something comes between.
        Overlay{"[states]\nvoting = { owner = [\"keep\"], clocks = [\"step\"] }\n[actions]\n"
                "count = { from = [\"voting\"], to = \"checked\", who = [\"owner\"] }\n"
                "[actions.check]\nto = \"voting\"\n",
                ""}));

TEST(Loosened, IsWhatOtherFilesSayLessOf) {
    using Found = std::vector<std::string>;
    EXPECT_EQ(lost("scope.toml", "[head]\nexcept = []\n"), Found{"scope.head.except.water.supply"});
    EXPECT_EQ(lost("posts.toml", "[posts.head]\nrights = [\"take_in\", \"audit\"]\n"),
              Found{"posts.posts.head.rights.audit"});
    EXPECT_EQ(lost("posts.toml", "[posts.head]\nterm_months = 600\n"), Found{"posts.posts.head.term_months"});
    EXPECT_EQ(lost("complaints.toml", "kinds = []\n"), Found{"complaints.kinds.ask/harm"});
    EXPECT_EQ(lost("metrics.toml", "[metrics]\nremove = [\"rate\"]\n"), Found{"metrics.metrics.rate"});
    EXPECT_EQ(lost("metrics.toml", "[metrics.rate]\ndenominator = \"few\"\n"),
              Found{"metrics.metrics.rate.denominator"});
    EXPECT_EQ(lost("categories.toml", "[categories.fire]\nurgency = \"ordinary\"\n"),
              Found{"categories.categories.fire.urgency"});
    EXPECT_EQ(lost("categories.toml", "[categories.tap]\nurgency = \"danger\"\n"), Found{});
    EXPECT_EQ(lost("categories.toml", "[categories.tap]\nno_photo = true\n"),
              Found{"categories.categories.tap.no_photo"});
}

// A statute is no rule of one's own.
TEST(Loosened, IsARuleOfTheLawThatAsksOrBindsLess) {
    using Found = std::vector<std::string>;
    EXPECT_EQ(lost("law.toml", "[pause]\nat_least = \"1d\"\n"), Found{"law.pause.at_least"});
    EXPECT_EQ(lost("law.toml", "[pause]\nbinds = [\"ask.clock.step\"]\n"),
              Found{"law.pause.binds.ask.clock.late"});
    EXPECT_EQ(lost("law.toml", "remove = [\"pause\"]\n"), Found{"law.pause"});
    EXPECT_EQ(lost("law.toml", "[vote]\nmajority = \"1/3 of present\"\n"), Found{"law.vote.majority"});
    EXPECT_EQ(lost("law.toml", "[vote]\nmajority = \"2/3 of present\"\n[pause]\nat_least = \"20d\"\n"),
              Found{});
    EXPECT_EQ(lost("law.toml", "[statute]\nat_most = \"90d\"\n[meeting]\nquorum = \"1/3 of present\"\n"),
              Found{});
}

// By the base's law.toml with the county's laid over it, and what the county departs from.
pack::Findings against_statutes(const std::string& law, const std::string& departures = "") {
    const auto pack =
        pack_of("county", {{"county", "law.toml", law}, {"county", "departures.toml", departures}});
    pack::Findings findings, said_elsewhere;
    check_statutes(*pack, pack::read_law(*pack, said_elsewhere), findings);
    check_departures(*pack, findings);
    return findings;
}

class AWeakerVote : public testing::TestWithParam<std::string> {};

TEST_P(AWeakerVote, LoosensAStatuteUnlessItIsOfAnotherArticle) {
    const auto found = against_statutes("\n[meeting]\n" + GetParam());
    ASSERT_EQ(found.all().size(), 1U) << found.text();
    const auto& finding = found.all().front();
    EXPECT_EQ(finding.code, "law_loosened");
    EXPECT_EQ(finding.file, "county/law.toml");
    EXPECT_EQ(finding.line, 2U);
    EXPECT_EQ(against_statutes("[meeting]\narticle = \"in force here\"\n" + GetParam()).text(), "");
    const auto own = against_statutes("[meeting]\nown = true\n" + GetParam());
    EXPECT_TRUE(own.has("law_loosened")) << "a statute became a rule of its own";
}

INSTANTIATE_TEST_SUITE_P(Each, AWeakerVote,
                         testing::Values("quorum = \"1/2 of electorate\"\n",
                                         "quorum = \"more than 1/2 of electorate\"\n",
                                         "quorum = \"2/3 of present\"\n", "remove = [\"quorum\"]\n",
                                         "majority = \"1/2 of present\"\n",
                                         "majority = \"more than 1/2 of votes\"\n",
                                         "remove = [\"majority\"]\n", "binds = [\"ask.ballot.vote\"]\n"));

TEST(Statutes, AreKeptByAVoteThatAsksAsMuchOrMore) {
    EXPECT_EQ(against_statutes("").text(), "");
    EXPECT_EQ(against_statutes("[meeting]\nquorum = \"3/4 of electorate\"\nmajority = \"2/3 of present\"\n"
                               "binds = [\"ask.ballot.vote\", \"tell.ballot.vote\", \"*.ballot.other\"]\n")
                  .text(),
              "");
}

TEST(Statutes, AreNotDepartedFromForAnyReason) {
    const auto found = against_statutes("[meeting]\nquorum = \"1/3 of electorate\"\n",
                                        "\"law.meeting.quorum\" = \"so few of them ever come\"\n");
    EXPECT_TRUE(found.has("law_loosened")) << found.text();
    EXPECT_TRUE(found.has("departs_from_nothing")) << found.text();
}

// Whatever is looked up: a row of its own may be slower than the one that held before.
TEST(Loosened, IsARowOfDeadlinesByWhichSomeAnswerTakesLonger) {
    using Found = std::vector<std::string>;
    EXPECT_EQ(lost("deadlines.toml", "[ordinary.any]\nstep = \"90wd\"\n"),
              Found{"deadlines.ordinary.any.step"});
    EXPECT_EQ(lost("deadlines.toml", "[danger]\nremove = [\"any\"]\n"), Found{"deadlines.ordinary.any.step"});
    EXPECT_EQ(lost("deadlines.toml", "[danger.any]\npart = \"9wd\"\n"), Found{"deadlines.danger.any.part"});
    EXPECT_EQ(lost("deadlines.toml", "[ordinary.any]\nstep = \"1wd\"\n"), Found{});
}

pack::Findings checked(const std::string& departures) {
    const auto pack =
        pack_of("county", {{"county", "workflows/ask.toml", "[actions.answer]\nneeds = [\"found\"]\n"},
                           {"county", "departures.toml", departures}});
    pack::Findings findings;
    check_departures(*pack, findings);
    return findings;
}

TEST(Departures, AreFoundWhereThePackSaysSoUntilTheyAreGivenAReason) {
    const auto found = checked("");
    ASSERT_EQ(found.all().size(), 1U) << found.text();
    EXPECT_EQ(found.all().front().code, "protection_taken_away");
    EXPECT_EQ(found.all().front().file, "county/workflows/ask.toml");
    EXPECT_EQ(found.all().front().line, 2U);
    EXPECT_EQ(checked("[workflows.ask.actions.answer.needs]\nproof = \"seen on the spot\"\n").text(), "");
    EXPECT_EQ(checked("\"workflows.ask.actions.answer.needs.proof\" = \"seen on the spot\"\n").text(), "");
}

TEST(Departures, AreNeitherInheritedNorDeclaredForNothing) {
    EXPECT_TRUE(checked("[workflows.ask.actions.answer.needs]\nfound = \"seen on the spot\"\n")
                    .has("departs_from_nothing"));
    const auto pack = pack_of("county", {{"ground", "departures.toml", "\"scope\" = \"of the base\"\n"}});
    pack::Findings findings;
    EXPECT_TRUE(pack::read_departures(*pack, findings).empty());
}

TEST(Departures, SayWhyInASentence) {
    const auto because = [](const std::string& reason) {
        return checked("\"workflows.ask.actions.answer.needs.proof\" = \"" + reason + "\"\n");
    };
    for (const auto* none : {"", ".", "because", "现场看过", "        .        "})
        EXPECT_TRUE(because(none).has("departure_without_reason")) << none;
    EXPECT_EQ(because("网格员已到现场看过").text(), "");
}

}  // namespace
}  // namespace lianxin
