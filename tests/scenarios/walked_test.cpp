// Every kind of matter that a pack declares is walked in a scenario from its first entry to one of its ends,
// and a deadline of it is told to the day. What is declared is read from the packs, what is walked from the
// steps `ended` and `due` of the scenarios that are played on them; a kind without either fails here.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "pack/pack.hpp"

namespace lianxin::scenarios {
namespace {

namespace fs = std::filesystem;

struct Walked {
    std::set<std::string> ended;  // kinds of which a matter came to an end
    std::set<std::string> dated;  // kinds of which a deadline was told
};

// Which kind a kept name is of, the scenario says where it is begun and where it ends.
void read_scenario(const fs::path& file, Walked& walked) {
    static const std::regex ended(R"re(^ended (\S+) => ([a-z_]+)\.[a-z_]+$)re");
    static const std::regex dated(R"re(^due (\S+) [a-z_]+( \d+)? => \S+$)re");
    std::map<std::string, std::string> kind_of;
    std::set<std::string> told;
    std::ifstream text(file);
    for (std::string line; std::getline(text, line);) {
        std::smatch found;
        if (std::regex_match(line, found, ended)) kind_of[found[1]] = found[2];
        if (std::regex_match(line, found, dated)) told.insert(found[1]);
    }
    for (const auto& [name, kind] : kind_of) {
        walked.ended.insert(kind);
        if (told.contains(name)) walked.dated.insert(kind);
    }
}

// What is played on the pack: the scenario of every pack, its own, and of the one with a village for tests
// all that lie beside them (scenarios_test.cpp).
Walked walked_on(const std::string& pack) {
    const fs::path all = LIANXIN_SCENARIOS;
    Walked walked;
    read_scenario(all / "packs" / "every_pack.scenario", walked);
    read_scenario(all / "packs" / (pack + ".scenario"), walked);
    if (pack != "dayao") return walked;
    for (const auto& file : fs::directory_iterator(all))
        if (file.path().extension() == ".scenario") read_scenario(file.path(), walked);
    return walked;
}

std::set<std::string> declared_by(const std::string& pack) {
    std::set<std::string> kinds;
    const fs::path folder = fs::path("packs") / pack / "workflows";
    if (!fs::exists(folder)) return kinds;
    for (const auto& file : fs::directory_iterator(folder)) kinds.insert(file.path().stem());
    return kinds;
}

std::vector<pack::Manifest> packs() {
    std::vector<pack::Manifest> all;
    for (const auto& folder : fs::directory_iterator("packs")) {
        pack::Findings findings;
        if (const auto pack = pack::load_pack(folder.path(), findings)) all.push_back(pack->manifest());
    }
    return all;
}

// A base pack opens no county: its kinds are walked where they are taken over as they are.
Walked walked_of(const pack::Manifest& pack, const std::vector<pack::Manifest>& all) {
    if (!pack.base) return walked_on(pack.name);
    Walked walked;
    for (const auto& other : all) {
        if (other.extends != pack.name) continue;
        const auto changed = declared_by(other.name);
        const Walked there = walked_on(other.name);
        std::set_difference(there.ended.begin(), there.ended.end(), changed.begin(), changed.end(),
                            std::inserter(walked.ended, walked.ended.end()));
        std::set_difference(there.dated.begin(), there.dated.end(), changed.begin(), changed.end(),
                            std::inserter(walked.dated, walked.dated.end()));
    }
    return walked;
}

TEST(EveryKindOfMatter, IsWalkedFromItsFirstEntryToAnEndAndToldADay) {
    const auto all = packs();
    ASSERT_GE(all.size(), 11U);
    for (const auto& pack : all) {
        const Walked walked = walked_of(pack, all);
        for (const auto& kind : declared_by(pack.name)) {
            EXPECT_TRUE(walked.ended.contains(kind))
                << pack.name << ": no scenario brings a " << kind << " to an end";
            EXPECT_TRUE(walked.dated.contains(kind))
                << pack.name << ": no scenario says by which day a " << kind << " is due";
        }
    }
}

}  // namespace
}  // namespace lianxin::scenarios
