#include <cstdint>
#include <deque>
#include <map>
#include <set>

#include "matter/prover_hanging.hpp"
#include "matter/prover_outsiders.hpp"
#include "matter/prover_walked.hpp"

namespace lianxin::matter {
namespace {

class Walk {
 public:
    explicit Walk(const ProofOf& proof) : proof_(proof), hanging_(proof), awaited_(proof) {
        for (std::size_t at = 0; at < proof.workflow.clocks.size() && long_.size() < bits_at_most; ++at) {
            const auto& clock = proof.workflow.clocks[at];
            if (clock.machine == proof.index && clock.start != ClockStart::state)
                long_.push_back(ClockIndex{static_cast<std::uint16_t>(at)});
        }
        for (const auto& machine : proof.workflow.machines)
            for (const auto& action : machine.actions)
                for (const auto& effect : action.effects)
                    if (effect.kind == EffectRule::Kind::open) opened_.insert(effect.workflow);
    }

    void go() {
        Standing first{proof_.machine.start.to};
        first.told = tells(proof_.workflow, proof_.machine.start.effects);
        first.parts = !proof_.is_matter();
        for (std::size_t at = 0; at < long_.size(); ++at) {
            const auto start = proof_.clock(long_[at]).start;
            if (start == ClockStart::receipt || start == ClockStart::opening) first.live |= bit(at);
        }
        first.ever = first.live;
        hanging_.begun(first);
        awaited_.begun();
        visit(first, nullptr);
        while (!open_.empty()) {
            const auto standing = open_.front();
            open_.pop_front();
            if (!proof_.machine.state(standing.state).end) look_at(standing);
        }
        report_walked(proof_, walked_);
        hanging_.report_vain();
    }

 private:
    static std::uint32_t bit(std::size_t at) { return std::uint32_t{1} << at; }

    std::uint32_t bits(const std::vector<ClockIndex>& clocks) const {
        std::uint32_t mask = 0;
        for (std::size_t at = 0; at < long_.size(); ++at)
            if (among(clocks, long_[at])) mask |= bit(at);
        return mask;
    }

    bool live(const Standing& standing, ClockIndex index) const {
        if (proof_.clock(index).start == ClockStart::state)
            return among(proof_.machine.state(standing.state).clocks, index);
        for (std::size_t at = 0; at < long_.size(); ++at)
            if (long_[at] == index) return (standing.live & bit(at)) != 0;
        return false;
    }

    void visit(const Standing& standing, const Standing* from) {
        auto& seen = walked_.seen;
        const auto [found, fresh] = seen.emplace(standing, seen.size());
        if (fresh) open_.push_back(standing);
        if (from == nullptr) return;
        walked_.edges.insert({seen.at(*from), found->second});
        if (inner_) walked_.inner_edges.insert({seen.at(*from), found->second});
    }

    void look_at(const Standing& standing) {
        look_at_clocks(standing);
        bool answered = !standing.held || !objectionable(proof_.workflow, standing.notices);
        for (std::size_t at = 0; at < proof_.machine.actions.size(); ++at) {
            const auto& action = proof_.machine.actions[at];
            if (!among(action.from, standing.state)) continue;
            hanging_.tried(standing, action);
            if (!unguarded(standing, action)) continue;
            bool taken = false;
            inner_ = false;
            for (const auto& who : action.who) {
                if (!there(standing, action, who)) continue;
                answered = answered || hanging_.answers(standing, who);
                inner_ = inner_ || !is_outsider(who);
                if (who.kind == WhoRule::Kind::relation) walked_.hands.insert({standing.state, who.relation});
                if (who.kind == WhoRule::Kind::clock && proof_.clock(who.clock).limit == ClockLimit::notice)
                    step(standing, with_over(standing, proof_.clock(who.clock).notice), action, 0);
                else
                    taken = true;
            }
            if (taken) step(standing, standing, action, 0);
        }
        if (!answered) hanging_.unanswered(standing);
        inner_ = true;
        // An objection is received, and decided, at any time while something hangs on the wall.
        if (!proof_.is_matter() || proof_.machine.state(standing.state).end) return;
        auto other = standing;
        if (standing.held)
            other.held = false;
        else
            other.held = objectionable(proof_.workflow, standing.notices & ~standing.over);
        if (other.held != standing.held) visit(other, &standing);
    }

