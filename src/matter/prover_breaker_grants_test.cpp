// What is granted is granted wrongly: by a lost vote, too early, to whoever was refused, to nobody; what was
// done is rated by whoever did it; what is opened cannot begin.
#include <algorithm>
#include <utility>

#include "matter/permission.hpp"
#include "matter/prover_breaker_test.hpp"

namespace lianxin::matter::testing {
namespace {

using access::Relation;

bool confers(const EffectRule& effect) {
    return effect.kind == EffectRule::Kind::appoint || effect.kind == EffectRule::Kind::dismiss ||
           effect.kind == EffectRule::Kind::certificate;
}

bool is_good(const StateRule& state) {
    return state.end && (state.ends_as == EndsAs::closed || state.ends_as == EndsAs::settled);
}

WhoRule by(Relation relation) {
    WhoRule who;
    who.relation = relation;
    return who;
}

class GrantBreaker {
 public:
    GrantBreaker(const Workflow& sound, std::size_t per_operator, const Kinds& kinds)
        : sound_(sound), per_operator_(per_operator), kinds_(kinds) {}

    std::vector<BrokenFlow> all() {
        votes();
        for (std::size_t at = 0; at < machine().actions.size(); ++at) {
            const auto& effects = machine().actions[at].effects;
            if (std::any_of(effects.begin(), effects.end(), confers)) conferred_elsewhere(at);
        }
        appoints_nobody();
        ratings();
        opened();
        return std::move(breaks_);
    }

 private:
    const Machine& machine() const { return sound_.matter(); }
    BrokenFlow& broken(std::string what) { return breaks_.emplace_back(BrokenFlow{std::move(what), sound_}); }

    void votes() {
        for (std::size_t at = 0; at < machine().actions.size(); ++at) {
            const auto& action = machine().actions[at];
            const auto won = std::find_if(
                action.to_when.begin(), action.to_when.end(),
                [](const Branch& way) { return way.when.subject == ConditionSubject::ballot_passed; });
            if (!action.closes_ballot || won == action.to_when.end()) continue;
            for (std::size_t way = 0; way < action.to_when.size(); ++way) {
                if (&action.to_when[way] == &*won) continue;
                const auto goes = [&](const std::string& where, StateIndex to) {
                    broken("a vote not won goes " + where + ", way " + std::to_string(way) + " of action " +
                           action.name)
                        .flow.machines[0]
                        .actions[at]
                        .to_when[way]
                        .to = to;
                };
                goes("where a won one does", won->to);
                if (const auto past = past_it(won->to)) goes("past where a won one does", *past);
                for (std::uint16_t end = 0; end < machine().states.size(); ++end)
                    if (is_good(machine().states[end])) goes("to " + machine().states[end].name, {end});
            }
        }
    }
    std::optional<StateIndex> past_it(StateIndex from) const {
        for (const auto& action : machine().actions)
            if (std::find(action.from.begin(), action.from.end(), from) != action.from.end() && action.to &&
                action.to != from && !machine().state(*action.to).end)
                return action.to;
        return {};
    }

    // What one step confers is conferred by another.
    void conferred_elsewhere(std::size_t at) {
        const auto& action = machine().actions[at];
        std::vector<EffectRule> what;
        std::copy_if(action.effects.begin(), action.effects.end(), std::back_inserter(what), confers);
        for (std::size_t other = 0; other < machine().actions.size(); ++other) {
            if (other == at) continue;
            const auto& rule = machine().actions[other];
            auto& moved = broken("conferred by action " + rule.name).flow.machines[0].actions;
            std::erase_if(moved[at].effects, confers);
            moved[other].effects.insert(moved[other].effects.end(), what.begin(), what.end());
            if (rule.to && machine().state(*rule.to).end) {
                auto& too = broken("conferred by action " + rule.name + ", too").flow.machines[0].actions;
                too[other].effects.insert(too[other].effects.end(), what.begin(), what.end());
            }
            for (std::size_t way = 0; way < rule.to_when.size(); ++way) {
                auto& branch = broken("conferred by way " + std::to_string(way) + " of action " + rule.name)
                                   .flow.machines[0]
                                   .actions[other]
                                   .to_when[way];
                branch.effects.insert(branch.effects.end(), what.begin(), what.end());
            }
        }
    }

