#include <algorithm>

#include "matter/course.hpp"

namespace lianxin::matter {
namespace {

bool contains(const std::vector<ClockIndex>& clocks, ClockIndex clock) {
    return std::find(clocks.begin(), clocks.end(), clock) != clocks.end();
}

bool closes(const StateRule& state) {
    return state.counts_as == CountsAs::closed || state.end;
}

Refusal refusal(ActRefusal code) {
    return Refusal{code, {}, {}};
}

}  // namespace

Course::Refused Course::move(PartNo no, const ActionRule& rule, StateIndex to, const Trigger& trigger) {
    const PartState before = part(no);
    const auto& machine = facts_.workflow.machine(before.machine);
    const auto& from_rule = machine.state(before.state);
    const auto& to_rule = machine.state(to);
    // The clock pushes it up within one state: who did the work before is still who did it before.
    const bool escalates = trigger.kind == Trigger::Kind::clock && to == before.state && rule.owner;
    auto owner = destination(before, rule, to, to == before.state && rule.owner);
    // A limit binds it where it is when there is nobody to go on to.
    if (!owner && trigger.kind == Trigger::Kind::engine &&
        owner.error().code == ActRefusal::nobody_else_to_own_it)
        owner = Destination{before.owner, before.rung};
    if (!owner && escalates) {
        stand_at_the_top(no, trigger);
        return {};
    }
    if (!owner) return owner.error();
    leave(before, from_rule, to_rule, trigger);
    auto& now = part(no);
    if (owner->owner != before.owner) {
        if (!escalates) now.previous = before.owner;
        if (now.lead && trigger.kind == Trigger::Kind::person) now.led_by = before.leader();
        now.person.reset();
        now.bound = false;
        // Whoever gets it has earned no card; who had it keeps theirs in the record.
        now.card = Card::none;
        clocks_.pass_on(no);
    }
    now.owner = owner->owner;
    now.rung = owner->rung;
    if (rule.binding) now.bound = true;
    if (trigger.kind == Trigger::Kind::person && facts_.actor.party && facts_.actor.hold(now.owner))
        now.person = facts_.actor.party;
    if (now.person || now.bound || now.led_by == now.owner) now.led_by.reset();
    now.state = to;
    enter(now, to_rule);
    if (no == 0 && to_rule.end)
        end_all();
    else if (no == 0)
        end_parts(from_rule, to_rule);
    return {};
}

void Course::leave(const PartState& before, const StateRule& from, const StateRule& to,
                   const Trigger& trigger) {
    for (const auto clock : from.clocks) {
        if (rule_at(facts_.workflow.clocks, clock).start != ClockStart::state) continue;
        clocks_.stop(clock, before.no, trigger.kind == Trigger::Kind::clock && trigger.clock == clock);
    }
    if (closes(to)) {
        // Once the resident was told, only what the new state itself counts goes on.
        for (const auto& clock : now_.clocks)
            if (clock.part == before.no && !contains(to.clocks, clock.clock))
                clocks_.stop(clock.clock, before.no, false);
        return;
    }
    for (const auto clock : from.pauses)
        if (!contains(to.pauses, clock)) clocks_.resume(clock, before.no, from.pause_cap);
}

void Course::enter(PartState& part, const StateRule& to) {
    part.entered = facts_.now;
    part.ended = to.end;
    moved(part.no, true);
    for (const auto index : to.clocks) {
        const auto& clock = rule_at(facts_.workflow.clocks, index);
        if (clock.start != ClockStart::state) continue;
        std::optional<Instant> notice_until;
        if (const auto opened = notice_until_.find(clock.notice);
            clock.limit == ClockLimit::notice && opened != notice_until_.end())
            notice_until = opened->second;
        clocks_.start(index, part.no, notice_until);
    }
    for (const auto clock : to.pauses) clocks_.pause(clock, part.no);
    if (to.end) clocks_.stop_all(part.no);
}

// The matter went on without what its parts still owed: they end where they stand.
void Course::end_parts(const StateRule& from, const StateRule& to) {
    if (!from.parts || to.parts == from.parts) return;
    for (auto& each : now_.parts) {
        if (each.no == 0 || each.ended || each.machine != *from.parts) continue;
        each.ended = true;
        clocks_.stop_all(each.no);
        moved(each.no, false, true);
    }
}

void Course::end_all() {
    clocks_.stop_all(0);
    for (auto& each : now_.parts) {
        if (each.no == 0 || each.ended) continue;
        each.ended = true;
        clocks_.stop_all(each.no);
        moved(each.no, false, true);
    }
    for (const auto& ballot : facts_.ballots) {
        const bool closed_here =
            std::any_of(decision_.ballots.begin(), decision_.ballots.end(),
                        [&](const auto& change) { return !change.opened && change.ballot == ballot.ballot; });
        if (ballot.open && !closed_here)
            decision_.ballots.push_back({false, ballot.ballot, ballot.round, ballot.count, {}});
    }
}

Course::Refused Course::open_parts(const PartState& parent, const PartOpening& opening, ActionIndex action) {
    const auto* posts = facts_.form.find_as<PostsValue>(opening.for_each);
    require(posts != nullptr, "parts are opened for the posts that were filled in");
    const auto& machine = facts_.workflow.machine(opening.machine);
    const auto parent_owner = parent.owner;
    const auto rung = parent.rung;
    PartNo next = 0;
    bool led = false;
    std::vector<PostId> at_work;
    for (const auto& each : now_.parts) {
        next = std::max(next, each.no);
        if (each.ended || each.machine != opening.machine || each.no == 0) continue;
        at_work.push_back(each.owner);
        led = led || each.lead;
    }
    for (const auto post : posts->posts) {
        // Who has a piece of it already gets no second one; who leads, leads.
        if (std::find(at_work.begin(), at_work.end(), post) != at_work.end())
            return refusal(ActRefusal::post_cannot_own_it);
        PartState opened;
        opened.no = ++next;
        opened.machine = opening.machine;
        opened.state = machine.start.to;
        if (!allowed(post, seeking(opened, opened.state))) return refusal(ActRefusal::post_cannot_own_it);
        opened.owner = post;
        opened.previous = parent_owner;
        opened.rung = facts_.owners.rung_of(post) ? facts_.owners.rung_of(post) : rung;
        opened.lead = !led && (posts->lead ? *posts->lead == post : posts->posts.size() == 1);
        now_.parts.push_back(opened);
        for (std::size_t at = 0; at < facts_.workflow.clocks.size(); ++at) {
            const auto& clock = facts_.workflow.clocks[at];
            if (clock.machine == opening.machine && clock.start == ClockStart::opening)
                clocks_.start(ClockIndex{static_cast<std::uint16_t>(at)}, opened.no, {});
        }
        enter(now_.parts.back(), machine.state(opened.state));
        begin_piece(opened, action, machine.start.effects);
    }
    return {};
}

// `elsewhere`: the same state again, with an owner asked for; whoever has it now is no answer.
Result<Course::Destination, Refusal> Course::destination(const PartState& part, const ActionRule& rule,
                                                         StateIndex to, bool elsewhere) const {
    const auto& state = facts_.workflow.machine(part.machine).state(to);
    if (state.end) return Destination{part.owner, part.rung};
    const auto seek = seeking(part, to);
    const auto fits = [&](const std::optional<Destination>& destination) {
        return destination && !(elsewhere && destination->owner == part.owner);
    };
    if (rule.owner) {
        const auto destination = resolve(*rule.owner, seek);
        if (rule.owner->kind == OwnerSelector::Kind::field &&
            (!destination || destination->owner == part.owner))
            return fail(refusal(ActRefusal::post_cannot_own_it));
        if (fits(destination)) return *destination;
        // Up the ladder means up: there is no falling through to somebody beside.
        const bool by_clock = std::any_of(rule.who.begin(), rule.who.end(), [](const WhoRule& who) {
            return who.kind == WhoRule::Kind::clock;
        });
        const bool by_engine = std::any_of(rule.who.begin(), rule.who.end(), [](const WhoRule& who) {
            return who.kind == WhoRule::Kind::engine;
        });
        if (rule.owner->kind == OwnerSelector::Kind::next_rung && !by_engine)
            if (!by_clock || elsewhere) return fail(refusal(ActRefusal::no_rung_above));
    }
    for (const auto& selector : state.owner)
        if (const auto destination = resolve(selector, seek); fits(destination)) return *destination;
    if (const auto overseer = allowed(facts_.overseer, seek); fits(overseer)) return *overseer;
    if (const auto outsider = outside(seek); fits(outsider)) return *outsider;
    const bool owned =
        elsewhere && std::any_of(state.owner.begin(), state.owner.end(),
                                 [&](const auto& selector) { return resolve(selector, seek).has_value(); });
    return fail(refusal(owned ? ActRefusal::nobody_else_to_own_it : ActRefusal::nobody_to_own_it));
}

Course::Seeking Course::seeking(const PartState& part, StateIndex to) const {
    return {part, kept_from_owning(facts_.workflow.machine(part.machine), to)};
}

std::optional<Course::Destination> Course::allowed(std::optional<PostId> post, const Seeking& seeking) const {
    const auto among = [](const auto& all, const auto& one) {
        return std::find(all.begin(), all.end(), one) != all.end();
    };
    if (!post || *post == PostId() || among(facts_.barred, *post)) return {};
    for (const auto& named : facts_.named_hands)
        if (among(seeking.apart, named.field) && among(named.hands.posts, *post)) return {};
    const auto rung = facts_.owners.rung_of(*post);
    // A post beside the ladder stands as high as the matter had come.
    return Destination{*post, rung ? rung : seeking.part.rung};
}

// When the list names nobody who is left: the nearest above those who are not.
std::optional<Course::Destination> Course::outside(const Seeking& seeking) const {
    auto found = allowed(facts_.outsider, seeking);
    for (const auto& named : facts_.named_hands) {
        if (std::find(seeking.apart.begin(), seeking.apart.end(), named.field) == seeking.apart.end())
            continue;
        for (const auto above : named.above)
            if (!found) found = allowed(above, seeking);
    }
    return found;
}

std::optional<Course::Destination> Course::resolve(const OwnerSelector& selector,
                                                   const Seeking& seeking) const {
    using Kind = OwnerSelector::Kind;
    const auto& part = seeking.part;
    switch (selector.kind) {
        case Kind::keep:
            return allowed(part.owner, seeking);
        case Kind::previous:
            return allowed(part.previous, seeking);
        case Kind::named:
            return allowed(facts_.named, seeking);
        case Kind::next_rung: {
            auto rung = facts_.owners.above(part.rung, part.owner);
            while (rung && !allowed(rung->post, seeking)) rung = facts_.owners.above(rung->rung, part.owner);
            if (!rung) return {};
            return Destination{rung->post, rung->rung};
        }
        case Kind::field: {
            const auto* posts = facts_.form.find_as<PostsValue>(selector.field);
            if (posts == nullptr || posts->posts.empty()) return {};
            return allowed(posts->lead ? *posts->lead : posts->posts.front(), seeking);
        }
        case Kind::owner_of:
            return allowed(anchor_post(selector.anchor, part), seeking);
        case Kind::superior_of:
        case Kind::leader_of: {
            const auto anchor = anchor_post(selector.anchor, part);
            return anchor ? allowed(facts_.owners.find(selector, *anchor), seeking) : std::nullopt;
        }
        case Kind::desk_of_item:
        case Kind::kind_at:
            return allowed(facts_.owners.find(selector, PostId()), seeking);
    }
    return {};
}

std::optional<PostId> Course::anchor_post(Anchor anchor, const PartState& part) const {
    switch (anchor) {
        case Anchor::owner:
        case Anchor::rung:
            return part.owner;
        case Anchor::host:
            return now_.host;
        case Anchor::lead: {
            const auto* leading = now_.leading();
            return leading == nullptr ? std::nullopt : std::optional(leading->leader());
        }
        case Anchor::parent: {
            const auto* root = now_.part(0);
            return root == nullptr ? std::nullopt : std::optional(root->owner);
        }
        case Anchor::post:  // whom a start concerns; it owns nothing
            break;
    }
    return {};
}

// Nobody stands above: it stays where it is, under a red card, and the clock pushes no more.
void Course::stand_at_the_top(PartNo no, const Trigger& trigger) {
    auto& here = part(no);
    here.card = Card::red;
    card_given_ = Card::red;
    clocks_.urge(trigger.clock, no, Card::red, false);
    moved(no, false);
}

}  // namespace lianxin::matter
