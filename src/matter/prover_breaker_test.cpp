#include "matter/prover_breaker_test.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "matter/figure.hpp"
#include "matter/permission.hpp"

namespace lianxin::matter::testing {
namespace {

// Each operator names the places where it fits, and does its break at one of them.
class Breaker {
 public:
    Breaker(const Workflow& sound, std::size_t per_operator) : sound_(sound), per_operator_(per_operator) {}

    std::vector<BrokenFlow> all() {
        states();
        actions();
        clocks_and_notices();
        hands_and_figures();
        return std::move(breaks_);
    }

 private:
    using Change = std::function<void(Workflow&)>;
    struct Site {
        std::string what;
        Change change;
    };

    void take(std::vector<Site> sites) {
        // Spread over all of them, the first and the last among them.
        const std::size_t wanted = std::min(sites.size(), per_operator_);
        for (std::size_t i = 0; i < wanted; ++i) {
            const auto& site = sites[wanted == 1 ? sites.size() / 2 : i * (sites.size() - 1) / (wanted - 1)];
            BrokenFlow broken{site.what, sound_};
            site.change(broken.flow);
            breaks_.push_back(std::move(broken));
        }
    }

    template <class Fits, class Do>
    void each_state(const std::string& what, Fits fits, Do change) {
        std::vector<Site> sites;
        for (std::size_t m = 0; m < sound_.machines.size(); ++m)
            for (std::size_t i = 0; i < sound_.machines[m].states.size(); ++i)
                if (fits(sound_.machines[m].states[i]))
                    sites.push_back({what + " in state " + sound_.machines[m].states[i].name,
                                     [=](Workflow& flow) { change(flow.machines[m].states[i]); }});
        take(std::move(sites));
    }
    template <class Fits, class Do>
    void each_action(const std::string& what, Fits fits, Do change) {
        std::vector<Site> sites;
        for (std::size_t m = 0; m < sound_.machines.size(); ++m)
            for (std::size_t i = 0; i < sound_.machines[m].actions.size(); ++i)
                if (fits(sound_.machines[m].actions[i]))
                    sites.push_back({what + " of action " + sound_.machines[m].actions[i].name,
                                     [=](Workflow& flow) { change(flow.machines[m].actions[i]); }});
        take(std::move(sites));
    }

    void states() {
        each_state(
            "no clocks", [](const StateRule& s) { return !s.clocks.empty(); },
            [](StateRule& s) { s.clocks.clear(); });
        each_state(
            "first clock left out", [](const StateRule& s) { return s.clocks.size() > 1; },
            [](StateRule& s) { s.clocks.erase(s.clocks.begin()); });
        each_state(
            "no owner", [](const StateRule& s) { return !s.owner.empty(); },
            [](StateRule& s) { s.owner.clear(); });
        each_state(
            "an owner who is nobody", [](const StateRule& s) { return !s.owner.empty(); },
            [](StateRule& s) {
                OwnerSelector nobody;
                nobody.kind = OwnerSelector::Kind::kind_at;
                nobody.post_kind = "nobody";
                nobody.level = "nowhere";
                s.owner = {nobody};
            });
        each_state(
            "last owner left out", [](const StateRule& s) { return s.owner.size() > 1; },
            [](StateRule& s) { s.owner.pop_back(); });
        each_state(
            "an end that is none", [](const StateRule& s) { return s.end; },
            [](StateRule& s) {
                s.end = false;
                s.counts_as = CountsAs::open;
            });
        each_state(
            "no parts", [](const StateRule& s) { return s.parts.has_value(); },
            [](StateRule& s) { s.parts.reset(); });
        each_state(
            "no ballot", [](const StateRule& s) { return s.ballot.has_value(); },
            [](StateRule& s) { s.ballot.reset(); });
        each_state(
            "no pause", [](const StateRule& s) { return !s.pauses.empty(); },
            [](StateRule& s) { s.pauses.clear(); });
        each_state(
            "a pause without a cap", [](const StateRule& s) { return s.pause_cap.has_value(); },
            [](StateRule& s) { s.pause_cap.reset(); });
        each_state(
            "a pause that waits for nobody",
            [](const StateRule& s) { return s.pause_cap && s.waits_for.has_value(); },
            [](StateRule& s) { s.waits_for.reset(); });
        each_state(
            "closed counted as open", [](const StateRule& s) { return s.counts_as == CountsAs::closed; },
            [](StateRule& s) { s.counts_as = CountsAs::open; });
    }

