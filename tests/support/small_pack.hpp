// tests/support/small_pack.hpp — the pack of the town with one village of sixty households in place of
// fifteen, so that a test opens its county in a moment. Run from the source folder.
#pragma once

#include <filesystem>
#include <fstream>

namespace lianxin::support {

inline constexpr const char* small_places = R"([places.liuyang]
kind = "county"
name = "浏阳市"
code = "430181000000"
[places.dayao]
kind = "township"
parent = "liuyang"
name = "大瑶镇"
code = "430181900000"
[places.qinghe]
kind = "village"
parent = "dayao"
name = "青禾村"
code = "430181900201"
[places.qinghe.fill]
sector = 1
group = 3
household = 60
[places.qinghe.fill_posts]
representative = 9
[made_up]
seed = 20230101
phone_prefix = "000"
)";

// Makes it in the folder `in` and answers where it stands.
inline std::filesystem::path small_pack(const std::filesystem::path& in) {
    namespace fs = std::filesystem;
    constexpr auto again = fs::copy_options::recursive | fs::copy_options::overwrite_existing;
    fs::copy("packs/common", in / "common", again);
    fs::copy("packs/dayao", in / "dayao", again);
    fs::remove_all(in / "dayao" / "demo");
    std::ofstream(in / "dayao" / "places.toml") << small_places;
    return in / "dayao";
}

}  // namespace lianxin::support
