// What a standing is: what a decision makes of it, and when two of them are the same.
#include "matter/explore_within_test.hpp"

namespace lianxin::matter::testing {

// Of the posts beside the ladder the units are one to another.
std::int64_t Exploration::place_of(std::optional<PostId> post) const {
    if (!post) return 0;
    return post == second_unit ? first_unit.value() : post->value();
}

void Exploration::key_of_part(const Standing& standing, const PartState& part, std::string& out) const {
    const auto put = [&](std::int64_t number) { out.push_back(static_cast<char>(number)); };
    put(part.no == 0 ? 'm' : part.ended ? 'e' : 'p');
    put(part.machine.value);
    put(part.lead);
    put(place_of(part.led_by));
    if (part.ended && !asks_parts_) return put(place_of(part.owner));
    for (const std::int64_t fact :
         {std::int64_t{part.state.value}, std::int64_t{part.bound}, place_of(part.owner),
          part.rung ? std::int64_t{part.rung->value} : -1, std::int64_t{part.previous == part.owner}})
        put(fact);
    if (goes_back_) put(place_of(part.previous));
    // Clocks of the state itself follow from the state.
    for (const auto& clock : standing.matter.clocks) {
        if (clock.part != part.no || !clock.live()) continue;
        if (in_time_.contains(clock.clock)) put(standing.now > clock.due ? 'l' : 'i');
        if (rule_at(flow_.clocks, clock.clock).start == ClockStart::state) continue;
        put('c');
        put(clock.clock.value);
        put(static_cast<int>(clock.stage));
    }
    // Who did what counts where the next step must be in another hand.
    for (const auto& rule : machine_of(part).actions)
        for (const auto& done : standing.matter.done)
            if (done.part == part.no && among(rule.apart_from, done.action)) {
                put('d');
                put(done.action.value);
                put(done.party == PartyId(1000 + part.owner.value()));
            }
}

std::string Exploration::key(const Standing& standing) const {
    std::string out;
    const auto put = [&](std::int64_t number) { out.push_back(static_cast<char>(number)); };
    for (const auto& part : standing.matter.parts) key_of_part(standing, part, out);
    for (std::size_t i = 0; i < flow_.notices.size(); ++i) {
        const NoticeFact* latest = nullptr;
        for (const auto& notice : standing.notices)
            if (notice.notice.value == i && !notice.withdrawn) latest = &notice;
        put('n');
        put(latest == nullptr ? -1 : standing.now >= latest->until ? 1 : 0);
    }
    for (std::size_t i = 0; i < flow_.ballots.size(); ++i) {
        const BallotFact* latest = nullptr;
        for (const auto& ballot : standing.ballots)
            if (ballot.ballot.value == i) latest = &ballot;
        put('b');
        put(latest == nullptr ? -1
            : latest->open    ? 9
            : latest->outcome ? static_cast<int>(*latest->outcome)
                              : 8);
    }
    std::set<std::string> open;
    for (const auto& child : standing.children)
        if (child.open) open.insert(child.kind);
    for (const auto& kind : open) out += 'o' + kind;
    put(static_cast<std::int64_t>(standing.matter.holds.size()));
    put(standing.told);
    put(standing.appointed);
    put(standing.came_about);
    for (const auto field : standing.said) put('s'), put(field.value);
    for (const auto field : standing.asked) put('a'), put(field.value);
    for (const auto& [field, post] : standing.named) put('w'), put(field.value), put(place_of(post));
    put(standing.matter.rated &&
        flow_.matter().state(standing.matter.parts.front().state).counts_as == CountsAs::closed);
    return out;
}

Standing Exploration::after_of(const Standing& before, const Decision& decision) const {
    Standing after = before;
    after.matter = decision.after;
    const auto& machine = flow_.matter();
    if (!before.matter.parts.empty()) {
        // Whom it answers is told of the answer itself: neither what they heard while it was open nor what
        // they heard before it was taken up again is that.
        const auto over = [&](const MatterState& matter) {
            const auto& state = machine.state(matter.parts.front().state);
            return state.end || state.counts_as >= CountsAs::closed;
        };
        if (over(before.matter) != over(decision.after)) after.told = false;
    }
    after.told = after.told || decision.told;
    for (const auto& effect : decision.effects)
        after.appointed = after.appointed || effect.kind == EffectRule::Kind::appoint;
    for (const auto& change : decision.notices) {
        if (change.kind == NoticeChange::Kind::opened)
            std::erase_if(after.notices, [&](const NoticeFact& old) { return old.notice == change.notice; });
        if (change.kind == NoticeChange::Kind::opened)
            after.notices.push_back({change.notice,
                                     NoticeId{100 + static_cast<std::int64_t>(change.notice.value)},
                                     change.from, change.until, false});
        for (auto& notice : after.notices) {
            if (change.id != notice.id) continue;
            if (change.kind == NoticeChange::Kind::withdrawn) notice.withdrawn = true;
            notice.from = change.from;
            notice.until = change.until;
        }
    }
    for (const auto& change : decision.ballots) {
        if (change.opened) {
            std::erase_if(after.ballots, [&](const auto& old) { return old.ballot == change.ballot; });
            after.ballots.push_back({change.ballot, change.round, true, {}, {}});
        }
        for (auto& ballot : after.ballots)
            if (!change.opened && ballot.ballot == change.ballot && ballot.round == change.round) {
                ballot.open = false;
                ballot.outcome = change.outcome;
            }
    }
    std::erase_if(after.children, [](const ChildFact& child) { return !child.open; });
    for (const auto& effect : decision.effects)
        if (effect.kind == EffectRule::Kind::open &&
            std::none_of(after.children.begin(), after.children.end(),
                         [&](const ChildFact& child) { return child.kind == effect.workflow; })) {
            const auto id = after.children.empty() ? 100 : after.children.back().subject.id + 1;
            after.children.push_back({effect.workflow, {"matter", id}, true});
        }
    return after;
}

// Of parts that are over, only who led last and how they ended can still matter.
void Exploration::tidy(MatterState& matter) const {
    matter.tallies.clear();
    matter.asked_times = 0;
    matter.asked_before.clear();
    for (auto& part : matter.parts) part.card = Card::none;
    for (auto& clock : matter.clocks) clock.card = Card::none;
    const auto* leading_part = matter.leading();
    const PartNo leads = leading_part == nullptr ? 0 : leading_part->no;
    std::set<Named> ways;
    std::erase_if(matter.parts, [&](const PartState& part) {
        if (part.no == 0 || !part.ended || part.no == leads) return false;
        return !asks_parts_ || !ways.insert({part.machine.value, part.state.value}).second;
    });
    std::map<PartNo, PartNo> numbers;
    for (auto& part : matter.parts) {
        const auto no = static_cast<PartNo>(numbers.size());
        numbers.emplace(part.no, no);
        part.no = no;
    }
    const auto gone = [&](const auto& of) {
        const auto found = numbers.find(of.part);
        return found == numbers.end() || (found->second != 0 && matter.part(found->second)->ended);
    };
    std::erase_if(matter.clocks, gone);
    std::erase_if(matter.done, gone);
    for (auto& clock : matter.clocks) clock.part = numbers.at(clock.part);
    for (auto& done : matter.done) done.part = numbers.at(done.part);
}

void Exploration::became(std::size_t from, Standing before, const Decision& decision) {
    check_law(decision);
    check_way_up(before, decision);
    check_extensions(before, decision);
    check_read(before, decision);
    check_steps(decision);
    for (const auto& move : decision.moves)
        if (move.after.no != 0 && !move.cancelled) {
            reached_.insert({move.after.machine.value, move.after.state.value});
            if (move.from) ways_[move.after.machine.value].insert({move.from->value, move.after.state.value});
        }
    Standing after = after_of(before, decision);
    note_asked(after, decision);
    note_trail(before, after, decision);
    const auto& machine = flow_.matter();
    const auto& first = after.matter.parts.front();
    if (!before.matter.parts.empty())
        ways_[0].insert({before.matter.parts.front().state.value, first.state.value});
    reached_.insert({0, first.state.value});
    const auto& state = machine.state(first.state);
    const bool over = first.ended || state.counts_as >= CountsAs::closed;
    const bool was_over = !before.matter.parts.empty() &&
                          machine.state(before.matter.parts.front().state).counts_as >= CountsAs::closed;
    if ((first.ended || (over && !was_over)) && !after.told)
        harms.insert("it ends as " + machine.state(first.state).name + " and nobody was told");
    check_objections(before, after, decision);
    check_notices(before, after, decision);
    check_walked_round(before, decision);
    check_conferred(after, decision);
    check_asked_to_rate(before, decision);
    check_papers(after, decision);
    note_vote(before, decision);
    check_granted(before, decision);
    check_filled(after, decision);
    check_opened(decision);
    check_stopped(before, decision);
    check_paused(after, decision);
    check_done(before, after, decision);
    tidy(after.matter);
    const auto [found, fresh] = known_.emplace(key(after), all_.size());
    if (from != SIZE_MAX) edges_.insert({from, found->second});
    if (from != SIZE_MAX && !by_outsider_) inner_edges_.insert({from, found->second});
    note_pieces(from, found->second, first, decision);
    note_counts(from, found->second, decision);
    if (fresh) all_.push_back(std::move(after));
}

}  // namespace lianxin::matter::testing
