#include <algorithm>
#include <functional>

#include "matter/permission.hpp"
#include "matter/prover_breaker_test.hpp"

namespace lianxin::matter::testing {

std::optional<ActionIndex> step_that_says_no(const Workflow& sound) {
    const auto& machine = sound.matter();
    for (std::size_t i = 0; i < machine.actions.size(); ++i) {
        const auto& action = machine.actions[i];
        const auto* to = action.to ? &machine.state(*action.to) : nullptr;
        const bool drops =
            to != nullptr && to->end && to->ends_as != EndsAs::closed && to->ends_as != EndsAs::settled;
        if (drops && meant_for_people(action.who) && action.guards.empty())
            return ActionIndex{static_cast<std::uint16_t>(i)};
    }
    return {};
}

std::vector<BrokenFlow> thinned(std::vector<BrokenFlow> breaks, std::size_t at_most) {
    if (breaks.size() <= at_most) return breaks;
    std::vector<BrokenFlow> few;
    for (std::size_t i = 0; i < at_most; ++i) few.push_back(std::move(breaks[i * breaks.size() / at_most]));
    return few;
}

void each_step(std::vector<BrokenFlow>& breaks, const Workflow& sound, std::size_t at_most,
               const std::string& what, const Fits& fits, const Change& change) {
    std::size_t so_far = 0;
    const auto& actions = sound.matter().actions;
    for (std::size_t i = 0; i < actions.size() && so_far < at_most; ++i) {
        if (!fits(actions[i])) continue;
        ++so_far;
        breaks.push_back({what + " of action " + actions[i].name, sound});
        change(breaks.back().flow.machines[0].actions[i]);
    }
}

namespace {

bool is_asker(const WhoRule& who) {
    return who.kind == WhoRule::Kind::relation &&
           (who.relation == access::Relation::reporter || who.relation == access::Relation::applicant ||
            who.relation == access::Relation::party_to);
}

bool is_rating(const EffectRule& effect) {
    return effect.kind == EffectRule::Kind::ask_rating;
}

bool waits_for_pieces(const GuardRule& guard) {
    return guard.kind == GuardRule::Kind::parts_done;
}

// In whose hand a step is that belongs in another.
void hands_broken(std::vector<BrokenFlow>& breaks, const Workflow& sound, std::size_t at_most) {
    const auto& machine = sound.matter();
    WhoRule asker, owner;
    asker.relation = sound.answer_to == access::Relation::host ? access::Relation::reporter : sound.answer_to;
    owner.relation = access::Relation::owner;
    each_step(
        breaks, sound, at_most, "whoever asks may do it too",
        [](const ActionRule& action) {
            return meant_for_people(action.who) &&
                   std::none_of(action.who.begin(), action.who.end(), is_asker);
        },
        [&](ActionRule& action) { action.who.push_back(asker); });
    each_step(
        breaks, sound, at_most, "taken back by whoever has it",
        [&](const ActionRule& action) {
            return action.to && machine.state(*action.to).ends_as == EndsAs::withdrawn &&
                   std::any_of(action.who.begin(), action.who.end(), is_asker);
        },
        [&](ActionRule& action) { action.who = {owner}; });
}

// What several have in hand, what must be there before, what is asked for afterwards.
void needs_broken(std::vector<BrokenFlow>& breaks, const Workflow& sound, std::size_t at_most) {
    each_step(
        breaks, sound, at_most, "does not wait for its pieces",
        [](const ActionRule& action) {
            return std::any_of(action.guards.begin(), action.guards.end(), waits_for_pieces);
        },
        [](ActionRule& action) { std::erase_if(action.guards, waits_for_pieces); });
    each_step(
        breaks, sound, at_most, "asks nobody how it went",
        [](const ActionRule& action) {
            return std::any_of(action.effects.begin(), action.effects.end(), is_rating);
        },
        [](ActionRule& action) { std::erase_if(action.effects, is_rating); });
    const auto is_every_paper = [&](FieldIndex field) {
        return rule_at(sound.fields, field).all && !rule_at(sound.fields, field).list_source.empty();
    };
    each_step(
        breaks, sound, at_most, "does not look at the papers",
        [&](const ActionRule& action) {
            return std::any_of(action.needs.begin(), action.needs.end(), is_every_paper);
        },
        [&](ActionRule& action) { std::erase_if(action.needs, is_every_paper); });
    for (std::size_t i = 0; i < sound.fields.size(); ++i) {
        const auto& field = sound.fields[i];
        if (field.lead) {
            breaks.push_back({"nobody leads among " + field.name, sound});
            breaks.back().flow.fields[i].lead = false;
        }
        if (field.bound && field.bound->kind == BoundKind::apart_from) {
            breaks.push_back({field.name + " may be whom the other field names", sound});
            breaks.back().flow.fields[i].bound.reset();
        }
    }
    BrokenFlow unrated{"nobody is ever asked how it went", sound};
    std::size_t asked = 0;
    for (auto& action : unrated.flow.machines[0].actions) asked += std::erase_if(action.effects, is_rating);
    if (asked > 0) breaks.push_back(std::move(unrated));
}

// Hardly anybody comes, hardly anybody agrees.
void votes_broken(std::vector<BrokenFlow>& breaks, const Workflow& sound) {
    for (std::size_t i = 0; i < sound.ballots.size(); ++i)
        for (const auto share : {&BallotRule::quorum, &BallotRule::majority}) {
            const bool quorum = share == &BallotRule::quorum;
            breaks.push_back(
                {std::string(quorum ? "few come to" : "few agree in") + " ballot " + sound.ballots[i].name,
                 sound});
            auto& lowered = breaks.back().flow.ballots[i].*share;
            lowered = Share{1, 100, false, lowered.of};
        }
}

bool is_tell(const EffectRule& effect) {
    return effect.kind == EffectRule::Kind::tell;
}

}  // namespace

std::vector<BrokenFlow> steps_broken(const Workflow& sound, std::size_t per_operator) {
    std::vector<BrokenFlow> breaks;
    const auto& machine = sound.matter();
    each_step(
        breaks, sound, per_operator, "in nobody else's hand",
        [](const ActionRule& action) { return !action.apart_from.empty(); },
        [](ActionRule& action) { action.apart_from.clear(); });
    each_step(
        breaks, sound, per_operator, "decided by whoever is named for it",
        [](const ActionRule& action) { return !action.apart_from_named.empty(); },
        [](ActionRule& action) { action.apart_from_named.clear(); });
    each_step(
        breaks, sound, per_operator, "stands apart from only one of those named",
        [](const ActionRule& action) { return action.apart_from_named.size() > 1; },
        [](ActionRule& action) { action.apart_from_named.pop_back(); });
    each_step(
        breaks, sound, per_operator, "whom it waits for is not told",
        [&](const ActionRule& action) {
            return action.to && machine.state(*action.to).waits_for &&
                   std::any_of(action.effects.begin(), action.effects.end(), is_tell);
        },
        [](ActionRule& action) { std::erase_if(action.effects, is_tell); });
    each_step(
        breaks, sound, per_operator, "waits for a notice at the beginning",
        [&](const ActionRule& action) {
            return std::find(action.from.begin(), action.from.end(), machine.start.to) == action.from.end() &&
                   std::any_of(action.guards.begin(), action.guards.end(), [](const GuardRule& guard) {
                       return guard.kind == GuardRule::Kind::notice_over;
                   });
        },
        [&](ActionRule& action) { action.from.push_back(machine.start.to); });
    hands_broken(breaks, sound, per_operator);
    needs_broken(breaks, sound, per_operator);
    votes_broken(breaks, sound);
    return breaks;
}

}  // namespace lianxin::matter::testing
