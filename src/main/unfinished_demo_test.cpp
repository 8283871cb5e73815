// What a stop leaves half played is thrown away by the next start with a demo, and by nothing else.
#include "main/unfinished_demo.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/temporary_directory.hpp"

namespace lianxin::demo {
namespace {

namespace fs = std::filesystem;

class UnfinishedDemo : public testing::Test {
 protected:
    UnfinishedDemo() {
        fs::create_directories(folder_ / "blobs" / "ab");
        for (const char* file : {"county.db", "county.db-wal", "keys.db", "master.key", "demo.txt", "in-use"})
            put(file);
    }
    void put(const char* file) { std::ofstream(folder_ / file) << "something"; }
    [[nodiscard]] bool has(const char* file) const { return fs::exists(folder_ / file); }

    support::TemporaryDirectory folder_;
};

TEST_F(UnfinishedDemo, is_thrown_away_with_its_mark) {
    put("demo-unfinished");
    put("letter.txt");
    forget_unfinished({folder_.path(), {}});
    for (const char* file :
         {"county.db", "county.db-wal", "keys.db", "master.key", "demo.txt", "blobs", "demo-unfinished"})
        EXPECT_FALSE(has(file)) << file;
    EXPECT_TRUE(has("letter.txt")) << "somebody else's";
}

TEST_F(UnfinishedDemo, is_nothing_that_bears_no_mark) {
    forget_unfinished({folder_.path(), {}});
    EXPECT_TRUE(has("county.db") && has("blobs"));
}

TEST_F(UnfinishedDemo, is_kept_once_it_was_served_as_it_is) {
    put("demo-unfinished");
    keep_unfinished(folder_.path());
    forget_unfinished({folder_.path(), {}});
    EXPECT_TRUE(has("county.db") && has("blobs"));
}

TEST_F(UnfinishedDemo, is_left_alone_while_somebody_has_it_open) {
    put("demo-unfinished");
    const FolderLease other(folder_.path(), FolderLease::As::guest);
    EXPECT_THROW(forget_unfinished({folder_.path(), {}}), Fault);
    EXPECT_TRUE(has("county.db") && has("demo-unfinished"));
}

TEST_F(UnfinishedDemo, loses_its_mark_when_it_is_played_to_the_end) {
    Playing playing(folder_.path());
    EXPECT_TRUE(has("demo-unfinished"));
    playing.finish();
    EXPECT_FALSE(has("demo-unfinished"));
}

}  // namespace
}  // namespace lianxin::demo
