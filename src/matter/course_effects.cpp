#include <algorithm>

#include "matter/course.hpp"
#include "matter/permission.hpp"
#include "notice/notice_period.hpp"

namespace lianxin::matter {
namespace {

bool contains(const std::vector<ClockIndex>& clocks, ClockIndex clock) {
    return std::find(clocks.begin(), clocks.end(), clock) != clocks.end();
}

// One step further on the action's list; the last stays.
Card next_card(const std::vector<Card>& cards, Card present) {
    const auto at = std::find(cards.begin(), cards.end(), present);
    if (at == cards.end()) return cards.front();
    return at + 1 == cards.end() ? *at : *(at + 1);
}

}  // namespace

void Course::turn_clocks(PartNo no, const ActionRule& rule, const Trigger& trigger) {
    for (const auto clock : rule.stops)
        clocks_.stop(clock, no, trigger.kind == Trigger::Kind::clock && trigger.clock == clock);
    for (const auto clock : rule.starts) clocks_.start(clock, no, {});
    if (rule.extends) clocks_.extend(*rule.extends, no);
    for (const auto clock : rule.restarts) clocks_.restart(clock, no, {});
    for (const auto clock : rule.meets) clocks_.meet(clock, no);
    if (!(rule.restarts.empty() && rule.meets.empty()) && part(no).card != Card::none) {
        part(no).card = Card::none;
        moved(no, false);
    }
}

void Course::give_card(PartNo no, const ActionRule& rule, const Trigger& trigger) {
    const bool by_clock = trigger.kind == Trigger::Kind::clock && !contains(rule.restarts, trigger.clock);
    if (rule.card.empty()) {
        if (by_clock) clocks_.urge(trigger.clock, no, Card::none, true);
        return;
    }
    const auto* clock = by_clock ? clocks_.find(trigger.clock, no) : nullptr;
    auto& here = part(no);
    const auto present = clock != nullptr ? clock->card : here.card;
    const auto card = next_card(rule.card, present);
    if (card != present) card_given_ = card;
    here.card = std::max(here.card, card);
    moved(no, false);
    if (by_clock) clocks_.urge(trigger.clock, no, card, card != rule.card.back());
}

void Course::run_ballots(const ActionRule& rule) {
    if (rule.opens_ballot) {
        std::int64_t round = 0;
        for (const auto& ballot : facts_.ballots)
            if (ballot.ballot == *rule.opens_ballot) round = std::max(round, ballot.round);
        decision_.ballots.push_back({true, *rule.opens_ballot, round + 1, {}, {}});
    }
    if (!rule.closes_ballot) return;
    const auto* ballot = open_ballot(facts_, *rule.closes_ballot);
    require(ballot != nullptr, "a ballot is counted once it is open");
    const auto& declared = rule_at(facts_.workflow.ballots, *rule.closes_ballot);
    ballot_outcome_ = outcome_of(ballot->count, declared.quorum, declared.majority);
    decision_.ballots.push_back({false, *rule.closes_ballot, ballot->round, ballot->count, ballot_outcome_});
}

void Course::run_notices(const ActionRule& rule) {
    const auto opened = rule.opens_notice ? rule.opens_notice : rule.restarts_notice;
    if (!opened) return;
    const auto& declared = rule_at(facts_.workflow.notices, *opened);
    NoticeChange change;
    change.notice = *opened;
    change.from = facts_.now;
    change.until = notice::end_of(facts_.calendar, facts_.zone, facts_.now, declared.period);
    const auto* present = notice_of(facts_, *opened);
    if (rule.restarts_notice && present != nullptr) {
        change.kind = NoticeChange::Kind::restarted;
        change.id = present->id;
    }
    notice_until_[*opened] = change.until;
    clocks_.follow_notice(*opened, 0, change.until);
    decision_.notices.push_back(change);
}

void Course::withdraw_notices() {
    for (std::size_t at = 0; at < facts_.workflow.notices.size(); ++at) {
        const auto* running = notice_of(facts_, NoticeIndex{static_cast<std::uint16_t>(at)});
        if (running == nullptr) continue;
        decision_.notices.push_back(
            {NoticeChange::Kind::withdrawn, running->notice, running->id, running->from, running->until});
    }
}

void Course::bring_about(PartNo no, ActionIndex action, const std::vector<EffectRule>& effects) {
    for (const auto& rule : effects) {
        if (rule.when && !holds(*rule.when, &part(no))) continue;
        if (rule.kind == EffectRule::Kind::withdraw_notice) {
            withdraw_notices();
            continue;
        }
        if (rule.kind == EffectRule::Kind::tell && rule.whom == facts_.workflow.answer_to)
            decision_.told = true;
        if (rule.kind == EffectRule::Kind::ask_rating) {
            now_.rated = false;
            decision_.rating_asked = true;
        }
        decision_.effects.push_back({rule.kind, rule.whom, rule.workflow, rule.field, no, action,
                                     posts_of(rule.whom, part(no)), part(no).person});
    }
}

void Course::begin_piece(const PartState& piece, ActionIndex opened_by,
                         const std::vector<EffectRule>& effects) {
    for (const auto& rule : effects)
        decision_.effects.push_back({rule.kind, rule.whom, rule.workflow, rule.field, 0, opened_by,
                                     posts_of(rule.whom, piece), piece.person});
}

std::vector<PostId> Course::posts_of(access::Relation relation, const PartState& part) const {
    std::optional<PostId> post;
    switch (relation) {
        case access::Relation::owner:
            post = part.owner;
            break;
        case access::Relation::host:
            post = now_.host;
            break;
        case access::Relation::lead:
            post = anchor_post(Anchor::lead, part);
            break;
        case access::Relation::superior_of_owner: {
            OwnerSelector superior;
            superior.kind = OwnerSelector::Kind::superior_of;
            post = facts_.owners.find(superior, part.owner);
            break;
        }
        default:
            break;
    }
    if (!post) return {};
    return {*post};
}

}  // namespace lianxin::matter
