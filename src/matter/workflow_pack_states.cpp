#include "matter/workflow_pack_reading.hpp"

namespace lianxin::matter {
namespace {

bool is_of_people(const FieldRule& field) {
    return field.personal || field.type == FieldType::party || field.type == FieldType::parties;
}

}  // namespace

void WorkflowReading::read_ballot(pack::Reader ballot, BallotRule& rule) {
    rule.at = mark_of(ballot.at());
    if (const auto electorate = selector(placed(ballot, "electorate"))) rule.electorate = *electorate;
    if (rule.electorate.kind != OwnerSelector::Kind::kind_at)
        wrong(ballot.at("electorate"), "bad_electorate",
              "an electorate is everybody in a kind of post at a place", "write KIND@LEVEL");
    rule.secret = ballot.flag("secret");
    const auto share = [&](std::string_view key) {
        const auto word = ballot.text(key);
        const auto parsed = parse_share(word);
        if (!parsed && ballot.has(key))
            wrong(ballot.at(key), "bad_share", "\"" + word + "\" is no share",
                  "write \"2/3 of electorate\", \"2/3 of present\" or \"more than 1/2 of votes\"");
        return parsed.value_or(Share{});
    };
    read_ballot_shows(ballot, rule);
    rule.quorum = share("quorum");
    rule.majority = share("majority");
}

// What whoever votes is shown of the matter: what is declared and nothing else, and nothing personal.
void WorkflowReading::read_ballot_shows(pack::Reader& ballot, BallotRule& rule) {
    rule.shows = ballot.texts("shows");
    for (const auto& word : ballot.placed_texts("shows")) {
        const auto shown = flow_.find_field(word.text);
        if (shown && rule_at(flow_.fields, *shown).personal)
            wrong(word.at, "personal_on_ballot",
                  "\"" + word.text + "\" is personal, and a whole electorate reads what a ballot shows",
                  "leave it out of shows");
    }
}

void WorkflowReading::read_notice(pack::Reader notice, NoticeRule& rule) {
    rule.at = mark_of(notice.at());
    rule.place = notice.text("place");
    rule.in_house = notice.choice<bool>("audience", {{"public", false}, {"staff", true}}, false);
    rule.period = period(notice, "period");
    if (rule.period.unit != calendar::Unit::day && rule.period.unit != calendar::Unit::working_day)
        wrong(notice.at("period"), "notice_not_in_days",
              "notice \"" + rule.name + "\" hangs for " + rule.period.text(),
              "count it in days or working days: it ends with the end of a day");
    rule.floor = law_named(notice, "floor");
    rule.shows = notice.texts("shows");
    if (rule.shows.empty())
        wrong(notice.at(), "notice_shows_nothing", "notice \"" + rule.name + "\" says nothing",
              "name what it shows: shows = [\"FIELD\"]");
    for (const auto& word : notice.placed_texts("shows")) {
        const auto shown = flow_.find_field(word.text);
        if (shown && !rule.in_house && is_of_people(rule_at(flow_.fields, *shown)))
            wrong(word.at, "personal_on_notice",
                  "\"" + word.text + "\" is personal or names people, and everybody reads a notice",
                  "leave it out, or write audience = \"staff\"");
    }
    rule.objection = notice.text_or("objections", "");
    for (const auto& word : notice.placed_texts("blocks"))
        if (const auto blocked = action(word, MachineIndex{})) rule.blocks.push_back(*blocked);
}

void WorkflowReading::read_state(pack::Reader state, MachineIndex, StateRule& rule) {
    rule.at = mark_of(state.at());
    rule.end = state.flag("end");
    rule.owner = selectors(state, "owner");
    rule.clocks = clocks(state, "clocks");
    rule.pauses = clocks(state, "pauses");
    rule.pause_cap = period_if(state, "pause_cap");
    if (rule.pause_cap && rule.pauses.empty())
        wrong(state.at("pause_cap"), "cap_without_pause", "nothing is paused here",
              "say which clocks: pauses = [\"…\"]");
    if (state.has("waits_for")) rule.waits_for = relation(placed(state, "waits_for"));
    read_counts_as(state, rule);
    rule.published = state.flag("published");
    if (state.has("parts")) rule.parts = part(placed(state, "parts"));
    if (state.has("ballot")) rule.ballot = ballot(placed(state, "ballot"));
    if (state.has("notice")) rule.notice = notice(placed(state, "notice"));
    if (rule.end && !(rule.owner.empty() && rule.clocks.empty() && rule.pauses.empty()))
        wrong(state.at(), "end_goes_on", "an end has no owner and no clock",
              "take them away, or let it not be an end");
}

// Where it goes on, its phase; where it ends, what its end is to the figures.
void WorkflowReading::read_counts_as(pack::Reader& state, StateRule& rule) {
    if (!rule.end) {
        rule.counts_as = state.choice<CountsAs>("counts_as",
                                                {{"open", CountsAs::open},
                                                 {"closed", CountsAs::closed},
                                                 {"open_explained", CountsAs::open_explained}},
                                                CountsAs::open);
        return;
    }
    rule.counts_as = CountsAs::ended;
    if (state.has("counts_as"))
        rule.ends_as = state.choice<EndsAs>("counts_as", {{"closed", EndsAs::closed},
                                                          {"settled", EndsAs::settled},
                                                          {"refused", EndsAs::refused},
                                                          {"withdrawn", EndsAs::withdrawn},
                                                          {"not_done", EndsAs::not_done}});
}

}  // namespace lianxin::matter
