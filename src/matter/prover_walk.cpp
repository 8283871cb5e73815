#include <cstdint>
#include <deque>
#include <set>

#include "matter/prover_report.hpp"

namespace lianxin::matter {
namespace {

// Where a matter can stand: the state, which of the long clocks run, and whether the resident was told since
// it was last open.
struct Standing {
    StateIndex state;
    std::uint32_t live = 0;
    bool told = false;
    auto operator<=>(const Standing&) const = default;
};

class Walk {
 public:
    explicit Walk(const ProofOf& proof) : proof_(proof) {
        for (std::size_t at = 0; at < proof.workflow.clocks.size() && long_.size() < 24; ++at) {
            const auto& clock = proof.workflow.clocks[at];
            if (clock.machine == proof.index && clock.start != ClockStart::state)
                long_.push_back(ClockIndex{static_cast<std::uint16_t>(at)});
        }
    }

    void go() {
        Standing first{proof_.machine.start.to, 0, tells(proof_.machine.start.effects)};
        for (std::size_t at = 0; at < long_.size(); ++at) {
            const auto start = proof_.clock(long_[at]).start;
            if (start == ClockStart::receipt || start == ClockStart::opening) first.live |= bit(at);
        }
        visit(first);
        while (!open_.empty()) {
            const auto standing = open_.front();
            open_.pop_front();
            if (proof_.machine.state(standing.state).end) continue;
            look_at_clocks(standing);
            for (const auto& action : proof_.machine.actions)
                if (among(action.from, standing.state)) step(standing, action);
        }
        report_states();
    }

 private:
    static std::uint32_t bit(std::size_t at) { return std::uint32_t{1} << at; }

    std::uint32_t bits(const std::vector<ClockIndex>& clocks) const {
        std::uint32_t mask = 0;
        for (std::size_t at = 0; at < long_.size(); ++at)
            if (among(clocks, long_[at])) mask |= bit(at);
        return mask;
    }

    bool tells(const std::vector<EffectRule>& effects) const {
        return std::any_of(effects.begin(), effects.end(), [&](const EffectRule& effect) {
            return effect.kind == EffectRule::Kind::tell && effect.whom == proof_.workflow.answer_to &&
                   !effect.when;
        });
    }

    void visit(const Standing& standing) {
        if (seen_.insert(standing).second) open_.push_back(standing);
    }

    void step(const Standing& from, const ActionRule& action) {
        const bool moves = action.to || !action.to_when.empty();
        auto next = from;
        next.live = ((from.live & ~bits(action.stops)) | bits(action.starts) | bits(action.restarts));
        const bool told = tells(action.effects);
        next.told = from.told || told;
        if (!moves) return visit(next);
        if (action.to) return arrive(from, next, action, *action.to, told);
        for (const auto& branch : action.to_when) {
            const bool told_there = told || tells(branch.effects);
            auto there = next;
            there.told = next.told || told_there;
            arrive(from, there, action, branch.to, told_there);
        }
    }

    void arrive(const Standing& from, Standing next, const ActionRule& action, StateIndex to, bool told) {
        const auto& state = proof_.machine.state(to);
        const auto& left = proof_.machine.state(from.state);
        edges_.insert({from.state, to});
        next.state = to;
        if (state.counts_as == CountsAs::closed) next.live &= bits(state.clocks);
        // Taken up again: what was told then answers no more.
        if (left.counts_as == CountsAs::closed && state.counts_as == CountsAs::open) next.told = told;
        if (state.end && !next.told && proof_.is_matter() && untold_.insert(&action).second)
            proof_.error(
                action.at, "ends_untold",
                "\"" + action.name + "\" ends the matter without telling " +
                    name_of(proof_.workflow.answer_to),
                std::string("give it the effect \"tell ") + name_of(proof_.workflow.answer_to) + "\"");
        visit(next);
    }

    // What runs here must be able to do what it is for.
    void look_at_clocks(const Standing& standing) {
        const auto& state = proof_.machine.state(standing.state);
        bool some = false;
        for (const auto index : state.clocks) {
            const auto& clock = proof_.clock(index);
            if (clock.start == ClockStart::state) {
                some = true;
                check_due(state, standing.state, index);
            }
        }
        for (std::size_t at = 0; at < long_.size(); ++at) {
            if ((standing.live & bit(at)) == 0 || among(state.pauses, long_[at])) continue;
            if (among(state.clocks, long_[at])) some = true;
            check_due(state, standing.state, long_[at]);
        }
        if (!some && clockless_.insert(standing.state).second)
            proof_.error(state.at, "state_without_clock",
                         "nothing sets a deadline in state \"" + state.name + "\" on some way there",
                         "list a clock that runs here, or restart one in the action that leads here");
    }

    void check_due(const StateRule& state, StateIndex index, ClockIndex clock_index) {
        const auto& clock = proof_.clock(clock_index);
        const auto action = proof_.machine.find_action(clock.due);
        if (!action || !nowhere_.insert({index, clock_index}).second) return;
        const auto& rule = proof_.machine.action(*action);
        if (!among(rule.from, index))
            proof_.error(state.at, "clock_leads_nowhere",
                         "clock \"" + clock.name + "\" can run out in state \"" + state.name + "\" where \"" +
                             clock.due + "\" is not possible",
                         "add \"" + state.name + "\" to the from of \"" + clock.due +
                             "\", or pause or stop the clock on the way here");
        else if (!done_by_clock(rule, clock_index))
            proof_.error(
                rule.at, "clock_may_not_act",
                "clock \"" + clock.name + "\" is due to \"" + clock.due + "\" but is not among its who",
                "add \"clock:" + clock.name + "\" to who");
    }

    void report_states() {
        std::set<StateIndex> reached;
        for (const auto& standing : seen_) reached.insert(standing.state);
        std::set<StateIndex> ending;  // from which an end can be reached
        for (std::size_t at = 0; at < proof_.machine.states.size(); ++at)
            if (proof_.machine.states[at].end) ending.insert(StateIndex{static_cast<std::uint16_t>(at)});
        for (bool grown = true; grown;) {
            grown = false;
            for (const auto& [from, to] : edges_)
                if (ending.contains(to) && ending.insert(from).second) grown = true;
        }
        for (std::size_t at = 0; at < proof_.machine.states.size(); ++at) {
            const StateIndex index{static_cast<std::uint16_t>(at)};
            const auto& state = proof_.machine.states[at];
            if (!reached.contains(index))
                proof_.error(state.at, "state_not_reached", "no action leads to state \"" + state.name + "\"",
                             "let an action lead here, or remove the state");
            else if (!ending.contains(index))
                proof_.error(state.at, "no_end_in_reach",
                             "from state \"" + state.name + "\" no end can be reached",
                             "add an action that leads on to an end");
        }
    }

    const ProofOf& proof_;
    std::vector<ClockIndex> long_;
    std::set<Standing> seen_;
    std::deque<Standing> open_;
    std::set<std::pair<StateIndex, StateIndex>> edges_;
    std::set<const ActionRule*> untold_;
    std::set<StateIndex> clockless_;
    std::set<std::pair<StateIndex, ClockIndex>> nowhere_;
};

}  // namespace

void prove_walks(const ProofOf& proof) {
    if (!proof.machine.states.empty()) Walk(proof).go();
}

}  // namespace lianxin::matter
