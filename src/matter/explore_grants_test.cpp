// What goes wrong where something is granted or opened: by a vote that was lost, before whoever objects was
// heard, on whoever was refused, to nobody; and what is opened cannot begin.
#include "matter/explore_within_test.hpp"

namespace lianxin::matter::testing {
namespace {

bool confers(const Decision& decision) {
    using Kind = EffectRule::Kind;
    return std::any_of(decision.effects.begin(), decision.effects.end(), [](const Effect& effect) {
        return effect.kind == Kind::appoint || effect.kind == Kind::dismiss ||
               effect.kind == Kind::certificate;
    });
}

bool asks_for_vacancy(const Workflow& flow) {
    const auto& guards = flow.matter().start.guards;
    return std::any_of(guards.begin(), guards.end(),
                       [](const GuardRule& guard) { return guard.kind == GuardRule::Kind::post_vacant; });
}

}  // namespace

void Exploration::note_vote(const Standing& before, const Decision& decision) {
    if (before.matter.parts.empty()) return;
    auto vote = Vote::none;
    for (const auto& change : decision.ballots)
        if (!change.opened && change.outcome)
            vote = *change.outcome == BallotOutcome::passed ? Vote::won : Vote::lost;
    votes_.insert({before.matter.parts.front().state.value, decision.after.parts.front().state.value, vote});
}

// A vote that was lost leads neither where it would have led when won, nor to where one comes past a vote
// that was won alone; but that nothing comes of it may be said in many places.
void Exploration::judge_votes() {
    const auto reached = [&](bool with_won) {
        std::set<std::uint16_t> seen{flow_.matter().start.to.value};
        for (bool grown = true; grown;) {
            grown = false;
            for (const auto& [from, to, vote] : votes_)
                if (vote != Vote::lost && (with_won || vote != Vote::won) && seen.contains(from))
                    grown = seen.insert(to).second || grown;
        }
        return seen;
    };
    const auto ever = reached(true), unasked = reached(false);
    for (const auto& [from, to, vote] : votes_) {
        const auto& state = flow_.matter().state(StateIndex{to});
        if (vote != Vote::lost || (state.end && !is_good_end(state))) continue;
        if (votes_.contains({from, to, Vote::won}) || (ever.contains(to) && !unasked.contains(to)))
            harms.insert("a vote that was lost leads to " + state.name);
    }
}

// Nobody comes into a post, out of it or by a certificate before whoever objects was heard, nor by the step
// that refuses them.
void Exploration::check_granted(const Standing& before, const Decision& decision) {
    if (!confers(decision)) return;
    if (decision.ended_as && !is_good_end(flow_.matter().state(*decision.ended_as)))
        harms.insert("whoever is refused gets it all the same");
    bool public_one = false, heard = false, hangs = false;
    for (const auto& notice : flow_.notices) public_one = public_one || !notice.objection.empty();
    for (const auto& notice : before.notices) {
        if (notice.withdrawn || rule_at(flow_.notices, notice.notice).objection.empty()) continue;
        (before.now < notice.until ? hangs : heard) = true;
    }
    for (const auto& change : decision.notices)
        hangs = hangs || (change.kind != NoticeChange::Kind::withdrawn &&
                          !rule_at(flow_.notices, change.notice).objection.empty());
    if (hangs || (public_one && !heard)) harms.insert("it is conferred before whoever objects was heard");
    if (objected_to(before)) harms.insert("it is conferred while an objection is open");
}

// What was begun because a post is vacant ends well when somebody has it.
void Exploration::check_filled(const Standing& after, const Decision& decision) {
    if (decision.ended_as && asks_for_vacancy(flow_) && !after.appointed &&
        is_good_end(flow_.matter().state(*decision.ended_as)))
        harms.insert("it ends well, and the post it is about stays vacant");
}

// As the engine begins what a step opens: nobody fills in a form or chooses a service.
bool Exploration::begins_by_itself() {
    Standing nothing;
    nothing.now = *parse_local("2024-11-04 09:00:00", Zone{});
    nothing.matter.received = nothing.now;
    nothing.matter.subkind = flow_.subkinds.empty() ? "" : flow_.subkinds.front();
    nothing.matter.host = asked_first;
    const Hand engine{{Relation::engine}, {}, {}};
    return !flow_.matter().start.service_item &&
           ask<Result<Decision, Refusal>>(nothing, engine, {}, town_.all(), matter::begin).has_value();
}

void Exploration::check_opened(const Decision& decision) {
    if (!law_.workflow) return;
    for (const auto& effect : decision.effects) {
        if (effect.kind != EffectRule::Kind::open || !opened_.insert(effect.workflow).second) continue;
        const auto* kind = law_.workflow(effect.workflow);
        if (kind == nullptr || !Exploration(*kind, {}).begins_by_itself())
            harms.insert("\"" + effect.workflow + "\" is opened and cannot begin");
    }
}

// Whoever did the work rates it.
void Exploration::check_rates(const Standing& before, const Hand& hand, const Action& action,
                              const Form& form) {
    const auto& rule = machine_of(*before.matter.part(action.part)).action(*action.action);
    for (const auto* fields : {&rule.needs, &rule.accepts})
        for (const auto field : *fields) {
            if (rule_at(flow_.fields, field).type != FieldType::rating) continue;
            auto rating = form;
            rating.set(field, RatingValue{Solved::yes, 5, {}});
            if (decided(before, hand, rating, action))
                harms.insert("\"" + rule.name + "\" is rated, and not by whoever asked");
        }
}

}  // namespace lianxin::matter::testing