    bool there(const Standing& standing, const ActionRule& action, const WhoRule& who) const {
        switch (who.kind) {
            case WhoRule::Kind::relation:
                return who.relation != access::Relation::lead || standing.parts;
            case WhoRule::Kind::post:
                return true;
            case WhoRule::Kind::clock:
                return live(standing, who.clock) && proof_.clock(who.clock).due == action.name;
            case WhoRule::Kind::engine:
                return false;  // only as what follows from another action
            case WhoRule::Kind::child:
                return standing.held || opened_.contains(who.child_kind);
        }
        return false;
    }

    bool unguarded(const Standing& standing, const ActionRule& action) const {
        using Kind = GuardRule::Kind;
        for (const auto& guard : action.guards) {
            if (guard.kind == Kind::before && !live(standing, guard.clock)) return false;
            if (guard.kind == Kind::notice_over && (standing.notices & bit_of(guard.notice)) == 0)
                return false;
            if (guard.kind == Kind::no_hold && standing.held) return false;
            if (guard.kind == Kind::ballot_passed && (standing.counted & bit_of(guard.ballot)) == 0)
                return false;
        }
        if (action.extends && !live(standing, *action.extends)) return false;
        if (action.opens_ballot && (standing.ballots & bit_of(*action.opens_ballot)) != 0) return false;
        if (action.closes_ballot && (standing.ballots & bit_of(*action.closes_ballot)) == 0) return false;
        for (std::size_t at = 0; proof_.is_matter() && at < proof_.workflow.notices.size(); ++at) {
            const auto& notice = proof_.workflow.notices[at];
            const auto up = standing.notices & bit_of(NoticeIndex{static_cast<std::uint16_t>(at)});
            const bool blocks =
                std::any_of(notice.blocks.begin(), notice.blocks.end(),
                            [&](ActionIndex blocked) { return &proof_.machine.action(blocked) == &action; });
            if (blocks && (up == 0 || (standing.held && !notice.objection.empty()))) return false;
        }
        return true;
    }

    // `origin` is where the whole decision starts, `from` where this step of it does.
    void step(const Standing& origin, const Standing& from, const ActionRule& action, int depth) {
        if (depth > 4) return;
        walked_.taken.insert(&action);
        if (depth == 0) awaited_.taken(action);
        if (action.limit) {
            const auto& then = proof_.machine.action(action.limit->then);
            if (among(then.from, from.state)) step(origin, from, then, depth + 1);
        }
        auto next = from;
        const auto begun = bits(action.starts) | bits(action.restarts);
        check_days(from, action);
        // What stops too soon is said there (prover_deadlines.cpp), and not again of all that follows from
        // it.
        for (const auto clock : action.stops)
            if (!stops_too_soon(proof_.workflow, action, clock, from.state)) next.live &= ~bits({clock});
        next.live |= begun;
        next.ever |= begun;
        if (action.opens_ballot) next.ballots |= bit_of(*action.opens_ballot);
        if (action.closes_ballot) {
            next.ballots &= ~bit_of(*action.closes_ballot);
            next.counted |= bit_of(*action.closes_ballot);
        }
        next.over |= waited_for(proof_, action);
        for (const auto& put_up : {action.opens_notice, action.restarts_notice}) {
            if (!put_up) continue;
            next.notices |= bit_of(*put_up);
            next.over &= ~bit_of(*put_up);
        }
        if (action.opens) next.parts = true;
        hanging_.taken(next, action);
        const bool told = tells(proof_.workflow, action.effects);
        next.told = from.told || told;
        if (!action.to && action.to_when.empty()) {
            withdraw(action.effects, next);
            return settle(origin, next, action, depth);
        }
        if (action.to) return arrive(origin, from, next, action, *action.to, {told, nullptr}, depth);
        for (const auto& branch : action.to_when) {
            const bool told_there = told || tells(proof_.workflow, branch.effects);
            auto there = next;
            there.told = next.told || told_there;
            arrive(origin, from, there, action, branch.to, {told_there, &branch}, depth);
        }
    }

