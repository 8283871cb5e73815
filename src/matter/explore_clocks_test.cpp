// What goes wrong with deadlines: begun anew by whoever owes it, stopped before the answer, standing still
// for longer than they run, too short for whoever is outside; and what the clocks alone do.
#include "matter/explore_within_test.hpp"

namespace lianxin::matter::testing {
namespace {

bool is_counted(const ClockRule& clock) {
    return clock.limit == ClockLimit::fixed || clock.limit == ClockLimit::table ||
           clock.limit == ClockLimit::item;
}

bool is_asker(Relation relation) {
    return relation == Relation::reporter || relation == Relation::applicant ||
           relation == Relation::party_to || relation == Relation::anyone;
}

}  // namespace

// What runs and was told is not begun anew: not by whoever has it, and by nobody inside where a law says how
// long it may run.
void Exploration::check_put_off(const Standing& before, const PartState& part, const Hand& hand,
                                const Action& action, const Form& form) {
    const auto& step = machine_of(part).action(*action.action);
    if (step.restarts.empty() && step.then.empty() && !step.limit) return;  // nothing begins anew by itself
    const auto try_it = [&](const Hand& by, bool owes_it) {
        const auto came = decided(before, by, form, action);
        if (!came) return;
        for (const auto& change : came->clocks) {
            const auto& clock = rule_at(flow_.clocks, change.after.clock);
            const auto* was = before.matter.clock(change.after.clock, part.no);
            const bool anew = was != nullptr && was->live() && change.after.live() &&
                              change.after.started != was->started &&
                              (clock.start != ClockStart::state || among(step.restarts, change.after.clock));
            if (!anew || !is_counted(clock) || !flow_.is_told(change.after.clock)) continue;
            const auto law = law_.of(flow_, LawBinding::Of::clock, clock.name, clock.law);
            const auto bound = law.empty() || !law_.bound ? std::nullopt : law_.bound(law);
            if (owes_it || (bound && bound->at_most))
                harms.insert("\"" + clock.name + "\" is put off without end by \"" + step.name + "\"");
        }
    };
    try_it(hand, false);
    const bool has_it = among(hand.posts, part.owner) || among(hand.relations, Relation::lead);
    auto owner = hand;
    owner.posts.push_back(part.owner);
    const bool theirs = std::any_of(step.who.begin(), step.who.end(), [](const WhoRule& each) {
        return each.kind == WhoRule::Kind::relation &&
               (each.relation == Relation::owner || each.relation == Relation::lead);
    });
    if (has_it && theirs) try_it(owner, true);
}

// A deadline that its state counts by no longer runs, and nothing was answered: a rating asked, or whom it
// answers told while another runs on from receipt, or when what was answered goes on to the next step.
void Exploration::check_stopped(const Standing& before, const Decision& decision) {
    for (const auto& change : decision.clocks) {
        const auto* part = decision.after.part(change.after.part);
        if (change.kind != ClockChange::Kind::stopped || part == nullptr || part->ended) continue;
        const auto& clock = rule_at(flow_.clocks, change.after.clock);
        const auto& state = machine_of(*part).state(part->state);
        const auto* was = before.matter.part(part->no);
        const bool stays = was != nullptr && was->state == part->state;
        if (clock.start == ClockStart::state || clock.limit == ClockLimit::schedule ||
            !among(state.clocks, change.after.clock) || decision.rating_asked)
            continue;
        const bool runs_on = std::any_of(
            decision.after.clocks.begin(), decision.after.clocks.end(), [&](const ClockState& other) {
                return other.live() && other.part == part->no && among(state.clocks, other.clock) &&
                       rule_at(flow_.clocks, other.clock).start == ClockStart::receipt;
            });
        const bool goes_on = !stays && state.counts_as == CountsAs::closed;
        if (!decision.told || (!runs_on && !goes_on))
            harms.insert("\"" + clock.name + "\" stops where it should run, in " + state.name);
    }
}

// Until the cap is used up, or a clock of the state leads on.
void Exploration::check_paused(const Standing& after, const Decision& decision) {
    for (const auto& change : decision.clocks) {
        const auto* part = after.matter.part(change.after.part);
        const auto& clock = rule_at(flow_.clocks, change.after.clock);
        if (change.kind != ClockChange::Kind::paused || part == nullptr || part->ended ||
            clock.limit != ClockLimit::fixed)
            continue;
        const auto& state = machine_of(*part).state(part->state);
        const auto ends = [&](const calendar::Period& period) {
            return calendar::due(working_days(), Zone{}, after.now, period);
        };
        auto longest = state.pause_cap ? std::optional(ends(*state.pause_cap)) : std::nullopt;
        for (const auto& own : after.matter.clocks) {
            if (own.part != part->no || !own.wakes || own.stage != ClockState::Stage::running) continue;
            const auto due = run_out(*part, own.clock);
            if (!due.action) continue;
            auto then = after;
            then.now = *own.wakes;
            const auto came = decided(then, {}, {}, due);
            if (came && came->after.part(part->no)->state != part->state)
                longest = std::min(longest.value_or(*own.wakes), *own.wakes);
        }
        if (longest && *longest > ends(clock.period))
            harms.insert("\"" + clock.name + "\" stands still for longer than it runs, in " + state.name);
    }
}

// A clock takes it away from whoever could still say something, a day after it began or earlier.
void Exploration::note_short(const Standing& before, const ClockState& clock, const Decision& decision) {
    const auto* part = before.matter.part(clock.part);
    const auto* after = decision.after.part(clock.part);
    if (part == nullptr || after == nullptr || after->state == part->state) return;
    const auto& state = machine_of(*part).state(part->state);
    const auto& to = machine_of(*part).state(after->state);
    if (state.counts_as == CountsAs::closed && !to.end && to.counts_as != CountsAs::closed)
        harms.insert("what was answered in " + state.name + " is taken up again by a clock");
    const bool theirs =
        state.counts_as == CountsAs::closed || (state.waits_for && is_asker(*state.waits_for));
    const auto days = Zone{}.day_of({clock.due.micros - 1}) - Zone{}.day_of(clock.started);
    if (theirs && rule_at(flow_.clocks, clock.clock).limit == ClockLimit::fixed && days < 2)
        short_.insert({{part->machine.value, part->state.value}, clock.clock.value});
}

void Exploration::judge_short() {
    for (const auto& [here, clock] : short_)
        if (outsiders_act_.contains(here))
            harms.insert("\"" + flow_.clocks[clock].name + "\" leaves whoever is outside a day or less");
}

// Nobody acts: what the clocks alone do must not lead round to where it was.
void Exploration::left_to_clocks(std::size_t at, PartNo no) {
    Standing now = all_[at];
    std::set<std::pair<std::uint16_t, std::int64_t>> stood;
    const auto* part = now.matter.part(no);
    stood.insert({part->state.value, part->owner.value()});
    for (int step = 0; step < 40; ++step) {
        const ClockState* next = nullptr;
        for (const auto& clock : now.matter.clocks)
            if (clock.part == no && clock.stage == ClockState::Stage::running && clock.wakes &&
                (next == nullptr || *clock.wakes < *next->wakes))
                next = &clock;
        part = now.matter.part(no);
        if (next == nullptr || part->ended) return;
        now.now = std::max(now.now, *next->wakes);
        const auto action = run_out(*part, next->clock);
        if (!action.action) return;
        const auto answer = decided(now, {}, {}, action);
        if (!answer) return;
        now.matter = answer->after;
        part = now.matter.part(no);
        if (part->ended) return;
        const bool came = std::any_of(answer->moves.begin(), answer->moves.end(), [&](const PartMove& move) {
            return move.after.no == no && move.entered;
        });
        if (!came || stood.insert({part->state.value, part->owner.value()}).second) continue;
        harms.insert("left to the clocks it comes round to " + machine_of(*part).state(part->state).name);
        return;
    }
}

}  // namespace lianxin::matter::testing
