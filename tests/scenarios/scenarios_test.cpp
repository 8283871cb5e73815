#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/scenarios/scenario_runner.hpp"
#include "tests/support/test_database.hpp"

namespace lianxin::scenarios {
namespace {

std::vector<std::string> scenario_names() {
    std::vector<std::string> names;
    for (const auto& file : std::filesystem::directory_iterator(LIANXIN_SCENARIOS))
        if (file.path().extension() == ".scenario") names.push_back(file.path().stem());
    std::sort(names.begin(), names.end());
    return names;
}

class Scenario : public testing::TestWithParam<std::tuple<std::string, store::Dialect>> {};

TEST_P(Scenario, goes_as_it_is_written) {
    const auto& [name, dialect] = GetParam();
    play(std::filesystem::path(LIANXIN_SCENARIOS) / (name + ".scenario"), dialect);
}

INSTANTIATE_TEST_SUITE_P(OnBothEngines, Scenario,
                         testing::Combine(testing::ValuesIn(scenario_names()),
                                          testing::Values(store::Dialect::sqlite,
                                                          store::Dialect::postgresql)),
                         [](const auto& played) {
                             return std::get<0>(played.param) + "_on_" +
                                    (std::get<1>(played.param) == store::Dialect::sqlite ? "sqlite"
                                                                                         : "postgresql");
                         });

// Every pack with a territory, as it ships but for the big one, which has a village of its own for tests.
std::vector<std::string> pack_names() {
    std::vector<std::string> names;
    for (const auto& folder : std::filesystem::directory_iterator("packs"))
        if (const auto name = folder.path().filename().string(); name != "common") names.push_back(name);
    std::sort(names.begin(), names.end());
    return names;
}

class EveryPack : public testing::TestWithParam<std::tuple<std::string, store::Dialect>> {};

TEST_P(EveryPack, OpensOnAnEmptyCountyAndTakesARequestToItsEnd) {
    const auto& [pack, dialect] = GetParam();
    const auto folder = std::filesystem::path(LIANXIN_SCENARIOS) / "packs";
    play(folder / "every_pack.scenario", dialect, pack);
    // What only this pack has.
    if (const auto own = folder / (pack + ".scenario"); std::filesystem::exists(own))
        play(own, dialect, pack);
}

INSTANTIATE_TEST_SUITE_P(OnBothEngines, EveryPack,
                         testing::Combine(testing::ValuesIn(pack_names()),
                                          testing::Values(store::Dialect::sqlite,
                                                          store::Dialect::postgresql)),
                         [](const auto& played) {
                             return std::get<0>(played.param) + "_on_" +
                                    (std::get<1>(played.param) == store::Dialect::sqlite ? "sqlite"
                                                                                         : "postgresql");
                         });

}  // namespace
}  // namespace lianxin::scenarios