    static bool is_over(const StateRule& state) { return state.end || state.counts_as >= CountsAs::closed; }
    struct Told {
        bool now;
        const Branch* branch;
    };
    void arrive(const Standing& origin, const Standing& from, Standing next, const ActionRule& action,
                StateIndex to, Told told, int depth) {
        const auto& state = proof_.machine.state(to);
        const auto& left = proof_.machine.state(from.state);
        next.state = to;
        if (state.counts_as == CountsAs::closed) next.live &= bits(state.clocks);
        // What was told on the way is no answer, nor is what was told before it was taken up again.
        if (is_over(left) != is_over(state)) next.told = told.now;
        withdraw(action.effects, next);
        if (told.branch != nullptr) withdraw(told.branch->effects, next);
        const bool is_over_now = state.end || (!is_over(left) && is_over(state));
        if (is_over_now && !next.told && proof_.is_matter() && untold_.insert(&action).second)
            proof_.error(
                action.at, "ends_untold",
                "\"" + action.name + "\" closes the matter without telling " +
                    name_of(proof_.workflow.answer_to),
                std::string("give it the effect \"tell ") + name_of(proof_.workflow.answer_to) + "\"");
        check_ballots(next, state);
        awaited_.came(left, state, action, told.branch);
        settle(origin, next, action, depth);
    }

    // What follows by itself is decided with it.
    void settle(const Standing& origin, const Standing& next, const ActionRule& action, int depth) {
        hanging_.came(next, action);
        visit(next, &origin);
        for (const auto& follow : action.then) {
            const auto& then = proof_.machine.action(follow.action);
            // Where it is not possible prove_rules says so.
            if (!among(then.from, next.state) || !done_by(then, WhoRule::Kind::engine)) continue;
            step(origin, next, then, depth + 1);
        }
    }

    void check_ballots(const Standing& next, const StateRule& state) {
        if (state.end) return;
        for (std::size_t at = 0; at < proof_.workflow.ballots.size(); ++at) {
            const BallotIndex ballot{static_cast<std::uint16_t>(at)};
            if ((next.ballots & bit_of(ballot)) == 0 || state.ballot == ballot) continue;
            if (!left_open_.insert(next.state).second) continue;
            proof_.error(state.at, "ballot_left_open",
                         "ballot \"" + proof_.workflow.ballots[at].name + "\" is still open in state \"" +
                             state.name + "\"",
                         "count it on the way here, or give the state the ballot");
        }
    }

    // A clock set to a day needs the day, when it starts or from before.
    void check_days(const Standing& from, const ActionRule& action) {
        for (const auto index : action.restarts) {
            const auto& clock = proof_.clock(index);
            if (clock.limit != ClockLimit::field || among(action.needs, clock.field)) continue;
            for (std::size_t at = 0; at < long_.size(); ++at)
                if (long_[at] == index && (from.ever & bit(at)) == 0 && dayless_.insert(&action).second)
                    proof_.error(action.at, "day_not_yet_known",
                                 "\"" + action.name + "\" restarts clock \"" + clock.name +
                                     "\" before its day was ever filled in",
                                 "ask for the day here, or start the clock on every way here");
        }
    }

    // What runs here must be able to do what it is for.
    void look_at_clocks(const Standing& standing) {
        const auto& state = proof_.machine.state(standing.state);
        bool some = false;
        for (const auto index : state.clocks) {
            if (proof_.clock(index).start != ClockStart::state) continue;
            some = some || sets_a_deadline(proof_.clock(index));
            check_due(standing, state, index);
        }
        for (std::size_t at = 0; at < long_.size(); ++at) {
            if ((standing.live & bit(at)) == 0 || among(state.pauses, long_[at])) continue;
            some = some || sets_a_deadline(proof_.clock(long_[at]));
            check_due(standing, state, long_[at]);
        }
        if (!some && clockless_.insert(standing.state).second) without_clock(state);
    }

