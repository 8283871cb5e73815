// The prover is proved: every workflow that ships is broken in systematic ways. Whether a break does harm is
// found out by playing everything that can happen with the real decide() (explore_test.hpp); the prover must
// find every harmful one and report no sound one. LIANXIN_ALL_BREAKS=1 tries every place an operator fits;
// otherwise three of each, of a kind that can stand in thousands of ways one.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <regex>

#include "matter/explore_test.hpp"
#include "matter/prover_breaker_test.hpp"
#include "matter/workflow_pack.hpp"
#include "pack/law.hpp"
#include "party/party_pack.hpp"

namespace lianxin::matter::testing {
namespace {

using pack::Law;

struct Shipped {
    std::string pack;
    std::shared_ptr<const Workflow> flow;
    std::shared_ptr<const Law> law;
    std::map<std::string, std::shared_ptr<const Workflow>, std::less<>> kinds;  // of its pack, by name
    std::vector<std::string> alike;  // other packs' kinds that differ in the names of their posts alone
};

// The text without its own name and with its posts numbered: what plays the same has the same.
std::string shape_of(const Workflow& flow) {
    static const std::regex post("\\b([a-z_]+)@([a-z_]+)\\b"), name("(^|\n)name = [^\n]*");
    auto body = std::regex_replace(flow.body, name, "");
    // Of a ladder its lowest rung, its lowest desk and its highest are played (explore_test.hpp).
    if (flow.ladder.size() > 2) {
        const auto text = [](const OwnerSelector& rung) { return selector_text(rung, ""); };
        const auto desk = std::find_if(flow.ladder.begin() + 1, flow.ladder.end() - 1,
                                       [](const auto& rung) { return rung.post_kind == "desk"; });
        auto rungs = text(flow.ladder.front());
        if (desk != flow.ladder.end() - 1) rungs += ", " + text(*desk);
        rungs += ", " + text(flow.ladder.back());
        body = std::regex_replace(body, std::regex("rungs = \\[[^\\]]*\\]"), "rungs = [" + rungs + "]");
    }
    std::map<std::string, std::size_t> numbers;
    std::string shape;
    auto rest = body.begin();
    for (std::sregex_iterator at(body.begin(), body.end(), post), end; at != end; ++at) {
        const auto text = at->str();
        shape.append(rest, body.begin() + at->position());
        rest = body.begin() + at->position() + at->length();
        const bool anchored = (*at)[1] == "superior" || (*at)[1] == "leader";
        if (anchored || text == "desk@county")
            shape += text;
        else
            shape += ((*at)[1] == "desk" ? "desk" : "post") +
                     std::to_string(numbers.emplace(text, numbers.size()).first->second);
    }
    return shape.append(rest, body.end());
}

// Every kind of matter of every pack; those of one shape together.
const std::vector<Shipped>& all_shipped() {
    static const std::vector<Shipped> all = [] {
        std::vector<Shipped> found;
        std::map<std::string, std::size_t> shapes;
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
            const auto flows = read_workflows(*pack, places, posts, findings);
            std::map<std::string, std::shared_ptr<const Workflow>, std::less<>> kinds;
            for (const auto& flow : flows) kinds[flow->name] = flow;
            for (const auto& flow : flows) {
                const auto [shape, fresh] = shapes.emplace(shape_of(*flow), found.size());
                if (fresh)
                    found.push_back({name, flow, law, kinds, {}});
                else
                    found[shape->second].alike.push_back(name + "/" + flow->name);
            }
            EXPECT_FALSE(findings.has_errors()) << findings.text();
        }
        return found;
    }();
    return all;
}

// A territory with places of these sorts.
class CountyOwners final : public OwnerResolver {
 public:
    explicit CountyOwners(std::vector<County> counties) : counties_(std::move(counties)) {}
    std::size_t groups() const override { return counties_.size(); }
    std::vector<std::string> names_of(std::size_t group) const override {
        return {counties_[group] == County::desks ? "a place with desks alone" : "a place with every post"};
    }
    std::size_t places_in(std::size_t) const override { return 1; }
    bool known(const OwnerSelector& selector) const override { return selector.post_kind != "nobody"; }
    std::string hand(const OwnerSelector& selector, std::size_t group) const override {
        if (selector.post_kind == "nobody") return "";
        if (counties_[group] == County::desks && selector.post_kind != "desk") return "";
        return selector_text(selector, "");
    }
    std::optional<std::size_t> depth(const OwnerSelector& selector, std::size_t group) const override {
        if (hand(selector, group).empty()) return {};
        return depth_of(selector.level);
    }
    std::string top(std::size_t) const override { return "desk@county"; }
    bool led(const std::string&, std::size_t) const override { return true; }

