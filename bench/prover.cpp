// How long does it take to prove 500 workflows at 2,000 places? The workflows are what the packs ship, over
// and over; the places are a made-up county of villages, most with a few vacancies of their own.
#include <chrono>
#include <filesystem>
#include <iostream>

#include "matter/territory_pack.hpp"
#include "matter/workflow_pack.hpp"
#include "pack/rules.hpp"

namespace {

using namespace lianxin;

constexpr std::size_t workflows_proved = 500;
constexpr int places_planned = 2'000;
constexpr double limit_s = 1.0;

// Villages differ in what stations and units stand there: as many sorts as there are sets of four.
void make_up(place::PlacesPlan& places, party::PostsPlan& posts) {
    const auto root = places.places.front();
    const auto level = [&](const std::string& kind) { return places.kinds.find(kind) != nullptr; };
    const std::string kind = level("village") ? "village" : "township";
    places.places = {root};
    places.places.front().fill.clear();
    places.fill_stations.clear();
    for (int at = 1; at < places_planned; ++at) {
        place::PlannedPlace village;
        village.key = "v" + std::to_string(at);
        village.kind = kind;
        village.parent = root.key;
        village.name = "村" + std::to_string(at);
        int bit = 1;
        for (const auto& station : places.kinds.stations()) {
            if ((at & bit) != 0) village.stations.push_back(station.name);
            bit = bit < 8 ? bit * 2 : 1;
        }
        places.places.push_back(std::move(village));
    }
    posts.units.clear();
}

}  // namespace

int main(int argc, char** argv) {
    pack::Findings findings;
    const auto pack = pack::load_pack(argc > 1 ? argv[1] : "packs/dayao", findings);
    if (!pack) {
        std::cerr << findings.text();
        return 2;
    }
    const auto words = pack::Words::read(*pack, findings);
    auto places = place::read_places(*pack, words, findings);
    auto posts = party::read_posts(*pack, places, words, findings);
    const auto workflows = matter::read_workflows(*pack, places, posts, findings);
    make_up(places, posts);

    const auto begun = std::chrono::steady_clock::now();
    const matter::Territory territory(places, posts);
    const std::chrono::duration<double> grouped = std::chrono::steady_clock::now() - begun;
    matter::ProofBasis basis;
    basis.owners = &territory;
    std::size_t faults = 0;
    for (std::size_t at = 0; at < workflows_proved; ++at)
        faults += matter::prove(*workflows[at % workflows.size()], basis).size();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    std::cout << workflows_proved << " workflows at " << territory.places() << " places of "
              << territory.groups() << " sorts: " << took.count() << " s, of it " << grouped.count()
              << " s to sort the places; " << faults << " findings\n";
    return took.count() < limit_s ? 0 : 1;
}