    void actions() {
        each_action(
            "nowhere from", [](const ActionRule& a) { return !a.from.empty(); },
            [](ActionRule& a) { a.from.clear(); });
        each_action(
            "first from left out", [](const ActionRule& a) { return a.from.size() > 1; },
            [](ActionRule& a) { a.from.erase(a.from.begin()); });
        each_action(
            "last from left out", [](const ActionRule& a) { return a.from.size() > 1; },
            [](ActionRule& a) { a.from.pop_back(); });
        each_action(
            "nobody who", [](const ActionRule& a) { return !a.who.empty(); },
            [](ActionRule& a) { a.who.clear(); });
        const auto asks = sound_.answer_to;
        if (asks == access::Relation::reporter || asks == access::Relation::applicant ||
            asks == access::Relation::party_to)
            each_action(
                "nobody but whoever asks", [](const ActionRule& a) { return meant_for_people(a.who); },
                [=](ActionRule& a) {
                    a.who = {WhoRule{}};
                    a.who.front().relation = asks;
                });
        each_action(
            "last who left out", [](const ActionRule& a) { return a.who.size() > 1; },
            [](ActionRule& a) { a.who.pop_back(); });
        each_action(
            "leads to the first state", [](const ActionRule& a) { return a.to && a.to->value > 0; },
            [](ActionRule& a) { a.to = StateIndex{0}; });
        each_action(
            "stays where it is", [](const ActionRule& a) { return a.to.has_value(); },
            [](ActionRule& a) { a.to.reset(); });
        each_action(
            "tells nobody",
            [](const ActionRule& a) {
                return std::any_of(a.effects.begin(), a.effects.end(),
                                   [](const auto& e) { return e.kind == EffectRule::Kind::tell; });
            },
            [](ActionRule& a) {
                std::erase_if(a.effects, [](const auto& e) { return e.kind == EffectRule::Kind::tell; });
            });
        each_action(
            "no needs", [](const ActionRule& a) { return !a.needs.empty(); },
            [](ActionRule& a) { a.needs.clear(); });
        each_action(
            "no guards", [](const ActionRule& a) { return !a.guards.empty(); },
            [](ActionRule& a) { a.guards.clear(); });
        each_action(
            "no effects", [](const ActionRule& a) { return !a.effects.empty(); },
            [](ActionRule& a) { a.effects.clear(); });
        each_action(
            "no limit", [](const ActionRule& a) { return a.limit.has_value(); },
            [](ActionRule& a) { a.limit.reset(); });
        each_action(
            "no owner named", [](const ActionRule& a) { return a.owner.has_value(); },
            [](ActionRule& a) { a.owner.reset(); });
        each_action(
            "opens no ballot", [](const ActionRule& a) { return a.opens_ballot.has_value(); },
            [](ActionRule& a) { a.opens_ballot.reset(); });
        each_action(
            "counts no ballot", [](const ActionRule& a) { return a.closes_ballot.has_value(); },
            [](ActionRule& a) { a.closes_ballot.reset(); });
        each_action(
            "opens no notice", [](const ActionRule& a) { return a.opens_notice.has_value(); },
            [](ActionRule& a) { a.opens_notice.reset(); });
        each_action(
            "one way less", [](const ActionRule& a) { return a.to_when.size() > 1; },
            [](ActionRule& a) { a.to_when.erase(a.to_when.begin()); });
        each_action(
            "the last way less", [](const ActionRule& a) { return a.to_when.size() > 1; },
            [](ActionRule& a) { a.to_when.pop_back(); });
        each_action(
            "restarts nothing", [](const ActionRule& a) { return !a.restarts.empty(); },
            [](ActionRule& a) { a.restarts.clear(); });
        each_action(
            "stops nothing", [](const ActionRule& a) { return !a.stops.empty(); },
            [](ActionRule& a) { a.stops.clear(); });
        each_action(
            "meets nothing", [](const ActionRule& a) { return !a.meets.empty(); },
            [](ActionRule& a) { a.meets.clear(); });
        each_action(
            "starts nothing", [](const ActionRule& a) { return !a.starts.empty(); },
            [](ActionRule& a) { a.starts.clear(); });
        each_action(
            "nothing follows", [](const ActionRule& a) { return !a.then.empty(); },
            [](ActionRule& a) { a.then.clear(); });
    }

