// Through whose hands a matter passes at places of one kind: every way of coming to a state must find
// somebody to own it, and where two steps must be in different hands there must be different hands. Posts are
// told apart by who they are at that place: a desk that is its own leader is one hand.
#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <tuple>

#include "matter/prover_named.hpp"
#include "matter/prover_report.hpp"
#include "matter/prover_standing.hpp"
#include "matter/prover_wrongs.hpp"

namespace lianxin::matter {
namespace {

using Kind = OwnerSelector::Kind;

constexpr Hand top = 0, leader = 1, chosen = 2, chosen_else = 3, host = 4, parent = 5, somebody = 6,
               first_seat = 7, first_relation = 40, nobody = 63;
constexpr std::size_t kept_apart_at_most = 5;

struct Holding {
    std::uint16_t state = 0;
    Hand owner = nobody;
    Hand before = nobody;
    std::uint8_t rung = 0;  // 0: below the ladder, else one more than the rung
    bool bound = false;     // assigned bindingly: it is not sent away again
    std::array<Hand, kept_apart_at_most> did{};
    NamedAs named{};
    auto operator<=>(const Holding&) const = default;
};

class HandWalk {
 public:
    // The groups are alike in everything this workflow asks.
    HandWalk(const ProofOf& proof, std::vector<std::size_t> groups, Wrongs& wrongs)
        : proof_(proof),
          groups_(std::move(groups)),
          group_(groups_.front()),
          wrongs_(wrongs),
          named_(proof, {chosen, chosen_else}, nobody,
                 [this](const OwnerSelector& selector) { return seat(selector); }) {
        for (const auto& action : proof.machine.actions) {
            for (const auto first : action.apart_from)
                if (!among(firsts_, first) && firsts_.size() < kept_apart_at_most) firsts_.push_back(first);
            asks_back_ = asks_back_ || (action.owner && action.owner->kind == Kind::previous);
            climbs_ = climbs_ || (action.owner && action.owner->kind == Kind::next_rung);
        }
        for (const auto first : firsts_) counts_.push_back(hand_counts_from(proof.machine, first));
        for (const auto& state : proof.machine.states)
            for (const auto& selector : state.owner) {
                asks_back_ = asks_back_ || selector.kind == Kind::previous;
                climbs_ = climbs_ || selector.kind == Kind::next_rung;
            }
        for (const auto& rung : proof.workflow.ladder)
            if (const auto post = seat(rung); post != nobody) ladder_.push_back(post);
        // What lies between the lowest and the highest is passed like them.
        if (ladder_.size() > 2) ladder_ = {ladder_.front(), ladder_.back()};
    }

    void go() {
        begin();
        while (!open_.empty()) {
            const auto at = open_.front();
            open_.pop_front();
            if (!proof_.machine.state(StateIndex{at.state}).end) look_at(at);
        }
        report_exclusions();
    }

    // Of whoever owns it where the notice hangs, and of whoever may put it up.
    std::set<std::string> around(NoticeIndex notice) {
        std::set<Hand> found;
        for (const auto& [at, number] : seen_) {
            if (proof_.machine.state(StateIndex{at.state}).notice == notice) found.insert(at.owner);
            for (const auto& action : proof_.machine.actions) {
                if (!among(action.from, StateIndex{at.state}) ||
                    (action.opens_notice != notice && action.restarts_notice != notice))
                    continue;
                for (const auto& who : action.who) found.insert(hand_of(who, at));
            }
        }
        std::set<std::string> names;
        if (found.contains(top)) names.insert(proof_.basis.owners->top(group_));
        for (const auto& [name, hand] : seats_)
            if (found.contains(hand)) names.insert(name);
        return names;
    }

 private:
    Hand seat(const OwnerSelector& selector) {
        const auto* owners = proof_.basis.owners;
        const auto who = owners == nullptr ? selector_text(selector, "") : owners->hand(selector, group_);
        if (who.empty()) return nobody;
        if (owners != nullptr && who == owners->top(group_)) return top;
        const auto next =
            static_cast<Hand>(std::min<std::size_t>(first_seat + seats_.size(), first_relation - 1U));
        return seats_.emplace(who, next).first->second;
    }

    Hand above(Hand hand) const {
        if (hand == top || hand == nobody) return nobody;
        return hand == leader ? top : leader;
    }