 private:
    std::vector<County> counties_;
};

std::vector<std::string> reported(const Workflow& flow, const Law& law, const Kinds& kinds,
                                  const std::vector<County>& counties) {
    const CountyOwners owners(counties);
    ProofBasis basis;
    basis.owners = &owners;
    basis.law = [&](std::string_view name) { return law_bound(law, name); };
    basis.bindings = law_bindings(law);
    basis.workflow = kinds;
    std::vector<std::string> errors;
    for (const auto& fault : prove(flow, basis))
        if (fault.error) errors.push_back(fault.code + ": " + fault.message);
    return errors;
}

class EveryWorkflow : public ::testing::TestWithParam<std::size_t> {};

Exploration play(const Workflow& flow, const Law& law, const Kinds& kinds, County county, bool stop_at_harm) {
    Exploration played(
        flow, {[&law](std::string_view name) { return law_bound(law, name); }, law_bindings(law), kinds},
        Exploration::Scale::small, county);
    played.stop_at_harm = stop_at_harm;
    played.run();
    return played;
}

std::string first_of(const std::set<std::string>& harms) {
    return harms.empty() ? "none" : *harms.begin();
}

// Where desks alone are, the same hand often comes to own it all the way: the prover says so where playing
// shows it, and nowhere else.
TEST_P(EveryWorkflow, IsProvedRightlyHoweverItIsBroken) {
    const auto& [pack, flow, law, kinds, alike] = all_shipped().at(GetParam());
    const Kinds sound = [&](std::string_view name) {
        const auto found = kinds.find(name);
        return found == kinds.end() ? nullptr : found->second.get();
    };
    const auto everywhere = play(*flow, *law, sound, County::everybody, false);
    EXPECT_TRUE(everywhere.complete);
    EXPECT_EQ(everywhere.harms, std::set<std::string>{});
    EXPECT_EQ(reported(*flow, *law, sound, {County::everybody}), std::vector<std::string>{});
    const auto bare = play(*flow, *law, sound, County::desks, false);
    EXPECT_TRUE(bare.complete);
    const auto said = reported(*flow, *law, sound, {County::everybody, County::desks});
    EXPECT_EQ(bare.harms.empty(), said.empty()) << first_of(bare.harms) << (said.empty() ? "" : said.front());
    std::vector<County> counties{County::everybody};
    if (bare.harms.empty()) counties.push_back(County::desks);

    std::size_t harmful = 0, of_breaks = 0;
    const std::size_t sites = std::getenv("LIANXIN_ALL_BREAKS") != nullptr ? SIZE_MAX
                              : everywhere.standings > 1'000               ? 1
                                                                           : 3;
    const auto breaks = broken_in_every_way(*flow, sites, sound);
    for (const auto& broken : breaks) {
        const Kinds beside = [&](std::string_view name) {
            for (const auto& kind : broken.beside)
                if (kind.name == name) return &kind;
            return sound(name);
        };
        const auto errors = reported(broken.flow, *law, beside, counties);
        std::string harm;
        for (const auto county : counties) {
            if (!harm.empty()) break;
            const auto played = play(broken.flow, *law, beside, county, true);
            of_breaks += played.standings;
            if (!played.harms.empty()) harm = *played.harms.begin();
            EXPECT_TRUE(played.complete || !harm.empty()) << broken.what;
        }
        if (!harm.empty()) ++harmful;
        if (!harm.empty() && errors.empty())
            ADD_FAILURE() << "not found: " << broken.what << "\n  harm: " << harm;
        if (harm.empty() && !errors.empty())
            ADD_FAILURE() << "reported though sound: " << broken.what << "\n  " << errors.front();
    }
    EXPECT_GE(breaks.size(), 25U);
    EXPECT_GE(harmful, 10U);
    EXPECT_LT(harmful, breaks.size());
    std::cout << pack << "/" << flow->name << " and " << alike.size() << " alike: " << everywhere.standings
              << " standings, " << bare.standings << " with desks alone"
              << (bare.harms.empty() ? "" : " (no other hand)") << "; " << breaks.size() << " breaks, "
              << harmful << " harmful, " << of_breaks << " standings\n";
}

// LIANXIN_SEED repeats a run.
TEST_P(EveryWorkflow, NeverLosesItsOwnerItsDeadlineOrItsAnswerAtRandom) {
    constexpr std::size_t steps = 100'000;
    const auto& [pack, flow, law, kinds, alike] = all_shipped().at(GetParam());
    const auto* given = std::getenv("LIANXIN_SEED");
    const std::uint64_t seed = given == nullptr ? std::random_device{}() : std::strtoull(given, nullptr, 10);
    Exploration played(*flow, {}, Exploration::Scale::whole);
    played.wander(seed, steps);
    EXPECT_EQ(played.harms, std::set<std::string>{}) << "seed " << seed;
    EXPECT_EQ(played.decisions, steps) << "seed " << seed;
    EXPECT_GT(played.ended, 0U) << "seed " << seed;
    std::cout << pack << "/" << flow->name << ": seed " << seed << ", " << played.decisions << " steps, "
              << played.ended << " ends\n";
}

TEST_P(EveryWorkflow, RefusesWhatMayNotBeDoneAndSaysWhy) {
    const auto& [pack, flow, law, kinds, alike] = all_shipped().at(GetParam());
    Exploration played(*flow, {});
    played.run();
    const auto refused = played.refuse_everything();
    EXPECT_EQ(played.harms, std::set<std::string>{});
    EXPECT_GT(refused, flow->matter().actions.size());
    std::cout << pack << "/" << flow->name << ": " << refused << " refusals\n";
}

INSTANTIATE_TEST_SUITE_P(Shipped, EveryWorkflow, ::testing::Range<std::size_t>(0, all_shipped().size()),
                         [](const auto& tested) {
                             const auto& shipped = all_shipped().at(tested.param);
                             return shipped.pack + "_" + shipped.flow->name;
                         });

}  // namespace
}  // namespace lianxin::matter::testing