    void appoints_nobody() {
        const auto appoints = [](const EffectRule& effect) {
            return effect.kind == EffectRule::Kind::appoint;
        };
        for (std::size_t at = 0; at < machine().actions.size(); ++at) {
            const auto& action = machine().actions[at];
            if (std::none_of(action.effects.begin(), action.effects.end(), appoints)) continue;
            std::erase_if(
                broken("appoints nobody by action " + action.name).flow.machines[0].actions[at].effects,
                appoints);
            auto& actions =
                broken("appoints nobody by another action than " + action.name).flow.machines[0].actions;
            actions.push_back(action);
            actions.back().name += "_nobody";
            std::erase_if(actions.back().effects, appoints);
        }
    }

    void ratings() {
        const auto is_rating = [&](FieldIndex field) {
            return rule_at(sound_.fields, field).type == FieldType::rating;
        };
        const auto rates = [&](const ActionRule& action) {
            return std::any_of(action.needs.begin(), action.needs.end(), is_rating);
        };
        const auto rating =
            std::find_if(sound_.fields.begin(), sound_.fields.end(),
                         [](const FieldRule& field) { return field.type == FieldType::rating; });
        if (rating == sound_.fields.end()) return;
        const FieldIndex field{static_cast<std::uint16_t>(rating - sound_.fields.begin())};
        each_step(breaks_, sound_, per_operator_, "rated by whoever has it", rates,
                  [](ActionRule& action) { action.who = {by(Relation::owner)}; });
        each_step(breaks_, sound_, per_operator_, "rated by whoever has it, too", rates,
                  [](ActionRule& action) { action.who.push_back(by(Relation::owner)); });
        each_step(breaks_, sound_, per_operator_, "rated by whoever took it in", rates,
                  [](ActionRule& action) { action.who = {by(Relation::host)}; });
        each_step(
            breaks_, sound_, per_operator_, "rated by the way",
            [&](const ActionRule& action) {
                return meant_for_people(action.who) && !rates(action) && action.to &&
                       machine().state(*action.to).counts_as == CountsAs::closed;
            },
            [&](ActionRule& action) { action.accepts.push_back(field); });
    }

    // What a step opens is only for people, or wants a form; or the step opens another kind that does.
    void opened() {
        const Workflow* kind = nullptr;
        for (const auto& action : machine().actions)
            for (const auto& effect : action.effects)
                if (effect.kind == EffectRule::Kind::open) kind = kinds_(effect.workflow);
        if (kind == nullptr) return;
        auto& for_people = broken("what it opens is begun by people alone").beside.emplace_back(*kind);
        std::erase_if(for_people.machines[0].start.who,
                      [](const WhoRule& who) { return who.kind == WhoRule::Kind::engine; });
        auto& with_form = broken("what it opens wants a form").beside.emplace_back(*kind);
        with_form.machines[0].start.needs.push_back(FieldIndex{0});
        broken("what it opens asks for less").beside.emplace_back(*kind).machines[0].start.accepts.clear();
        each_step(
            breaks_, sound_, per_operator_, "opens one like itself",
            [](const ActionRule& action) {
                return std::any_of(
                    action.effects.begin(), action.effects.end(),
                    [](const EffectRule& effect) { return effect.kind == EffectRule::Kind::open; });
            },
            [&](ActionRule& action) {
                for (auto& effect : action.effects)
                    if (effect.kind == EffectRule::Kind::open) effect.workflow = sound_.name;
            });
    }

    const Workflow& sound_;
    std::size_t per_operator_;
    const Kinds& kinds_;
    std::vector<BrokenFlow> breaks_;
};

}  // namespace

std::vector<BrokenFlow> grants_broken(const Workflow& sound, std::size_t per_operator, const Kinds& kinds) {
    return GrantBreaker(sound, per_operator, kinds).all();
}

}  // namespace lianxin::matter::testing
