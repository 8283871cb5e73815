// What goes wrong: of every decision at once, and of everything that was played at the end.
#include "matter/explore_within_test.hpp"
#include "notice/notice_period.hpp"

namespace lianxin::matter::testing {

std::string Exploration::Law::of(const Workflow& flow, LawBinding::Of sort, const std::string& name,
                                 const std::string& named) const {
    for (const auto& binding : bindings)
        if (binding.of == sort && binding.name == name && (binding.kind == "*" || binding.kind == flow.name))
            return binding.law;
    return named;
}

// Whoever it answers is not told of a deadline that does not name its law, and nobody is when the law
// changes.
void Exploration::check_law_named(const std::string& what, const std::string& law, const std::string& named) {
    if (law != named) harms.insert(what + " does not say which law it is under");
}

void Exploration::check_notice_law(const NoticeChange& change) {
    const auto& rule = rule_at(flow_.notices, change.notice);
    const auto law = law_.of(flow_, LawBinding::Of::notice, rule.name, rule.floor);
    check_law_named("notice \"" + rule.name + "\"", law, rule.floor);
    if (law.empty() && !rule.in_house && !rule.objection.empty())
        harms.insert("nothing says how long notice \"" + rule.name + "\" hangs at least");
    const auto bound = law.empty() ? std::nullopt : law_.bound(law);
    if (change.kind != NoticeChange::Kind::withdrawn && bound && bound->at_least &&
        change.until < notice::end_of(working_days(), Zone{}, change.from, *bound->at_least))
        harms.insert("notice \"" + rule.name + "\" is shorter than the law asks");
}

void Exploration::check_clock_law(const ClockState& after) {
    const auto& rule = rule_at(flow_.clocks, after.clock);
    const auto law = law_.of(flow_, LawBinding::Of::clock, rule.name, rule.law);
    check_law_named("clock \"" + rule.name + "\"", law, rule.law);
    if (after.extensions > 0)
        check_law_named("the extension of \"" + rule.name + "\"",
                        law_.of(flow_, LawBinding::Of::extension, rule.name, rule.extend_law),
                        rule.extend_law);
    const auto bound = law.empty() || !after.period ? std::nullopt : law_.bound(law);
    if (!bound) return;
    const auto due = [&](const calendar::Period& period) {
        return calendar::due(working_days(), Zone{}, after.started, period);
    };
    const bool as_begun = after.extensions == 0 && after.pauses.empty();
    if (bound->at_most && as_begun && due(*after.period) > due(*bound->at_most))
        harms.insert("clock \"" + rule.name + "\" is longer than the law allows");
    if (bound->at_least && due(*after.period) < due(*bound->at_least))
        harms.insert("clock \"" + rule.name + "\" is shorter than the law asks");
}

// Whatever count passes here passes by the law, too: of a small meeting every count there can be.
void Exploration::check_ballot_law(const BallotRule& rule) {
    const auto law = law_.of(flow_, LawBinding::Of::ballot, rule.name, "");
    const auto bound = law.empty() ? std::nullopt : law_.bound(law);
    if (!bound) return;
    constexpr std::int64_t meeting = 12;
    for (std::int64_t present = 0; present <= meeting; ++present)
        for (std::int64_t yes = 0; yes <= present; ++yes) {
            const BallotCount count{meeting, present, yes, present - yes, 0};
            if (outcome_of(count, rule.quorum, rule.majority) == BallotOutcome::passed &&
                outcome_of(count, bound->quorum.value_or(rule.quorum),
                           bound->majority.value_or(rule.majority)) != BallotOutcome::passed)
                harms.insert("ballot \"" + rule.name + "\" passes with less than the law asks");
        }
}

void Exploration::check_law(const Decision& decision) {
    if (!law_.bound) return;
    for (const auto& change : decision.ballots) check_ballot_law(rule_at(flow_.ballots, change.ballot));
    for (const auto& change : decision.notices) check_notice_law(change);
    for (const auto& change : decision.clocks) check_clock_law(change.after);
}

void Exploration::check_steps(const Decision& decision) {
    for (std::size_t i = 0; i < decision.steps.size(); ++i) {
        const auto& step = decision.steps[i];
        const auto* part = decision.after.part(step.part);
        if (part == nullptr) continue;
        const auto machine = part->machine.value;
        const bool instead =
            i + 1 < decision.steps.size() && decision.steps[i + 1].because == Step::Because::limit;
        if (step.because == Step::Because::limit || instead) continue;
        taken_.insert({machine, step.action.value});
        const auto& rule = flow_.machines[machine].action(step.action);
        const auto applied = [&](char sort, std::size_t at) {
            applied_.insert({machine, step.action.value, sort, at});
        };
        for (std::size_t at = 0; at < rule.then.size(); ++at)
            for (std::size_t later = i + 1; later < decision.steps.size(); ++later)
                if (decision.steps[later].action == rule.then[at].action) applied('t', at);
        for (std::size_t at = 0; at < rule.to_when.size(); ++at)
            if (rule.to_when[at].to == part->state) applied('b', at);
        for (std::size_t at = 0; at < rule.effects.size(); ++at)
            for (const auto& effect : decision.effects)
                if (effect.because == step.action && effect.kind == rule.effects[at].kind &&
                    effect.whom == rule.effects[at].whom && effect.workflow == rule.effects[at].workflow)
                    applied('e', at);
    }
}

// Where something was counted, and where a limit came about.
void Exploration::note_counts(std::size_t from, std::size_t to, const Decision& decision) {
    const Step* because = nullptr;
    for (const auto& step : decision.steps)
        if (step.because == Step::Because::limit) because = &step;
    for (const auto& change : decision.tallies) {
        const auto machine = decision.after.part(change.part)->machine.value;
        const std::pair tally{machine, change.tally.value};
        if (because == nullptr)
            counted_at_[tally].insert(to);
        else
            limits_at_[{machine, because->action.value}].insert(
                {change.count > 1 ? from : SIZE_MAX, tally.second});
    }
}

// What a decision says changed, laid over what was, gives what it says is now: nothing happens unsaid.
void Exploration::check_nothing_unsaid(const MatterState& before, const Decision& decision) {
    auto parts = before.parts;
    for (const auto& move : decision.moves) {
        std::erase_if(parts, [&](const PartState& part) { return part.no == move.after.no; });
        parts.push_back(move.after);
    }
    std::sort(parts.begin(), parts.end(), [](const auto& a, const auto& b) { return a.no < b.no; });
    auto now = decision.after.parts;
    std::sort(now.begin(), now.end(), [](const auto& a, const auto& b) { return a.no < b.no; });
    if (parts != now) harms.insert("a part changed and no move says so");
    for (const auto& clock : decision.after.clocks) {
        const auto* was = before.clock(clock.clock, clock.part);
        const bool said = std::any_of(decision.clocks.begin(), decision.clocks.end(),
                                      [&](const ClockChange& change) { return change.after == clock; });
        if (!said && (was == nullptr || *was != clock)) harms.insert("a clock changed and nothing says so");
    }
    if (decision.steps.empty() && !before.parts.empty() && decision.holds.empty())
        harms.insert("something was decided and no step says what");
}

// A limit is come to where what it counts can be done, and done again later.
void Exploration::judge_limits() {
    std::vector<std::vector<std::size_t>> on(all_.size());
    for (const auto& [from, to] : edges_) on[from].push_back(to);
    std::map<std::pair<std::uint16_t, std::uint16_t>, std::vector<bool>> later;
    for (const auto& [tally, after] : counted_at_) {
        auto& reached = later[tally];
        reached.resize(all_.size());
        std::deque<std::size_t> open;
        for (const auto first : after) {
            reached[first] = true;
            open.push_back(first);
        }
        for (; !open.empty(); open.pop_front())
            for (const auto to : on[open.front()])
                if (!reached[to]) {
                    reached[to] = true;
                    open.push_back(to);
                }
    }
    for (const auto& [then, ways] : limits_at_)
        for (const auto& [from, tally] : ways) {
            const auto found = later.find({then.first, tally});
            if (from == SIZE_MAX || (found != later.end() && found->second[from])) taken_.insert(then);
        }
}

// What is written under a condition comes about in some standing, and what a step stands apart from comes
// before it.
void Exploration::judge_conditions() {
    const auto judge_one = [&](const Named& action, char sort, std::size_t at, const Condition& condition) {
        const bool played = condition.subject != ConditionSubject::subkind &&
                            condition.subject != ConditionSubject::anonymous &&
                            condition.subject != ConditionSubject::category_flag;
        if (played && !applied_.contains({action.first, action.second, sort, at}))
            harms.insert("what \"" + flow_.machines[action.first].actions[action.second].name +
                         "\" brings under a condition never comes about");
    };
    for (const auto& taken : taken_) {
        const auto& rule = flow_.machines[taken.first].actions[taken.second];
        for (std::size_t at = 0; at < rule.then.size(); ++at) judge_one(taken, 't', at, rule.then[at].when);
        for (std::size_t at = 0; at < rule.to_when.size(); ++at)
            judge_one(taken, 'b', at, rule.to_when[at].when);
        for (std::size_t at = 0; at < rule.effects.size(); ++at)
            if (rule.effects[at].when) judge_one(taken, 'e', at, *rule.effects[at].when);
        if (county_ != County::everybody) continue;
        for (const auto& other : rule.apart_from)
            if (!came_before_.contains({taken, other.value}))
                harms.insert("\"" + rule.name + "\" stands apart from what never comes before it");
        for (const auto field : rule.apart_from_named)
            if (!named_before_.contains({taken, field}))
                harms.insert("\"" + rule.name + "\" stands apart from whom nobody names before it");
    }
}

// Where posts are missing there may be no need to go to them; what is kept in other hands is needed all the
// same.
bool Exploration::is_needed(const Named& action) const {
    return county_ == County::everybody || kept_apart_.contains(action);
}

namespace {

// Marks all that lead to what is marked.
void spread(const std::vector<std::vector<std::size_t>>& back, std::vector<bool>& marked) {
    std::deque<std::size_t> open;
    for (std::size_t i = 0; i < marked.size(); ++i)
        if (marked[i]) open.push_back(i);
    for (; !open.empty(); open.pop_front()) {
        for (const auto from : back[open.front()]) {
            if (marked[from]) continue;
            marked[from] = true;
            open.push_back(from);
        }
    }
}

}  // namespace

// Whoever asks never comes back: somebody else, or a clock, brings it to an end.
void Exploration::judge_outsiders(const std::vector<bool>& ends) {
    if (county_ != County::everybody) return;
    std::vector<std::vector<std::size_t>> back(all_.size());
    for (const auto& [from, to] : inner_edges_) back[to].push_back(from);
    std::vector<bool> inside(all_.size());
    for (std::size_t i = 0; i < all_.size(); ++i) inside[i] = all_[i].matter.parts.front().ended;
    spread(back, inside);
    for (std::size_t i = 0; i < all_.size(); ++i)
        if (ends[i] && !inside[i])
            harms.insert("without whoever asks no end is in reach from a standing in " +
                         flow_.matter().state(all_[i].matter.parts.front().state).name);
}

void Exploration::judge() {
    if (!complete) return;
    for (const auto& text : town_.nowhere) harms.insert("nobody anywhere is " + text);
    judge_limits();
    judge_transfers();
    judge_waiting();
    judge_conditions();
    judge_asker();
    judge_pieces();
    judge_votes();
    judge_gone_on();
    judge_answers();
    judge_short();
    judge_goals();
    for (const auto& wanted : scheduled_)
        if (!met_.contains(wanted))
            harms.insert("a schedule runs where it cannot be met, in " +
                         flow_.machines[std::get<0>(wanted)].states[std::get<1>(wanted)].name);
    for (const auto notice : objected_)
        if (!held_back_.contains(notice))
            harms.insert("an objection to \"" + rule_at(flow_.notices, notice).name +
                         "\" holds nothing back");
    for (std::size_t m = 0; m < flow_.machines.size(); ++m) {
        const auto& machine = flow_.machines[m];
        const auto of = static_cast<std::uint16_t>(m);
        for (std::size_t i = 0; i < machine.states.size(); ++i) {
            const auto& state = machine.states[i];
            const std::pair here{of, static_cast<std::uint16_t>(i)};
            if (!reached_.contains(here)) {
                if (county_ == County::everybody)
                    harms.insert("nothing leads to " + machine.name + "." + state.name);
                continue;
            }
            if (state.end) continue;
            if (state.counts_as != CountsAs::closed && !owner_acts_.contains(here))
                harms.insert("its owner can do nothing in " + machine.name + "." + state.name);
            if (state.waits_for && !waited_acts_.contains(here))
                harms.insert("whom it waits for can do nothing in " + state.name);
        }
        for (std::size_t i = 0; i < machine.actions.size(); ++i)
            if (const Named action{of, static_cast<std::uint16_t>(i)};
                !taken_.contains(action) && is_needed(action))
                harms.insert("nobody ever takes " + machine.name + "." + machine.actions[i].name);
        if (m == 0) continue;
        std::set<std::uint16_t> ending;
        for (std::size_t i = 0; i < machine.states.size(); ++i)
            if (machine.states[i].end) ending.insert(static_cast<std::uint16_t>(i));
        for (bool grown = true; grown;) {
            grown = false;
            for (const auto& [from, to] : ways_[of])
                if (ending.contains(to) && ending.insert(from).second) grown = true;
        }
        for (const auto& [in, state] : reached_)
            if (in == of && !ending.contains(state))
                harms.insert("from " + machine.name + "." + machine.states[state].name +
                             " no end is in reach");
    }
    std::vector<std::vector<std::size_t>> back(all_.size());
    for (const auto& [from, to] : edges_) back[to].push_back(from);
    std::vector<bool> ends(all_.size());
    for (std::size_t i = 0; i < all_.size(); ++i) ends[i] = all_[i].matter.parts.front().ended;
    spread(back, ends);
    judge_outsiders(ends);
    for (std::size_t i = 0; i < all_.size(); ++i)
        if (!ends[i])
            harms.insert("no end is in reach from a standing in " +
                         flow_.matter().state(all_[i].matter.parts.front().state).name);
}

}  // namespace lianxin::matter::testing