    void clocks_and_notices() {
        std::vector<Site> due, law, notices, starts, dropped;
        for (std::size_t i = 0; i < sound_.clocks.size(); ++i) {
            const auto& clock = sound_.clocks[i];
            const auto& machine = sound_.machine(clock.machine);
            const auto& first = machine.actions.front().name;
            if (clock.due != first)
                due.push_back({"clock " + clock.name + " due to " + first,
                               [=](Workflow& flow) { flow.clocks[i].due = first; }});
            if (!clock.law.empty())
                dropped.push_back({"clock " + clock.name + " without its law",
                                   [=](Workflow& flow) { flow.clocks[i].law.clear(); }});
            if (!clock.extend_law.empty())
                dropped.push_back({"extension of " + clock.name + " without its law",
                                   [=](Workflow& flow) { flow.clocks[i].extend_law.clear(); }});
            if (!clock.law.empty() && clock.limit == ClockLimit::fixed) {
                law.push_back({"clock " + clock.name + " ten times as long",
                               [=](Workflow& flow) { flow.clocks[i].period.amount *= 10; }});
                law.push_back({"clock " + clock.name + " of one day", [=](Workflow& flow) {
                                   flow.clocks[i].period = {1, calendar::Unit::day};
                               }});
            }
        }
        for (std::size_t i = 0; i < sound_.notices.size(); ++i) {
            if (!sound_.notices[i].floor.empty())
                dropped.push_back({"notice " + sound_.notices[i].name + " without its law",
                                   [=](Workflow& flow) { flow.notices[i].floor.clear(); }});
            notices.push_back({"notice " + sound_.notices[i].name + " of one day", [=](Workflow& flow) {
                                   flow.notices[i].period = {1, calendar::Unit::day};
                               }});
            notices.push_back({"notice " + sound_.notices[i].name + " blocks nothing",
                               [=](Workflow& flow) { flow.notices[i].blocks.clear(); }});
        }
        starts.push_back({"nobody may begin", [](Workflow& flow) { flow.machines[0].start.who.clear(); }});
        starts.push_back({"begins at its last state", [](Workflow& flow) {
                              const auto last = flow.machines[0].states.size() - 1;
                              flow.machines[0].start.to = StateIndex{static_cast<std::uint16_t>(last)};
                          }});
        starts.push_back({"begins without telling anybody",
                          [](Workflow& flow) { flow.machines[0].start.effects.clear(); }});
        if (!sound_.on_behalf.empty())
            starts.push_back({"only whoever asks may begin", [](Workflow& flow) {
                                  std::erase_if(flow.machines[0].start.who, [](const WhoRule& who) {
                                      return who.relation != access::Relation::reporter;
                                  });
                              }});
        take(std::move(due));
        take(std::move(law));
        take(std::move(dropped));
        take(std::move(notices));
        take(std::move(starts));
    }