    struct Found {
        Hand hand = nobody;
        std::uint8_t rung = 0;
    };
    Found placed(Hand hand, const Holding& at) const {
        for (std::size_t rung = 0; rung < ladder_.size(); ++rung)
            if (ladder_[rung] == hand) return {hand, static_cast<std::uint8_t>(climbs_ ? rung + 1 : 0)};
        return {hand, at.rung};
    }
    Found resolve(const OwnerSelector& selector, const Holding& at) {
        switch (selector.kind) {
            case Kind::keep:
                return placed(at.owner, at);
            case Kind::previous:
                return placed(at.before, at);
            case Kind::named:
                return {};
            case Kind::next_rung:
                for (std::size_t rung = at.rung; rung < ladder_.size(); ++rung)
                    if (ladder_[rung] != at.owner) return placed(ladder_[rung], at);
                return {};
            case Kind::field:
                if (const auto hand = named_.in(at.named, selector.field)) return placed(*hand, at);
                return placed(at.owner == chosen ? chosen_else : chosen, at);
            case Kind::superior_of:
            case Kind::leader_of:
                return placed(above(anchor(selector.anchor, at)), at);
            case Kind::owner_of:
                return placed(anchor(selector.anchor, at), at);
            case Kind::desk_of_item:
                return {};  // it may be promised elsewhere, and then the next of the list is asked
            case Kind::kind_at:
                return placed(seat(selector), at);
        }
        return {};
    }
    Hand anchor(Anchor anchor, const Holding& at) const {
        switch (anchor) {
            case Anchor::host:
                return host;
            case Anchor::lead:
                return nobody;  // the leading part may be this very one, or not yet opened
            case Anchor::parent:
                return proof_.is_matter() ? at.owner : parent;
            default:
                return at.owner;
        }
    }

    // Where the owner list of a state leads, as the engine asks it. `elsewhere`: who has it now is no answer.
    struct Asked {
        Found found;
        bool refused = false;  // the action is not possible here
        bool unowned = false;  // nobody at all is found
        bool named = false;    // … but those who are kept from it
    };
    Asked ask(const Holding& at, const ActionRule& action, StateIndex state, bool by_clock, bool by_engine) {
        const auto& to = proof_.machine.state(state);
        if (to.end) return {{at.owner, at.rung}, false, false};
        bool only_named = false;
        const bool elsewhere = action.owner && proof_.machine.state(StateIndex{at.state}).name == to.name;
        const auto kept_from = [&](const Found& found) {
            const bool is = found.hand != nobody && named_.are_kept_from_owning(at.named, state, found.hand);
            only_named = only_named || is;
            return is;
        };
        const auto fits = [&](const Found& found) {
            return found.hand != nobody && !(elsewhere && found.hand == at.owner) && !kept_from(found);
        };
        if (action.owner) {
            const auto found = resolve(*action.owner, at);
            if (fits(found)) return {found, false, false};
            if (action.owner->kind == Kind::field) return {{}, true, only_named, only_named};
            if (action.owner->kind == Kind::next_rung && !done_by(action, WhoRule::Kind::engine) &&
                (!done_by(action, WhoRule::Kind::clock) || elsewhere))
                return {{}, true, false};
        }
        bool only_same = false;
        for (const auto& selector : to.owner) {
            const auto found = resolve(selector, at);
            if (fits(found)) return {found, false, false};
            only_same = only_same || (found.hand != nobody && !kept_from(found));
        }
        if (only_same && by_engine) return {{at.owner, at.rung}, false, false};
        // Left to the clock it stays where it is, at the top.
        return {{}, true, !only_same && !(elsewhere && by_clock), only_named};
    }

    void visit(Holding at, const Holding* from) {
        named_.forget(at.named, StateIndex{at.state});
        for (std::size_t first = 0; first < firsts_.size(); ++first)
            if (!counts_[first][at.state]) at.did[first] = nobody;
        const auto [found, fresh] = seen_.emplace(at, seen_.size());
        if (fresh) open_.push_back(at);
        if (from != nullptr) edges_.insert({seen_.at(*from), found->second});
    }

