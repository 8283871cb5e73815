// What hangs in public is walked round, hangs on, says nothing, or is objected to in vain.
#include <algorithm>
#include <functional>
#include <utility>

#include "matter/prover_breaker_test.hpp"

namespace lianxin::matter::testing {
namespace {

class NoticeBreaker {
 public:
    NoticeBreaker(const Workflow& sound, std::size_t per_operator)
        : sound_(sound), per_operator_(per_operator) {}

    std::vector<BrokenFlow> all() {
        if (sound_.notices.empty()) return {};
        hangs_on();
        hears_of_nothing();
        walked_round();
        says_nothing();
        return std::move(breaks_);
    }

 private:
    void add(std::size_t& so_far, std::string what, const std::function<void(Workflow&)>& change) {
        if (so_far++ >= per_operator_) return;
        breaks_.push_back({std::move(what), sound_});
        change(breaks_.back().flow);
    }

    template <class Fits, class Do>
    void each_action(const std::string& what, Fits fits, Do change) {
        std::size_t so_far = 0;
        const auto& actions = sound_.matter().actions;
        for (std::size_t i = 0; i < actions.size(); ++i)
            if (fits(actions[i]))
                add(so_far, what + " of action " + actions[i].name,
                    [&](Workflow& flow) { change(flow.machines[0].actions[i]); });
    }

    void hangs_on() {
        const auto withdraws = [](const EffectRule& effect) {
            return effect.kind == EffectRule::Kind::withdraw_notice;
        };
        each_action(
            "withdraws no notice",
            [&](const ActionRule& a) { return std::any_of(a.effects.begin(), a.effects.end(), withdraws); },
            [&](ActionRule& a) { std::erase_if(a.effects, withdraws); });
    }

    void hears_of_nothing() {
        const auto hears = [](const WhoRule& who) { return who.kind == WhoRule::Kind::child; };
        each_action(
            "hears of no objection",
            [&](const ActionRule& a) { return std::any_of(a.who.begin(), a.who.end(), hears); },
            [&](ActionRule& a) { std::erase_if(a.who, hears); });
    }

    // What a notice holds back can be had at once, by another name.
    void walked_round() {
        std::size_t so_far = 0;
        const auto& machine = sound_.matter();
        for (const auto& notice : sound_.notices)
            for (const auto blocked : notice.blocks) {
                const auto& action = machine.action(blocked);
                if (!action.to || !machine.state(*action.to).end) continue;
                add(so_far, "once more at once of action " + action.name, [&](Workflow& flow) {
                    auto& matter = flow.machines[0];
                    matter.actions.push_back(action);
                    matter.actions.back().name += "_at_once";
                    matter.actions.back().from = {matter.start.to};
                    matter.actions.back().guards.clear();
                });
            }
    }

    void says_nothing() {
        std::size_t so_far = 0;
        for (const auto& notice : sound_.notices)
            for (const auto& what : notice.shows) {
                const auto field = sound_.find_field(what);
                const auto& start = sound_.matter().start;
                const auto asks = [&](const std::vector<FieldIndex>& fields) {
                    return field && std::find(fields.begin(), fields.end(), *field) != fields.end();
                };
                if (!asks(start.needs) && !asks(start.accepts)) continue;
                add(so_far, what + " not asked for at the start", [&](Workflow& flow) {
                    std::erase(flow.machines[0].start.needs, *field);
                    std::erase(flow.machines[0].start.accepts, *field);
                });
            }
    }

    const Workflow& sound_;
    std::size_t per_operator_;
    std::vector<BrokenFlow> breaks_;
};

}  // namespace

std::vector<BrokenFlow> notices_broken(const Workflow& sound, std::size_t per_operator) {
    return NoticeBreaker(sound, per_operator).all();
}

}  // namespace lianxin::matter::testing
