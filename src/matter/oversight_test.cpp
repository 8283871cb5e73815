// A complaint about a post is owned outside that post's line: for every post at every place of every pack, or
// the pack says that it is heard elsewhere.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "matter/oversight_pack.hpp"

namespace lianxin::matter::testing {
namespace {

struct Territories {
    std::optional<pack::Pack> pack;
    place::PlacesPlan places;
    party::PostsPlan posts;
};

Territories read(const std::filesystem::path& folder) {
    pack::Findings findings;
    Territories read;
    read.pack = pack::load_pack(folder, findings);
    EXPECT_TRUE(read.pack.has_value()) << findings.text();
    if (!read.pack || read.pack->manifest().base) return read;
    const auto words = pack::Words::read(*read.pack, findings);
    read.places = place::read_places(*read.pack, words, findings);
    read.posts = party::read_posts(*read.pack, read.places, words, findings);
    EXPECT_FALSE(findings.has_errors()) << findings.text();
    return read;
}

bool among(const std::vector<SeatedPost>& posts, const SeatedPost& post) {
    return std::find(posts.begin(), posts.end(), post) != posts.end();
}

class EveryTerritory : public ::testing::TestWithParam<std::string> {};

TEST_P(EveryTerritory, HasSomebodyOutsideTheLineOfEveryPostOrSaysWhoHearsIt) {
    const auto town = read("packs/" + GetParam());
    const Territory territory(town.places, town.posts);
    pack::Findings findings;
    const auto rules = pack::ComplaintRules::read(*town.pack, findings);
    std::size_t overseen = 0, outside = 0;
    for (std::size_t group = 0; group < territory.groups(); ++group) {
        const auto& way = territory.way(group);
        const Lines lines(way, territory.offices());
        for (const auto& post : lines.posts_of(way.size() - 1)) {
            const auto place = territory.names_of(group).front();
            const auto overseer = lines.overseer(post);
            EXPECT_NE(overseer.has_value(), rules.heard_outside(post.text()))
                << post.text() << " at " << place;
            overseer ? ++overseen : ++outside;
            if (!overseer) continue;
            EXPECT_NE(*overseer, post);
            EXPECT_FALSE(among(lines.above(post), *overseer)) << post.text() << " at " << place;
            EXPECT_FALSE(among(lines.above(*overseer), post)) << post.text() << " at " << place;
            EXPECT_TRUE(territory.offices().posts.find(overseer->kind)->has_right("oversee"));
        }
    }
    EXPECT_GT(overseen, 10U);
    prove_oversight(*town.pack, rules, town.places, town.posts, findings);
    EXPECT_TRUE(findings.empty()) << findings.text();
    std::cout << GetParam() << ": " << overseen << " sorts of posts overseen here, " << outside
              << " elsewhere\n";
}

std::vector<std::string> territories() {
    std::vector<std::string> names;
    for (const auto& folder : std::filesystem::directory_iterator("packs"))
        if (const auto name = folder.path().filename().string(); name != "common") names.push_back(name);
    std::sort(names.begin(), names.end());
    return names;
}
INSTANTIATE_TEST_SUITE_P(OfEveryPack, EveryTerritory, ::testing::ValuesIn(territories()),
                         [](const auto& tested) { return tested.param; });

}  // namespace
}  // namespace lianxin::matter::testing
