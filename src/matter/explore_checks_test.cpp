// What goes wrong in one step: who takes it, up or down, over whose head, and held against what.
#include "matter/explore_within_test.hpp"
#include "matter/permission.hpp"

namespace lianxin::matter::testing {
namespace {

bool is_lifted(const Decision& decision, const HoldState& hold) {
    return std::any_of(decision.holds.begin(), decision.holds.end(), [&](const HoldChange& change) {
        return !change.opened && change.hold.source == hold.source;
    });
}

// Who has something of their own in it: whoever applies; parties that began it, or who come into a post, out
// of it or by a certificate.
std::optional<Relation> has_something_in_it(const Workflow& flow) {
    if (flow.answer_to == Relation::applicant) return Relation::applicant;
    if (flow.answer_to != Relation::party_to) return {};
    const auto& matter = flow.matter();
    const bool begun = std::any_of(matter.start.who.begin(), matter.start.who.end(), [](const WhoRule& who) {
        return who.kind == WhoRule::Kind::relation && who.relation == Relation::party_to;
    });
    for (const auto& action : matter.actions)
        for (const auto& effect : action.effects)
            if (begun || effect.kind == EffectRule::Kind::appoint ||
                effect.kind == EffectRule::Kind::dismiss || effect.kind == EffectRule::Kind::certificate)
                return Relation::party_to;
    return {};
}

}  // namespace

// From a rung of the ladder the next one is not lower.
void Exploration::check_way_up(const Standing& before, const Decision& decision) {
    for (const auto& step : decision.steps) {
        const auto* was = before.matter.part(step.part);
        const auto* is = decision.after.part(step.part);
        if (was == nullptr || is == nullptr || !was->rung) continue;
        const auto& rule = machine_of(*is).action(step.action);
        if (!rule.owner || rule.owner->kind != OwnerSelector::Kind::next_rung) continue;
        if (town_.all().ladder.at(was->rung->value) != was->owner) continue;
        const auto from = town_.depth(was->owner), to = town_.depth(is->owner);
        if (from && to && *to > *from) harms.insert("\"" + rule.name + "\" climbs down");
    }
}

// What was published comes about while somebody who objected still waits.
void Exploration::check_objections(const Standing& before, const Standing& after, const Decision& decision) {
    if (!decision.ended_as || !is_good_end(flow_.matter().state(*decision.ended_as))) return;
    for (const auto& notice : after.notices) {
        const auto& rule = rule_at(flow_.notices, notice.notice);
        for (const auto& hold : before.matter.holds)
            if (!notice.withdrawn && hold.name == rule.objection && !is_lifted(decision, hold))
                harms.insert("it ends as " + flow_.matter().state(*decision.ended_as).name +
                             " while an objection is open");
    }
}

// Whoever has something in it, whatever post they hold, does only what is theirs to do.
void Exploration::check_themselves(const Standing& before, const PartState& part, const Action& action) {
    const auto& rule = machine_of(part).action(*action.action);
    const auto whom = has_something_in_it(flow_);
    const auto theirs = [&](const WhoRule& who) {
        return who.kind == WhoRule::Kind::relation &&
               (who.relation == whom || who.relation == Relation::reporter ||
                who.relation == Relation::anyone);
    };
    if (!whom || std::any_of(rule.who.begin(), rule.who.end(), theirs)) return;
    for (const auto& who : rule.who)
        for (auto hand : hands(before, &part, who)) {
            const auto may = [&] {
                return ask<bool>(before, hand, {}, town_.all(), [&](const Facts& facts) {
                    return !refusal_of(facts, before.matter, action);
                });
            };
            hand.party = housemate;
            if (may()) harms.insert("who lives with whom it is for does \"" + rule.name + "\"");
            hand.relations.push_back(*whom);
            hand.party = somebody(*whom);
            if (may()) harms.insert("whom it is for does \"" + rule.name + "\" themselves");
        }
}

// Whoever else may put a deadline off, and has the matter in hand as well, may not.
void Exploration::check_own_deadline(const Standing& before, const PartState& part, const Action& action) {
    for (const auto& who : machine_of(part).action(*action.action).who)
        for (auto hand : hands(before, &part, who)) {
            hand.posts.push_back(part.owner);
            const bool may = ask<bool>(before, hand, {}, town_.all(), [&](const Facts& facts) {
                return !refusal_of(facts, before.matter, action);
            });
            if (may) harms.insert("whoever owes it puts its deadline off");
        }
}

// Whoever did the step that the law keeps apart from this one, by whatever post, may not do this one.
void Exploration::check_kept_apart(const Standing& before, const PartState& part, const Action& action) {
    const auto& machine = machine_of(part);
    const auto& rule = machine.action(*action.action);
    for (const auto& binding : law_.bindings) {
        const auto dot = binding.name.find('.');
        if (binding.of != LawBinding::Of::apart || (binding.kind != "*" && binding.kind != flow_.name) ||
            binding.name.substr(0, dot) != rule.name)
            continue;
        constexpr std::string_view prefix = "field:";
        const auto from = binding.name.substr(dot + 1);
        const bool named = from.starts_with(prefix);
        const auto step = named ? std::nullopt : machine.find_action(from);
        const auto field = named ? flow_.find_field(from.substr(prefix.size())) : std::nullopt;
        for (const auto& who : rule.who)
            for (const auto& hand : hands(before, &part, who)) {
                if ((!step && !field) || !hand.party || (field && hand.posts.empty())) continue;
                auto did = before;
                if (step) did.matter.done.push_back({part.no, *step, *hand.party});
                if (field) did.named[*field] = hand.posts.front();
                const bool may = ask<bool>(did, hand, {}, town_.all(), [&](const Facts& facts) {
                    return !refusal_of(facts, did.matter, action);
                });
                if (may)
                    harms.insert("whoever did what the law keeps apart from it does \"" + rule.name + "\"");
            }
    }
}

// A deadline is put off while it runs, and whom it answers hears of it.
void Exploration::check_extensions(const Standing& before, const Decision& decision) {
    for (const auto& step : decision.steps) {
        const auto* part = before.matter.part(step.part);
        if (part == nullptr) continue;
        const auto& rule = machine_of(*part).action(step.action);
        if (!rule.extends) continue;
        const auto* clock = before.matter.clock(*rule.extends, step.part);
        if (clock != nullptr && clock->stage == ClockState::Stage::running && before.now > clock->due)
            harms.insert("\"" + rule.name + "\" puts off what has run out");
        if (step.part == 0 && !decision.told) harms.insert("\"" + rule.name + "\" puts off and tells nobody");
    }
}

// What was fixed within a deadline that is put off is said anew, and runs from then on.
void Exploration::check_fixed_day(const ActionRule& rule, const PartState& part, const Form& form,
                                  const Decision& decision) {
    if (!rule.extends) return;
    for (const auto& clock : decision.after.clocks) {
        const auto& ends = rule_at(flow_.clocks, clock.clock);
        if (clock.part != part.no || !clock.live() || ends.limit != ClockLimit::field ||
            !among(rule_at(flow_.fields, ends.field).in_time_of, *rule.extends))
            continue;
        const bool moved =
            std::any_of(decision.clocks.begin(), decision.clocks.end(), [&](const ClockChange& change) {
                return change.after.clock == clock.clock && change.kind == ClockChange::Kind::restarted;
            });
        if (!moved || form.find(ends.field) == nullptr)
            harms.insert("\"" + rule.name + "\" leaves \"" + ends.name + "\" where it was fixed");
    }
}

// Whoever has it gives it away, and nothing counts how often.
void Exploration::check_handed_on(const Standing& before, const PartState& part, const Action& action,
                                  const Form& form) {
    const auto& rule = machine_of(part).action(*action.action);
    const auto kind = rule.owner ? std::optional(rule.owner->kind) : std::nullopt;
    if (kind != OwnerSelector::Kind::field && kind != OwnerSelector::Kind::previous) return;
    for (const auto& who : rule.who)
        for (auto hand : hands(before, &part, who)) {
            if (who.relation == Relation::superior_of_owner) continue;
            hand.posts.push_back(part.owner);
            const auto answer = decided(before, hand, form, action);
            if (!answer || !answer->tallies.empty()) continue;
            const auto* after = answer->after.part(part.no);
            if (after != nullptr && after->owner != part.owner)
                handed_on_[{part.machine.value, action.action->value}].insert(
                    {part.state.value, after->state.value});
        }
}

// Handed on, taken, and handed on again: for ever.
void Exploration::judge_transfers() {
    for (const auto& [action, ways] : handed_on_) {
        const auto starts_at = [&, &ways = ways](std::uint16_t state) {
            return std::any_of(ways.begin(), ways.end(),
                               [&](const Named& way) { return way.first == state; });
        };
        for (const auto& [from, to] : ways) {
            bool round = starts_at(to);
            for (const auto& [here, there] : only_taken_[action.first])
                round = round || (here == to && starts_at(there));
            if (round)
                harms.insert("\"" + flow_.machines[action.first].actions[action.second].name +
                             "\" passes it on for ever");
        }
    }
}

// What hangs to be read before a vote has hung by the time the vote is counted.
void Exploration::check_read(const Standing& before, const Decision& decision) {
    if (std::none_of(decision.ballots.begin(), decision.ballots.end(),
                     [](const BallotChange& change) { return !change.opened && change.outcome; }))
        return;
    for (const auto& notice : before.notices)
        if (!notice.withdrawn && before.now < notice.until)
            harms.insert("a vote is counted while \"" + rule_at(flow_.notices, notice.notice).name +
                         "\" still hangs");
}

// What is only begun for others: by somebody, and never by whoever asks for themselves.
void Exploration::begin_for_others(const Standing& nothing) {
    const auto& start = flow_.matter().start;
    for (const auto& subkind : flow_.on_behalf) {
        Standing asked = nothing;
        asked.matter.subkind = subkind;
        bool begun = false;
        for (const auto& who : start.who)
            for (const auto& hand : hands(asked, nullptr, who)) {
                by_another_ = !is_outsider(who);
                const auto form = forms(start.needs, start.accepts, {}, nullptr, asked.now).front();
                const auto answer =
                    ask<Result<Decision, Refusal>>(asked, hand, form, town_.all(), matter::begin);
                if (answer && !by_another_)
                    harms.insert("whoever asks begins \"" + subkind + "\" for themselves");
                begun = begun || (answer && by_another_);
            }
        by_another_ = true;
        if (!begun) harms.insert("nobody begins \"" + subkind + "\" for anybody");
    }
}

// Whoever outside is waited for hears of it, unless they went there themselves or were waited for already.
void Exploration::check_awaited(const Hand& by, const Decision& decision) {
    for (const auto& move : decision.moves) {
        const auto& machine = machine_of(move.after);
        const auto& state = machine.state(move.after.state);
        const auto whom = state.waits_for;
        if (whom != Relation::reporter && whom != Relation::applicant && whom != Relation::party_to) continue;
        const bool knew = among(by.relations, *whom) ||
                          (move.from && machine.state(*move.from).waits_for == whom) || !move.entered;
        const bool told =
            std::any_of(decision.effects.begin(), decision.effects.end(), [&](const Effect& effect) {
                return effect.kind == EffectRule::Kind::tell && effect.whom == *whom;
            });
        if (!knew && !told) harms.insert("whom it waits for in " + state.name + " never hears of it");
    }
}

// A deadline stands still for somebody outside, and not for ever.
void Exploration::check_pauses(const Standing& at, const PartState& part) {
    const auto& state = machine_of(part).state(part.state);
    const auto outside = {Relation::reporter, Relation::applicant, Relation::party_to};
    for (const auto& clock : at.matter.clocks) {
        if (clock.part != part.no || clock.stage != ClockState::Stage::paused ||
            rule_at(flow_.clocks, clock.clock).limit == ClockLimit::schedule)
            continue;
        if (!state.waits_for || std::find(outside.begin(), outside.end(), *state.waits_for) == outside.end())
            harms.insert("a deadline stands still in " + state.name + ", which waits for nobody outside");
        if (!state.pause_cap) harms.insert("a deadline may stand still for ever in " + state.name);
    }
}

// Saying no and taking back wait for no notice, unless they ask for its end themselves.
void Exploration::check_held_back(const ActionRule& rule, const Refusal& refusal, const StateRule* to) {
    const bool by_notice =
        refusal.code == ActRefusal::notice_is_not_over || refusal.code == ActRefusal::objection_is_open;
    const bool asks_itself = std::any_of(rule.guards.begin(), rule.guards.end(), [](const GuardRule& guard) {
        return guard.kind == GuardRule::Kind::notice_over || guard.kind == GuardRule::Kind::no_hold;
    });
    if (by_notice && !asks_itself && to != nullptr && to->end && !is_good_end(*to))
        harms.insert("\"" + rule.name + "\" is held back by a notice");
}

// What is asked for can be filled in at all, by the form's own rules.
void Exploration::check_fillable(Instant now) {
    const auto try_all = [&](const std::vector<FieldIndex>& needs) {
        for (const auto field : needs) {
            const auto& rule = rule_at(flow_.fields, field);
            Form form;
            form.set(field, answer(rule, nullptr, now));
            const std::vector<FieldIndex> alone = {field};
            if (!check_form({flow_.fields, flow_.lists, lists_, Zone{}.day_of(now)}, form, alone, {}, {})
                     .empty())
                harms.insert("nothing that could be filled in at \"" + rule.name + "\" is taken");
        }
    };
    for (const auto& machine : flow_.machines) {
        try_all(machine.start.needs);
        for (const auto& action : machine.actions) try_all(action.needs);
    }
}

// A figure is filled in, and what it is held against has been, or is with it.
void Exploration::say(Standing& at, const Form& form, const std::string& where) {
    for (const auto& entry : form.entries()) {
        const auto& bound = rule_at(flow_.fields, entry.field).bound;
        if (bound && form.find(bound->field) == nullptr && !at.said.contains(bound->field))
            harms.insert("in \"" + where + "\" a figure is held against nothing");
    }
    for (const auto& entry : form.entries()) {
        if (bounds_.contains(entry.field)) at.said.insert(entry.field);
        const auto* posts = std::get_if<PostsValue>(&entry.value);
        if (posts != nullptr && among(naming_, entry.field)) at.named[entry.field] = posts->posts.front();
    }
}

}  // namespace lianxin::matter::testing
