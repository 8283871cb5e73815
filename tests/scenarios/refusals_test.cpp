// Every reason for which a decision can be refused is met over the API in some scenario, with its literal
// code; the few that no client can come to are named here, each with why. A new reason without either fails.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>

#include "matter/decide.hpp"

namespace lianxin::scenarios {
namespace {

// Words of the vocabulary that no shipped workflow asks for are decided upon in
// src/matter/engine_words_test.cpp; what the prover excludes, in src/matter/prover_test.cpp.
const std::map<std::string, std::string> met_by_no_client = {
    {"clock_has_not_run_out", "only the engine runs a clock out, and it asks for those that are due"},
    {"notice_is_not_over", "a decision that waits for a notice stands behind the clock that ends it"},
    {"other_matter_is_open", "no workflow that ships asks for no_child"},
    {"ballot_is_already_open", "opening a ballot leads to a state that opens none"},
    {"ballot_has_not_passed", "ways part by the outcome; no workflow that ships asks for ballot_passed"},
    {"nobody_to_own_it", "proved at every place: an owner list ends at a desk"},
    {"notice_is_not_open", "an objection that comes too late is taken in as a complaint"},
    {"post_must_stay_held", "no kind that ships dismisses from a post that covers the highest desk"},
    {"no_way_on", "proved: ways leave no choice and no outcome of a ballot out"},
    {"version_does_not_fit",
     "the form of a move offers what fits; src/matter/changeover_test.cpp moves between versions"},
};

std::set<std::string> met_in_scenarios() {
    static const std::regex refused(R"re(^=> 4\d\d .*?"code":"([a-z_]+)")re");
    std::set<std::string> met;
    for (const auto& file : std::filesystem::directory_iterator(LIANXIN_SCENARIOS)) {
        if (file.path().extension() != ".scenario") continue;
        std::ifstream text(file.path());
        for (std::string line; std::getline(text, line);)
            if (std::smatch found; std::regex_search(line, found, refused)) met.insert(found[1]);
    }
    return met;
}

TEST(Refusals, AreEachMetOverTheApiOrByNoClientAtAll) {
    const auto met = met_in_scenarios();
    std::set<std::string> known;
    for (int code = 0; *matter::name_of(static_cast<matter::ActRefusal>(code)) != '\0'; ++code) {
        const std::string name = matter::name_of(static_cast<matter::ActRefusal>(code));
        known.insert(name);
        EXPECT_NE(met.contains(name), met_by_no_client.contains(name)) << name;
    }
    EXPECT_GE(known.size(), 31U);
    for (const auto& [name, why] : met_by_no_client) EXPECT_TRUE(known.contains(name)) << name;
}

}  // namespace
}  // namespace lianxin::scenarios