    void begin() {
        const auto& start = proof_.machine.start;
        const auto& first = proof_.machine.state(start.to);
        Holding at;
        at.state = start.to.value;
        at.did.fill(nobody);
        at.named.fill(nobody);
        if (!proof_.is_matter()) {
            at.owner = chosen;
            return visit(at, nullptr);
        }
        Found found;
        if (start.owner) found = resolve(*start.owner, at);
        for (const auto& selector : first.owner)
            if (found.hand == nobody) found = resolve(selector, at);
        if (found.hand == nobody)
            return wrongs_.add(start.at, "nobody_owns_the_start", "a new matter may find no owner",
                               "end the list of \"" + first.name + "\" with a desk, as KIND@LEVEL", groups_);
        at.owner = found.hand;
        at.rung = found.rung;
        visit(at, nullptr);
    }

    // Everybody who may: the owner, by name, or somebody else.
    void look_at(const Holding& at) {
        for (std::size_t index = 0; index < proof_.machine.actions.size(); ++index) {
            const auto& action = proof_.machine.actions[index];
            if (!among(action.from, StateIndex{at.state}) || (at.bound && sends_away(action))) continue;
            std::set<Hand> by;
            bool by_clock = false;
            for (const auto& who : action.who) {
                if (who.kind == WhoRule::Kind::engine) continue;
                by_clock = by_clock || who.kind == WhoRule::Kind::clock;
                by.insert(hand_of(who, at));
            }
            by.erase(nobody);
            const bool somebody_may =
                std::any_of(by.begin(), by.end(), [&](Hand hand) { return !same_hand(at, action, hand); });
            if (!by.empty() && !somebody_may) lonely_.insert({&action, at});
            for (const auto hand : by) {
                if (same_hand(at, action, hand)) {
                    barred_.insert({&action, at});
                    continue;
                }
                done_.insert(&action);
                auto next = at;
                for (const auto& named : named_.after(at.named, action, at.owner)) {
                    next.named = named;
                    step(at, next, ActionIndex{static_cast<std::uint16_t>(index)}, {hand, by_clock, false},
                         0);
                }
            }
        }
    }
    bool sends_away(const ActionRule& action) const {
        return action.limit && proof_.machine.action(action.limit->then).binding;
    }
    Hand hand_of(const WhoRule& who, const Holding& at) {
        if (who.kind == WhoRule::Kind::post) return seat(who.post);
        if (who.kind != WhoRule::Kind::relation) return somebody;
        if (who.relation == access::Relation::owner) return at.owner;
        if (who.relation == access::Relation::superior_of_owner) return above(at.owner);
        return static_cast<Hand>(first_relation + static_cast<unsigned>(who.relation));
    }
    bool same_hand(const Holding& at, const ActionRule& action, Hand hand) const {
        for (std::size_t first = 0; first < firsts_.size(); ++first)
            if (hand != somebody && at.did[first] == hand && among(action.apart_from, firsts_[first]))
                return true;
        return hand != somebody && named_.are_kept_from(at.named, action, hand);
    }

    struct By {
        Hand hand;
        bool clock;
        bool engine;
    };
    void step(const Holding& origin, const Holding& from, ActionIndex index, By by, int depth) {
        if (depth > 3) return;
        const auto& action = proof_.machine.action(index);
        if (action.limit && among(proof_.machine.action(action.limit->then).from, StateIndex{from.state}))
            step(origin, from, action.limit->then, {nobody, false, true}, depth + 1);
        if (action.limit && action.limit->max <= 1) return;
        auto next = from;
        for (std::size_t first = 0; first < firsts_.size(); ++first)
            if (firsts_[first] == index && !by.engine) next.did[first] = by.hand;
        if (!action.to && action.to_when.empty()) return settle(origin, next, action, depth);
        for (const auto to : leads_to(action, StateIndex{from.state}))
            arrive(origin, next, action, to, by, depth);
    }
    void arrive(const Holding& origin, Holding next, const ActionRule& action, StateIndex to, By by,
                int depth) {
        const auto& state = proof_.machine.state(to);
        const auto asked = ask(next, action, to, by.clock, by.engine);
        if (asked.named && asked.unowned)
            wrongs_.add(action.at, "nobody_but_the_named",
                        "coming by \"" + action.name + "\", state \"" + state.name +
                            "\" is owned by nobody when its owner list names those whom it is kept from",
                        "name somebody else in its owner list", groups_);
        if (asked.unowned && !asked.named && unowned_.insert(to).second)
            wrongs_.add(state.at, state.owner.empty() ? "state_without_owner" : "owner_may_be_nobody",
                        "coming by \"" + action.name + "\", state \"" + state.name + "\" may find no owner",
                        "end its owner list with keep or a desk, as KIND@LEVEL", groups_);
        if (asked.refused) return;
        if (asked.found.hand != next.owner && asks_back_ &&
            !(by.clock && to.value == next.state && action.owner))
            next.before = next.owner;
        next.bound = action.binding || (next.bound && asked.found.hand == next.owner);
        next.owner = asked.found.hand;
        next.rung = asked.found.rung;
        next.state = to.value;
        settle(origin, next, action, depth);
    }
    void settle(const Holding& origin, const Holding& next, const ActionRule& action, int depth) {
        visit(next, &origin);
        for (const auto& follow : action.then)
            if (among(proof_.machine.action(follow.action).from, StateIndex{next.state}))
                step(origin, next, follow.action, {nobody, false, true}, depth + 1);
    }

