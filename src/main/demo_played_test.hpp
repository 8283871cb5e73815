// main/demo_played_test.hpp — a pack's demo, played in a folder of its own that is thrown away afterwards.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <optional>
#include <string>

#include "main/county_home.hpp"
#include "main/demo_player.hpp"
#include "place/place_store.hpp"

namespace lianxin::demo {

namespace fs = std::filesystem;

inline Instant today() {
    return *parse_instant("2024-06-12T10:00:00+08:00");
}

struct Played {
    explicit Played(const std::string& name, const std::string& pack = "dayao")
        : folder(fs::temp_directory_path() / ("lianxin-demo-" + name + "-" + std::to_string(::getpid()))) {
        fs::remove_all(folder);
        home.emplace(HomeOptions{folder, "packs", {}, pack}, clock);
        town.emplace(home->words(), "county", "http://localhost:8311");
        County county = home->county_at(clock);
        report = play_demo({county, clock, home->pack(), *town}, {.seed = 7, .today = today()});
    }
    ~Played() {
        town.reset();
        home.reset();
        fs::remove_all(folder);
    }
    fs::path folder;
    ManualClock clock{today()};
    std::optional<CountyHome> home;
    std::optional<Town> town;
    DemoReport report;
};

inline PlaceId root_of(County& county) {
    return county.database.read([&](store::Transaction& tx) {
        return place::load_root(tx, county.zone.day_of(county.clock.now()))->id;
    });
}

}  // namespace lianxin::demo
