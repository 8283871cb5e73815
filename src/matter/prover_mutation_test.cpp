// The prover is proved: every workflow that ships is broken in systematic ways. Whether a break does harm is
// found out by playing everything that can happen with the real decide() (explore_test.hpp); the prover must
// find every harmful one and report no sound one. LIANXIN_ALL_BREAKS=1 tries every place an operator fits;
// otherwise three of each.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "matter/explore_test.hpp"
#include "matter/workflow_pack.hpp"
#include "pack/rules.hpp"
#include "party/party_pack.hpp"

namespace lianxin::matter::testing {
namespace {

using Law = std::map<std::string, pack::LegalBound, std::less<>>;

struct Shipped {
    std::string pack;
    std::shared_ptr<const Workflow> flow;
    std::shared_ptr<const Law> law;
};

// Every kind of matter of every pack, each name once.
const std::vector<Shipped>& all_shipped() {
    static const std::vector<Shipped> all = [] {
        std::vector<Shipped> found;
        std::set<std::string> seen;
        std::vector<std::string> names;
        for (const auto& folder : std::filesystem::directory_iterator("packs"))
            names.push_back(folder.path().filename());
        std::sort(names.begin(), names.end());
        for (const auto& name : names) {
            pack::Findings findings;
            const auto pack = pack::load_pack("packs/" + name, findings);
            if (!pack || pack->manifest().base) continue;
            const auto words = pack::Words::read(*pack, findings);
            const auto places = place::read_places(*pack, words, findings);
            const auto posts = party::read_posts(*pack, places, words, findings);
            const auto law = std::make_shared<const Law>(pack::read_law(*pack, findings));
            for (const auto& flow : read_workflows(*pack, posts.offices(places), findings))
                if (seen.insert(flow->name).second) found.push_back({name, flow, law});
            EXPECT_FALSE(findings.has_errors()) << findings.text();
        }
        return found;
    }();
    return all;
}

class AnyoneButNobody final : public OwnerResolver {
 public:
    std::size_t groups() const override { return 1; }
    std::string name_of(std::size_t) const override { return "every place"; }
    bool resolves(const OwnerSelector& selector, std::size_t) const override {
        return selector.post_kind != "nobody";
    }
};

std::optional<LawBound> bound_of(const Law& law, std::string_view name) {
    const auto found = law.find(name);
    if (found == law.end()) return {};
    return LawBound{found->second.at_least, found->second.at_most};
}

std::vector<std::string> reported(const Workflow& flow, const Law& law) {
    const AnyoneButNobody owners;
    ProofBasis basis;
    basis.owners = &owners;
    basis.law = [&](std::string_view name) { return bound_of(law, name); };
    std::vector<std::string> errors;
    for (const auto& fault : prove(flow, basis))
        if (fault.error) errors.push_back(fault.code + ": " + fault.message);
    return errors;
}

struct Break {
    std::string what;
    Workflow flow;
};

// Each operator names the places where it fits, and does its break at one of them.
class Breaker {
 public:
    explicit Breaker(const Workflow& sound) : sound_(sound) {}

    std::vector<Break> all() {
        states();
        actions();
        clocks_and_notices();
        return std::move(breaks_);
    }

 private:
    using Change = std::function<void(Workflow&)>;
    struct Site {
        std::string what;
        Change change;
    };

    void take(std::vector<Site> sites) {
        const bool every = std::getenv("LIANXIN_ALL_BREAKS") != nullptr;
        const std::size_t wanted = every ? sites.size() : std::min<std::size_t>(sites.size(), 3);
        for (std::size_t i = 0; i < wanted; ++i) {
            // The first, the middle and the last of them.
            const auto& site = sites[every || sites.size() <= 3 ? i : i * (sites.size() - 1) / (wanted - 1)];
            Break broken{site.what, sound_};
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
            "starts nothing", [](const ActionRule& a) { return !a.starts.empty(); },
            [](ActionRule& a) { a.starts.clear(); });
        each_action(
            "nothing follows", [](const ActionRule& a) { return !a.then.empty(); },
            [](ActionRule& a) { a.then.clear(); });
    }

