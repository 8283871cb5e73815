// Whom it waits for can do nothing but give up, or somebody else goes on without them.
#include <algorithm>

#include "matter/prover_breaker_test.hpp"

namespace lianxin::matter::testing {
namespace {

using access::Relation;

bool is(const WhoRule& who, Relation relation) {
    return who.kind == WhoRule::Kind::relation && who.relation == relation;
}

bool by(const ActionRule& action, Relation relation) {
    return std::any_of(action.who.begin(), action.who.end(),
                       [&](const WhoRule& who) { return is(who, relation); });
}

bool is_from(const ActionRule& action, StateIndex state) {
    return std::find(action.from.begin(), action.from.end(), state) != action.from.end();
}

// Whoever waits here for somebody outside.
class WaitBreaker {
 public:
    WaitBreaker(const Workflow& sound, StateIndex waits, std::size_t at_most)
        : sound_(sound), waits_(waits), whom_(*sound.matter().state(waits).waits_for), at_most_(at_most) {}

    std::vector<BrokenFlow> all() {
        only_give_up();
        answered_by_the_office();
        gone_on();
        return std::move(breaks_);
    }

 private:
    [[nodiscard]] bool gives_up(const ActionRule& action) const {
        return action.to && sound_.matter().state(*action.to).ends_as == EndsAs::withdrawn;
    }

    void only_give_up() {
        auto& actions = breaks_
                            .emplace_back(BrokenFlow{"whom it waits for can only give up in state " +
                                                         sound_.matter().state(waits_).name,
                                                     sound_})
                            .flow.machines[0]
                            .actions;
        for (auto& action : actions) {
            if (!is_from(action, waits_) || gives_up(action) || !by(action, whom_)) continue;
            if (action.who.size() > 1)
                std::erase_if(action.who, [&](const WhoRule& who) { return is(who, whom_); });
            else
                std::erase(action.from, waits_);
        }
    }

    void answered_by_the_office() {
        WhoRule owner;
        owner.relation = Relation::owner;
        const auto answers = [&](const ActionRule& action) {
            return is_from(action, waits_) && by(action, whom_) && !gives_up(action);
        };
        each_step(breaks_, sound_, at_most_, "answered by whoever has it, too,", answers,
                  [&](ActionRule& action) { action.who.push_back(owner); });
        each_step(breaks_, sound_, at_most_, "answered by whoever has it", answers, [&](ActionRule& action) {
            std::erase_if(action.who, [&](const WhoRule& who) { return is(who, whom_); });
            action.who.push_back(owner);
        });
    }

    // Whatever else whoever has it may do is done while somebody is waited for.
    void gone_on() {
        const auto others = [&](const ActionRule& action) {
            return !is_from(action, waits_) && !action.from.empty() && !action.closes_ballot &&
                   (by(action, Relation::owner) || by(action, Relation::superior_of_owner));
        };
        each_step(breaks_, sound_, 4 * at_most_, "not waiting in state " + sound_.matter().state(waits_).name,
                  others, [&](ActionRule& action) { action.from.push_back(waits_); });
    }

    const Workflow& sound_;
    StateIndex waits_;
    Relation whom_;
    std::size_t at_most_;
    std::vector<BrokenFlow> breaks_;
};

}  // namespace

std::vector<BrokenFlow> waiting_broken(const Workflow& sound, std::size_t per_operator) {
    std::vector<BrokenFlow> breaks;
    const auto& states = sound.matter().states;
    for (std::uint16_t at = 0; at < states.size(); ++at) {
        const auto whom = states[at].waits_for;
        if (whom != Relation::reporter && whom != Relation::applicant && whom != Relation::party_to) continue;
        for (auto& broken : WaitBreaker(sound, StateIndex{at}, per_operator).all())
            breaks.push_back(std::move(broken));
    }
    return breaks;
}

}  // namespace lianxin::matter::testing
