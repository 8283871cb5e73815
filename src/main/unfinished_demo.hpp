// main/unfinished_demo.hpp — a demo takes a while to play, and a stop in the middle of it works at once:
// nothing of half a year is worth finishing. While it is played its folder bears a mark; the next start with
// a demo throws away what it finds beside the mark and plays from the beginning. A start without a demo keeps
// what there is, and the mark goes.
#pragma once

#include <filesystem>
#include <stop_token>
#include <thread>

#include "main/data_folder.hpp"

namespace lianxin::demo {

// Before the county is opened. Throws Ending when another program has the folder open.
void forget_unfinished(const CountyPlace& place);
void keep_unfinished(const std::filesystem::path& data);

// As long as it lives SIGTERM and SIGINT, which every thread blocks, end the program where it stands.
class Playing {
 public:
    explicit Playing(const std::filesystem::path& data);
    // Played to the end. A fault leaves the mark.
    void finish();

 private:
    std::filesystem::path mark_;
    std::jthread watch_;
};

}  // namespace lianxin::demo