    // Who stands apart from whom, what is held against what, what waits for a notice.
    void hands_and_figures() {
        each_action(
            "stands apart from a later step", [](const ActionRule& a) { return !a.apart_from.empty(); },
            [&](ActionRule& a) { a.apart_from = {last_of_people(a)}; });
        each_action(
            "put off by whoever owes it", [](const ActionRule& a) { return a.extends.has_value(); },
            [](ActionRule& a) { a.apart_from_owner = false; });
        each_action(
            "kept from the only hand", [](const ActionRule& a) { return is_only_for_its_owner(a); },
            [](ActionRule& a) { a.apart_from_owner = true; });
        each_action(
            "does not ask what a figure is held against",
            [&](const ActionRule& a) {
                return std::any_of(a.needs.begin(), a.needs.end(),
                                   [&](auto field) { return is_bound(field); });
            },
            [&](ActionRule& a) { std::erase_if(a.needs, [&](auto field) { return is_bound(field); }); });
        each_action(
            "handed on from above by whoever has it",
            [](const ActionRule& a) {
                return a.apart_from_owner && a.owner && a.owner->kind == OwnerSelector::Kind::field;
            },
            [](ActionRule& a) { a.apart_from_owner = false; });
        each_action(
            "a notice hangs from the vote on",
            [&](const ActionRule& a) { return a.opens_ballot && !a.opens_notice && !sound_.notices.empty(); },
            [](ActionRule& a) { a.opens_notice = NoticeIndex{0}; });
        each_action(
            "asks for nothing to reach it with", [](const ActionRule& a) { return !a.reaches.empty(); },
            [](ActionRule& a) { a.needs.clear(), a.accepts.clear(); });
        uncounted_transfers();
        std::vector<Site> figures, ladder, apart, blocks;
        for (std::size_t i = 0; i < sound_.fields.size(); ++i) {
            if (!sound_.fields[i].bound) continue;
            for (std::size_t other = 0; other < sound_.fields.size(); ++other)
                if (could_be_held_against(sound_.fields[i], sound_.fields[other]) && other != i)
                    figures.push_back({sound_.fields[i].name + " held against " + sound_.fields[other].name,
                                       [=](Workflow& flow) {
                                           flow.fields[i].bound->field =
                                               FieldIndex{static_cast<std::uint16_t>(other)};
                                       }});
        }
        if (sound_.ladder.size() > 1)
            ladder.push_back({"ladder upside down",
                              [](Workflow& flow) { std::reverse(flow.ladder.begin(), flow.ladder.end()); }});
        if (sound_.apart_from_whom)
            apart.push_back({"it may be decided by whom it is for",
                             [](Workflow& flow) { flow.apart_from_whom.reset(); }});
        for (std::size_t i = 0; i < sound_.notices.size(); ++i)
            if (const auto no = step_that_says_no(sound_)) {
                blocks.push_back({"notice " + sound_.notices[i].name + " blocks saying no alone",
                                  [=](Workflow& flow) { flow.notices[i].blocks = {*no}; }});
                blocks.push_back({"notice " + sound_.notices[i].name + " blocks saying no too",
                                  [=](Workflow& flow) { flow.notices[i].blocks.push_back(*no); }});
            }
        forms();
        take(std::move(figures));
        take(std::move(ladder));
        take(std::move(apart));
        take(std::move(blocks));
    }
    // The limit of what is handed on counts something else instead.
    void uncounted_transfers() {
        std::vector<Site> sites;
        for (std::size_t m = 0; m < sound_.machines.size(); ++m) {
            const auto& actions = sound_.machines[m].actions;
            for (std::size_t i = 0; i < actions.size(); ++i) {
                const auto& action = actions[i];
                if (!action.limit || !action.owner || action.owner->kind != OwnerSelector::Kind::field)
                    continue;
                const auto& then = sound_.machines[m].action(action.limit->then).from;
                const auto other = std::find_if(actions.begin(), actions.end(), [&](const ActionRule& each) {
                    return !each.limit && each.to_when.empty() && is_only_for_its_owner(each) &&
                           std::all_of(each.from.begin(), each.from.end(), [&](StateIndex from) {
                               return std::find(then.begin(), then.end(), from) != then.end();
                           });
                });
                if (other == actions.end()) continue;
                const auto at = static_cast<std::size_t>(other - actions.begin());
                sites.push_back(
                    {"not " + action.name + " is counted but " + other->name, [=](Workflow& flow) {
                         auto& all = flow.machines[m].actions;
                         all[at].limit = std::exchange(all[i].limit, std::nullopt);
                     }});
            }
        }
        take(std::move(sites));
    }
    static bool is_only_for_its_owner(const ActionRule& action) {
        return action.who.size() == 1 && action.who.front().kind == WhoRule::Kind::relation &&
               action.who.front().relation == access::Relation::owner;
    }
    static bool could_be_held_against(const FieldRule& rule, const FieldRule& other) {
        const auto sort = figure_sort(rule);
        return sort ? figure_sort(other) == sort : other.type == rule.type;
    }
    bool is_bound(FieldIndex field) const {
        return std::any_of(sound_.fields.begin(), sound_.fields.end(),
                           [&](const FieldRule& rule) { return rule.bound && rule.bound->field == field; });
    }
    ActionIndex last_of_people(const ActionRule& but) const {
        const auto& machine = machine_with(but);
        for (std::size_t i = machine.actions.size(); i-- > 0;)
            if (machine.actions[i].name != but.name && meant_for_people(machine.actions[i].who))
                return ActionIndex{static_cast<std::uint16_t>(i)};
        return {};
    }
    const Machine& machine_with(const ActionRule& action) const {
        const auto has = [&](const Machine& machine) { return machine.find_action(action.name).has_value(); };
        return *std::find_if(sound_.machines.begin(), sound_.machines.end(), has);
    }
    // What no form could ever say.
    void forms() {
        std::vector<Site> more_than_fits, no_day_left;
        for (std::size_t i = 0; i < sound_.fields.size(); ++i) {
            const auto& field = sound_.fields[i];
            if (field.max && field.type != FieldType::checklist && field.type != FieldType::rating)
                more_than_fits.push_back(
                    {"at least more of " + field.name + " than fits",
                     [=](Workflow& flow) { flow.fields[i].min = *flow.fields[i].max + 1; }});
            if (field.day == DayRule::future)
                no_day_left.push_back({"no day left for " + field.name,
                                       [=](Workflow& flow) { flow.fields[i].within_days = 0; }});
        }
        take(std::move(more_than_fits));
        take(std::move(no_day_left));
    }

    const Workflow& sound_;
    std::size_t per_operator_;
    std::vector<BrokenFlow> breaks_;
};

}  // namespace

std::vector<BrokenFlow> broken_in_every_way(const Workflow& sound, std::size_t per_operator,
                                            const Kinds& kinds) {
    auto breaks = Breaker(sound, per_operator).all();
    for (auto& more : {steps_broken(sound, per_operator), notices_broken(sound, per_operator),
                       grants_broken(sound, per_operator, kinds), waiting_broken(sound, per_operator),
                       clocks_broken(sound, per_operator)})
        breaks.insert(breaks.end(), more.begin(), more.end());
    return breaks;
}

}  // namespace lianxin::matter::testing