    // A clock that is listed there and was not started on the way is the one to start.
    void without_clock(const StateRule& state) {
        for (const auto index : state.clocks) {
            const auto& clock = proof_.clock(index);
            if (clock.start != ClockStart::action || !sets_a_deadline(clock)) continue;
            if (!unstarted_.insert(index).second) return;
            return proof_.error(clock.at, "state_without_clock",
                                "nothing sets a deadline in state \"" + state.name +
                                    "\" on some way there: clock \"" + clock.name + "\" starts by \"" +
                                    clock.started_by + "\" alone",
                                "let it start on every way there, or with receipt (starts = \"receipt\")");
        }
        proof_.error(state.at, "state_without_clock",
                     "nothing sets a deadline in state \"" + state.name + "\" on some way there",
                     "list a clock that runs here, or restart one in the action that leads here");
    }

    // What a schedule wants can be done wherever it runs.
    void check_met(const Standing& standing, const StateRule& state, ClockIndex clock) {
        if (proof_.clock(clock).limit != ClockLimit::schedule) return;
        for (const auto& action : proof_.machine.actions)
            if (among(action.meets, clock) && among(action.from, standing.state) &&
                unguarded(standing, action) &&
                std::any_of(action.who.begin(), action.who.end(),
                            [&](const WhoRule& who) { return there(standing, action, who); }))
                return;
        if (unmet_.insert({standing.state, clock}).second)
            proof_.error(state.at, "schedule_cannot_be_met",
                         "schedule \"" + proof_.clock(clock).name + "\" runs in state \"" + state.name +
                             "\" where nothing that meets it is possible",
                         "let what meets it be done from here, or pause or stop it on the way here");
    }

    void check_due(const Standing& standing, const StateRule& state, ClockIndex clock_index) {
        check_met(standing, state, clock_index);
        const auto& clock = proof_.clock(clock_index);
        const auto action = proof_.machine.find_action(clock.due);
        if (!action || nowhere_.contains({standing.state, clock_index})) return;
        const auto& rule = proof_.machine.action(*action);
        const bool from_here = among(rule.from, standing.state);
        const bool allowed = done_by_clock(rule, clock_index);
        if (from_here && allowed && unguarded(standing, rule)) return;
        nowhere_.insert({standing.state, clock_index});
        if (!from_here)
            proof_.error(state.at, "clock_leads_nowhere",
                         "clock \"" + clock.name + "\" can run out in state \"" + state.name + "\" where \"" +
                             clock.due + "\" is not possible",
                         "add \"" + state.name + "\" to the from of \"" + clock.due +
                             "\", or pause or stop the clock on the way here");
        else if (!allowed)
            proof_.error(
                rule.at, "clock_may_not_act",
                "clock \"" + clock.name + "\" is due to \"" + clock.due + "\" but is not among its who",
                "add \"clock:" + clock.name + "\" to who");
        else
            proof_.error(rule.at, "clock_is_held_back",
                         "clock \"" + clock.name + "\" runs out in state \"" + state.name + "\" and what \"" +
                             clock.due + "\" asks for can be missing",
                         "take the guard away, or let the clock lead to another action");
    }

    const ProofOf& proof_;
    Hanging hanging_;
    Awaited awaited_;
    std::vector<ClockIndex> long_;
    std::set<std::string, std::less<>> opened_;
    Walked walked_;
    std::deque<Standing> open_;
    bool inner_ = true;  // what is played can be done without whoever asks
    std::set<const ActionRule*> untold_, dayless_;
    std::set<StateIndex> clockless_, left_open_;
    std::set<ClockIndex> unstarted_;
    std::set<std::pair<StateIndex, ClockIndex>> nowhere_, unmet_;
};

}  // namespace

void prove_walks(const ProofOf& proof) {
    if (!proof.machine.states.empty()) Walk(proof).go();
}

}  // namespace lianxin::matter
