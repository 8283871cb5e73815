#include "main/broken_packs_test.hpp"

namespace lianxin {
namespace {

// The same in both languages, so that no word is missing.
const std::string words = R"([pack]
title = "{county} in small"
[place.kind]
county = "county"
township = "township"
village = "village"
household = "household"
[place.station]
point = "point"
[post.kind]
desk = "desk"
helper = "helper"
watcher = "watcher"
unit_desk = "desk"
[party.unit]
department = "department"
crew = "crew"
[liaison]
door = "helper and door"
[service]
tap = "a tap"
[service_who]
tap = "everybody"
[service_standard]
tap = "with water"
[material]
card = "card"
[service_step]
apply = "apply"
[metric]
rate = "rate"
[place.standard]
office = "office"
[problem]
heard_outside = "one level up"
[workflow.ask]
title = "Question"
[state]
open = "open"
looked_at = "looked at"
done = "done"
[action]
answer = "answer"
look = "look"
urge = "urge"
[clock]
soon = "look"
step = "answer"
[field]
reason = "why"
papers = "papers"
)";

const std::map<std::string, std::string> files = {
    {"ground/pack.toml", "name = \"ground\"\nbase = true\nlanguages = [\"en\", \"zh-Hans\"]\n"},
    {"ground/places.toml", R"([kinds.county]
level = 1
[kinds.township]
level = 2
[kinds.village]
level = 3
[kinds.household]
level = 4
household = true
[stations.point]
standards = ["office"]
)"},
    {"ground/posts.toml", R"([unit_kinds.department]
[posts.desk]
at = ["county", "township", "village"]
desk = true
rights = ["take_in"]
[posts.unit_desk]
at = ["department"]
desk = true
[unit_kinds.crew]
team = true
[posts.watcher]
at = ["township"]
per_seat = 1
superior = ["desk@county"]
rights = ["oversee"]
[posts.helper]
at = ["village"]
superior = ["desk@village"]
)"},
    {"ground/complaints.toml", "outside = [\"desk@county\", \"watcher@township\"]\n"},
    {"ground/categories.toml", "[categories.water]\nname = \"water\"\nurgency = \"ordinary\"\n"},
    {"ground/deadlines.toml", "[ordinary.any]\nsoon = \"1wd\"\nstep = \"5wd\"\n"},
    {"ground/law.toml",
     "[answer]\nat_most = \"9wd\"\narticle = \"ours\"\nbinds = [\"ask.clock.step\"]\nown = false\n"
     "[council]\nquorum = \"2/3 of electorate\"\nmajority = \"more than 1/2 of present\"\n"
     "article = \"theirs\"\nbinds = [\"*.ballot.council\"]\n"},
    {"ground/services.toml", R"([services.tap]
category = "water"
unit = "works"
deadline = "5wd"
materials = ["card"]
steps = ["apply"]
)"},
    {"ground/metrics.toml",
     "version = 1\n[metrics.rate]\nnumerator = \"a\"\ndenominator = \"b\"\nbasis = \"due date\"\n"},
    {"ground/scope.toml", "[helper]\nsolves = [\"water\"]\n"},
    {"ground/workflows/ask.toml", R"(name = "ask"
answer_to = "reporter"
[fields]
reason = { type = "text", min = 1 }
papers = { type = "checklist", of = "service_item.materials" }
[clocks]
soon = { limit = "table", starts = "receipt", stops = ["look", "answer"], due = "urge" }
step = { limit = "table", starts = "receipt", stops = ["answer"], due = "urge", law = "law.answer" }
[states]
open = { owner = ["desk@county"], clocks = ["soon", "step"] }
looked_at = { owner = ["desk@county"], clocks = ["step"] }
done = { end = true, counts_as = "closed" }
[start]
to = "open"
who = ["reporter"]
service_item = true
accepts = ["papers"]
effects = ["receipt"]
[actions]
answer = { from = ["open", "looked_at"], to = "done", who = ["owner"], needs = ["reason"], effects = ["tell reporter"] }
look = { from = ["open"], to = "looked_at", who = ["owner"], effects = ["note owner"] }
urge = { from = ["open", "looked_at"], to = "same", who = ["clock:soon", "clock:step"], effects = ["note owner"] }
)"},
    {"ground/words/en.toml", words},
    {"ground/words/zh-Hans.toml", words},
    {"sound/pack.toml",
     "name = \"sound\"\nextends = \"ground\"\nzone = \"+08:00\"\nlanguages = [\"en\", \"zh-Hans\"]\n"
     "default_language = \"en\"\n"},
    {"sound/places.toml", R"([places.county]
kind = "county"
name = "A"
code = "430181000000"
[places.town]
kind = "township"
parent = "county"
name = "B"
code = "430181900000"
stations = ["point"]
[places.hill]
kind = "village"
parent = "town"
name = "C"
fill = { household = 6 }
fill_posts = { helper = 2 }
[places.dale]
kind = "village"
parent = "town"
name = "E"
[made_up]
seed = 1
phone_prefix = "000"
)"},
    {"sound/posts.toml", R"([units.spring]
kind = "department"
name = "Spring"
place = "hill"
[units.works]
kind = "department"
name = "Works"
place = "town"
[units.gang]
kind = "crew"
name = "Gang"
place = "town"
[liaison.door]
from = "post:helper"
to = "place:household"
per_from = "1..5"
near = "village"
)"},
    {"sound/demo/story.toml", R"(workflow = "ask"
tellings = 1
hurry = { plans = [] }
names = { family = "AB", given = "a,b" }
phrases = {}
units = { water = ["works"] }
office = { posts = [] }
[rules.answer]
state = "open"
by = "desk@county"
after = [1, 2]
times = 1
)"},
    {"sound/demo/texts.toml", R"([texts.dry]
category = "water"
subkind = "x"
scene = "none"
subject = "dry"
text = "no water"
done = "water"
)"}};

}  // namespace

const std::map<std::string, std::string>& sound_packs() {
    return files;
}

}  // namespace lianxin
