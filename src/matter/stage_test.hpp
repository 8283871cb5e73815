// matter/stage_test.hpp — a small town on which tests play a workflow: posts are numbers, the clock stands
// where it is put, and what a decision says becomes true at once. Nothing is stored; it is the reference
// model of what the service does.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "matter/decide.hpp"
#include "matter/workflow_pack.hpp"

namespace lianxin::matter::testing {

inline std::string file_text(const std::string& path) {
    std::ifstream in(path);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

// A workflow as it ships.
inline Workflow shipped(const std::string& name) {
    pack::Findings findings;
    const auto path = "packs/common/workflows/" + name + ".toml";
    auto document = pack::parse_toml(file_text(path), path, findings);
    auto workflow = read_workflow(document, name, findings);
    EXPECT_TRUE(workflow.has_value()) << findings.text();
    return workflow.value_or(Workflow{});
}

// The same with some of its text another.
using Edits = std::vector<std::pair<std::string, std::string>>;
inline Workflow shipped_with(const std::string& name, const Edits& edits) {
    const std::string path = "packs/common/workflows/" + name + ".toml";
    std::string text = file_text(path);
    for (const auto& [was, is] : edits) {
        EXPECT_NE(text.find(was), std::string::npos) << was;
        for (std::size_t at = 0; (at = text.find(was, at)) != std::string::npos; at += is.size())
            text.replace(at, was.size(), is);
    }
    pack::Findings findings;
    auto document = pack::parse_toml(text, path, findings);
    auto workflow = read_workflow(document, name, findings);
    EXPECT_TRUE(workflow.has_value()) << findings.text();
    return workflow.value_or(Workflow{});
}

inline constexpr PostId representative{1}, group_head{2}, sector_head{3}, station{4}, township{5}, county{6};
inline constexpr PostId leader{7}, water{11}, roads{12}, power{13}, branch{21}, meeting{22}, oversight{23};
inline constexpr PartyId resident{100}, applicant{101};

// Everybody's superior, up to the county's leader.
inline PostId superior_of(PostId post) {
    static const std::map<PostId, PostId> above = {{representative, group_head},
                                                   {group_head, sector_head},
                                                   {sector_head, station},
                                                   {station, township},
                                                   {township, leader},
                                                   {water, leader},
                                                   {roads, leader},
                                                   {power, leader},
                                                   {branch, station},
                                                   {meeting, station},
                                                   {oversight, county},
                                                   {leader, county}};
    const auto found = above.find(post);
    return found == above.end() ? post : found->second;
}

inline std::optional<PostId> seated(const std::string& selector) {
    static const std::map<std::string, PostId> seats = {{"representative@household", representative},
                                                        {"head@group", group_head},
                                                        {"head@sector", sector_head},
                                                        {"station@village", station},
                                                        {"desk@village", station},
                                                        {"desk@township", township},
                                                        {"desk@county", county},
                                                        {"desk@service_item", water},
                                                        {"secretary@branch", branch},
                                                        {"secretary@meeting", meeting},
                                                        {"oversight@township", oversight},
                                                        {"oversight@county", oversight}};
    const auto found = seats.find(selector);
    if (found == seats.end()) return {};
    return found->second;
}

class Stage {
 public:
    explicit Stage(Workflow workflow) : flow(std::move(workflow)) {
        // Monday 4 November 2024, 9:00: an ordinary week.
        now = *parse_local("2024-11-04 09:00:00", zone);
        matter.received = now;
        matter.subkind = flow.subkinds.empty() ? "" : flow.subkinds.front();
    }

    struct Who {
        std::vector<access::Relation> relations;
        std::vector<PostId> posts;
        std::optional<PartyId> party;
        std::vector<PostId> not_over = {};
    };
    static Who post(PostId id) { return {{}, {id}, PartyId{1000 + id.value()}}; }
    static Who as(access::Relation relation, PartyId party) { return {{relation}, {}, party}; }
    static Who as(access::Relation relation, PostId id) {
        return {{relation}, {id}, PartyId{1000 + id.value()}};
    }

    Result<Decision, Refusal> begin(const Who& who, const Form& form = {}) {
        return keep(with(who, form, Action{},
                         [](const Facts& facts, const Action&) { return matter::begin(facts); }));
    }
    Result<Decision, Refusal> act(const std::string& name, const Who& who, const Form& form = {},
                                  PartNo part = 0) {
        Action action;
        action.part = part;
        if (const auto* at = matter.part(part)) action.action = flow.machine(at->machine).find_action(name);
        return keep(
            with(who, form, action, [](const Facts& facts, const Action& a) { return decide(facts, a); }));
    }
    Result<Decision, Refusal> run(const Action& action) {
        return keep(
            with({}, {}, action, [](const Facts& facts, const Action& a) { return decide(facts, a); }));
    }
    // Every clock that runs out until then does what it is for, each at its own time.
    std::vector<std::string> pass_until(Instant until) {
        std::vector<std::string> happened;
        for (int steps = 0; steps < 200; ++steps) {
            std::optional<Instant> next;
            for (const auto& clock : matter.clocks)
                if (clock.stage == ClockState::Stage::running && clock.wakes &&
                    (!next || *clock.wakes < *next))
                    next = clock.wakes;
            if (!next || *next > until) break;
            now = std::max(now, *next);
            for (const auto& action : actions_due(flow, matter, now)) {
                const auto machine = matter.part(action.part)->machine;
                const auto decided = run(action);
                EXPECT_TRUE(decided.has_value()) << name_of(decided.error().code);
                if (!decided) return happened;
                happened.push_back(flow.machine(machine).action(*action.action).name);
                break;
            }
        }
        now = until;
        return happened;
    }
    std::vector<std::string> pass_days(int days) { return pass_until({now.micros + days * micros_per_day}); }

    std::vector<Offer> offers(const Who& who) {
        std::vector<Offer> all;
        (void)with(who, {}, Action{}, [&](const Facts& facts, const Action&) -> Result<Decision, Refusal> {
            all = available(facts);
            return fail(Refusal{});
        });
        return all;
    }
    template <class Decide>
    Result<Decision, Refusal> with(const Who& who, const Form& form, const Action& action,
                                   Decide decide_now) {
        Relations actor{who.relations, who.posts, who.party, who.not_over};
        OwnerTable owners;
        for (const auto& rung : flow.ladder) owners.ladder.push_back(seated(selector_text(rung, "")));
        for (const auto& question : owner_questions(flow, matter, action, form)) answer(question, owners);
        for (const auto& machine : flow.machines)
            for (const auto& rule : machine.actions)
                for (const auto& each : rule.who)
                    if (each.kind == WhoRule::Kind::post) answer({each.post, PostId()}, owners);
        Facts facts{flow,
                    matter,
                    actor,
                    form,
                    notices,
                    ballots,
                    children,
                    owners,
                    limits(),
                    lists,
                    flags,
                    {},
                    in_scope,
                    post_vacant,
                    named,
                    now,
                    calendar::WorkingCalendar::china(),
                    zone};
        facts.barred = barred;
        facts.asker = asker;
        facts.apart = apart;
        facts.outsider = outsider;
        facts.beyond = beyond;
        facts.named_hands = named_hands;
        return decide_now(facts, action);
    }

    Form form(std::initializer_list<std::pair<std::string, FieldValue>> values) const {
        Form filled;
        for (const auto& [name, value] : values) filled.set(*flow.find_field(name), value);
        return filled;
    }
    std::string state(PartNo part = 0) const {
        const auto* at = matter.part(part);
        return flow.machine(at->machine).state(at->state).name;
    }
    PostId owner(PartNo part = 0) const { return matter.part(part)->owner; }
    const ClockState* clock(const std::string& name, PartNo part = 0) const {
        return matter.clock(*flow.find_clock(name), part);
    }

    // Only what the tests look at afterwards: what was last decided.
    Decision last;
    Workflow flow;
    MatterState matter;
    std::vector<NoticeFact> notices;
    std::vector<BallotFact> ballots;
    std::vector<ChildFact> children;
    std::vector<std::string> flags;
    std::vector<FormContext::LoadedList> lists;
    calendar::Period promised{5, calendar::Unit::working_day};  // for the service applied for
    bool in_scope = true;
    bool post_vacant = true;
    std::optional<PostId> named, outsider;
    Asker asker;
    std::vector<PostId> barred, beyond;
    std::vector<PartyId> apart;
    std::vector<NamedHands> named_hands;
    Zone zone;
    Instant now;

    Result<Decision, Refusal> keep(Result<Decision, Refusal> decided) {
        if (!decided) return decided;
        matter = decided->after;
        last = *decided;
        for (const auto& change : decided->notices) {
            if (change.kind == NoticeChange::Kind::opened)
                notices.push_back({change.notice, NoticeId{next_++}, change.from, change.until, false});
            for (auto& notice : notices) {
                if (change.id != notice.id) continue;
                if (change.kind == NoticeChange::Kind::withdrawn) notice.withdrawn = true;
                notice.from = change.from;
                notice.until = change.until;
            }
        }
        for (const auto& change : decided->ballots) {
            if (change.opened) ballots.push_back({change.ballot, change.round, true, {}, {}});
            for (auto& ballot : ballots)
                if (!change.opened && ballot.round == change.round) {
                    ballot.open = false;
                    ballot.outcome = change.outcome;
                }
        }
        return decided;
    }

 private:
    void answer(const OwnerQuestion& question, OwnerTable& owners) const {
        using Kind = OwnerSelector::Kind;
        if (question.selector.kind == Kind::kind_at || question.selector.kind == Kind::desk_of_item) {
            if (const auto post = seated(selector_text(question.selector, "")))
                owners.found.push_back({question.selector, PostId(), *post});
        } else if (superior_of(question.from) != question.from) {
            owners.found.push_back({question.selector, question.from, superior_of(question.from)});
        }
    }
    std::vector<TableLimit>& limits() {
        limits_.clear();
        for (std::size_t at = 0; at < flow.clocks.size(); ++at) {
            const ClockIndex index{static_cast<std::uint16_t>(at)};
            if (flow.clocks[at].limit == ClockLimit::item) limits_.push_back({index, promised});
            if (flow.clocks[at].limit != ClockLimit::table) continue;
            table.try_emplace(flow.clocks[at].name, calendar::Period{10, calendar::Unit::working_day});
            limits_.push_back({index, table.at(flow.clocks[at].name)});
        }
        return limits_;
    }
    std::map<std::string, calendar::Period> table{{"contact", {24, calendar::Unit::hour}},
                                                  {"refuse_by", {2, calendar::Unit::working_day}},
                                                  {"part", {5, calendar::Unit::working_day}}};

 private:
    std::vector<TableLimit> limits_;
    std::int64_t next_ = 1;
};

inline std::string code(const Result<Decision, Refusal>& result) {
    return result ? "done" : name_of(result.error().code);
}
inline FieldValue text(const std::string& words) {
    return TextValue{words};
}
inline FieldValue photo() {
    return AttachmentsValue{{{1, FileKind::photo}}};
}

}  // namespace lianxin::matter::testing
