#include "matter/permission.hpp"

#include <algorithm>
#include <array>

namespace lianxin::matter {
namespace {

using access::Relation;

std::optional<Refusal> refuse(ActRefusal code, std::optional<ClockIndex> clock = {}) {
    return Refusal{code, {}, clock};
}

bool is_superior_of_owner(const Facts& facts, const PartState& part) {
    OwnerSelector superior;
    superior.kind = OwnerSelector::Kind::superior_of;
    const auto post = facts.owners.find(superior, part.owner);
    return post && facts.actor.hold(*post);
}

std::optional<Refusal> broken(const Facts& facts, const MatterState& matter, PartNo part,
                              const GuardRule& guard) {
    using Kind = GuardRule::Kind;
    switch (guard.kind) {
        case Kind::in_scope:
            if (!facts.in_scope) return refuse(ActRefusal::not_in_scope);
            break;
        case Kind::parts_done:
            for (const auto& each : matter.parts)
                if (each.no > 0 && !each.ended) return refuse(ActRefusal::parts_are_not_done);
            break;
        case Kind::before: {
            const auto* clock = matter.clock(guard.clock, part);
            if (clock == nullptr || !clock->live())
                return refuse(ActRefusal::clock_is_not_running, guard.clock);
            if (clock->stage == ClockState::Stage::running && facts.now > clock->due)
                return refuse(ActRefusal::deadline_already_passed, guard.clock);
            break;
        }
        case Kind::notice_over: {
            const auto* notice = notice_of(facts, guard.notice);
            if (notice == nullptr || facts.now < notice->until) return refuse(ActRefusal::notice_is_not_over);
            break;
        }
        case Kind::no_hold:
            if (matter.held_by(guard.name)) return refuse(ActRefusal::objection_is_open);
            break;
        case Kind::no_child:
            for (const auto& child : facts.children)
                if (child.open && child.kind == guard.name) return refuse(ActRefusal::other_matter_is_open);
            break;
        case Kind::post_vacant:
            if (!facts.post_vacant) return refuse(ActRefusal::post_is_not_vacant);
            break;
        case Kind::post_held:
            if (facts.post_vacant) return refuse(ActRefusal::post_is_vacant);
            break;
        case Kind::ballot_passed: {
            const BallotFact* latest = nullptr;
            for (const auto& ballot : facts.ballots)
                if (ballot.ballot == guard.ballot && (latest == nullptr || ballot.round > latest->round))
                    latest = &ballot;
            if (latest == nullptr || latest->outcome != BallotOutcome::passed)
                return refuse(ActRefusal::ballot_has_not_passed);
            break;
        }
        case Kind::not_rated:
            if (matter.rated) return refuse(ActRefusal::already_rated);
            break;
        case Kind::known_person:
            if (!facts.asker.known) return refuse(ActRefusal::person_not_known);
            break;
        case Kind::holds_post:
            if (!facts.asker.holds_post) return refuse(ActRefusal::holds_no_post);
            break;
        case Kind::not_bound: {
            const auto* here = matter.part(part);
            if (here != nullptr && here->bound) return refuse(ActRefusal::assignment_is_binding);
            break;
        }
    }
    return {};
}

// A binding assignment cannot be sent away: actions whose limit would end in a binding one are what sends
// away.
bool sends_away(const Machine& machine, const ActionRule& rule) {
    return rule.limit && machine.action(rule.limit->then).binding;
}

bool done_by_same(const Facts& facts, const MatterState& matter, PartNo part, const ActionRule& rule) {
    return std::any_of(matter.done.begin(), matter.done.end(), [&](const DoneBy& done) {
        return done.part == part && facts.actor.party == done.party &&
               std::find(rule.apart_from.begin(), rule.apart_from.end(), done.action) !=
                   rule.apart_from.end();
    });
}

// Whom a field named that this step stands apart from does not take it, whatever post they hold.
bool is_named_there(const Facts& facts, const ActionRule& rule) {
    return std::any_of(facts.named_hands.begin(), facts.named_hands.end(), [&](const NamedHands& named) {
        const auto& [posts, people] = named.hands;
        const bool theirs =
            (facts.actor.party &&
             std::find(people.begin(), people.end(), *facts.actor.party) != people.end()) ||
            std::any_of(posts.begin(), posts.end(), [&](PostId post) { return facts.actor.hold(post); });
        return theirs && std::find(rule.apart_from_named.begin(), rule.apart_from_named.end(), named.field) !=
                             rule.apart_from_named.end();
    });
}

bool asks(Relation relation) {
    return relation == Relation::reporter || relation == Relation::applicant ||
           relation == Relation::party_to || relation == Relation::anyone;
}

// Whom this matter stands apart from has no hand in it, whatever posts they hold: they do what is for whoever
// asks.
bool is_kept_apart(const Facts& facts, const Action& action, const ActionRule& rule,
                   const std::vector<PartyId>& apart) {
    if (action.trigger.kind != Trigger::Kind::person || !facts.actor.party) return false;
    if (std::find(apart.begin(), apart.end(), *facts.actor.party) == apart.end()) return false;
    return std::none_of(rule.who.begin(), rule.who.end(), [&](const WhoRule& who) {
        const bool for_askers = who.kind == WhoRule::Kind::relation && asks(who.relation);
        return for_askers && (who.relation == Relation::anyone || facts.actor.are(who.relation));
    });
}

std::optional<Refusal> clock_refusal(const Facts& facts, const MatterState& matter, const Action& action) {
    if (action.trigger.kind != Trigger::Kind::clock) return {};
    const auto* clock = matter.clock(action.trigger.clock, action.part);
    if (clock == nullptr || clock->stage != ClockState::Stage::running)
        return refuse(ActRefusal::clock_is_not_running, action.trigger.clock);
    if (!clock->wakes || facts.now < *clock->wakes)
        return refuse(ActRefusal::clock_has_not_run_out, action.trigger.clock);
    return {};
}

// An action that stands for a notice's subject waits for its end and for every objection to it.
std::optional<Refusal> blocked_by_notice(const Facts& facts, const MatterState& matter,
                                         const ActionRule& rule) {
    const auto& machine = facts.workflow.matter();
    for (std::size_t at = 0; at < facts.workflow.notices.size(); ++at) {
        const auto& notice = facts.workflow.notices[at];
        const bool blocks = std::any_of(notice.blocks.begin(), notice.blocks.end(), [&](ActionIndex blocked) {
            return &machine.action(blocked) == &rule;
        });
        if (!blocks) continue;
        const auto* running = notice_of(facts, NoticeIndex{static_cast<std::uint16_t>(at)});
        if (running == nullptr || facts.now < running->until) return refuse(ActRefusal::notice_is_not_over);
        if (matter.held_by(notice.objection)) return refuse(ActRefusal::objection_is_open);
    }
    return {};
}

std::optional<Refusal> broken_extension(const Facts& facts, const MatterState& matter, PartNo part,
                                        ClockIndex index) {
    const auto* clock = matter.clock(index, part);
    if (clock == nullptr || !clock->live()) return refuse(ActRefusal::clock_is_not_running, index);
    if (clock->extensions >= rule_at(facts.workflow.clocks, index).extensions)
        return refuse(ActRefusal::extension_already_used, index);
    return {};
}

}  // namespace

bool Relations::are(Relation relation) const {
    return std::find(relations.begin(), relations.end(), relation) != relations.end();
}

bool Relations::hold(PostId post) const {
    return std::find(posts.begin(), posts.end(), post) != posts.end();
}

bool Relations::stand_over(PostId owner) const {
    return std::find(not_over.begin(), not_over.end(), owner) == not_over.end();
}

const NoticeFact* notice_of(const Facts& facts, NoticeIndex notice) {
    const NoticeFact* latest = nullptr;
    for (const auto& each : facts.notices)
        if (each.notice == notice && !each.withdrawn) latest = &each;
    return latest;
}

const BallotFact* open_ballot(const Facts& facts, BallotIndex ballot) {
    for (const auto& each : facts.ballots)
        if (each.ballot == ballot && each.open) return &each;
    return nullptr;
}

bool is_relation(const Facts& facts, const MatterState& matter, const PartState* part, Relation relation) {
    switch (relation) {
        case Relation::anyone:
            return true;
        case Relation::owner:
            return part != nullptr && facts.actor.hold(part->owner);
        case Relation::superior_of_owner:
            return part != nullptr && is_superior_of_owner(facts, *part);
        case Relation::lead: {
            const auto* leading = matter.leading();
            return leading != nullptr && facts.actor.hold(leading->leader());
        }
        default:
            return facts.actor.are(relation);
    }
}

bool may(const Facts& facts, const MatterState& matter, const PartState* part,
         const std::vector<WhoRule>& who, const Trigger& trigger) {
    return std::any_of(who.begin(), who.end(), [&](const WhoRule& rule) {
        switch (rule.kind) {
            case WhoRule::Kind::relation:
                return trigger.kind == Trigger::Kind::person &&
                       is_relation(facts, matter, part, rule.relation);
            case WhoRule::Kind::post: {
                const auto post = facts.owners.find(rule.post, PostId());
                return trigger.kind == Trigger::Kind::person && post && facts.actor.hold(*post);
            }
            case WhoRule::Kind::clock:
                return trigger.kind == Trigger::Kind::clock && trigger.clock == rule.clock;
            case WhoRule::Kind::engine:
                return trigger.kind == Trigger::Kind::engine;
            case WhoRule::Kind::child:
                return trigger.kind == Trigger::Kind::child && trigger.child_kind == rule.child_kind &&
                       trigger.outcome == rule.outcome;
        }
        return false;
    });
}

bool meant_for_people(const std::vector<WhoRule>& who) {
    return std::any_of(who.begin(), who.end(), [](const WhoRule& rule) {
        return rule.kind == WhoRule::Kind::relation || rule.kind == WhoRule::Kind::post;
    });
}

std::optional<Refusal> broken_guard(const Facts& facts, const MatterState& matter, const PartState& part,
                                    const ActionRule& rule) {
    if (part.bound && sends_away(facts.workflow.machine(part.machine), rule))
        return refuse(ActRefusal::assignment_is_binding);
    for (const auto& guard : rule.guards)
        if (auto refusal = broken(facts, matter, part.no, guard)) return refusal;
    if (rule.extends)
        if (auto refusal = broken_extension(facts, matter, part.no, *rule.extends)) return refusal;
    if (part.no == 0)
        if (auto refusal = blocked_by_notice(facts, matter, rule)) return refusal;
    if (rule.opens_ballot && open_ballot(facts, *rule.opens_ballot) != nullptr)
        return refuse(ActRefusal::ballot_is_already_open);
    if (rule.closes_ballot && open_ballot(facts, *rule.closes_ballot) == nullptr)
        return refuse(ActRefusal::ballot_is_not_open);
    return {};
}

// Brought for somebody who is known, and so hears of it, by somebody else than themselves.
std::optional<Refusal> broken_on_behalf(const Facts& facts) {
    const auto& only = facts.workflow.on_behalf;
    if (std::find(only.begin(), only.end(), facts.matter.subkind) == only.end()) return {};
    if (!facts.asker.by_another) return refuse(ActRefusal::only_on_behalf);
    if (!facts.asker.named) return refuse(ActRefusal::not_anonymously);
    if (!facts.asker.known) return refuse(ActRefusal::person_not_known);
    return {};
}

std::optional<Refusal> broken_start_guard(const Facts& facts) {
    if (auto refusal = broken_on_behalf(facts)) return refusal;
    if (!facts.workflow.matter().start.anonymous && !facts.asker.named)
        return refuse(ActRefusal::not_anonymously);
    for (const auto& guard : facts.workflow.matter().start.guards)
        if (auto refusal = broken(facts, facts.matter, 0, guard)) return refusal;
    return {};
}

std::optional<Refusal> refusal_of(const Facts& facts, const MatterState& matter, const Action& action) {
    if (!action.action) return refuse(ActRefusal::unknown_action);
    const auto* part = matter.part(action.part);
    if (part == nullptr) return refuse(ActRefusal::no_such_part);
    const auto& machine = facts.workflow.machine(part->machine);
    if (action.action->value >= machine.actions.size()) return refuse(ActRefusal::unknown_action);
    const auto& rule = machine.action(*action.action);
    if (part->ended || matter.parts.front().ended) return refuse(ActRefusal::already_ended);
    if (std::find(rule.from.begin(), rule.from.end(), part->state) == rule.from.end())
        return refuse(ActRefusal::not_in_this_state);
    if (!may(facts, matter, part, rule.who, action.trigger)) return refuse(ActRefusal::not_yours);
    const bool by_person = action.trigger.kind == Trigger::Kind::person;
    if (by_person && (done_by_same(facts, matter, action.part, rule) || is_named_there(facts, rule)))
        return refuse(ActRefusal::not_by_the_same_person);
    if (is_kept_apart(facts, action, rule, facts.apart)) return refuse(ActRefusal::not_by_the_same_person);
    if (is_kept_apart(facts, action, rule, facts.housemates)) return refuse(ActRefusal::not_by_the_household);
    if (by_person && (rule.apart_from_owner || !rule.card.empty()) && facts.actor.hold(part->owner))
        return refuse(ActRefusal::not_on_own_work);
    if (auto refusal = clock_refusal(facts, matter, action)) return refusal;
    if (auto refusal = broken_guard(facts, matter, *part, rule)) return refusal;
    // A clock that runs out under a red card is noted all the same; a leader is told that there is no further
    // card.
    if (by_person && !rule.card.empty() && part->card == rule.card.back())
        return refuse(ActRefusal::card_is_already_red);
    return {};
}

const char* name_of(ActRefusal code) {
    // In the order of the enumerators.
    static constexpr std::array names{"unknown_action",
                                      "no_such_part",
                                      "already_ended",
                                      "not_in_this_state",
                                      "not_yours",
                                      "not_by_the_same_person",
                                      "not_by_the_household",
                                      "not_on_own_work",
                                      "assignment_is_binding",
                                      "clock_has_not_run_out",
                                      "clock_is_not_running",
                                      "deadline_already_passed",
                                      "extension_already_used",
                                      "parts_are_not_done",
                                      "not_in_scope",
                                      "notice_is_not_open",
                                      "notice_is_not_over",
                                      "objection_is_open",
                                      "other_matter_is_open",
                                      "post_is_not_vacant",
                                      "post_is_vacant",
                                      "post_must_stay_held",
                                      "ballot_is_already_open",
                                      "ballot_is_not_open",
                                      "ballot_has_not_passed",
                                      "already_rated",
                                      "answer_was_given",
                                      "not_anonymously",
                                      "person_not_known",
                                      "only_on_behalf",
                                      "holds_no_post",
                                      "card_is_already_red",
                                      "form_incomplete",
                                      "post_beyond_reach",
                                      "post_is_kept_apart",
                                      "post_cannot_own_it",
                                      "no_rung_above",
                                      "nobody_else_to_own_it",
                                      "nobody_to_own_it",
                                      "no_way_on",
                                      "version_is_current",
                                      "version_does_not_fit"};
    static_assert(names.size() == static_cast<std::size_t>(ActRefusal::version_does_not_fit) + 1);
    const auto at = static_cast<std::size_t>(code);
    return at < names.size() ? names[at] : "";
}

}  // namespace lianxin::matter
