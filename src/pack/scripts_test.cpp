#include "pack/scripts.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace lianxin::pack {
namespace {

TEST(Scripts, TraditionalBecomesSimplifiedAndSimplifiedStays) {
    const Scripts scripts;
    EXPECT_EQ(scripts.simplified("門前路燈壞了"), "门前路灯坏了");
    EXPECT_EQ(scripts.simplified("门前路灯坏了"), "门前路灯坏了");
    EXPECT_EQ(scripts.for_search("Ａ3區　路燈"), "a3区 路灯");
}

TEST(Scripts, WhatIsNoTextComesBackAsItIs) {
    const Scripts scripts;
    EXPECT_EQ(scripts.simplified(""), "");
    EXPECT_EQ(scripts.simplified("abc 123"), "abc 123");
    EXPECT_EQ(scripts.simplified("\xe8\xb7"), "\xe8\xb7");
}

TEST(Scripts, ManyThreadsMayAskAtOnce) {
    const Scripts scripts;
    std::vector<std::thread> threads;
    std::atomic<int> wrong = 0;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 500; ++i) wrong += scripts.simplified("門前路燈壞了") != "门前路灯坏了";
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace lianxin::pack
