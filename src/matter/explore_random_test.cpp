// At random, and against the rules: steps of anybody in any order, and whatever may not be done.
#include "matter/changeover.hpp"
#include "matter/course.hpp"
#include "matter/explore_within_test.hpp"
#include "matter/permission.hpp"

namespace lianxin::matter::testing {

const ClockState* Exploration::next_clock(const MatterState& matter) {
    const ClockState* next = nullptr;
    for (const auto& clock : matter.clocks)
        if (clock.stage == ClockState::Stage::running && clock.wakes &&
            (next == nullptr || *clock.wakes < *next->wakes))
            next = &clock;
    return next;
}

// Somebody does something, mostly what can be done here; what may not be is refused.
std::optional<Standing> Exploration::somebody_acts(Standing before, std::mt19937_64& random) {
    const auto pick = [&](std::size_t of) { return static_cast<std::size_t>(random() % of); };
    const auto part = before.matter.parts[pick(before.matter.parts.size())];
    const auto& machine = machine_of(part);
    Action action;
    action.part = part.no;
    action.action = action_at(pick(machine.actions.size()));
    for (int again = 0; again < 8 && !among(machine.action(*action.action).from, part.state); ++again)
        action.action = action_at(pick(machine.actions.size()));
    const auto& rule = machine.action(*action.action);
    const auto by = hands(before, &part, rule.who[pick(rule.who.size())]);
    if (by.empty() || (rule.opens && before.matter.parts.size() > 6)) return {};
    const auto* next = next_clock(before.matter);
    auto later = Instant{before.now.micros + static_cast<std::int64_t>(pick(72)) * 3'600'000'000};
    if (next != nullptr && *next->wakes < later) later = std::max(before.now, *next->wakes);
    before.now = later;
    std::vector<const Condition*> conditions;
    for (const auto& branch : rule.to_when) conditions.push_back(&branch.when);
    for (const auto& follow : rule.then) conditions.push_back(&follow.when);
    const auto all = forms(rule.needs, rule.accepts, conditions, &part, before.now, rule.reaches);
    for (auto& ballot : before.ballots)
        if (ballot.open)
            ballot.count = pick(2) == 0 ? BallotCount{10, 10, 10, 0, 0} : BallotCount{10, 10, 0, 10, 0};
    const auto& form = all[pick(all.size())];
    const auto answer = decided(before, by[pick(by.size())], form, action);
    if (!answer) return {};
    check_nothing_unsaid(before.matter, *answer);
    say(before, form, rule.name);
    return after_of(before, *answer);
}

std::optional<Standing> Exploration::clock_runs_out(Standing before) {
    const auto* next = next_clock(before.matter);
    if (next == nullptr) return {};
    before.now = std::max(before.now, *next->wakes);
    const auto answer = decided(before, {}, {}, run_out(*before.matter.part(next->part), next->clock));
    if (!answer) {
        harms.insert(std::string("a clock is refused: ") + name_of(answer.error().code));
        return {};
    }
    check_nothing_unsaid(before.matter, *answer);
    return after_of(before, *answer);
}

// An objection comes, or one is decided; what was opened about it ends.
std::optional<Standing> Exploration::others_act(Standing before, std::mt19937_64& random) {
    using Answer = Result<Decision, Refusal>;
    const auto save = [&](const Answer& answer) -> std::optional<Standing> {
        if (!answer) return {};
        // The end of a matter that this one does not wait for changes nothing.
        if (!answer->steps.empty() || !answer->holds.empty() || !answer->moves.empty())
            check_nothing_unsaid(before.matter, *answer);
        return after_of(before, *answer);
    };
    if (before.matter.holds.empty() && !before.notices.empty() && random() % 2 == 0) {
        const auto notice = before.notices.back().notice;
        if (rule_at(flow_.notices, notice).objection.empty()) return {};
        return save(ask<Answer>(before, {}, {}, town_.all(), [&](const Facts& facts) {
            return matter::hold(facts, notice, {"matter", 77});
        }));
    }
    const auto endings = endings_of(before);
    if (endings.empty()) return {};
    const auto& trigger = endings[random() % endings.size()];
    for (auto& child : before.children)
        if (child.subject == trigger.child) child.open = false;
    return save(child_came_to(before, trigger));
}

// Somebody sends it to another state that fits, as on to a version in which the states have other names.
std::optional<Standing> Exploration::somebody_moves(Standing before, std::mt19937_64& random) {
    const auto& whole = before.matter.parts.front();
    const auto& stands = machine_of(whole).state(whole.state).name;
    std::vector<StateChoice> ways;
    for (const auto& move : state_moves(flow_, flow_))
        for (const auto& choice : move.choices)
            if (move.machine.empty() && move.state == stands && choice != stands)
                ways.push_back({"", stands, choice});
    if (ways.empty()) return {};
    const auto moved = translate(flow_, before.matter, flow_, {&ways[random() % ways.size()], 1}, before.now);
    if (!moved) return {};
    const auto was = before.matter;
    before.matter = moved->matter;
    using Answer = Result<Decision, CannotMove>;
    const auto answer = ask<Answer>(before, {}, {}, town_.all(),
                                    [&](const Facts& facts) { return change_over(facts, flow_, was); });
    if (!answer) return {};
    return after_of(before, *answer);
}

void Exploration::check_standing(const Standing& now) {
    const auto& whole = now.matter.parts.front();
    if (whole.ended && !now.told) harms.insert("it ended and nobody was told");
    for (const auto& part : now.matter.parts) {
        if (part.ended) continue;
        const bool timed =
            std::any_of(now.matter.clocks.begin(), now.matter.clocks.end(), [&](const auto& clock) {
                return clock.part == part.no && clock.stage == ClockState::Stage::running;
            });
        if (!timed) harms.insert("no deadline in " + machine_of(part).state(part.state).name);
        if (part.owner == PostId()) harms.insert("no owner in " + machine_of(part).state(part.state).name);
    }
}

void Exploration::wander(std::uint64_t seed, std::size_t steps) {
    std::mt19937_64 random(seed);
    begin();
    const auto beginnings = all_;
    if (beginnings.empty()) return;
    Standing now = beginnings.front();
    std::size_t since = 0;
    for (std::size_t tried = 0; decisions < steps && tried < 20 * steps; ++tried) {
        const auto chance = random() % 256;
        auto next = chance < 32   ? clock_runs_out(now)
                    : chance < 64 ? others_act(now, random)
                    : chance < 65 ? somebody_moves(now, random)
                                  : somebody_acts(now, random);
        if (!next) continue;
        ++decisions;
        now = std::move(*next);
        check_standing(now);
        const bool over = now.matter.parts.front().ended;
        if (over) ++ended;
        if (over || ++since > 400) {
            now = beginnings[random() % beginnings.size()];
            since = 0;
        }
    }
}

// Every action of every standing that may not be: the wrong state, the wrong hand, the empty form.
std::size_t Exploration::refuse_everything() {
    std::size_t refused = 0;
    const Hand stranger{{Relation::complained_of}, {PostId(999)}, PartyId(999)};
    for (const auto& at : all_)
        for (const auto& part : at.matter.parts)
            for (std::size_t i = 0; i < machine_of(part).actions.size(); ++i) {
                const auto& rule = machine_of(part).actions[i];
                Action action;
                action.part = part.no;
                action.action = action_at(i);
                const auto expect = [&](const Hand& hand, const Form& form, ActRefusal code) {
                    const auto answer = decided(at, hand, form, action);
                    ++refused;
                    if (answer || answer.error().code != code)
                        harms.insert("\"" + rule.name + "\" is not refused as " + name_of(code) + " but " +
                                     (answer ? "done" : name_of(answer.error().code)));
                };
                const bool over = part.ended || at.matter.parts.front().ended;
                const bool here = among(rule.from, part.state);
                if (over || !here) {
                    expect(stranger, {}, over ? ActRefusal::already_ended : ActRefusal::not_in_this_state);
                    continue;
                }
                const bool anybody = std::any_of(rule.who.begin(), rule.who.end(), [](const WhoRule& who) {
                    return who.kind == WhoRule::Kind::relation && who.relation == Relation::anyone;
                });
                if (!anybody) expect(stranger, {}, ActRefusal::not_yours);
                refused += refuse_empty_form(at, part, action, rule);
            }
    return refused;
}

std::size_t Exploration::refuse_empty_form(const Standing& at, const PartState& part, const Action& action,
                                           const ActionRule& rule) {
    std::size_t refused = 0;
    for (const auto& who : rule.who)
        for (const auto& hand : hands(at, &part, who)) {
            const bool possible = ask<bool>(at, hand, {}, town_.all(), [&](const Facts& facts) {
                return !refusal_of(facts, at.matter, action);
            });
            if (!possible || rule.needs.empty()) continue;
            const auto answer = decided(at, hand, {}, action);
            ++refused;
            const auto missed = [&](FieldIndex field) {
                const auto& faults = answer.error().faults;
                return std::any_of(faults.begin(), faults.end(),
                                   [&](const FormFault& fault) { return fault.field == field; });
            };
            const auto waived = ask<std::vector<FieldIndex>>(
                at, hand, {}, town_.all(),
                [&](const Facts& facts) { return waived_fields(facts, rule.needs); });
            if (answer || answer.error().code != ActRefusal::form_incomplete ||
                !std::all_of(rule.needs.begin(), rule.needs.end(),
                             [&](FieldIndex field) { return missed(field) || among(waived, field); }))
                harms.insert("an empty form of \"" + rule.name +
                             "\" is not refused for every field it needs");
        }
    return refused;
}

}  // namespace lianxin::matter::testing
