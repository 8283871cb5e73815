// A demo is stopped while it plays: the program ends at once, and the next start plays from the beginning.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/support/child_process.hpp"
#include "tests/support/temporary_directory.hpp"

namespace lianxin {
namespace {

namespace fs = std::filesystem;

class StoppedDemo : public testing::Test {
 protected:
    void SetUp() override {
        program_ = fs::read_symlink("/proc/self/exe").parent_path() / "lianxin";
        if (!fs::exists(program_)) GTEST_SKIP() << "the server was not built: " << program_;
    }
    [[nodiscard]] std::unique_ptr<support::ChildProcess> start() const {
        const std::string source = support::source_directory();
        return std::make_unique<support::ChildProcess>(std::vector<std::string>{
            program_.string(), "serve", "--demo", "--data", data().string(), "--packs", source + "/packs",
            "--pack", "dayao", "--web", source + "/web", "--port", "0"});
    }
    [[nodiscard]] fs::path data() const { return directory_ / "data"; }
    // Until the year is being played; a minute is more than any machine needs to come so far.
    [[nodiscard]] bool is_playing(const fs::path& without = {}) const {
        const auto given_up = std::chrono::steady_clock::now() + std::chrono::minutes(1);
        while (std::chrono::steady_clock::now() < given_up) {
            if (fs::exists(data() / "demo-unfinished") && (without.empty() || !fs::exists(without)))
                return true;
            std::this_thread::yield();
        }
        return false;
    }
    support::TemporaryDirectory directory_;
    fs::path program_;
};

TEST_F(StoppedDemo, ends_at_once_and_is_played_anew) {
    auto first = start();
    ASSERT_TRUE(is_playing());
    const auto asked = std::chrono::steady_clock::now();
    EXPECT_EQ(first->stop(), 0);
    EXPECT_LT(std::chrono::steady_clock::now() - asked, std::chrono::seconds(5));
    ASSERT_TRUE(fs::exists(data() / "demo-unfinished"));
    EXPECT_FALSE(fs::exists(data() / "demo.txt"));
    // Whatever the half-played year left is gone before the next one begins.
    const fs::path left = data() / "blobs" / "left-by-the-first";
    std::ofstream(left) << "a picture";
    auto second = start();
    ASSERT_TRUE(is_playing(left));
    EXPECT_EQ(second->stop(), 0);
}

}  // namespace
}  // namespace lianxin