    // A step that nobody else can take where it is needed: it is never taken, or nothing else leads to an
    // end.
    void report_exclusions() {
        if (barred_.empty()) return;
        std::vector<bool> ending(seen_.size());
        for (const auto& [at, number] : seen_)
            ending[number] = proof_.machine.state(StateIndex{at.state}).end;
        reach_back(edges_, ending);
        std::set<const ActionRule*> reported;
        for (const auto& [action, at] : barred_) {
            const bool trapped = !ending[seen_.at(at)];
            if (!trapped && done_.contains(action) && !lonely_.contains({action, at})) continue;
            if (!reported.insert(action).second) continue;
            const auto whom = action->apart_from.empty()
                                  ? "is named in \"" + name_of(action->apart_from_named.front())
                                  : "did \"" + proof_.machine.action(action->apart_from.front()).name;
            wrongs_.add(action->at, "no_other_hand",
                        "\"" + action->name + "\" is not for whoever " + whom + "\", and nobody else has it",
                        "let another post own it in between, or let somebody else do it too", groups_);
        }
    }

    [[nodiscard]] const std::string& name_of(FieldIndex field) const {
        return rule_at(proof_.workflow.fields, field).name;
    }

    const ProofOf& proof_;
    std::vector<std::size_t> groups_;
    std::size_t group_;
    Wrongs& wrongs_;
    std::map<std::string, Hand> seats_;
    PeopleNamed named_;
    bool asks_back_ = false, climbs_ = false;
    std::vector<ActionIndex> firsts_;
    std::vector<std::vector<bool>> counts_;  // by first and state: who did it still does
    std::vector<Hand> ladder_;
    std::map<Holding, std::size_t> seen_;
    std::deque<Holding> open_;
    std::set<std::pair<std::size_t, std::size_t>> edges_;
    std::set<std::pair<const ActionRule*, Holding>> barred_, lonely_;
    std::set<const ActionRule*> done_;
    std::set<StateIndex> unowned_;
};

}  // namespace

std::set<std::string> hands_at(const Workflow& workflow, const ProofBasis& basis, std::size_t group,
                               NoticeIndex notice) {
    std::vector<WorkflowFault> unused;
    const ProofOf proof{workflow, MachineIndex{}, workflow.matter(), basis, unused};
    Wrongs wrongs;
    HandWalk hands(proof, {group}, wrongs);
    hands.go();
    return hands.around(notice);
}

void prove_hands(const ProofOf& proof) {
    if (proof.machine.states.empty()) return;
    Wrongs wrongs;
    if (proof.basis.owners == nullptr) {
        HandWalk(proof, {0}, wrongs).go();
        return wrongs.report(proof);
    }
    // What a group of places answers to what this workflow asks; most groups answer alike.
    const auto asked = seats_asked_for(proof);
    std::map<std::vector<std::string>, std::vector<std::size_t>> alike;
    for (std::size_t group = 0; group < proof.basis.owners->groups(); ++group) {
        std::vector<std::string> answers{proof.basis.owners->top(group)};
        for (const auto* selector : asked) answers.push_back(proof.basis.owners->hand(*selector, group));
        alike[std::move(answers)].push_back(group);
    }
    for (const auto& [answers, groups] : alike) HandWalk(proof, groups, wrongs).go();
    wrongs.report(proof);
}

}  // namespace lianxin::matter
