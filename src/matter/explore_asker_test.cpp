// What goes wrong where whoever asks takes a step that is somebody else's, or somebody else takes theirs.
#include "matter/explore_within_test.hpp"

namespace lianxin::matter::testing {
namespace {

bool is_asker(Relation relation) {
    return relation == Relation::reporter || relation == Relation::applicant;
}

// Somebody outside may begin it: then it is theirs to take back.
bool is_asked_from_outside(const Workflow& flow) {
    const auto& who = flow.matter().start.who;
    return std::any_of(who.begin(), who.end(), [](const WhoRule& each) { return is_outsider(each); });
}

bool says_no(const StateRule& state) {
    return state.end && state.ends_as && !is_good_end(state);
}

bool is_rated(const Workflow& flow) {
    const auto is_rating = [&](FieldIndex field) {
        return rule_at(flow.fields, field).type == FieldType::rating;
    };
    const auto& actions = flow.matter().actions;
    return std::any_of(actions.begin(), actions.end(), [&](const ActionRule& action) {
        return std::any_of(action.needs.begin(), action.needs.end(), is_rating);
    });
}

bool confers(const Decision& decision) {
    using Kind = EffectRule::Kind;
    const auto gives = [](const Effect& effect) {
        return effect.kind == Kind::appoint || effect.kind == Kind::dismiss ||
               effect.kind == Kind::certificate || effect.kind == Kind::publish;
    };
    const auto hangs = [](const NoticeChange& change) {
        return change.kind != NoticeChange::Kind::withdrawn;
    };
    const auto asks = [](const BallotChange& change) { return change.opened || change.outcome; };
    return std::any_of(decision.ballots.begin(), decision.ballots.end(), asks) ||
           std::any_of(decision.effects.begin(), decision.effects.end(), gives) ||
           std::any_of(decision.notices.begin(), decision.notices.end(), hangs);
}

bool turns_clocks(const Decision& decision) {
    using Kind = ClockChange::Kind;
    return std::any_of(decision.clocks.begin(), decision.clocks.end(), [](const ClockChange& change) {
        return change.kind == Kind::stopped || change.kind == Kind::extended ||
               change.kind == Kind::restarted || change.kind == Kind::recounted;
    });
}

}  // namespace

// Whoever asks takes the step themselves, by no post of theirs.
void Exploration::check_asker(const Standing& before, const PartState& part, const Hand& hand,
                              const Action& action, const std::vector<Form>& all) {
    const auto& rule = machine_of(part).action(*action.action);
    for (const auto& form : all)
        if (const auto answer = decided(before, hand, form, action))
            check_asker_leads(part, hand, rule, *answer);
}

// They may be waited for, rate, take it back, and come back to what was answered; all else is decided by
// those whom they ask. What goes back on the way it came is found at the end (judge_asker).
void Exploration::check_asker_leads(const PartState& part, const Hand& hand, const ActionRule& rule,
                                    const Decision& decision) {
    const auto* after = decision.after.part(part.no);
    if (after == nullptr) return;
    const auto& machine = machine_of(part);
    const auto &left = machine.state(part.state), &to = machine.state(after->state);
    const bool over = is_answer(to) || (part.no != 0 && to.end);
    if (confers(decision) || (over && left.counts_as != CountsAs::closed)) {
        harms.insert("whoever asks decides it by \"" + rule.name + "\"");
        return;
    }
    const bool is_waited_for = left.waits_for && among(hand.relations, *left.waits_for);
    if (left.counts_as != CountsAs::open || is_waited_for || says_no(to)) return;
    if (after->state != part.state)
        moved_by_asker_[{part.machine.value, machine.find_action(rule.name)->value}].insert(
            {part.state.value, after->state.value});
    else if (turns_clocks(decision) || after->owner != part.owner || !rule.meets.empty())
        harms.insert("whoever asks does by \"" + rule.name + "\" what is not theirs");
}

// It goes back where every way to here came through the state it is led to.
void Exploration::judge_asker() {
    for (const auto& [action, ways] : moved_by_asker_)
        for (const auto& [from, to] : ways)
            if (reached_without(action.first, to).contains(from))
                harms.insert("whoever asks moves it on by \"" +
                             flow_.machines[action.first].actions[action.second].name + "\"");
}

// What counts as taken back is left out of the figures: whoever asked took it back, or let it drop while
// they were waited for.
void Exploration::check_taken_back(const Hand& by, const Standing& before, const Decision& decision) {
    if (!decision.ended_as || !is_asked_from_outside(flow_)) return;
    const auto& end = flow_.matter().state(*decision.ended_as);
    if (end.ends_as != EndsAs::withdrawn) return;
    const auto& left = flow_.matter().state(before.matter.parts.front().state);
    const bool theirs = std::any_of(by.relations.begin(), by.relations.end(), is_asker);
    const bool let_drop = by.relations.empty() && by.posts.empty() && left.waits_for.has_value();
    if (!theirs && !let_drop)
        harms.insert("it ends as " + end.name + ", and whoever asked took nothing back");
}

// Where a rating can be given, whoever gives it is asked for one with the answer, and nothing is over before.
void Exploration::check_asked_to_rate(const Standing& before, const Decision& decision) {
    if (before.matter.parts.empty() || decision.rating_asked) return;
    const auto& machine = flow_.matter();
    const auto& left = machine.state(before.matter.parts.front().state);
    if (decision.ended_as) {
        const auto& end = machine.state(*decision.ended_as);
        if (is_good_end(end) && left.counts_as != CountsAs::closed && is_rated(flow_))
            harms.insert("it ends as " + end.name + ", and nobody could rate it");
        return;
    }
    const auto is = decision.after.parts.front().state;
    if (left.counts_as == CountsAs::closed || machine.state(is).counts_as != CountsAs::closed) return;
    for (const auto& rule : machine.actions)
        for (const auto field : rule.needs)
            if (among(rule.from, is) && rule_at(flow_.fields, field).type == FieldType::rating)
                harms.insert("it is answered in " + machine.state(is).name +
                             " and nobody is asked to rate it");
}

}  // namespace lianxin::matter::testing