    void clocks_and_notices() {
        std::vector<Site> due, law, notices, starts;
        for (std::size_t i = 0; i < sound_.clocks.size(); ++i) {
            const auto& clock = sound_.clocks[i];
            const auto& machine = sound_.machine(clock.machine);
            const auto& first = machine.actions.front().name;
            if (clock.due != first)
                due.push_back({"clock " + clock.name + " due to " + first,
                               [=](Workflow& flow) { flow.clocks[i].due = first; }});
            if (!clock.law.empty() && clock.limit == ClockLimit::fixed) {
                law.push_back({"clock " + clock.name + " ten times as long",
                               [=](Workflow& flow) { flow.clocks[i].period.amount *= 10; }});
                law.push_back({"clock " + clock.name + " of one day", [=](Workflow& flow) {
                                   flow.clocks[i].period = {1, calendar::Unit::day};
                               }});
            }
        }
        for (std::size_t i = 0; i < sound_.notices.size(); ++i) {
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
        take(std::move(due));
        take(std::move(law));
        take(std::move(notices));
        take(std::move(starts));
    }

    const Workflow& sound_;
    std::vector<Break> breaks_;
};

class EveryWorkflow : public ::testing::TestWithParam<std::size_t> {};

TEST_P(EveryWorkflow, IsProvedRightlyHoweverItIsBroken) {
    const auto& [pack, flow, law] = all_shipped().at(GetParam());
    const auto lawful = [&law = *law](std::string_view name) { return bound_of(law, name); };
    Exploration sound(*flow, lawful);
    sound.run();
    EXPECT_TRUE(sound.complete);
    EXPECT_EQ(sound.harms, std::set<std::string>{});
    EXPECT_EQ(reported(*flow, *law), std::vector<std::string>{});

    std::size_t harmful = 0;
    const auto breaks = Breaker(*flow).all();
    for (const auto& broken : breaks) {
        Exploration played(broken.flow, lawful);
        played.run();
        EXPECT_TRUE(played.complete) << broken.what;
        const auto errors = reported(broken.flow, *law);
        if (!played.harms.empty()) ++harmful;
        if (!played.harms.empty() && errors.empty())
            ADD_FAILURE() << "not found: " << broken.what << "\n  harm: " << *played.harms.begin();
        if (played.harms.empty() && !errors.empty())
            ADD_FAILURE() << "reported though sound: " << broken.what << "\n  " << errors.front();
    }
    EXPECT_GE(breaks.size(), 25U);
    std::cout << pack << "/" << flow->name << ": " << sound.standings << " standings; " << breaks.size()
              << " breaks, " << harmful << " harmful\n";
}

// LIANXIN_SEED repeats a run.
TEST_P(EveryWorkflow, NeverLosesItsOwnerItsDeadlineOrItsAnswerAtRandom) {
    const auto& [pack, flow, law] = all_shipped().at(GetParam());
    const auto* given = std::getenv("LIANXIN_SEED");
    const std::uint64_t seed = given == nullptr ? std::random_device{}() : std::strtoull(given, nullptr, 10);
    Exploration played(*flow, {});
    played.wander(seed, std::getenv("LIANXIN_ALL_BREAKS") != nullptr ? 100'000 : 10'000);
    EXPECT_EQ(played.harms, std::set<std::string>{}) << "seed " << seed;
    EXPECT_GT(played.ended, 0U) << "seed " << seed;
    std::cout << pack << "/" << flow->name << ": seed " << seed << ", " << played.ended << " ends\n";
}

INSTANTIATE_TEST_SUITE_P(Shipped, EveryWorkflow, ::testing::Range<std::size_t>(0, all_shipped().size()),
                         [](const auto& tested) {
                             const auto& shipped = all_shipped().at(tested.param);
                             return shipped.pack + "_" + shipped.flow->name;
                         });

}  // namespace
}  // namespace lianxin::matter::testing
